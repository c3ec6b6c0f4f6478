"""Pairs: two articles compared exactly."""

import sqlite3
from collections.abc import Iterable, Iterator

from crawler.items import Pair, Relation
from crawler.store.connection import Database

DELETE_PAIRS_OF = ("DELETE FROM pairs WHERE a = ?", "DELETE FROM pairs WHERE b = ?")
INSERT_PAIR = """
    INSERT INTO pairs (a, b, relation, jaccard, containment_a, containment_b, shared_a, shared_b,
        whole, aligned)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
SELECT_PAIRS = "SELECT * FROM pairs WHERE id > ? ORDER BY id LIMIT ?"
PAIRS_ACROSS = """
    SELECT pairs.* FROM pairs
    JOIN members AS one ON one.article_id = pairs.a
    JOIN members AS other ON other.article_id = pairs.b
    WHERE pairs.id > ? AND one.cluster_id <> other.cluster_id AND pairs.relation <> 'none'
    ORDER BY pairs.id LIMIT ?
"""
ACROSS_OF = """
    SELECT near.* FROM members AS here
    JOIN (SELECT *, a AS mine, b AS other FROM pairs
          UNION ALL SELECT *, b AS mine, a AS other FROM pairs) AS near
        ON near.mine = here.article_id AND near.relation <> 'none'
    JOIN members AS there ON there.article_id = near.other
    WHERE here.cluster_id = ? AND there.cluster_id <> here.cluster_id
    ORDER BY near.id
"""
PAIRS_OF_ARTICLE = "SELECT * FROM pairs WHERE a = ?1 UNION ALL SELECT * FROM pairs WHERE b = ?1"


class Pairs(Database):
    """The part of the store that keeps verified pairs."""

    def replace_pairs(self, ids: Iterable[str], pairs: Iterable[Pair]) -> None:
        """Keep pairs in place of all those in which one of the articles stood."""
        with self.transaction():
            for article_id in ids:
                for statement in DELETE_PAIRS_OF:
                    self._execute(statement, (article_id,))
            for pair in pairs:
                self._execute(INSERT_PAIR, _row_of(pair))

    def pairs(self, article_ids: Iterable[str] | None = None) -> Iterator[Pair]:
        """Give all pairs, or those in which one or both of the named articles stand, each once."""
        if article_ids is None:
            for row in self._stream(SELECT_PAIRS):
                yield _pair_of(row)
            return
        seen: set[int] = set()
        for article_id in article_ids:
            for row in self._all(PAIRS_OF_ARTICLE, (article_id,)):
                if row["id"] not in seen:
                    seen.add(row["id"])
                    yield _pair_of(row)

    def pairs_across(self, cluster_ids: Iterable[str] | None = None) -> Iterator[Pair]:
        """Give the pairs that share something and stand in two clusters: relatives of a story.

        All of them, or those of some clusters, each once.
        """
        if cluster_ids is None:
            for row in self._stream(PAIRS_ACROSS):
                yield _pair_of(row)
            return
        found = {row["id"]: row for one in cluster_ids for row in self._all(ACROSS_OF, (one,))}
        for _, row in sorted(found.items()):
            yield _pair_of(row)


def _row_of(pair: Pair) -> tuple[object, ...]:
    shares = (pair.jaccard, pair.containment_a, pair.containment_b, pair.shared_a, pair.shared_b)
    return (pair.a, pair.b, pair.relation, *shares, pair.whole, pair.aligned)


def _pair_of(row: sqlite3.Row) -> Pair:
    return Pair(
        a=row["a"],
        b=row["b"],
        relation=Relation(row["relation"]),
        jaccard=row["jaccard"],
        containment_a=row["containment_a"],
        containment_b=row["containment_b"],
        shared_a=row["shared_a"],
        shared_b=row["shared_b"],
        whole=bool(row["whole"]),
        aligned=row["aligned"],
    )
