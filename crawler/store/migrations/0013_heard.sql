-- Version 13: what a run learns from all articles is drawn anew from those that changed alone.

-- Sites whose articles were compared as they stand.
CREATE TABLE compared (
    site  TEXT PRIMARY KEY,
    by    TEXT NOT NULL     -- version of the program: another may cut otherwise
) WITHOUT ROWID;
CREATE TRIGGER compared_until_new_articles AFTER INSERT ON articles BEGIN
    DELETE FROM compared WHERE site = new.site;
END;
CREATE TRIGGER compared_until_changed_articles AFTER UPDATE OF site, text, removed ON articles
WHEN old.site IS NOT new.site OR old.text IS NOT new.text OR old.removed IS NOT new.removed
BEGIN
    DELETE FROM compared WHERE site IN (old.site, new.site);
END;
CREATE TRIGGER compared_until_former_articles AFTER DELETE ON articles BEGIN
    DELETE FROM compared WHERE site = old.site;
END;

-- What an article says of its site.
CREATE TABLE testimony (
    id          INTEGER PRIMARY KEY,
    article_id  TEXT NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE,
    by          TEXT NOT NULL,    -- version of the program
    -- JSON: [site, [day, hours] or null, paired, [[statement, name]], [sentence]]
    said        TEXT NOT NULL
);
CREATE TRIGGER testimony_of_changed_articles
AFTER UPDATE OF site, times, evidence, removed ON articles
WHEN old.site IS NOT new.site OR old.times IS NOT new.times OR old.evidence IS NOT new.evidence
    OR old.removed IS NOT new.removed
BEGIN
    DELETE FROM testimony WHERE article_id = new.id;
END;
