-- Events that say that their course is cancelled, and since when (cancellation).
CREATE TABLE IF NOT EXISTS marked (
  owner TEXT    NOT NULL,
  id    TEXT    NOT NULL,
  since BIGINT  NOT NULL,
  PRIMARY KEY (owner, id)
) ${keyed};

-- What tells the rules about courses apart by which a calendar was last brought in step (selection).
CREATE TABLE IF NOT EXISTS selection (
  owner TEXT NOT NULL PRIMARY KEY,
  rules TEXT NOT NULL
) ${keyed};
