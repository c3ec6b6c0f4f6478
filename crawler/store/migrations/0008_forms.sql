-- Version 8: several addresses, one article: AMP, print and other forms, and paginated articles.

-- What all spellings of an address share, and which of them it is: 0 plain, 1 mobile, 2 AMP, 3 print,
-- 4 all pages in one. Leads of older versions have none; they were fetched.
ALTER TABLE leads ADD COLUMN form_key TEXT;
ALTER TABLE leads ADD COLUMN form INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leads ADD COLUMN part_of TEXT;    -- first page of the article of which it is another
CREATE INDEX leads_by_form ON leads (form_key) WHERE form_key IS NOT NULL;
CREATE INDEX leads_by_article ON leads (part_of) WHERE part_of IS NOT NULL;

ALTER TABLE articles ADD COLUMN links TEXT NOT NULL DEFAULT '[]';   -- JSON: [{kind, url, number}]
ALTER TABLE articles ADD COLUMN part INTEGER;
ALTER TABLE articles ADD COLUMN forms TEXT NOT NULL DEFAULT '[]';   -- JSON, as crawler.items.Form
ALTER TABLE articles ADD COLUMN partial TEXT;

-- What each address gave by itself, of articles that were read at more than one. What is made of
-- them can so be made again, in whatever order they came.
CREATE TABLE sheets (
    id          TEXT PRIMARY KEY,   -- of the address, as an article's
    article_id  TEXT NOT NULL,      -- the article it went into; may be itself
    page_id     INTEGER REFERENCES pages (id) ON DELETE SET NULL,
    record      TEXT NOT NULL       -- JSON: the columns of an article
) WITHOUT ROWID;
CREATE INDEX sheets_by_article ON sheets (article_id);

-- By which names an address may be one of another's: its own key, and those of the addresses that
-- its page names as other forms.
CREATE TABLE form_keys (
    key  TEXT NOT NULL,
    id   TEXT NOT NULL,    -- of an article or a sheet
    PRIMARY KEY (key, id)
) WITHOUT ROWID;
CREATE INDEX form_keys_by_id ON form_keys (id);
