-- Version 12: a front that has not changed may lead to others that have.
ALTER TABLE validators ADD COLUMN leads_to TEXT NOT NULL DEFAULT '[]';
