-- Version 7: how pages are laid out, from which templates are learned.

-- One row a page whose story was found without a template and can be told by its place alone.
CREATE TABLE layouts (
    article_id  TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    host        TEXT NOT NULL,
    section     TEXT NOT NULL,   -- first part of the path, empty where it names none
    fetched     TEXT NOT NULL,   -- UTC
    layout      TEXT NOT NULL    -- JSON: container, best, main, kept
) WITHOUT ROWID;
CREATE INDEX layouts_by_section ON layouts (host, section, fetched DESC, article_id);

-- The articles of one site are compared with each other.
CREATE INDEX articles_by_site ON articles (site, id);
