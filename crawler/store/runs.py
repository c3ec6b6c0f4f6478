"""Runs: what each pass did, what each source gave, and what was not taken further."""

import secrets
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime

from crawler.items import Drop, Run, SourceOutcome
from crawler.store.connection import Database

INSERT_RUN = "INSERT INTO runs (id, started, outcome, kind) VALUES (?, ?, 'running', ?)"
INTERRUPT_OTHERS = (
    "UPDATE runs SET outcome = 'interrupted' WHERE outcome = 'running' AND id IS NOT ?"
)
FREE_CLAIMS_OF_OTHERS = """
    UPDATE leads SET state = 'new', claimed_by = NULL
    WHERE state = 'claimed' AND claimed_by IS NOT ?
"""
END_RUN = "UPDATE runs SET outcome = ?, ended = ?, error = ? WHERE id = ?"
ADD_TO_COUNT = """
    INSERT INTO run_counts (run_id, name, n) VALUES (?, ?, ?)
    ON CONFLICT (run_id, name) DO UPDATE SET n = n + excluded.n
"""
INSERT_DROP = "INSERT INTO drops (run_id, source, reason, url, detail) VALUES (?, ?, ?, ?, ?)"
SELECT_DROPS = "SELECT * FROM drops WHERE id > ? ORDER BY id LIMIT ?"
SELECT_DROPS_OF_RUN = "SELECT * FROM drops WHERE run_id = ? AND id > ? ORDER BY id LIMIT ?"
PUT_OUTCOME = """
    INSERT INTO source_outcomes (run_id, source, documents, leads, new_leads, failures, error,
        pages, articles, bytes, refresh_s)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (run_id, source) DO UPDATE SET
        documents = excluded.documents, leads = excluded.leads, new_leads = excluded.new_leads,
        failures = excluded.failures, error = excluded.error, pages = excluded.pages,
        articles = excluded.articles, bytes = excluded.bytes, refresh_s = excluded.refresh_s
"""
SELECT_RUNS = "SELECT * FROM runs ORDER BY started DESC, id DESC LIMIT ?"
# Runs in which nothing was due do nothing, and there is one every few minutes.
SELECT_BUSY_RUNS = """
    SELECT * FROM runs
    WHERE NOT EXISTS (SELECT 1 FROM run_counts WHERE run_id = runs.id AND name = 'idle')
    ORDER BY started DESC, id DESC LIMIT ?
"""
SELECT_LAST_CRAWL = """
    SELECT * FROM runs WHERE EXISTS (SELECT 1 FROM source_outcomes WHERE run_id = runs.id)
    ORDER BY started DESC, id DESC LIMIT 1
"""
COUNT_OUTCOMES = "SELECT outcome, COUNT(*) AS n FROM runs GROUP BY outcome ORDER BY outcome"
COUNT_IDLE = "SELECT COUNT(*) AS n FROM run_counts WHERE name = 'idle'"
SELECT_COUNTS = "SELECT name, n FROM run_counts WHERE run_id = ? ORDER BY name"
SELECT_OUTCOMES = "SELECT * FROM source_outcomes WHERE run_id = ? ORDER BY source"


def new_run_id(started: datetime) -> str:
    """Name a run: UTC start and a random suffix; sorts by time."""
    return f"{started.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


class Runs(Database):
    """The part of the store that keeps runs, their numbers and their drops."""

    def begin_run(self, run_id: str, *, now: str, kind: str = "run") -> None:
        """Begin a run; those that still say `running` were killed, and their leads are free again.

        Only one run holds the lock of an output folder at a time, so whatever else looks alive
        in the store is dead.
        """
        with self.transaction():
            self._execute(INTERRUPT_OTHERS, (run_id,))
            self._execute(FREE_CLAIMS_OF_OTHERS, (run_id,))
            self._execute(INSERT_RUN, (run_id, now, kind))

    def end_run(self, run_id: str, *, outcome: str, now: str, error: str | None = None) -> None:
        """Close a run as `done`, `partly`, `failed` or `interrupted`; `error` says why."""
        with self.transaction():
            self._execute(END_RUN, (outcome, now, error, run_id))

    def count(self, run_id: str, name: str, n: int = 1) -> None:
        """Add `n` to a number of the run."""
        with self.transaction():
            self._execute(ADD_TO_COUNT, (run_id, name, n))

    def drop(self, run_id: str, drop: Drop) -> None:
        """Keep what was not taken further, and count it under `drop:<reason>`."""
        with self.transaction():
            self._execute(INSERT_DROP, (run_id, drop.source, drop.reason, drop.url, drop.detail))
            self._execute(ADD_TO_COUNT, (run_id, f"drop:{drop.reason}", 1))

    def drops(self, run_id: str | None = None) -> Iterator[Drop]:
        """Give the drops of one run, or of all, in order of their happening."""
        rows = (
            self._stream(SELECT_DROPS)
            if run_id is None
            else self._stream(SELECT_DROPS_OF_RUN, run_id)
        )
        for row in rows:
            yield Drop(
                source=row["source"], reason=row["reason"], url=row["url"], detail=row["detail"]
            )

    def source_outcome(self, run_id: str, outcome: SourceOutcome) -> None:
        """Set what a source gave in a run; a later call for the same source replaces it."""
        with self.transaction():
            self._execute(
                PUT_OUTCOME,
                (
                    run_id,
                    outcome.source,
                    outcome.documents,
                    outcome.leads,
                    outcome.new_leads,
                    outcome.failures,
                    outcome.error,
                    outcome.pages,
                    outcome.articles,
                    outcome.bytes,
                    outcome.refresh_s,
                ),
            )

    def runs(self, limit: int = 20, *, idle: bool = True) -> list[Run]:
        """Give the last runs, newest first, with their numbers and sources (by name).

        Without `idle`, those in which nothing was due are left out.
        """
        query = SELECT_RUNS if idle else SELECT_BUSY_RUNS
        return [self._run_of(row) for row in self._all(query, (limit,))]

    def last_crawl(self) -> Run | None:
        """Give the last run that asked a source for anything, if there was one."""
        row = self._one(SELECT_LAST_CRAWL)
        return None if row is None else self._run_of(row)

    def outcome_counts(self) -> dict[str, int]:
        """Give the number of runs by outcome."""
        return {row["outcome"]: row["n"] for row in self._all(COUNT_OUTCOMES)}

    def idle_count(self) -> int:
        """Give the number of runs in which nothing was due."""
        return int(self._all(COUNT_IDLE)[0]["n"])

    def _run_of(self, row: sqlite3.Row) -> Run:
        counts = self._all(SELECT_COUNTS, (row["id"],))
        outcomes = self._all(SELECT_OUTCOMES, (row["id"],))
        return Run(
            id=row["id"],
            started=row["started"],
            ended=row["ended"],
            outcome=row["outcome"],
            counts={each["name"]: each["n"] for each in counts},
            sources=tuple(outcome_of(each) for each in outcomes),
            kind=row["kind"],
            error=row["error"],
        )


def outcome_of(row: sqlite3.Row) -> SourceOutcome:
    """Give the outcome of a row."""
    return SourceOutcome(
        source=row["source"],
        documents=row["documents"],
        leads=row["leads"],
        new_leads=row["new_leads"],
        failures=row["failures"],
        error=row["error"],
        pages=row["pages"],
        articles=row["articles"],
        bytes=row["bytes"],
        refresh_s=row["refresh_s"],
    )
