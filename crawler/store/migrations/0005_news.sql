-- Version 5: what was found in a run that somebody may want to be told of, and who was told.

-- A new cluster, or a new copy in a known one.
CREATE TABLE events (
    number   INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,   -- a UUID drawn from the article that made it news
    kind     TEXT NOT NULL CHECK (kind IN ('new-cluster', 'new-copy')),
    cluster  TEXT NOT NULL,
    run_id   TEXT NOT NULL,
    found    TEXT NOT NULL,          -- UTC
    title    TEXT NOT NULL,
    stories  TEXT NOT NULL,          -- JSON: names of the watched stories
    copies   TEXT NOT NULL           -- JSON: [{article_id, url, site, title, published, relation}]
);

-- Articles that have been looked at for news. Each is news once, whatever cluster it is in, so
-- that a cluster which is renamed, split or merged is never news again.
CREATE TABLE told (
    article_id  TEXT PRIMARY KEY,
    event       INTEGER REFERENCES events (number) ON DELETE SET NULL
) WITHOUT ROWID;

-- The outbox: each event for each receiver that was set up when it was found.
CREATE TABLE deliveries (
    event       INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE,
    channel     TEXT NOT NULL CHECK (channel IN ('webhook', 'command')),
    state       TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'given-up')),
    attempts    INTEGER NOT NULL,
    not_before  TEXT,                -- UTC; a pending one that failed waits for this
    changed     TEXT NOT NULL,       -- UTC
    error       TEXT,
    PRIMARY KEY (channel, event)
) WITHOUT ROWID;
CREATE INDEX deliveries_pending ON deliveries (channel, event) WHERE state = 'pending';
CREATE INDEX deliveries_sending ON deliveries (event) WHERE state = 'sending';
