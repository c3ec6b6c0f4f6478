"""Carriers: whether an article carries a watched story, told once for each text."""

import json
from collections.abc import Collection, Mapping

from crawler.store.connection import Database

UNTOLD = """
    SELECT id FROM articles WHERE NOT EXISTS (
        SELECT 1 FROM carriers WHERE article_id = articles.id AND story = ?) ORDER BY id
"""
PUT = """
    INSERT INTO carriers (article_id, story, carries) VALUES (?, ?, ?)
    ON CONFLICT (article_id, story) DO UPDATE SET carries = excluded.carries
"""
CARRY = "SELECT article_id FROM carriers WHERE story = ? AND carries = 1"
CLUSTERS = """
    SELECT DISTINCT cluster_id FROM members
    WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY cluster_id
"""
FORGET = "DELETE FROM carriers WHERE story NOT IN (SELECT value FROM json_each(?))"


class Carriers(Database):
    """The part of the store that remembers which articles carry which story."""

    def untold(self, story: str) -> list[str]:
        """Give the articles of which it is not known whether they carry a story, by id."""
        return [row["id"] for row in self._all(UNTOLD, (story,))]

    def remember_carriers(self, story: str, told: Mapping[str, bool]) -> None:
        """Keep whether articles carry a story."""
        with self.transaction():
            for article_id, carries in told.items():
                self._execute(PUT, (article_id, story, carries))

    def forget_carriers(self, keep: Collection[str]) -> None:
        """Forget all stories but these: nobody watches the others any more."""
        with self.transaction():
            self._execute(FORGET, (json.dumps(sorted(keep)),))

    def carriers(self, story: str) -> set[str]:
        """Give the articles that are known to carry a story."""
        return {row["article_id"] for row in self._all(CARRY, (story,))}

    def clusters_with(self, article_ids: Collection[str]) -> list[str]:
        """Give the ids of the clusters that hold one of these articles, in order."""
        rows = self._all(CLUSTERS, (json.dumps(sorted(article_ids)),))
        return [row["cluster_id"] for row in rows]
