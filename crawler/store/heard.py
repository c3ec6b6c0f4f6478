"""What was learnt from articles as they stand, so that a run reads only those that changed.

Triggers forget it with each change of what it was drawn from, whoever makes it. Another version of
the program draws it anew.
"""

import json
from collections.abc import Iterable, Iterator

from crawler.items import Testimony
from crawler.store.connection import Database

# Two articles of a site are no custom of it.
UNCOMPARED = """
    SELECT site FROM articles
    WHERE site != '' AND site NOT IN (SELECT site FROM compared WHERE by = ?)
    GROUP BY site HAVING COUNT(*) > 2 ORDER BY site
"""
PUT_COMPARED = "INSERT OR REPLACE INTO compared (site, by) VALUES (?, ?)"
UNHEARD = """
    SELECT id FROM articles
    WHERE id NOT IN (SELECT article_id FROM testimony WHERE by = ?) ORDER BY id
"""
PUT_TESTIMONY = "INSERT OR REPLACE INTO testimony (article_id, by, said) VALUES (?, ?, ?)"
SELECT_TESTIMONY = """
    SELECT id, said FROM testimony WHERE by = ? AND id > ? ORDER BY id LIMIT ?
"""


class Heard(Database):
    """The part of the store that remembers what articles told."""

    def uncompared_sites(self, by: str) -> list[str]:
        """Give the sites of three articles and more that changed since they were compared.

        Args:
            by: version of the program; what another one compared is compared again.
        """
        return [row["site"] for row in self._all(UNCOMPARED, (by,))]

    def keep_compared(self, site: str, by: str) -> None:
        """Note that a site's articles were compared as they stand now."""
        with self.transaction():
            self._execute(PUT_COMPARED, (site, by))

    def unheard(self, by: str) -> list[str]:
        """Give the articles whose testimony is not kept, by id; `by` as in `uncompared_sites`."""
        return [row["id"] for row in self._all(UNHEARD, (by,))]

    def keep_testimony(self, by: str, heard: Iterable[tuple[str, Testimony]]) -> None:
        """Keep what articles say, by their ids."""
        with self.transaction():
            for article_id, said in heard:
                self._execute(PUT_TESTIMONY, (article_id, by, json.dumps(said, ensure_ascii=False)))

    def testimony(self, by: str) -> Iterator[Testimony]:
        """Give what all articles say, a batch in memory at a time."""
        for row in self._stream(SELECT_TESTIMONY, by):
            site, shown, paired, names, sentences = json.loads(row["said"])
            yield Testimony(
                site=site,
                shown=None if shown is None else (shown[0], shown[1]),
                paired=paired,
                names=tuple((statement, name) for statement, name in names),
                sentences=tuple(sentences),
            )
