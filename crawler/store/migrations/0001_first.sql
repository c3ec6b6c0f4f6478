-- Version 1: everything that one machine's crawl keeps.
--
-- Columns carry the names of the fields in crawler/items.py wherever there is such a field; times
-- are ISO 8601 text as described there, lists of small records are JSON. Nothing newer than
-- SQLite 3.25 is used, so that the readers of older systems can open the file as well.

-- One pass of `wiretrace run`, `crawl` or `cluster`.
CREATE TABLE runs (
    id       TEXT PRIMARY KEY,
    started  TEXT NOT NULL,
    ended    TEXT,               -- NULL while it runs
    outcome  TEXT NOT NULL CHECK (outcome IN ('running', 'done', 'partly', 'failed', 'interrupted'))
);
CREATE INDEX runs_by_time ON runs (started DESC, id DESC);

-- The numbers of a run: pages, articles, bytes, and `drop:<reason>`.
CREATE TABLE run_counts (
    run_id  TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    name    TEXT NOT NULL,
    n       INTEGER NOT NULL,
    PRIMARY KEY (run_id, name)
) WITHOUT ROWID;

-- Whatever was not taken further, one row each, so that a report can say what it has not seen.
CREATE TABLE drops (
    id      INTEGER PRIMARY KEY,
    run_id  TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    source  TEXT NOT NULL,
    reason  TEXT NOT NULL,
    url     TEXT,
    detail  TEXT
);
CREATE INDEX drops_by_run ON drops (run_id);

-- What each source gave in each run.
CREATE TABLE source_outcomes (
    run_id     TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    source     TEXT NOT NULL,
    documents  INTEGER NOT NULL,
    leads      INTEGER NOT NULL,
    new_leads  INTEGER NOT NULL,
    failures   INTEGER NOT NULL,
    error      TEXT,
    PRIMARY KEY (run_id, source)
) WITHOUT ROWID;

-- The frontier: each address ever found, once, with where it stands.
CREATE TABLE leads (
    id          INTEGER PRIMARY KEY,
    url         TEXT NOT NULL UNIQUE,
    host        TEXT NOT NULL,    -- host of url: the unit of politeness
    source      TEXT NOT NULL,
    kind        TEXT NOT NULL,
    found_on    TEXT NOT NULL,
    found       TEXT NOT NULL,
    title       TEXT,
    summary     TEXT,
    published   TEXT,
    modified    TEXT,
    priority    INTEGER NOT NULL,
    state       TEXT NOT NULL
                CHECK (state IN ('new', 'claimed', 'done', 'left-out', 'refused', 'failed')),
    reason      TEXT,
    attempts    INTEGER NOT NULL,
    not_before  TEXT,             -- a lead put back may not be claimed earlier than this (UTC)
    found_in    TEXT NOT NULL,    -- run that filed it
    claimed_by  TEXT              -- run that holds it, only while it is claimed
);
-- Claiming walks this index host by host and never looks at a lead that is not waiting. The order
-- is the order of fetching: what matters most first, then news by age, then as the source listed it.
CREATE INDEX leads_waiting ON leads (host, priority DESC, published DESC, id, not_before)
    WHERE state = 'new';
-- How many requests each host is already being asked.
CREATE INDEX leads_claimed ON leads (host) WHERE state = 'claimed';
-- When the next lead that was put back falls due.
CREATE INDEX leads_delayed ON leads (not_before) WHERE state = 'new' AND not_before IS NOT NULL;
-- The totals by state, asked for while a crawl shows its progress.
CREATE INDEX leads_by_state ON leads (state);

-- The documents as they came, each distinct one once, whoever served it. A table of its own keeps
-- the rows of `pages` small enough to be scanned.
CREATE TABLE bodies (
    sha256    TEXT PRIMARY KEY,   -- of the document, 64 hex digits
    size      INTEGER NOT NULL,   -- bytes of the document
    deflated  BLOB NOT NULL       -- the document as a zlib stream (RFC 1950)
);

