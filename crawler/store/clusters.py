"""Clusters: their members and versions, the bridges between them, and what happened to them."""

import json
import sqlite3
import struct
from collections.abc import Iterable, Iterator

from crawler.errors import NotFound
from crawler.items import Bridge, Cluster, ClusterEvent, Member, Passage, Relation, Version
from crawler.store.connection import Database

CLUSTER_OF_ARTICLE = "SELECT cluster_id FROM members WHERE article_id = ?"
FORMED = "SELECT formed FROM clusters WHERE id = ?"
DELETE_CLUSTER = "DELETE FROM clusters WHERE id = ?"
DELETE_BRIDGE = "DELETE FROM bridges WHERE article_id = ?"
INSERT_CLUSTER = """
    INSERT INTO clusters (id, medoid, formed, confirmed, weakest, weakest_share, label)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
INSERT_MEMBER = """
    INSERT INTO members (article_id, cluster_id, position, version, is_first, relation,
        containment_in_medoid, containment_of_medoid)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_VERSION = """
    INSERT INTO versions (cluster_id, number, words, based_on, relation, added, dropped,
        write_through, additions)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_BRIDGE = "INSERT INTO bridges (article_id, reason, beside) VALUES (?, ?, ?)"
INSERT_EVENT = """
    INSERT INTO cluster_events (at, kind, cluster, other, members) VALUES (?, ?, ?, ?, ?)
"""
SETTLED = "DELETE FROM unsettled WHERE article_id = ?"
UNSETTLED = """
    SELECT article_id FROM unsettled
    UNION
    SELECT signatures.article_id FROM signatures
    LEFT JOIN members ON members.article_id = signatures.article_id
    WHERE members.article_id IS NULL
"""
IDS_LARGEST_FIRST = """
    SELECT clusters.id FROM clusters LEFT JOIN members ON members.cluster_id = clusters.id
    GROUP BY clusters.id ORDER BY COUNT(members.article_id) DESC, clusters.id
"""
CLUSTER_IDS = "SELECT id FROM clusters"
COPY_COUNTS = """
    SELECT COUNT(*) AS clusters, COALESCE(SUM(n), 0) AS copies
    FROM (SELECT COUNT(*) AS n FROM members GROUP BY cluster_id HAVING COUNT(*) > 1)
"""
SELECT_CLUSTER = "SELECT * FROM clusters WHERE id = ?"
# Two are enough to know that a beginning is not enough.
IDS_BEGINNING = "SELECT id FROM clusters WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 2"
WENT_INTO = """
    SELECT other FROM cluster_events WHERE cluster = ? AND kind = 'merged' ORDER BY id DESC LIMIT 1
"""
IN_USE = """
    SELECT 1 FROM clusters WHERE id = ?1
    UNION ALL SELECT 1 FROM cluster_events WHERE cluster = ?1 OR other = ?1 LIMIT 1
