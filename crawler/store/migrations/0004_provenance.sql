-- Version 4: who ran each text first, how its versions descend, which sites have one owner.
--
-- Reasons, gaps and edits are read with their answer and never asked for alone, so they are JSON.

-- Who ran a cluster's text first. A cluster of one article has no row.
CREATE TABLE answers (
    cluster_id      TEXT PRIMARY KEY REFERENCES clusters (id) ON DELETE CASCADE,
    certainty       TEXT NOT NULL CHECK (certainty IN ('certain', 'likely', 'one_of', 'unknown')),
    origin          TEXT,               -- whose text it is: an agency, a site, an address
    origin_reasons  TEXT NOT NULL,      -- JSON: [sentence]
    lead_low_s      REAL,               -- seconds to the next outlet, at the least
    lead_high_s     REAL,
    gaps            TEXT NOT NULL       -- JSON: [{source, site, reason, count, since, until, ...}]
);
CREATE INDEX answers_by_certainty ON answers (certainty);

-- The copies that may be first.
CREATE TABLE claimants (
    cluster_id  TEXT NOT NULL REFERENCES answers (cluster_id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,       -- from 1, the most likely first
    article_id  TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    score       REAL NOT NULL,          -- probability of being first
    earliest    TEXT,                   -- UTC
    latest      TEXT,                   -- UTC
    basis       TEXT NOT NULL,
    reasons     TEXT NOT NULL,          -- JSON: [sentence]
    PRIMARY KEY (cluster_id, position)
) WITHOUT ROWID;
CREATE INDEX claimants_by_article ON claimants (article_id);

-- The version tree: from which version each was most likely made.
CREATE TABLE branches (
    cluster_id    TEXT NOT NULL REFERENCES answers (cluster_id) ON DELETE CASCADE,
    child         INTEGER NOT NULL,     -- members.version
    parent        INTEGER,              -- members.version; NULL is the common source
    certainty     TEXT NOT NULL CHECK (certainty IN ('certain', 'likely', 'one_of', 'unknown')),
    alternatives  TEXT NOT NULL,        -- JSON: [version]
    shared        TEXT NOT NULL,        -- JSON: [{before, after}], the longest
    shared_count  INTEGER NOT NULL,
    own           TEXT NOT NULL,        -- JSON: likewise
    own_count     INTEGER NOT NULL,
    reasons       TEXT NOT NULL,        -- JSON: [sentence]
    PRIMARY KEY (cluster_id, child)
) WITHOUT ROWID;

-- Owners of several sites.
CREATE TABLE networks (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    reasons  TEXT NOT NULL              -- JSON: [sentence]
);
CREATE TABLE network_sites (
    site        TEXT PRIMARY KEY,       -- articles.site
    network_id  INTEGER NOT NULL REFERENCES networks (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX network_sites_by_network ON network_sites (network_id);
