-- Version 2: what a polite crawl remembers from run to run.

-- The last robots.txt of each origin that could be read: it holds for a day while the host fails.
CREATE TABLE robots (
    origin   TEXT PRIMARY KEY,   -- scheme, host and port
    status   INTEGER NOT NULL,   -- of the answer; anything but 200 allows everything
    body     BLOB NOT NULL,      -- what was read of it: its first 500 KiB
    fetched  TEXT NOT NULL       -- UTC
) WITHOUT ROWID;

-- Hosts that fail, or that have asked to be left alone.
CREATE TABLE hosts (
    host        TEXT PRIMARY KEY,
    delay_s     REAL NOT NULL,      -- seconds between requests that it was found to bear
    failures    INTEGER NOT NULL,   -- times in a row that it was given up
    rest_until  TEXT,               -- UTC; it is not asked before
    reason      TEXT                -- slug and line of its last failure
) WITHOUT ROWID;

-- What a server calls the version of a document that was read to its end.
CREATE TABLE validators (
    url            TEXT PRIMARY KEY,   -- as it was asked for
    etag           TEXT,
    last_modified  TEXT,               -- the header, word for word
    sha256         TEXT NOT NULL,      -- of the document
    context        TEXT NOT NULL,      -- what it was read for; another reading needs it anew
    read           TEXT NOT NULL,      -- UTC of the last whole answer
    checked        TEXT NOT NULL,      -- UTC of the last answer of either kind
    distrusted     TEXT                -- UTC; they were found stale, and are not used before then
) WITHOUT ROWID;

-- Requests made for each source on each day, documents and pages, with their repetitions.
CREATE TABLE source_days (
    source    TEXT NOT NULL,
    day       TEXT NOT NULL,      -- UTC
    requests  INTEGER NOT NULL,
    PRIMARY KEY (source, day)
) WITHOUT ROWID;

-- An article is fetched again while it may change.
ALTER TABLE leads ADD COLUMN visits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leads ADD COLUMN first_fetched TEXT;
ALTER TABLE leads ADD COLUMN revisit_at TEXT;
CREATE INDEX leads_to_revisit ON leads (revisit_at) WHERE state = 'done' AND revisit_at IS NOT NULL;

-- What the page's owner asks of those who keep it: `noarchive nosnippet`, from X-Robots-Tag and meta.
ALTER TABLE pages ADD COLUMN directives TEXT NOT NULL DEFAULT '';