-- One row a fetch.
CREATE TABLE pages (
    id             INTEGER PRIMARY KEY,
    url            TEXT NOT NULL,
    requested_url  TEXT NOT NULL,
    source         TEXT NOT NULL,
    status         INTEGER NOT NULL,
    content_type   TEXT NOT NULL,
    body           TEXT NOT NULL REFERENCES bodies (sha256),
    fetched        TEXT NOT NULL,
    last_modified  TEXT,
    lead_url       TEXT REFERENCES leads (url)
);
CREATE INDEX pages_by_url ON pages (url, fetched);
CREATE INDEX pages_by_requested_url ON pages (requested_url);
CREATE INDEX pages_by_body ON pages (body);

-- Why a page gave no article.
CREATE TABLE page_failures (
    page_id  INTEGER PRIMARY KEY REFERENCES pages (id) ON DELETE CASCADE,
    reason   TEXT NOT NULL,
    detail   TEXT NOT NULL
);

-- What extraction took from a page.
CREATE TABLE articles (
    id                TEXT PRIMARY KEY,
    url               TEXT NOT NULL,
    site              TEXT NOT NULL,
    title             TEXT NOT NULL,
    text              TEXT NOT NULL,
    published         TEXT,
    published_source  TEXT,
    modified          TEXT,
    times             TEXT NOT NULL,   -- JSON: [{kind, value, source, raw}]
    canonical_url     TEXT,
    language          TEXT,
    author            TEXT,
    agency            TEXT,
    evidence          TEXT NOT NULL,   -- JSON: [{supports, value, quote, where, weight}]
    removed           TEXT NOT NULL,   -- JSON: [{text, reason}]
    fetched           TEXT,
    status            INTEGER,
    source            TEXT,
    extra             TEXT NOT NULL,   -- JSON object
    page_id           INTEGER REFERENCES pages (id) ON DELETE SET NULL
);
CREATE INDEX articles_by_url ON articles (url);
CREATE INDEX articles_by_page ON articles (page_id);
CREATE INDEX articles_by_source ON articles (source);

-- MinHash of an article, with what is needed to compare it again.
CREATE TABLE signatures (
    id          INTEGER PRIMARY KEY,
    article_id  TEXT NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE,
    scheme      TEXT NOT NULL,
    seed        INTEGER NOT NULL,
    shingling   TEXT NOT NULL,
    shingles    INTEGER NOT NULL,
    hashvalues  BLOB NOT NULL      -- little-endian uint32
);
-- A signature speaks for the words it was drawn from and for no others.
CREATE TRIGGER signatures_of_changed_texts
AFTER UPDATE OF text, title ON articles
WHEN old.text IS NOT new.text OR old.title IS NOT new.title
BEGIN
    DELETE FROM signatures WHERE article_id = new.id;
END;

-- Two articles compared exactly.
CREATE TABLE pairs (
    id             INTEGER PRIMARY KEY,
    a              TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    b              TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    relation       TEXT NOT NULL,
    jaccard        REAL NOT NULL,
    containment_a  REAL NOT NULL,
    containment_b  REAL NOT NULL,
    UNIQUE (a, b)
);
CREATE INDEX pairs_by_b ON pairs (b);

-- All copies of one text. A cluster whose medoid goes has nothing left that its members were
-- measured against, so it goes too; the next clustering forms it anew.
CREATE TABLE clusters (
    id         TEXT PRIMARY KEY,
    medoid     TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    formed     TEXT NOT NULL,     -- UTC: when a cluster of this id first appeared
    confirmed  TEXT NOT NULL      -- UTC: when clustering last gave it
);
CREATE INDEX clusters_by_medoid ON clusters (medoid);

-- Each article in its cluster.
CREATE TABLE members (
    article_id             TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    cluster_id             TEXT NOT NULL REFERENCES clusters (id) ON DELETE CASCADE,
    position               INTEGER NOT NULL,   -- from 1, in order of time
    version                INTEGER NOT NULL,
    is_first               INTEGER NOT NULL CHECK (is_first IN (0, 1)),
    relation               TEXT NOT NULL,
    containment_in_medoid  REAL NOT NULL,
    containment_of_medoid  REAL NOT NULL
);
CREATE INDEX members_by_cluster ON members (cluster_id, position);
