-- Version 6: what clustering keeps from one run to the next, so that a day's articles cost what they
-- are and not what the store is; the history of clusters; a person's word; former texts of a copy.

DROP TRIGGER signatures_of_changed_texts;
DROP TABLE signatures;

-- The words of an article as numbers.
CREATE TABLE words (
    article_id  TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL,      -- normalisation, signatures and thresholds they are meant for
    site        TEXT NOT NULL,
    period      INTEGER NOT NULL,   -- look-back window since 1970 in which it counts, -1 unknown
    at          INTEGER,            -- seconds since 1970 UTC
    ordered_by  TEXT NOT NULL,      -- published, else fetched
    unit        REAL NOT NULL,      -- words that say as much as one of a script with spaces
    words       BLOB NOT NULL,      -- hash of each word, little-endian uint64
    quoted      BLOB NOT NULL       -- a bit for each: inside quotation marks
);
CREATE INDEX words_by_period ON words (period, site);

-- MinHash, anchors and digest of an article's story.
CREATE TABLE signatures (
    id          INTEGER PRIMARY KEY,
    article_id  TEXT NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE,
    site        TEXT NOT NULL,
    ordered_by  TEXT NOT NULL,
    at          INTEGER,
    kind        TEXT NOT NULL,
    words       INTEGER NOT NULL,
    length      INTEGER NOT NULL,   -- story words
    left_out    BLOB NOT NULL,      -- furniture: begin and length in words, little-endian uint32
    digest      BLOB NOT NULL,
    shingles    INTEGER NOT NULL,
    hashvalues  BLOB NOT NULL,      -- little-endian uint32
    anchors     BLOB NOT NULL       -- little-endian uint64
);
CREATE INDEX signatures_by_time ON signatures (at);
-- Words speak for the text, the site and the time they were read from, and for no others.
CREATE TRIGGER words_of_changed_texts
AFTER UPDATE OF text, site, published ON articles
WHEN old.text IS NOT new.text OR old.site IS NOT new.site OR old.published IS NOT new.published
BEGIN
    DELETE FROM words WHERE article_id = new.id;
END;

-- What a site repeats under story after story; the empty site is what several sites repeat.
CREATE TABLE furniture (
    period    INTEGER NOT NULL,
    site      TEXT NOT NULL,
    articles  INTEGER NOT NULL,    -- it was learned from
    shingles  BLOB NOT NULL,       -- little-endian uint64, sorted
    PRIMARY KEY (period, site)
);

-- Of a pair: what both have in common, word by word.
ALTER TABLE pairs ADD COLUMN shared_a REAL NOT NULL DEFAULT 0;
ALTER TABLE pairs ADD COLUMN shared_b REAL NOT NULL DEFAULT 0;
ALTER TABLE pairs ADD COLUMN whole INTEGER NOT NULL DEFAULT 0;    -- may stand in one cluster
ALTER TABLE pairs ADD COLUMN aligned BLOB NOT NULL DEFAULT x'';   -- start in a, start in b, words

ALTER TABLE clusters ADD COLUMN weakest TEXT;
ALTER TABLE clusters ADD COLUMN weakest_share REAL NOT NULL DEFAULT 1;
ALTER TABLE clusters ADD COLUMN label TEXT;

-- The versions of a cluster's text; `members.version` says who carries which.
CREATE TABLE versions (
    cluster_id     TEXT NOT NULL REFERENCES clusters (id) ON DELETE CASCADE,
    number         INTEGER NOT NULL,
    words          INTEGER NOT NULL,
    based_on       INTEGER,
    relation       TEXT NOT NULL,
    added          INTEGER NOT NULL,
    dropped        INTEGER NOT NULL,
    write_through  INTEGER NOT NULL CHECK (write_through IN (0, 1)),
    additions      BLOB NOT NULL,    -- begin in the first member, 0, words: little-endian uint32
    PRIMARY KEY (cluster_id, number)
) WITHOUT ROWID;

-- Articles that would have joined clusters that are not one.
CREATE TABLE bridges (
    article_id  TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    reason      TEXT NOT NULL,
    beside      TEXT NOT NULL     -- JSON list of article ids
);

-- What happened to clusters of two or more.
CREATE TABLE cluster_events (
    id       INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('formed', 'merged', 'split')),
    cluster  TEXT NOT NULL,
    other    TEXT,
    members  INTEGER NOT NULL
);
CREATE INDEX cluster_events_by_cluster ON cluster_events (cluster);
CREATE INDEX cluster_events_by_other ON cluster_events (other);

-- A person's word. Article ids and no cluster ids, since clusters come and go.
CREATE TABLE decisions (
    id        INTEGER PRIMARY KEY,
    at        TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('split', 'merge', 'label')),
    articles  TEXT NOT NULL,     -- JSON list
    others    TEXT NOT NULL,     -- JSON list
    label     TEXT,
    undone    TEXT               -- NULL while it holds
);

-- Articles whose cluster has to be formed anew because a neighbour is gone or somebody decided.
CREATE TABLE unsettled (article_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TRIGGER unsettled_by_a_deletion
BEFORE DELETE ON articles
BEGIN
    INSERT OR IGNORE INTO unsettled SELECT b FROM pairs WHERE a = old.id;
    INSERT OR IGNORE INTO unsettled SELECT a FROM pairs WHERE b = old.id;
    INSERT OR IGNORE INTO unsettled
    SELECT other.article_id FROM members AS mine
    JOIN members AS other ON other.cluster_id = mine.cluster_id
    WHERE mine.article_id = old.id AND other.article_id <> old.id;
    -- Its cluster keeps its id: another member stands for it until clusters are formed anew.
    UPDATE clusters SET medoid = (
        SELECT article_id FROM members
        WHERE cluster_id = clusters.id AND article_id <> old.id ORDER BY position LIMIT 1)
    WHERE medoid = old.id AND EXISTS (
        SELECT 1 FROM members WHERE cluster_id = clusters.id AND article_id <> old.id);
END;

-- Former texts of an article: the same address fetched again with other words.
CREATE TABLE revisions (
    article_id  TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL,   -- from 1, the oldest
    title       TEXT NOT NULL,
    text        TEXT NOT NULL,
    published   TEXT,
    modified    TEXT,
    fetched     TEXT,
    page_id     INTEGER REFERENCES pages (id) ON DELETE SET NULL,
    PRIMARY KEY (article_id, number)
);
