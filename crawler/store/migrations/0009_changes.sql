-- Version 9: which clusters a report has to tell anew, and which articles carry a watched story.

-- A row for each change of what a cluster's page shows, in order. Only grows at its end; the oldest
-- rows go. `token` is drawn by chance: a row of this number in a store that went another way (a
-- copy that was brought back) has another one.
CREATE TABLE changes (
    number      INTEGER PRIMARY KEY,
    cluster_id  TEXT NOT NULL,
    token       INTEGER NOT NULL
);

CREATE TRIGGER changes_by_new_clusters AFTER INSERT ON clusters BEGIN
    INSERT INTO changes (cluster_id, token) VALUES (new.id, random());
END;
CREATE TRIGGER changes_by_other_clusters
AFTER UPDATE OF id, medoid, weakest, weakest_share, label ON clusters BEGIN
    INSERT INTO changes (cluster_id, token) VALUES (old.id, random());
END;
CREATE TRIGGER changes_by_former_clusters AFTER DELETE ON clusters BEGIN
    INSERT INTO changes (cluster_id, token) VALUES (old.id, random());
END;

-- Members come with their cluster; alone they come, go and change by deletions and by provenance.
CREATE TRIGGER changes_by_new_members AFTER INSERT ON members BEGIN
    INSERT INTO changes (cluster_id, token) VALUES (new.cluster_id, random());
END;
CREATE TRIGGER changes_by_other_members AFTER UPDATE ON members
WHEN old.is_first IS NOT new.is_first OR old.cluster_id IS NOT new.cluster_id
    OR old.position IS NOT new.position OR old.version IS NOT new.version
    OR old.relation IS NOT new.relation OR old.article_id IS NOT new.article_id
    OR old.containment_in_medoid IS NOT new.containment_in_medoid
    OR old.containment_of_medoid IS NOT new.containment_of_medoid BEGIN
    INSERT INTO changes (cluster_id, token) VALUES (old.cluster_id, random());
    INSERT INTO changes (cluster_id, token) VALUES (new.cluster_id, random());
END;
CREATE TRIGGER changes_by_former_members AFTER DELETE ON members BEGIN
    INSERT INTO changes (cluster_id, token) VALUES (old.cluster_id, random());
END;

CREATE TRIGGER changes_by_articles AFTER UPDATE ON articles BEGIN
    INSERT INTO changes (cluster_id, token)
    SELECT cluster_id, random() FROM members WHERE article_id = new.id;
END;

CREATE TRIGGER changes_by_new_answers AFTER INSERT ON answers BEGIN
    INSERT INTO changes (cluster_id, token) VALUES (new.cluster_id, random());
END;
CREATE TRIGGER changes_by_former_answers AFTER DELETE ON answers BEGIN
    INSERT INTO changes (cluster_id, token) VALUES (old.cluster_id, random());
END;

-- Where a passage is shared each cluster names the other's article.
CREATE TRIGGER changes_by_new_pairs AFTER INSERT ON pairs WHEN new.relation <> 'none' BEGIN
    INSERT INTO changes (cluster_id, token)
    SELECT one.cluster_id, random() FROM members AS one JOIN members AS other
    ON one.article_id = new.a AND other.article_id = new.b AND one.cluster_id <> other.cluster_id
    UNION ALL
    SELECT one.cluster_id, random() FROM members AS one JOIN members AS other
    ON one.article_id = new.b AND other.article_id = new.a AND one.cluster_id <> other.cluster_id;
END;
CREATE TRIGGER changes_by_former_pairs AFTER DELETE ON pairs WHEN old.relation <> 'none' BEGIN
    INSERT INTO changes (cluster_id, token)
    SELECT cluster_id, random() FROM members WHERE article_id IN (old.a, old.b);
END;

CREATE TRIGGER changes_by_new_bridges AFTER INSERT ON bridges BEGIN
    INSERT INTO changes (cluster_id, token)
    SELECT cluster_id, random() FROM members WHERE article_id = new.article_id
        OR article_id IN (SELECT value FROM json_each(new.beside));
END;
CREATE TRIGGER changes_by_former_bridges AFTER DELETE ON bridges BEGIN
    INSERT INTO changes (cluster_id, token)
    SELECT cluster_id, random() FROM members WHERE article_id = old.article_id
        OR article_id IN (SELECT value FROM json_each(old.beside));
END;

-- Whether an article carries a watched story, told once for each text.
CREATE TABLE carriers (
    article_id  TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    story       TEXT NOT NULL,     -- digest of its words or text, and of the thresholds
    carries     INTEGER NOT NULL CHECK (carries IN (0, 1)),
    PRIMARY KEY (article_id, story)
) WITHOUT ROWID;
CREATE INDEX carriers_by_story ON carriers (story, article_id) WHERE carries = 1;
CREATE TRIGGER carriers_of_changed_texts
AFTER UPDATE OF title, text ON articles
WHEN old.title IS NOT new.title OR old.text IS NOT new.text
BEGIN
    DELETE FROM carriers WHERE article_id = new.id;
END;
