"""Words, signatures and furniture: what clustering keeps so that tomorrow compares what is new."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from crawler.items import Article, Furniture, Signature, Words
from crawler.store.articles import article_of
from crawler.store.connection import Database

UNREAD = """
    SELECT articles.id FROM articles
    LEFT JOIN words ON words.article_id = articles.id
    LEFT JOIN signatures ON signatures.article_id = articles.id
    WHERE words.kind IS NOT ? OR signatures.id IS NULL
    ORDER BY articles.id
"""
SELECT_ARTICLE = "SELECT * FROM articles WHERE id = ?"
PUT_WORDS = """
    INSERT OR REPLACE INTO words (article_id, kind, site, period, at, ordered_by, unit, words,
        quoted)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
SITES_OF_PERIOD = "SELECT DISTINCT site FROM words WHERE period = ?"
WORDS_OF_SITE = "SELECT * FROM words WHERE period = ? AND site = ? ORDER BY article_id"
WORDS_OF_ARTICLE = "SELECT * FROM words WHERE article_id = ?"
FURNITURE = "SELECT * FROM furniture WHERE period = ? ORDER BY site"
ALL_FURNITURE = "SELECT * FROM furniture ORDER BY period DESC, site"
DELETE_FURNITURE = "DELETE FROM furniture WHERE period = ?"
PUT_FURNITURE = "INSERT INTO furniture (period, site, articles, shingles) VALUES (?, ?, ?, ?)"
PUT_SIGNATURE = """
    INSERT OR REPLACE INTO signatures (article_id, site, ordered_by, at, kind, words, length,
        left_out, digest, shingles, hashvalues, anchors)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
SIGNATURE_OF_ARTICLE = "SELECT * FROM signatures WHERE article_id = ?"
SIGNATURES_NEAR = """
    SELECT * FROM signatures
    WHERE (at IS NULL OR (at >= COALESCE(?, at) AND at <= COALESCE(?, at))) AND id > ?
    ORDER BY id LIMIT ?
"""
# Articles whose words are written in one transaction: some 5 MB.
BATCH = 1000


class KeptWords(Database):
    """The part of the store that keeps what clustering compares."""

    def unread(self, kind: str) -> Iterator[Article]:
        """Give the articles without signature, or whose words are not kept in this kind."""
        for (article_id,) in self._all(UNREAD, (kind,)):
            row = self._one(SELECT_ARTICLE, (article_id,))
            if row is not None:
                yield article_of(row)

    def keep_words(self, rows: Iterable[Words], kind: str) -> None:
        """Keep the words of articles, each in place of its former ones; batch by batch."""
        waiting = iter(rows)
        while batch := list(islice(waiting, BATCH)):
            with self.transaction():
                for each in batch:
                    plain = (each.article_id, kind, each.site, each.period, each.at, each.when)
                    self._execute(PUT_WORDS, (*plain, each.unit, each.words, each.quoted))

    def sites_of(self, period: int) -> set[str]:
        """Give the sites that have articles in a period."""
        return {row["site"] for row in self._all(SITES_OF_PERIOD, (period,))}

    def words_of(self, site: str, periods: Sequence[int]) -> Iterator[Words]:
        """Give the words of a site's articles in some periods."""
        for period in periods:
            for row in self._all(WORDS_OF_SITE, (period, site)):
                yield _words_of(row)

    def words(self, ids: Iterable[str]) -> Iterator[Words]:
        """Give the words of articles; absent ones are skipped."""
        for article_id in ids:
            row = self._one(WORDS_OF_ARTICLE, (article_id,))
            if row is not None:
                yield _words_of(row)

    def furniture(self, period: int | None = None) -> list[Furniture]:
        """Give what was learned for a period, or for all, the newest first."""
        rows = self._all(ALL_FURNITURE) if period is None else self._all(FURNITURE, (period,))
        return [
            Furniture(
                site=row["site"],
                period=row["period"],
                articles=row["articles"],
                shingles=row["shingles"],
            )
            for row in rows
        ]

    def keep_furniture(self, period: int, rows: Iterable[Furniture]) -> None:
        """Keep what was learned for a period in place of what was known."""
        with self.transaction():
            self._execute(DELETE_FURNITURE, (period,))
            for row in rows:
                self._execute(PUT_FURNITURE, (period, row.site, row.articles, row.shingles))

    def signatures(self, ids: Iterable[str]) -> Iterator[Signature]:
        """Give signatures; absent ones are skipped."""
        for article_id in ids:
            row = self._one(SIGNATURE_OF_ARTICLE, (article_id,))
            if row is not None:
                yield _signature_of(row)

    def signatures_near(self, low: int | None, high: int | None) -> Iterator[Signature]:
        """Give the signatures of a span of time (None is open), and those without a time."""
        return (_signature_of(row) for row in self._stream(SIGNATURES_NEAR, low, high))

    def keep_signatures(self, rows: Iterable[Signature]) -> None:
        """Keep signatures, each in place of its article's former one."""
        with self.transaction():
            for each in rows:
                names = (each.article_id, each.site, each.when, each.at, each.kind)
                sizes = (each.words, each.length, each.left_out, each.digest, each.shingles)
                self._execute(PUT_SIGNATURE, (*names, *sizes, each.hashvalues, each.anchors))


def _words_of(row: sqlite3.Row) -> Words:
    return Words(
        article_id=row["article_id"],
        site=row["site"],
        period=row["period"],
        when=row["ordered_by"],
        at=row["at"],
        unit=row["unit"],
        words=row["words"],
        quoted=row["quoted"],
    )


def _signature_of(row: sqlite3.Row) -> Signature:
    plain = {
        name: row[name]
        for name in ("article_id", "site", "at", "kind", "words", "length", "left_out", "digest")
    }
    return Signature(
        when=row["ordered_by"],
        shingles=row["shingles"],
        hashvalues=row["hashvalues"],
        anchors=row["anchors"],
        **plain,
    )
