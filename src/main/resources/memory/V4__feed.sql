-- The target "feed": the calendar itself, which stands nowhere else. By the configuration's name, so that another source keeps events and address.
CREATE TABLE IF NOT EXISTS feed_event (
  config    TEXT   NOT NULL,
  id        TEXT   NOT NULL,              -- what phones know it by
  reference TEXT   NOT NULL,
  event     TEXT   NOT NULL,
  at        BIGINT NOT NULL,              -- last written; it is shown, and decides nothing
  PRIMARY KEY (config, id)
) ${keyed};

-- Where a feed is subscribed to; none until somebody asks for one.
CREATE TABLE IF NOT EXISTS feed_address (
  config TEXT NOT NULL PRIMARY KEY,
  token  TEXT NOT NULL,                   -- the secret in the address
  digest TEXT NOT NULL                    -- SHA-256 of it, by which it is found: how long that takes says nothing of the token
) ${keyed};
CREATE UNIQUE INDEX IF NOT EXISTS feed_address_digest ON feed_address (digest);
