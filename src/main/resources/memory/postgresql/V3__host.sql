-- What all processes together spare a host (class SharedLimits). Instants are milliseconds since 1970 by this database's clock.
CREATE TABLE host (
  name         TEXT   NOT NULL PRIMARY KEY,
  paused_until BIGINT NOT NULL DEFAULT 0,  -- Retry-After
  next_login   BIGINT NOT NULL DEFAULT 0   -- class Pace
);

-- Those that were added since somebody last looked (class NewRuns): SQLite has this order without an index.
CREATE INDEX run_added ON run (rowid);
