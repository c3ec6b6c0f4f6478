"""Provenance: who ran each text first, how its versions descend, which sites have one owner."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from crawler.items import (
    Branch,
    Certainty,
    Claimant,
    Cluster,
    CoverageGap,
    Edit,
    FirstAnswer,
    Network,
    Provenance,
)
from crawler.store.clusters import Clusters

DELETE_ANSWER = "DELETE FROM answers WHERE cluster_id = ?"
INSERT_ANSWER = """
    INSERT INTO answers (cluster_id, certainty, origin, origin_reasons, lead_low_s, lead_high_s,
        gaps)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
INSERT_CLAIMANT = """
    INSERT INTO claimants (cluster_id, position, article_id, score, earliest, latest, basis,
        reasons)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_BRANCH = """
    INSERT INTO branches (cluster_id, child, parent, certainty, alternatives, shared, shared_count,
        own, own_count, reasons)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
SELECT_ANSWER = "SELECT * FROM answers WHERE cluster_id = ?"
SELECT_CLAIMANTS = "SELECT * FROM claimants WHERE cluster_id = ? ORDER BY position"
SELECT_BRANCHES = "SELECT * FROM branches WHERE cluster_id = ? ORDER BY child"
UNTRACED = """
    SELECT members.cluster_id FROM members
    LEFT JOIN answers ON answers.cluster_id = members.cluster_id
    WHERE answers.cluster_id IS NULL
    GROUP BY members.cluster_id HAVING COUNT(*) > 1 ORDER BY members.cluster_id
"""
MARK_FIRST = "UPDATE members SET is_first = ? WHERE article_id = ?"
IDS_SINCE = """
    SELECT cluster_id FROM claimants WHERE position = 1 AND latest >= ? ORDER BY cluster_id
"""
ALL_IDS = "SELECT cluster_id FROM answers ORDER BY cluster_id"
DELETE_NETWORKS = "DELETE FROM networks"
INSERT_NETWORK = "INSERT INTO networks (id, name, reasons) VALUES (?, ?, ?)"
INSERT_SITE = "INSERT INTO network_sites (site, network_id) VALUES (?, ?)"
SELECT_NETWORKS = "SELECT * FROM networks ORDER BY id"
SELECT_SITES = "SELECT site FROM network_sites WHERE network_id = ? ORDER BY site"
FIRST_SEEN = """
    SELECT article.id, MIN(seen.at) AS at
    FROM articles AS article JOIN (
        SELECT url, MIN(fetched) AS at FROM pages GROUP BY url
        UNION ALL
        SELECT url, found AS at FROM leads) AS seen ON seen.url = article.url
    GROUP BY article.id
"""


