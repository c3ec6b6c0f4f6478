"""Clusters and pairs: what clustering found, replaced as a whole each time."""

import sqlite3
from collections.abc import Iterable, Iterator

from crawler.errors import NotFound
from crawler.items import Cluster, Member, Pair, Relation
from crawler.store.connection import Database

FORMED = "SELECT id, formed FROM clusters"
DELETE_PAIRS = "DELETE FROM pairs"
DELETE_MEMBERS = "DELETE FROM members"
DELETE_CLUSTERS = "DELETE FROM clusters"
INSERT_CLUSTER = "INSERT INTO clusters (id, medoid, formed, confirmed) VALUES (?, ?, ?, ?)"
INSERT_MEMBER = """
    INSERT INTO members (article_id, cluster_id, position, version, is_first, relation,
        containment_in_medoid, containment_of_medoid)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_PAIR = """
    INSERT INTO pairs (a, b, relation, jaccard, containment_a, containment_b)
    VALUES (?, ?, ?, ?, ?, ?)
"""
IDS_LARGEST_FIRST = """
    SELECT clusters.id FROM clusters LEFT JOIN members ON members.cluster_id = clusters.id
    GROUP BY clusters.id ORDER BY COUNT(members.article_id) DESC, clusters.id
"""
COPY_COUNTS = """
    SELECT COUNT(*) AS clusters, COALESCE(SUM(n), 0) AS copies
    FROM (SELECT COUNT(*) AS n FROM members GROUP BY cluster_id HAVING COUNT(*) > 1)
"""
SELECT_CLUSTER = "SELECT id, medoid FROM clusters WHERE id = ?"
# Two are enough to know that a beginning is not enough.
IDS_BEGINNING = "SELECT id FROM clusters WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 2"
SELECT_MEMBERS = "SELECT * FROM members WHERE cluster_id = ? ORDER BY position"
SELECT_PAIRS = "SELECT * FROM pairs WHERE id > ? ORDER BY id LIMIT ?"
PAIRS_ACROSS = """
    SELECT pairs.* FROM pairs
    JOIN members AS one ON one.article_id = pairs.a
    JOIN members AS other ON other.article_id = pairs.b
    WHERE pairs.id > ? AND one.cluster_id <> other.cluster_id AND pairs.relation <> 'none'
    ORDER BY pairs.id LIMIT ?
"""
PAIRS_OF_ARTICLE = "SELECT * FROM pairs WHERE a = ?1 UNION ALL SELECT * FROM pairs WHERE b = ?1"


class Clusters(Database):
    """The part of the store that keeps clusters, their members and the pairs behind them."""

    def replace_clusters(
        self, clusters: Iterable[Cluster], pairs: Iterable[Pair], *, now: str
    ) -> None:
        """Put new clusters and pairs in place of all former ones, in one transaction.

        A cluster whose id was there before keeps the time at which it was formed.
        """
        given, compared = list(clusters), list(pairs)
        with self.transaction():
            formed = {row["id"]: row["formed"] for row in self._all(FORMED)}
            for statement in (DELETE_PAIRS, DELETE_MEMBERS, DELETE_CLUSTERS):
                self._execute(statement)
            for cluster in given:
                times = (formed.get(cluster.id, now), now)
                self._execute(INSERT_CLUSTER, (cluster.id, cluster.medoid, *times))
                for row in member_rows(cluster):
                    self._execute(INSERT_MEMBER, row)
            for pair in compared:
                self._execute(INSERT_PAIR, pair_row(pair))

    def clusters(self) -> Iterator[Cluster]:
        """Give all clusters, largest first, then by id."""
        for (cluster_id,) in self._all(IDS_LARGEST_FIRST):
            found = self._cluster(cluster_id)
            if found is not None:
                yield found

    def copy_counts(self) -> tuple[int, int]:
        """Give the number of clusters of two or more, and of the articles in them."""
        row = self._all(COPY_COUNTS)[0]
        return row["clusters"], row["copies"]

    def cluster(self, id_or_prefix: str) -> Cluster:
        """Give the cluster of an id, or the only one whose id begins so.

        Raises:
            NotFound: there is none, or more than one.
        """
        found = self._cluster(id_or_prefix)
        if found is not None:
            return found
        ids = [row["id"] for row in self._all(IDS_BEGINNING, (id_or_prefix,))]
        if not ids:
            raise NotFound(
                f"There is no cluster {id_or_prefix!r}.", "`wiretrace clusters` lists them."
            )
        found = self._cluster(ids[0])
        if len(ids) > 1 or found is None:
            raise NotFound(
                f"More than one cluster begins with {id_or_prefix!r}: {', '.join(ids)} …",
                "Give more of its id.",
            )
        return found

    def pairs(self, article_ids: Iterable[str] | None = None) -> Iterator[Pair]:
        """Give all pairs, or those in which one or both of the named articles stand, each once."""
        if article_ids is None:
            for row in self._stream(SELECT_PAIRS):
                yield pair_of(row)
            return
        seen: set[int] = set()
        for article_id in article_ids:
            for row in self._all(PAIRS_OF_ARTICLE, (article_id,)):
                if row["id"] not in seen:
                    seen.add(row["id"])
                    yield pair_of(row)

    def pairs_across(self) -> Iterator[Pair]:
        """Give the pairs that share something and stand in two clusters: relatives of a story."""
        for row in self._stream(PAIRS_ACROSS):
            yield pair_of(row)

    def _cluster(self, cluster_id: str) -> Cluster | None:
        row = self._one(SELECT_CLUSTER, (cluster_id,))
        if row is None:
            return None
        members = self._all(SELECT_MEMBERS, (cluster_id,))
        return Cluster(
            id=row["id"],
            medoid=row["medoid"],
            members=tuple(member_of(each) for each in members),
        )


def member_rows(cluster: Cluster) -> Iterator[tuple[object, ...]]:
    """Give the rows of a cluster's members."""
    for position, member in enumerate(cluster.members, start=1):
        yield (
            member.article_id,
            cluster.id,
            position,
            member.version,
            member.first,
            member.relation,
            member.containment_in_medoid,
            member.containment_of_medoid,
        )


def member_of(row: sqlite3.Row) -> Member:
    """Give the member of a row."""
    return Member(
        article_id=row["article_id"],
        version=row["version"],
        first=bool(row["is_first"]),
        relation=Relation(row["relation"]),
        containment_in_medoid=row["containment_in_medoid"],
        containment_of_medoid=row["containment_of_medoid"],
    )


def pair_row(pair: Pair) -> tuple[object, ...]:
    """Give the row of a pair."""
    return (
        pair.a,
        pair.b,
        pair.relation,
        pair.jaccard,
        pair.containment_a,
        pair.containment_b,
    )


def pair_of(row: sqlite3.Row) -> Pair:
    """Give the pair of a row."""
    return Pair(
        a=row["a"],
        b=row["b"],
        relation=Relation(row["relation"]),
        jaccard=row["jaccard"],
        containment_a=row["containment_a"],
        containment_b=row["containment_b"],
    )
