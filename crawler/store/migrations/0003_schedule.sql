-- Version 3: when each source is due, how runs ended, and which never happened.

-- What a run was for (`run`, `crawl`, `cluster`, `report`, `extract`), and what ended it early.
ALTER TABLE runs ADD COLUMN kind TEXT NOT NULL DEFAULT 'run';
ALTER TABLE runs ADD COLUMN error TEXT;

-- What came of a source's leads in the run, whenever they were found.
ALTER TABLE source_outcomes ADD COLUMN pages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source_outcomes ADD COLUMN articles INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source_outcomes ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
-- Seconds for which the publisher calls the document fresh.
ALTER TABLE source_outcomes ADD COLUMN refresh_s INTEGER;
-- Whether the schedule has taken it in.
ALTER TABLE source_outcomes ADD COLUMN planned INTEGER NOT NULL DEFAULT 0;
CREATE INDEX source_outcomes_unplanned ON source_outcomes (run_id) WHERE planned = 0;

-- How often each source is read, drawn from what its readings gave.
CREATE TABLE schedules (
    source        TEXT PRIMARY KEY,
    interval_s    REAL NOT NULL,
    last_tried    TEXT,               -- start of the last run that asked for it
    last_success  TEXT,               -- start of the last run that could read it
    error_streak  INTEGER NOT NULL,
    last_error    TEXT,
    entries       INTEGER NOT NULL,   -- leads of the last reading that gave any
    new_entries   INTEGER NOT NULL,   -- those of them not known before
    refresh_s     INTEGER,
    asked_for     INTEGER NOT NULL,   -- a person wants it read in the next run
    next_due      TEXT                -- as reckoned when this row was written
) WITHOUT ROWID;

-- Runs that the scheduler should have begun and could not, because the machine slept or was off.
CREATE TABLE missed_runs (
    id        INTEGER PRIMARY KEY,
    expected  TEXT NOT NULL,     -- when the first of them should have begun
    noticed   TEXT NOT NULL,
    runs      INTEGER NOT NULL,
    reason    TEXT NOT NULL
);