"""
SELECT_MEMBERS = "SELECT * FROM members WHERE cluster_id = ? ORDER BY position"
SELECT_VERSIONS = "SELECT * FROM versions WHERE cluster_id = ? ORDER BY number"
SELECT_BRIDGES = "SELECT * FROM bridges ORDER BY article_id"
SELECT_EVENTS = "SELECT * FROM cluster_events WHERE id > ? ORDER BY id LIMIT ?"


class Clusters(Database):
    """The part of the store that keeps clusters."""

    def settle(
        self,
        ids: Iterable[str],
        clusters: Iterable[Cluster],
        bridges: Iterable[Bridge],
        events: Iterable[ClusterEvent],
        *,
        now: str,
    ) -> None:
        """Put clusters and bridges in place of all that these articles had, in one transaction.

        A cluster whose id was there before keeps the time at which it was formed.
        """
        names = list(ids)
        with self.transaction():
            formed = {cluster.id: since for since, cluster in self.clusters_of(names)}
            for cluster_id in formed:
                self._execute(DELETE_CLUSTER, (cluster_id,))
            for name in names:
                self._execute(DELETE_BRIDGE, (name,))
                self._execute(SETTLED, (name,))
            for cluster in clusters:
                self._put_cluster(cluster, formed.get(cluster.id, now), now)
            for bridge in bridges:
                beside = json.dumps(bridge.beside, ensure_ascii=False)
                self._execute(INSERT_BRIDGE, (bridge.article_id, bridge.reason, beside))
            for event in events:
                row = (event.at, event.kind, event.cluster, event.other, event.members)
                self._execute(INSERT_EVENT, row)

    def unsettled(self) -> set[str]:
        """Give the articles whose cluster has to be formed anew, and those in none yet."""
        return {row["article_id"] for row in self._all(UNSETTLED)}

    def clusters_of(self, ids: Iterable[str]) -> list[tuple[str, Cluster]]:
        """Give (time of its forming, cluster) of those in which one of the articles is, by id."""
        homes = {
            row["cluster_id"] for name in ids for row in self._all(CLUSTER_OF_ARTICLE, (name,))
        }
        found = []
        for cluster_id in sorted(homes):
            cluster = self.find_cluster(cluster_id)
            row = self._one(FORMED, (cluster_id,))
            if cluster is not None and row is not None:
                found.append((row["formed"], cluster))
        return found

    def known_cluster_ids(self, ids: Iterable[str]) -> set[str]:
        """Say which of these ids belong or belonged to a cluster."""
        return {each for each in ids if self._one(IN_USE, (each,)) is not None}

    def clusters(self) -> Iterator[Cluster]:
        """Give all clusters, largest first, then by id."""
        for (cluster_id,) in self._all(IDS_LARGEST_FIRST):
            found = self.find_cluster(cluster_id)
            if found is not None:
                yield found

    def cluster_ids(self) -> set[str]:
        """Give the ids of all clusters."""
        return {row["id"] for row in self._all(CLUSTER_IDS)}

    def copy_counts(self) -> tuple[int, int]:
        """Give the number of clusters of two or more, and of the articles in them."""
        row = self._all(COPY_COUNTS)[0]
        return row["clusters"], row["copies"]

    def cluster(self, id_or_prefix: str) -> Cluster:
        """Give the cluster of an id, or the only one whose id begins so.

        Raises:
            NotFound: there is none, or more than one.
        """
        found = self.find_cluster(id_or_prefix)
        if found is not None:
            return found
        ids = [row["id"] for row in self._all(IDS_BEGINNING, (id_or_prefix,))]
        if not ids:
            raise self._absent(id_or_prefix)
        found = self.find_cluster(ids[0])
        if len(ids) > 1 or found is None:
            raise NotFound(
                f"More than one cluster begins with {id_or_prefix!r}: {', '.join(ids)} …",
                "Give more of its id.",
            )
        return found

    def bridges(self) -> list[Bridge]:
        """Give the articles that would have glued two clusters together, by id."""
        return [
            Bridge(
                article_id=row["article_id"],
                reason=row["reason"],
                beside=tuple(json.loads(row["beside"])),
            )
            for row in self._all(SELECT_BRIDGES)
        ]

    def cluster_events(self) -> Iterator[ClusterEvent]:
        """Give what happened to clusters, oldest first."""
        for row in self._stream(SELECT_EVENTS):
            yield ClusterEvent(
                at=row["at"],
                kind=row["kind"],
                cluster=row["cluster"],
                other=row["other"],
                members=row["members"],
            )

    def _absent(self, cluster_id: str) -> NotFound:
        row = self._one(WENT_INTO, (cluster_id,))
        if row is None:
            return NotFound(
                f"There is no cluster {cluster_id!r}.", "`wiretrace clusters` lists them."
            )
        return NotFound(
            f"Cluster {cluster_id} was merged into {row['other']}.",
            f"`wiretrace show {row['other']}` shows it.",
        )

    def _put_cluster(self, cluster: Cluster, formed: str, now: str) -> None:
        tie = (cluster.weakest, cluster.weakest_share)
        self._execute(
            INSERT_CLUSTER, (cluster.id, cluster.medoid, formed, now, *tie, cluster.label)
        )
        for position, member in enumerate(cluster.members, start=1):
            self._execute(
                INSERT_MEMBER,
                (
                    member.article_id,
                    cluster.id,
                    position,
                    member.version,
                    member.first,
                    member.relation,
                    member.containment_in_medoid,
                    member.containment_of_medoid,
                ),
            )
        for each in cluster.versions:
            additions = b"".join(struct.pack("<3I", *passage) for passage in each.additions)
            plain = (cluster.id, each.number, each.words, each.based_on, each.relation)
            self._execute(
                INSERT_VERSION, (*plain, each.added, each.dropped, each.write_through, additions)
            )

    def find_cluster(self, cluster_id: str) -> Cluster | None:
        """Give the cluster of an id, if there is one."""
        row = self._one(SELECT_CLUSTER, (cluster_id,))
        if row is None:
            return None
        members = tuple(_member_of(each) for each in self._all(SELECT_MEMBERS, (cluster_id,)))
        return Cluster(
            id=row["id"],
            medoid=row["medoid"],
            members=members,
            versions=tuple(
                _version_of(each, members) for each in self._all(SELECT_VERSIONS, (cluster_id,))
            ),
            weakest=row["weakest"],
            weakest_share=row["weakest_share"],
            label=row["label"],
        )


def _member_of(row: sqlite3.Row) -> Member:
    return Member(
        article_id=row["article_id"],
        version=row["version"],
        first=bool(row["is_first"]),
        relation=Relation(row["relation"]),
        containment_in_medoid=row["containment_in_medoid"],
        containment_of_medoid=row["containment_of_medoid"],
    )


def _version_of(row: sqlite3.Row, members: Iterable[Member]) -> Version:
    return Version(
        number=row["number"],
        members=tuple(each.article_id for each in members if each.version == row["number"]),
        words=row["words"],
        based_on=row["based_on"],
        relation=Relation(row["relation"]),
        added=row["added"],
        dropped=row["dropped"],
        write_through=bool(row["write_through"]),
        additions=tuple(Passage(*each) for each in struct.iter_unpack("<3I", row["additions"])),
    )
