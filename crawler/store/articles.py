"""Articles: what extraction took from the pages."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import fields
from hashlib import blake2b
from typing import Any

from crawler.items import Article, Evidence, Form, PageLink, Published, Removed, Revision
from crawler.store.connection import Database
from crawler.urls import article_id as id_of

PUT_ARTICLE = """
    INSERT INTO articles (id, url, site, title, text, published, published_source, modified, times,
        canonical_url, language, author, agency, evidence, removed, fetched, status, source, links,
        part, forms, partial, extra, page_id)
    VALUES (:id, :url, :site, :title, :text, :published, :published_source, :modified, :times,
        :canonical_url, :language, :author, :agency, :evidence, :removed, :fetched, :status,
        :source, :links, :part, :forms, :partial, :extra, :page_id)
    ON CONFLICT (id) DO UPDATE SET
        url = excluded.url, site = excluded.site, title = excluded.title, text = excluded.text,
        published = excluded.published, published_source = excluded.published_source,
        modified = excluded.modified, times = excluded.times,
        canonical_url = excluded.canonical_url, language = excluded.language,
        author = excluded.author, agency = excluded.agency, evidence = excluded.evidence,
        removed = excluded.removed, fetched = excluded.fetched, status = excluded.status,
        source = excluded.source, links = excluded.links, part = excluded.part,
        forms = excluded.forms, partial = excluded.partial, extra = excluded.extra,
        page_id = COALESCE(excluded.page_id, page_id)
"""
KEEP_REVISION = """
    INSERT INTO revisions (article_id, number, title, text, published, modified, fetched, page_id)
    SELECT id, 1 + (SELECT COUNT(*) FROM revisions WHERE article_id = id), title, text, published,
        modified, fetched, page_id
    FROM articles WHERE id = :id AND text <> :text
        AND COALESCE(:refetched, page_id <> :page_id)
"""
SELECT_REVISIONS = "SELECT * FROM revisions WHERE article_id = ? ORDER BY number"
REVISION_FIELDS = ("article_id", "number", "title", "text", "published", "modified", "fetched")
CLEAR_FAILURE = "DELETE FROM page_failures WHERE page_id = ?"
ALL_IDS = "SELECT id FROM articles ORDER BY id"
HAS_ARTICLE = "SELECT 1 FROM articles WHERE id = ?"
SELECT_ARTICLE = "SELECT * FROM articles WHERE id = ?"
SELECT_ARTICLE_AT = """
    SELECT * FROM articles
    WHERE id IN (
        SELECT id FROM articles WHERE url = :url
        UNION
        SELECT article.id FROM pages JOIN articles AS article ON article.page_id = pages.id
        WHERE pages.url = :url OR pages.requested_url = :url
        UNION
        SELECT article_id FROM sheets WHERE id = :id)
    ORDER BY url = :url DESC, id LIMIT 1
"""
# Every column that a reader is shown.
_DIGESTED = """
    SELECT rowid AS id, id AS article_id, site, title, text, url || char(31) || site || char(31)
        || COALESCE(published, '') || char(31) || COALESCE(published_source, '') || char(31)
        || times || char(31) || COALESCE(language, '') || char(31) || COALESCE(author, '')
        || char(31) || COALESCE(agency, '') || char(31) || evidence || char(31) || removed
        || char(31) || COALESCE(fetched, '') || char(31) || forms || char(31)
        || COALESCE(partial, '') AS rest
    FROM articles
