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

-- For the message in the evening: what was known of the days to come on the last evening of a day with lessons. One row a configuration.
CREATE TABLE IF NOT EXISTS evening (
  config  TEXT NOT NULL PRIMARY KEY,
  owner   TEXT NOT NULL,                  -- whose events these are
  told    TEXT NOT NULL,                  -- the evening that has had its turn last, an ISO date in Paris
  day     TEXT NOT NULL,                  -- the evening on which the content was known
  content TEXT NOT NULL                   -- JSON
) ${keyed};

-- Under which owners a configuration has written, so that it takes over its own events when the source or the target is another one.
CREATE TABLE IF NOT EXISTS tenure (
  config TEXT NOT NULL,
  owner  TEXT NOT NULL,
  source TEXT NOT NULL,                   -- the name of the source
  person TEXT NOT NULL,                   -- whose timetable, as a hash
  PRIMARY KEY (config, owner)
) ${keyed};
