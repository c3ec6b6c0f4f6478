-- Version 10: documents that killed the workers which read them.

-- By document and not by page: whoever serves the same bytes again need not cost two workers more.
-- That a page failed, and why, stands in page_failures as for all others.
CREATE TABLE quarantine (
    body    TEXT PRIMARY KEY REFERENCES bodies (sha256) ON DELETE CASCADE,
    reason  TEXT NOT NULL,
    detail  TEXT NOT NULL,
    deaths  INTEGER NOT NULL,    -- workers that died under it
    since   TEXT NOT NULL,       -- UTC
    last    TEXT NOT NULL        -- UTC
) WITHOUT ROWID;

-- Whose page gives an article after all is no longer ill.
CREATE TRIGGER page_well AFTER DELETE ON page_failures BEGIN
    DELETE FROM quarantine WHERE body = (SELECT body FROM pages WHERE id = OLD.page_id);
END;
