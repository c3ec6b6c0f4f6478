-- Version 11: which articles lack a page is counted without reading all of them.
CREATE INDEX articles_partial ON articles (partial) WHERE partial IS NOT NULL;
