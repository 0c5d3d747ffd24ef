-- The memory. Losing it loses history, never calendar data: all that matters is read back from ECAL by reference.
-- Common SQL for SQLite and PostgreSQL. Words in braces stand for what differs (classes Sqlite and Postgres): "keyed" says that the primary key is
-- the table, "rowid" is the column that counts rows as they come, which SQLite has in every other table, "counted" a primary key that counts.
-- Instants are milliseconds since 1970 (UTC); events are JSON; "owner" is the hash in the references, "config" a configuration's name.

-- The idempotent repository, and how ECAL spells what was written (settling and silence). One row per reference for POST and PUT, per id for DELETE.
CREATE TABLE IF NOT EXISTS written (
  owner    TEXT    NOT NULL,
  slot     TEXT    NOT NULL,              -- a reference, or "delete:" and an id
  kind     TEXT    NOT NULL,              -- CREATE, UPDATE, DELETE
  event    TEXT    NOT NULL,              -- as sent, or as it was before it was deleted
  before   TEXT,                          -- what the listing showed when this content was first sent; null: nothing
  at       BIGINT  NOT NULL,
  settling BIGINT  NOT NULL DEFAULT 1,    -- 1: to be believed for a while, even if the listing shows otherwise
  day      BIGINT  NOT NULL DEFAULT 0,    -- of table day
  spelling BIGINT  NOT NULL DEFAULT 0,    -- the state (sync/Written): 0 not answered, 1 accepted, a listing may teach us ECAL's spelling, 2 listed as it was sent, 3 deleted
  seen     TEXT,                          -- that spelling, once a listing has shown it
  PRIMARY KEY (owner, slot)
) ${keyed};

-- Events that complete reads in a row did not hold (confirmation).
CREATE TABLE IF NOT EXISTS absence (
  owner TEXT    NOT NULL,
  id    TEXT    NOT NULL,
  since BIGINT  NOT NULL,
  reads BIGINT  NOT NULL,
  days  TEXT    NOT NULL,                 -- ISO dates in Paris, separated by commas
  PRIMARY KEY (owner, id)
) ${keyed};

-- Present while the last complete timetable has not been compared with the calendar.
CREATE TABLE IF NOT EXISTS uncompared (
  owner TEXT NOT NULL PRIMARY KEY
) ${keyed};

-- The owned events of the last listing that was not shrunken (shrunken calendar).
CREATE TABLE IF NOT EXISTS seen (
  owner TEXT NOT NULL,
  id    TEXT NOT NULL,
  PRIMARY KEY (owner, id)
) ${keyed};

CREATE TABLE IF NOT EXISTS shrunk (
  owner TEXT    NOT NULL PRIMARY KEY,
  since BIGINT  NOT NULL
) ${keyed};

-- Events whose course has another number at the school than in the event's reference.
CREATE TABLE IF NOT EXISTS renumbered (
  owner TEXT NOT NULL,
  id    TEXT NOT NULL,
  key   TEXT NOT NULL,
  PRIMARY KEY (owner, id)
) ${keyed};

-- Attempts to log in (one login attempt); the password is there as a salted hash only.
CREATE TABLE IF NOT EXISTS login (
  account  TEXT    NOT NULL PRIMARY KEY,  -- the user's name and the CAS that knows it
  state    TEXT    NOT NULL
) ${keyed};

-- The run history, in the order of its rowid: the clock may have been wrong.
CREATE TABLE IF NOT EXISTS run (
${rowid}  config   TEXT    NOT NULL,
  id       TEXT    NOT NULL,
  started  BIGINT  NOT NULL,
  finished BIGINT  NOT NULL,
  success  BIGINT  NOT NULL,              -- 1: all in step, or only waiting
  result   TEXT    NOT NULL,              -- the line that `sync --format json` prints
  held     TEXT    NOT NULL,              -- a JSON array of what waits and what is held, in words
  PRIMARY KEY (config, id)
);
CREATE INDEX IF NOT EXISTS run_config ON run (config);

-- What a chart of the history is made from, without opening each result: older memories get it as well.
${figures};

-- For the page: the calendar as the last run left it, with what was to be done and could not be. One row a configuration.
CREATE TABLE IF NOT EXISTS snapshot (
  config  TEXT    NOT NULL PRIMARY KEY,
  owner   TEXT    NOT NULL,               -- whose events these are: another calendar's are not shown
  at      BIGINT   NOT NULL,
  preview BIGINT   NOT NULL,              -- 1: of a dry run that the page was asked for
  content ${bytes} NOT NULL                -- JSON, compressed
);

-- Failures that are not cured yet: one entry of the error file each.
CREATE TABLE IF NOT EXISTS failure (
  config  TEXT    NOT NULL,
  subject TEXT    NOT NULL,               -- what was tried: a reference, a row, or the run
  message TEXT    NOT NULL,
  since   BIGINT  NOT NULL,
  PRIMARY KEY (config, subject)
) ${keyed};

-- Every write, before it is sent, in the order of its rowid; kept 90 days.
CREATE TABLE IF NOT EXISTS journal (
${rowid}  config TEXT    NOT NULL,
  run    TEXT    NOT NULL,
  number BIGINT  NOT NULL,
  at     BIGINT  NOT NULL,
  method TEXT    NOT NULL,
  why    TEXT,                            -- in the user's words
  before TEXT,
  after  TEXT,
  outcome TEXT,                           -- null: no clear answer yet
  PRIMARY KEY (config, run, number)
);
CREATE INDEX IF NOT EXISTS journal_config ON journal (config);

-- The days that were really lived through, whatever the clock said: rows that were there when a day began are older than it.
CREATE TABLE IF NOT EXISTS day (
  number  BIGINT  NOT NULL PRIMARY KEY,
  began   BIGINT  NOT NULL,
  run     BIGINT  NOT NULL,               -- the last rowid of the run history then
  journal BIGINT  NOT NULL                -- the last rowid of the journal then
);

-- When the clock was set to another time, what is above was moved with it.
CREATE TABLE IF NOT EXISTS jump (
  number  ${counted},
  process TEXT    NOT NULL,               -- that noticed it first
  at      BIGINT  NOT NULL,
  moved   BIGINT  NOT NULL                -- milliseconds, negative: back
);
