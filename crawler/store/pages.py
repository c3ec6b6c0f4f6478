"""Pages: the documents as they came, so that extraction can be run again without fetching."""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator

from crawler.items import Lead, Page
from crawler.store.connection import Database
from crawler.store.leads import INSERT_LEAD, SELECT_LEAD, lead_of, lead_values

# Level 6 is zlib's own middle. Over news pages of 170 KB, level 1 is about three times faster and
# a fifth larger, level 9 hardly smaller; the work is done in a worker process, and disk stays.
LEVEL = 6

BODY_KNOWN = "SELECT 1 FROM bodies WHERE sha256 = ?"
INSERT_BODY = """
    INSERT INTO bodies (sha256, size, deflated) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING
"""
INSERT_PAGE = """
    INSERT INTO pages (url, requested_url, source, status, content_type, body, fetched,
        last_modified, directives, lead_url)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
ALL_IDS = "SELECT id FROM pages ORDER BY id"
# By the time of the answer and not of storing: an archive read today holds old pages.
COUNT_ADDRESSES = "SELECT COUNT(DISTINCT url) AS n FROM pages"
LATEST_IDS = """
    SELECT id FROM pages AS page
    WHERE NOT EXISTS (
        SELECT 1 FROM pages AS later
        WHERE later.url = page.url AND (later.fetched, later.id) > (page.fetched, page.id))
    ORDER BY id
"""
SELECT_PAGE = """
    SELECT pages.*, bodies.deflated FROM pages JOIN bodies ON bodies.sha256 = pages.body
    WHERE pages.id = ?
"""
SELECT_PAGE_OF_ARTICLE = "SELECT page_id FROM articles WHERE id = ? AND page_id IS NOT NULL"
PUT_FAILURE = """
    INSERT INTO page_failures (page_id, reason, detail) VALUES (?, ?, ?)
    ON CONFLICT (page_id) DO UPDATE SET reason = excluded.reason, detail = excluded.detail
"""
RELEASE = "DELETE FROM quarantine WHERE body = (SELECT body FROM pages WHERE id = ?)"
SELECT_FAILURES = """
    SELECT page.url, page.source, failure.reason, failure.detail
    FROM page_failures AS failure JOIN pages AS page ON page.id = failure.page_id
    WHERE NOT EXISTS (
        SELECT 1 FROM pages AS later
        WHERE later.url = page.url AND (later.fetched, later.id) > (page.fetched, page.id))
    ORDER BY page.id
"""


def compress(body: bytes) -> bytes:
    """Give a document as it is stored, a zlib stream: 3 ms for 170 KB, in a worker process."""
    return zlib.compress(body, LEVEL)


class Pages(Database):
    """The part of the store that keeps fetched documents."""

    def save_page(self, page: Page, *, compressed: bytes | None = None) -> int:
        """Keep a fetch, and give its number; equal documents are kept once.

        Args:
            page: the page; a lead in it that is not filed yet is filed as it is.
            compressed: `compress(page.body)` where a worker has made it already.
        """
        digest = hashlib.sha256(page.body).hexdigest()
        if compressed is None and self._one(BODY_KNOWN, (digest,)) is None:
            # Before the transaction: others need not wait for it.
            compressed = compress(page.body)
        with self.transaction():
            if compressed is not None:
                self._execute(INSERT_BODY, (digest, len(page.body), compressed))
            if page.lead is not None:
                self._execute(INSERT_LEAD, lead_values(page.lead, run_id=""))
            number = self._execute(
                INSERT_PAGE,
                (
                    page.url,
                    page.requested_url,
                    page.source,
                    page.status,
                    page.content_type,
                    digest,
                    page.fetched,
                    page.last_modified,
                    " ".join(page.directives),
                    None if page.lead is None else page.lead.url,
                ),
            ).lastrowid
        assert number is not None
        return number

    def pages(self, *, latest: bool = True) -> Iterator[tuple[int, Page]]:
        """Give the pages with their numbers, one in memory at a time.

        Each has its lead as it stands now, with hints that later documents filled in. With
        `latest` only the last fetch of each address is given.
        """
        for (number,) in self._all(LATEST_IDS if latest else ALL_IDS):
            page = self._page(number)
            if page is not None:
                yield number, page

    def page_count(self) -> int:
        """Give the number of addresses with a page: what `pages()` will give."""
        row = self._one(COUNT_ADDRESSES, ())
        return 0 if row is None else int(row["n"])

    def page_of(self, article_id: str) -> Page | None:
        """Give the page from which an article was taken, if there is one."""
        row = self._one(SELECT_PAGE_OF_ARTICLE, (article_id,))
        return None if row is None else self._page(row["page_id"])

    def fail_page(self, page_id: int, reason: str, detail: str) -> None:
        """Keep why a page gave no article: a slug and one line.

        Whoever says so has read it: its document is no longer in quarantine.
        """
        with self.transaction():
            self._execute(PUT_FAILURE, (page_id, reason, detail))
            self._execute(RELEASE, (page_id,))

    def failed_pages(self) -> Iterator[tuple[str, str, str, str]]:
        """Give (url, source, reason, detail) of each address whose last fetch gave no article."""
        for row in self._all(SELECT_FAILURES):
            yield row["url"], row["source"], row["reason"], row["detail"]

    def _page(self, number: int) -> Page | None:
        row = self._one(SELECT_PAGE, (number,))
        if row is None:
            return None
        lead = None if row["lead_url"] is None else self._one(SELECT_LEAD, (row["lead_url"],))
        return page_of(row, None if lead is None else lead_of(lead))


def page_of(row: sqlite3.Row, lead: Lead | None) -> Page:
    """Give the page of a row that carries its body."""
    return Page(
        url=row["url"],
        requested_url=row["requested_url"],
        source=row["source"],
        status=row["status"],
        content_type=row["content_type"],
        body=zlib.decompress(row["deflated"]),
        fetched=row["fetched"],
        last_modified=row["last_modified"],
        directives=tuple(row["directives"].split()),
        lead=lead,
    )
