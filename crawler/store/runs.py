"""Runs: what each pass did, what each source gave, and what was not taken further."""

import secrets
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime

from crawler.items import Drop, Run, SourceOutcome
from crawler.store.connection import Database

INSERT_RUN = "INSERT INTO runs (id, started, outcome) VALUES (?, ?, 'running')"
INTERRUPT_OTHERS = (
    "UPDATE runs SET outcome = 'interrupted' WHERE outcome = 'running' AND id IS NOT ?"
)
FREE_CLAIMS_OF_OTHERS = """
    UPDATE leads SET state = 'new', claimed_by = NULL
    WHERE state = 'claimed' AND claimed_by IS NOT ?
"""
END_RUN = "UPDATE runs SET outcome = ?, ended = ? WHERE id = ?"
ADD_TO_COUNT = """
    INSERT INTO run_counts (run_id, name, n) VALUES (?, ?, ?)
    ON CONFLICT (run_id, name) DO UPDATE SET n = n + excluded.n
"""
INSERT_DROP = "INSERT INTO drops (run_id, source, reason, url, detail) VALUES (?, ?, ?, ?, ?)"
SELECT_DROPS = "SELECT * FROM drops WHERE id > ? ORDER BY id LIMIT ?"
SELECT_DROPS_OF_RUN = "SELECT * FROM drops WHERE run_id = ? AND id > ? ORDER BY id LIMIT ?"
PUT_OUTCOME = """
    INSERT INTO source_outcomes (run_id, source, documents, leads, new_leads, failures, error)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (run_id, source) DO UPDATE SET
        documents = excluded.documents, leads = excluded.leads, new_leads = excluded.new_leads,
        failures = excluded.failures, error = excluded.error
"""
SELECT_RUNS = "SELECT * FROM runs ORDER BY started DESC, id DESC LIMIT ?"
SELECT_COUNTS = "SELECT name, n FROM run_counts WHERE run_id = ? ORDER BY name"
SELECT_OUTCOMES = "SELECT * FROM source_outcomes WHERE run_id = ? ORDER BY source"


def new_run_id(started: datetime) -> str:
    """Name a run: UTC start and a random suffix; sorts by time."""
    return f"{started.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


class Runs(Database):
    """The part of the store that keeps runs, their numbers and their drops."""

    def begin_run(self, run_id: str, *, now: str) -> None:
        """Begin a run; those that still say `running` were killed, and their leads are free again.

        Only one run holds the lock of an output folder at a time, so whatever else looks alive
        in the store is dead.
        """
        with self.transaction():
            self._execute(INTERRUPT_OTHERS, (run_id,))
            self._execute(FREE_CLAIMS_OF_OTHERS, (run_id,))
            self._execute(INSERT_RUN, (run_id, now))

    def end_run(self, run_id: str, *, outcome: str, now: str) -> None:
        """Close a run as `done`, `partly`, `failed` or `interrupted`."""
        with self.transaction():
            self._execute(END_RUN, (outcome, now, run_id))

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
                ),
            )

    def runs(self, limit: int = 20) -> list[Run]:
        """Give the last runs, newest first, with their numbers and sources (by name)."""
        return [self._run_of(row) for row in self._all(SELECT_RUNS, (limit,))]

    def _run_of(self, row: sqlite3.Row) -> Run:
        counts = self._all(SELECT_COUNTS, (row["id"],))
        outcomes = self._all(SELECT_OUTCOMES, (row["id"],))
        return Run(
            id=row["id"],
            started=row["started"],
            ended=row["ended"],
            outcome=row["outcome"],
            counts={each["name"]: each["n"] for each in counts},
            sources=tuple(
                SourceOutcome(
                    source=each["source"],
                    documents=each["documents"],
                    leads=each["leads"],
                    new_leads=each["new_leads"],
                    failures=each["failures"],
                    error=each["error"],
                )
                for each in outcomes
            ),
        )
