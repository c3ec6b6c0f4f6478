"""Schedules: how often each source is read, what it gave since, and which runs were missed."""

import sqlite3
from collections.abc import Iterable

from crawler.items import MissedRuns, SourceResult, SourceSchedule
from crawler.store.connection import Database
from crawler.store.runs import outcome_of

SELECT_SCHEDULES = "SELECT * FROM schedules ORDER BY source"
PUT_SCHEDULE = """
    INSERT OR REPLACE INTO schedules (source, interval_s, last_tried, last_success, error_streak,
        last_error, entries, new_entries, refresh_s, asked_for, next_due)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
# A run that still goes on writes its outcomes when its crawl ends, all at once.
UNPLANNED = """
    SELECT outcome.*, runs.started
    FROM source_outcomes AS outcome INDEXED BY source_outcomes_unplanned
        JOIN runs ON runs.id = outcome.run_id
    WHERE outcome.planned = 0
    ORDER BY runs.started, runs.id, outcome.source
"""
SET_PLANNED = "UPDATE source_outcomes SET planned = 1 WHERE planned = 0"
INSERT_MISSED = "INSERT INTO missed_runs (expected, noticed, runs, reason) VALUES (?, ?, ?, ?)"
SELECT_MISSED = "SELECT * FROM missed_runs ORDER BY id DESC LIMIT ?"
COUNT_MISSED = "SELECT COALESCE(SUM(runs), 0) AS n FROM missed_runs"


class Schedules(Database):
    """The part of the store that says when sources are due."""

    def schedules(self) -> dict[str, SourceSchedule]:
        """Give the schedule of each source that was ever asked for, by its name."""
        return {row["source"]: schedule_of(row) for row in self._all(SELECT_SCHEDULES)}

    def unplanned_results(self) -> list[SourceResult]:
        """Give what sources gave since schedules were last saved, oldest first."""
        return [
            SourceResult(run_id=row["run_id"], started=row["started"], outcome=outcome_of(row))
            for row in self._all(UNPLANNED)
        ]

    def save_schedules(self, schedules: Iterable[SourceSchedule], *, planned: bool = False) -> None:
        """Keep schedules; with `planned` they hold all that `unplanned_results` gave.

        Read the results and save in one transaction, or a result between the two is lost.
        """
        with self.transaction():
            for schedule in schedules:
                self._execute(PUT_SCHEDULE, schedule_row(schedule))
            if planned:
                self._execute(SET_PLANNED)

    def miss_runs(self, missed: MissedRuns) -> None:
        """Keep that runs did not happen."""
        with self.transaction():
            self._execute(
                INSERT_MISSED, (missed.expected, missed.noticed, missed.runs, missed.reason)
            )

    def missed_runs(self, limit: int = 10) -> list[MissedRuns]:
        """Give the last times that runs were missed, newest first."""
        return [
            MissedRuns(
                expected=row["expected"],
                noticed=row["noticed"],
                runs=row["runs"],
                reason=row["reason"],
            )
            for row in self._all(SELECT_MISSED, (limit,))
        ]

    def missed_count(self) -> int:
        """Give the number of runs that were ever missed."""
        return int(self._all(COUNT_MISSED)[0]["n"])


def schedule_row(schedule: SourceSchedule) -> tuple[object, ...]:
    """Give the row of a schedule."""
    return (
        schedule.source,
        schedule.interval_s,
        schedule.last_tried,
        schedule.last_success,
        schedule.error_streak,
        schedule.last_error,
        schedule.entries,
        schedule.new_entries,
        schedule.refresh_s,
        schedule.asked_for,
        schedule.next_due,
    )


def schedule_of(row: sqlite3.Row) -> SourceSchedule:
    """Give the schedule of a row."""
    return SourceSchedule(
        source=row["source"],
        interval_s=row["interval_s"],
        last_tried=row["last_tried"],
        last_success=row["last_success"],
        error_streak=row["error_streak"],
        last_error=row["last_error"],
        entries=row["entries"],
        new_entries=row["new_entries"],
        refresh_s=row["refresh_s"],
        asked_for=bool(row["asked_for"]),
        next_due=row["next_due"],
    )
