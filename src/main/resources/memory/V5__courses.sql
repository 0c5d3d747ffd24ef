-- Events that say that their course is cancelled, and since when (cancellation).
CREATE TABLE IF NOT EXISTS marked (
  owner TEXT    NOT NULL,
  id    TEXT    NOT NULL,
  since BIGINT  NOT NULL,
  PRIMARY KEY (owner, id)
) ${keyed};
