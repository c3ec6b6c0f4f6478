"""Changes: which clusters a report has to tell anew since another one.

Triggers write a row for each change of what a cluster's page shows, whoever makes it. A report
remembers how far it has read; the next asks for what came after.
"""

import json
from collections.abc import Collection, Iterable

from crawler.store.pairs import Pairs

LAST = "SELECT number, token FROM changes ORDER BY number DESC LIMIT 1"
IS_THERE = "SELECT 1 FROM changes WHERE number = ? AND token = ?"
SINCE = "SELECT DISTINCT cluster_id FROM changes WHERE number > ?"
FORGET = "DELETE FROM changes WHERE number <= (SELECT MAX(number) FROM changes) - ?"
# Lists of ids come as one JSON parameter: SQLite takes no more than some thousand by themselves.
BESIDE = """
    SELECT DISTINCT there.cluster_id FROM json_each(?1) AS wanted
    JOIN members AS here ON here.cluster_id = wanted.value
    JOIN (SELECT a AS one, b AS other, relation FROM pairs
          UNION ALL SELECT b AS one, a AS other, relation FROM pairs) AS near
        ON near.one = here.article_id AND near.relation <> 'none'
    JOIN members AS there ON there.article_id = near.other
    WHERE there.cluster_id <> here.cluster_id
"""
HOMES = """
    SELECT members.article_id, members.cluster_id FROM json_each(?) AS wanted
    JOIN members ON members.article_id = wanted.value
"""
ON_SITES = """
    SELECT DISTINCT members.cluster_id FROM json_each(?) AS wanted
    JOIN articles ON articles.site = wanted.value
    JOIN members ON members.article_id = articles.id
"""
# About 15 MB; a report that is older than so many changes has as good as nothing to keep.
KEPT_CHANGES = 300_000


class Changes(Pairs):
    """The part of the store that knows what changed since a report."""

    def change_mark(self) -> str:
        """Say how far the changes go now; empty where none was ever noted."""
        row = self._one(LAST)
        return "" if row is None else f"{row['number']}:{row['token']}"

    def changed_clusters(self, mark: str) -> set[str] | None:
        """Give the clusters that changed or went since `mark`.

        None where that cannot be told: it is of another store, of this one before a copy of it
        was brought back, or too old.
        """
        number, _, token = mark.partition(":")
        if not number.isdecimal() or self._one(IS_THERE, (int(number), token)) is None:
            return None
        return {row["cluster_id"] for row in self._all(SINCE, (int(number),))}

    def forget_changes(self) -> None:
        """Forget the oldest changes beyond those that are kept."""
        with self.transaction():
            self._execute(FORGET, (KEPT_CHANGES,))

    def clusters_beside(self, ids: Collection[str]) -> set[str]:
        """Give the clusters that share a passage with one of these: their pages name each other."""
        rows = self._all(BESIDE, (json.dumps(sorted(ids)),))
        return {row["cluster_id"] for row in rows}

    def clusters_on(self, sites: Collection[str]) -> set[str]:
        """Give the clusters in which one of these sites has a copy."""
        return {row["cluster_id"] for row in self._all(ON_SITES, (json.dumps(sorted(sites)),))}

    def homes(self, article_ids: Iterable[str]) -> dict[str, str]:
        """Give article id to cluster id, for those articles that are in one."""
        rows = self._all(HOMES, (json.dumps(sorted(article_ids)),))
        return {row["article_id"]: row["cluster_id"] for row in rows}