"""
DIGESTED = f"{_DIGESTED} WHERE rowid > ? ORDER BY rowid LIMIT ?"
DIGESTED_ONE = f"{_DIGESTED} WHERE id = ?"
IDS_OF_SITE = "SELECT id FROM articles WHERE site = ? ORDER BY id"
COUNT_ARTICLES = "SELECT COUNT(*) AS n FROM articles"
DELETE_ARTICLE = "DELETE FROM articles WHERE id = ?"

PLAIN_FIELDS = (
    "id",
    "url",
    "site",
    "title",
    "text",
    "published",
    "published_source",
    "modified",
    "canonical_url",
    "language",
    "author",
    "agency",
    "fetched",
    "status",
    "source",
    "part",
    "partial",
)


class Articles(Database):
    """The part of the store that keeps articles."""

    def save_article(
        self, article: Article, *, page_id: int | None, refetched: bool | None = None
    ) -> None:
        """Keep an article in place of the one with its id, and clear its page's failure.

        Where title or text change, the signature drawn from the old words goes. A `page_id` of
        None leaves the article with the page it had, if any. Where another fetch gave another text,
        the former one is kept as a revision; a better extraction of the same fetch is none. An
        article of several pages is told by `refetched` whether one of them was fetched again.
        """
        with self.transaction():
            text = {"id": article.id, "text": article.text}
            self._execute(KEEP_REVISION, text | {"page_id": page_id, "refetched": refetched})
            self._execute(PUT_ARTICLE, article_values(article) | {"page_id": page_id})
            self._execute(CLEAR_FAILURE, (page_id,))

    def article(self, article_id: str) -> Article | None:
        """Give one article, if it is there."""
        row = self._one(SELECT_ARTICLE, (article_id,))
        return None if row is None else article_of(row)

    def has_article(self, article_id: str) -> bool:
        """Say whether an article is there."""
        return self._one(HAS_ARTICLE, (article_id,)) is not None

    def article_at(self, url: str) -> Article | None:
        """Give the article of an address, of one that led to it, or of another form of it."""
        row = self._one(SELECT_ARTICLE_AT, {"url": url, "id": id_of(url)})
        return None if row is None else article_of(row)

    def articles(self, ids: Iterable[str] | None = None) -> Iterator[Article]:
        """Give all articles by id, or those named, in the order named; absent ones are skipped."""
        wanted = ids if ids is not None else (row["id"] for row in self._all(ALL_IDS))
        for article_id in wanted:
            article = self.article(article_id)
            if article is not None:
                yield article

    def article_digests(
        self, ids: Iterable[str] | None = None
    ) -> Iterator[tuple[str, str, str, str]]:
        """Give each article's id, a digest of what readers are shown, one of title and text, site.

        Of all, or of those named. Equal digests mean that nothing changed, without making records
        of all articles.
        """
        if ids is None:
            yield from map(_digests, self._stream(DIGESTED))
            return
        for article_id in ids:
            row = self._one(DIGESTED_ONE, (article_id,))
            if row is not None:
                yield _digests(row)

    def revisions(self, article_id: str) -> list[Revision]:
        """Give the former texts of an article, oldest first."""
        return [
            Revision(**{name: row[name] for name in REVISION_FIELDS})
            for row in self._all(SELECT_REVISIONS, (article_id,))
        ]

    def articles_of_site(self, site: str) -> Iterator[Article]:
        """Give a site's articles by id."""
        return self.articles(row["id"] for row in self._all(IDS_OF_SITE, (site,)))

    def article_count(self) -> int:
        """Give the number of articles."""
        row = self._one(COUNT_ARTICLES)
        return 0 if row is None else row["n"]

    def delete_article(self, article_id: str) -> None:
        """Remove an article that its page no longer gives.

        Its signature, pairs and membership go with it. Where it was a cluster's medoid, another
        member stands for it until clusters are formed again.
        """
        with self.transaction():
            self._execute(DELETE_ARTICLE, (article_id,))


def _digests(row: sqlite3.Row) -> tuple[str, str, str, str]:
    words = blake2b(digest_size=8)
    for part in (row["title"], row["text"]):
        words.update(part.encode() + b"\0")
    record = words.copy()
    record.update(row["rest"].encode())
    return row["article_id"], record.hexdigest(), words.hexdigest(), row["site"]


def article_values(article: Article) -> dict[str, object]:
    """Give the columns of an article; small records become JSON."""
    values: dict[str, object] = {name: getattr(article, name) for name in PLAIN_FIELDS}
    values["times"] = _json([_plain(each) for each in article.times])
    values["evidence"] = _json([_plain(each) for each in article.evidence])
    values["removed"] = _json([_plain(each) for each in article.removed])
    values["links"] = _json([_plain(each) for each in article.links])
    values["forms"] = _json([_plain(each) for each in article.forms])
    values["extra"] = _json(dict(article.extra))
    return values


def article_of(row: sqlite3.Row | dict[str, Any]) -> Article:
    """Give the article of a row."""
    return Article(
        times=tuple(Published(**each) for each in json.loads(row["times"])),
        evidence=tuple(Evidence(**each) for each in json.loads(row["evidence"])),
        removed=tuple(Removed(**each) for each in json.loads(row["removed"])),
        links=tuple(PageLink(**each) for each in json.loads(row["links"])),
        forms=tuple(Form(**each) for each in json.loads(row["forms"])),
        extra=json.loads(row["extra"]),
        **{name: row[name] for name in PLAIN_FIELDS},
    )


def _plain(record: Published | Evidence | Removed | PageLink | Form) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
