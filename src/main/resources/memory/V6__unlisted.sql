-- What was sent before what a row of "written" says, if no listing has shown that yet (silence): a late listing may, in a spelling that nobody knows.
ALTER TABLE written ADD COLUMN unlisted TEXT;