class Provenances(Clusters):
    """The part of the store that keeps answers, version trees and networks."""

    def save_provenance(self, found: Iterable[Provenance]) -> None:
        """Keep the provenance of clusters in place of what was known of them.

        That of a cluster that goes, goes with it.
        """
        given = list(found)
        with self.transaction():
            for provenance in given:
                self._execute(DELETE_ANSWER, (provenance.cluster_id,))
                self._execute(INSERT_ANSWER, answer_row(provenance))
                for position, each in enumerate(provenance.first.candidates, start=1):
                    row = claimant_row(each)
                    self._execute(INSERT_CLAIMANT, (provenance.cluster_id, position, *row))
                for branch in provenance.branches:
                    self._execute(INSERT_BRANCH, (provenance.cluster_id, *branch_row(branch)))

    def untraced(self) -> list[Cluster]:
        """Give the clusters of two or more that nobody has answered for since they were formed."""
        found = (self.find_cluster(row["cluster_id"]) for row in self._all(UNTRACED))
        return [cluster for cluster in found if cluster is not None]

    def mark_first(self, clusters: Iterable[Cluster]) -> None:
        """Keep which members are first, as these clusters say."""
        with self.transaction():
            for cluster in clusters:
                for member in cluster.members:
                    self._execute(MARK_FIRST, (member.first, member.article_id))

    def provenance(self, cluster_id: str) -> Provenance | None:
        """Give the provenance of a cluster; None for one of a single article."""
        row = self._one(SELECT_ANSWER, (cluster_id,))
        if row is None:
            return None
        claimants = self._all(SELECT_CLAIMANTS, (cluster_id,))
        branches = self._all(SELECT_BRANCHES, (cluster_id,))
        return Provenance(
            cluster_id=cluster_id,
            first=answer_of(row, claimants),
            branches=tuple(branch_of(each) for each in branches),
        )

    def provenances_since(self, since: str) -> list[Provenance]:
        """Give those whose most likely first copy ran at that UTC time or later, by cluster."""
        ids = [row["cluster_id"] for row in self._all(IDS_SINCE, (since,))]
        found = (self.provenance(cluster_id) for cluster_id in ids)
        return [each for each in found if each is not None]

    def provenances(self, cluster_ids: Iterable[str] | None = None) -> dict[str, Provenance]:
        """Give the provenance of all clusters that have one, or of those named, by cluster."""
        if cluster_ids is None:
            ids = [row["cluster_id"] for row in self._all(ALL_IDS)]
        else:
            ids = sorted(cluster_ids)
        found = ((cluster_id, self.provenance(cluster_id)) for cluster_id in ids)
        return {cluster_id: each for cluster_id, each in found if each is not None}

    def replace_networks(self, networks: Iterable[Network]) -> None:
        """Put new networks in place of all former ones."""
        with self.transaction():
            self._execute(DELETE_NETWORKS)
            for number, network in enumerate(networks, start=1):
                reasons = _json(network.reasons)
                self._execute(INSERT_NETWORK, (number, network.name, reasons))
                for site in network.sites:
                    self._execute(INSERT_SITE, (site, number))

    def networks(self) -> tuple[Network, ...]:
        """Give the networks in the order in which they were given."""
        return tuple(
            Network(
                name=row["name"],
                sites=tuple(each["site"] for each in self._all(SELECT_SITES, (row["id"],))),
                reasons=tuple(json.loads(row["reasons"])),
            )
            for row in self._all(SELECT_NETWORKS)
        )

    def first_seen(self) -> Mapping[str, str]:
        """Give the UTC time at which we first knew of each article's address, by article."""
        return {row["id"]: row["at"] for row in self._all(FIRST_SEEN)}


def answer_row(provenance: Provenance) -> tuple[object, ...]:
    """Give the row of an answer."""
    first = provenance.first
    return (
        provenance.cluster_id,
        first.certainty,
        first.origin,
        _json(first.origin_reasons),
        first.lead_low_s,
        first.lead_high_s,
        _json([asdict(gap) for gap in first.gaps]),
    )


def answer_of(row: sqlite3.Row, claimants: Iterable[sqlite3.Row]) -> FirstAnswer:
    """Give the answer of a row and of those of its candidates."""
    return FirstAnswer(
        certainty=Certainty(row["certainty"]),
        candidates=tuple(claimant_of(each) for each in claimants),
        origin=row["origin"],
        origin_reasons=tuple(json.loads(row["origin_reasons"])),
        lead_low_s=row["lead_low_s"],
        lead_high_s=row["lead_high_s"],
        gaps=tuple(CoverageGap(**each) for each in json.loads(row["gaps"])),
    )


def claimant_row(claimant: Claimant) -> tuple[object, ...]:
    """Give the row of a candidate, cluster and position aside."""
    return (
        claimant.article_id,
        claimant.score,
        claimant.earliest,
        claimant.latest,
        claimant.basis,
        _json(claimant.reasons),
    )


def claimant_of(row: sqlite3.Row) -> Claimant:
    """Give the candidate of a row."""
    return Claimant(
        article_id=row["article_id"],
        score=row["score"],
        earliest=row["earliest"],
        latest=row["latest"],
        basis=row["basis"],
        reasons=tuple(json.loads(row["reasons"])),
    )


def branch_row(branch: Branch) -> tuple[object, ...]:
    """Give the row of a branch, its cluster aside."""
    return (
        branch.child,
        branch.parent,
        branch.certainty,
        _json(branch.alternatives),
        _json([asdict(edit) for edit in branch.shared]),
        branch.shared_count,
        _json([asdict(edit) for edit in branch.own]),
        branch.own_count,
        _json(branch.reasons),
    )


def branch_of(row: sqlite3.Row) -> Branch:
    """Give the branch of a row."""
    return Branch(
        child=row["child"],
        parent=row["parent"],
        certainty=Certainty(row["certainty"]),
        alternatives=tuple(json.loads(row["alternatives"])),
        shared=tuple(Edit(**each) for each in json.loads(row["shared"])),
        shared_count=row["shared_count"],
        own=tuple(Edit(**each) for each in json.loads(row["own"])),
        own_count=row["own_count"],
        reasons=tuple(json.loads(row["reasons"])),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
