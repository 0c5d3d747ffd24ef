-- The memory of a data folder. Losing it loses history, never calendar data: all that matters is read back from ECAL by reference.
-- Instants are milliseconds since 1970 (UTC); events are JSON; "owner" is the hash in the references, "config" a configuration's name.

-- The idempotent repository, and how ECAL spells what was written (settling and silence). One row per reference for POST and PUT, per id for DELETE.
CREATE TABLE IF NOT EXISTS written (
  owner    TEXT    NOT NULL,
  slot     TEXT    NOT NULL,              -- a reference, or "delete:" and an id
  kind     TEXT    NOT NULL,              -- CREATE, UPDATE, DELETE
  event    TEXT    NOT NULL,              -- as sent, or as it was before it was deleted
  before   TEXT,                          -- what the listing showed when this content was first sent; null: nothing
  at       INTEGER NOT NULL,
  settling INTEGER NOT NULL DEFAULT 1,    -- 1: to be believed for a while, even if the listing shows otherwise
  day      INTEGER NOT NULL DEFAULT 0,    -- of table day
  spelling INTEGER NOT NULL DEFAULT 0,    -- the state (sync/Written): 0 not answered, 1 accepted, a listing may teach us ECAL's spelling, 2 listed as it was sent, 3 deleted
  seen     TEXT,                          -- that spelling, once a listing has shown it
  PRIMARY KEY (owner, slot)
) WITHOUT ROWID;

-- Events that complete reads in a row did not hold (confirmation).
CREATE TABLE IF NOT EXISTS absence (
  owner TEXT    NOT NULL,
  id    TEXT    NOT NULL,
  since INTEGER NOT NULL,
  reads INTEGER NOT NULL,
  days  TEXT    NOT NULL,                 -- ISO dates in Paris, separated by commas
  PRIMARY KEY (owner, id)
) WITHOUT ROWID;

-- Present while the last complete timetable has not been compared with the calendar.
CREATE TABLE IF NOT EXISTS uncompared (
  owner TEXT NOT NULL PRIMARY KEY
) WITHOUT ROWID;

-- The owned events of the last listing that was not shrunken (shrunken calendar).
CREATE TABLE IF NOT EXISTS seen (
  owner TEXT NOT NULL,
  id    TEXT NOT NULL,
  PRIMARY KEY (owner, id)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS shrunk (
  owner TEXT    NOT NULL PRIMARY KEY,
  since INTEGER NOT NULL
) WITHOUT ROWID;

-- Events whose course has another number at the school than in the event's reference.
CREATE TABLE IF NOT EXISTS renumbered (
  owner TEXT NOT NULL,
  id    TEXT NOT NULL,
  key   TEXT NOT NULL,
  PRIMARY KEY (owner, id)
) WITHOUT ROWID;

-- Attempts to log in (one login attempt); the password is there as a salted hash only.
CREATE TABLE IF NOT EXISTS login (
  account  TEXT    NOT NULL PRIMARY KEY,  -- the user's name and the CAS that knows it
  state    TEXT    NOT NULL
) WITHOUT ROWID;

-- The run history, in the order of its rowid: the clock may have been wrong.
CREATE TABLE IF NOT EXISTS run (
  config   TEXT    NOT NULL,
  id       TEXT    NOT NULL,
  started  INTEGER NOT NULL,
  finished INTEGER NOT NULL,
  success  INTEGER NOT NULL,              -- 1: all in step, or only waiting
  result   TEXT    NOT NULL,              -- the line that `sync --format json` prints
  held     TEXT    NOT NULL,              -- a JSON array of what waits and what is held, in words
  PRIMARY KEY (config, id)
);
CREATE INDEX IF NOT EXISTS run_config ON run (config);

-- What a chart of the history is made from, without opening each result: older memories get it as well.
CREATE INDEX IF NOT EXISTS run_figures ON run (config, started, success, result ->> '$.millis',
  (result ->> '$.created') + (result ->> '$.updated') + (result ->> '$.deleted'));

-- For the page: the calendar as the last run left it, with what was to be done and could not be. One row a configuration.
CREATE TABLE IF NOT EXISTS snapshot (
  config  TEXT    NOT NULL PRIMARY KEY,
  owner   TEXT    NOT NULL,               -- whose events these are: another calendar's are not shown
  at      INTEGER NOT NULL,
  preview INTEGER NOT NULL,               -- 1: of a dry run that the page was asked for
  content BLOB    NOT NULL                -- JSON, compressed
);

-- Failures that are not cured yet: one entry of the error file each.
CREATE TABLE IF NOT EXISTS failure (
  config  TEXT    NOT NULL,
  subject TEXT    NOT NULL,               -- what was tried: a reference, a row, or the run
  message TEXT    NOT NULL,
  since   INTEGER NOT NULL,
  PRIMARY KEY (config, subject)
) WITHOUT ROWID;

-- Every write, before it is sent, in the order of its rowid; kept 90 days.
CREATE TABLE IF NOT EXISTS journal (
  config TEXT    NOT NULL,
  run    TEXT    NOT NULL,
  number INTEGER NOT NULL,
  at     INTEGER NOT NULL,
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
  number  INTEGER PRIMARY KEY,
  began   INTEGER NOT NULL,
  run     INTEGER NOT NULL,               -- the last rowid of the run history then
  journal INTEGER NOT NULL                -- the last rowid of the journal then
);

-- When the clock was set to another time, what is above was moved with it.
CREATE TABLE IF NOT EXISTS jump (
  number  INTEGER PRIMARY KEY,
  process TEXT    NOT NULL,               -- that noticed it first
  at      INTEGER NOT NULL,
  moved   INTEGER NOT NULL                -- milliseconds, negative: back
);
