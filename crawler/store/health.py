"""Health: how each source has been doing, and whether the file is sound."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

from crawler.errors import StoreError
from crawler.items import SourceHealth
from crawler.store.connection import Database
from crawler.store.faults import reachable

# A run in which nothing of the source was read and nothing failed (it was stopped before, or the
# source was not due) says nothing about its health.
OUTCOMES_NEWEST_FIRST = """
    SELECT outcome.source, runs.started, outcome.documents, outcome.failures, outcome.error
    FROM source_outcomes AS outcome JOIN runs ON runs.id = outcome.run_id
    WHERE outcome.documents > 0 OR outcome.failures > 0
    ORDER BY runs.started DESC, runs.id DESC
"""
SCHEDULED = "SELECT source, interval_s, next_due FROM schedules"
LEADS_BY_SOURCE = "SELECT source, COUNT(*) AS n FROM leads GROUP BY source"
PAGES_BY_SOURCE = "SELECT source, COUNT(*) AS n FROM pages GROUP BY source"
ARTICLES_BY_SOURCE = """
    SELECT source, COUNT(*) AS n FROM articles WHERE source IS NOT NULL GROUP BY source
"""


class Health(Database):
    """The part of the store that reports on itself."""

    def source_health(self) -> list[SourceHealth]:
        """Give the health of each source that ever gave or failed anything, by name."""
        outcomes: dict[str, list[sqlite3.Row]] = {}
        for row in self._all(OUTCOMES_NEWEST_FIRST):
            outcomes.setdefault(row["source"], []).append(row)
        leads = self._count_by_source(LEADS_BY_SOURCE)
        pages = self._count_by_source(PAGES_BY_SOURCE)
        articles = self._count_by_source(ARTICLES_BY_SOURCE)
        scheduled = {row["source"]: row for row in self._all(SCHEDULED)}
        return [
            SourceHealth(
                source=name,
                last_success=_first(
                    outcomes.get(name, ()), lambda row: row["documents"] > 0, "started"
                ),
                error_streak=sum(
                    1 for _ in takewhile(lambda row: row["documents"] == 0, outcomes.get(name, ()))
                ),
                last_error=_first(outcomes.get(name, ()), lambda row: row["error"], "error"),
                leads=leads.get(name, 0),
                pages=pages.get(name, 0),
                articles=articles.get(name, 0),
                interval_s=scheduled[name]["interval_s"] if name in scheduled else None,
                next_due=scheduled[name]["next_due"] if name in scheduled else None,
            )
            for name in sorted(outcomes.keys() | leads.keys() | pages.keys() | articles.keys())
        ]

    def check(self) -> list[str]:
        """Give what is wrong with the file, one line each; nothing when it is sound.

        Reads the whole file, so it takes seconds a gigabyte.
        """
        try:
            pages = [str(row[0]) for row in self._all("PRAGMA integrity_check")]
            orphans = self._all("PRAGMA foreign_key_check")
        except StoreError as error:
            return [error.what]
        found = [line for line in pages if line != "ok"]
        found += [
            f"row {row['rowid']} of {row['table']} names a row of {row['parent']} that is not there"
            for row in orphans
        ]
        return found

    def size_bytes(self) -> int:
        """Give the bytes of the store on disk, its log included."""
        with reachable(self.path):
            size = self.path.stat().st_size
        # The last process to close the store takes the log away, perhaps at this moment.
        with suppress(FileNotFoundError):
            size += Path(f"{self.path}-wal").stat().st_size
        return size

    def _count_by_source(self, query: str) -> dict[str, int]:
        return {row["source"]: row["n"] for row in self._all(query)}


def _first(
    rows: Iterable[sqlite3.Row], wanted: Callable[[sqlite3.Row], object], column: str
) -> str | None:
    return next((row[column] for row in rows if wanted(row)), None)
