"""News: what a run found that somebody may want to be told of, and the outbox of its delivery."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from crawler.items import Delivery, Event, EventCopy
from crawler.store.connection import Database

# Members of clusters of two or more that nobody has looked at, with whether their cluster holds one
# that was looked at before.
UNTOLD = """
    SELECT members.cluster_id, members.article_id,
        EXISTS (
            SELECT 1 FROM members AS other JOIN told ON told.article_id = other.article_id
            WHERE other.cluster_id = members.cluster_id) AS known
    FROM members
    WHERE NOT EXISTS (SELECT 1 FROM told WHERE told.article_id = members.article_id)
        AND EXISTS (
            SELECT 1 FROM members AS other
            WHERE other.cluster_id = members.cluster_id AND other.article_id <> members.article_id)
    ORDER BY members.cluster_id, members.position
"""
INSERT_EVENT = """
    INSERT OR IGNORE INTO events (id, kind, cluster, run_id, found, title, stories, copies)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
EVENT_NUMBER = "SELECT number FROM events WHERE id = ?"
INSERT_TOLD = "INSERT OR IGNORE INTO told (article_id, event) VALUES (?, ?)"
INSERT_DELIVERY = """
    INSERT OR IGNORE INTO deliveries (event, channel, state, attempts, changed)
    VALUES (?, ?, 'pending', 0, ?)
"""
SELECT_EVENTS = "SELECT * FROM events ORDER BY number DESC LIMIT ?"
DUE_DELIVERIES = """
    SELECT deliveries.attempts, events.*
    FROM deliveries INDEXED BY deliveries_pending JOIN events ON events.number = deliveries.event
    WHERE channel = ? AND state = 'pending' AND (not_before IS NULL OR not_before <= ?)
    ORDER BY deliveries.event LIMIT ?
"""
ABANDONED = """
    UPDATE deliveries SET state = 'given-up', changed = ?, error = ? WHERE state = 'sending'
"""
SET_DELIVERY = """
    UPDATE deliveries SET state = ?, attempts = attempts + ?, not_before = ?, changed = ?, error = ?
    WHERE channel = ? AND event = (SELECT number FROM events WHERE id = ?)
"""
COUNT_DELIVERIES = "SELECT channel, state, COUNT(*) AS n FROM deliveries GROUP BY channel, state"
FIRST_RUN = "SELECT id FROM runs ORDER BY started, id LIMIT 1"


class News(Database):
    """The part of the store that keeps events and the outbox."""

    def untold_members(self) -> dict[str, tuple[bool, list[str]]]:
        """Give the members of clusters of two or more that were never looked at, by cluster.

        With each cluster goes whether some of its members were: then the others are new copies,
        else the whole cluster is new.
        """
        found: dict[str, tuple[bool, list[str]]] = {}
        for row in self._all(UNTOLD):
            found.setdefault(row["cluster_id"], (bool(row["known"]), []))[1].append(
                row["article_id"]
            )
        return found

    def add_event(self, event: Event, *, channels: Iterable[str]) -> None:
        """Keep an event with an open delivery for each channel; its copies are told by it."""
        with self.transaction():
            values = (event.kind, event.cluster, event.run_id, event.found, event.title)
            copies = json.dumps([asdict(copy) for copy in event.copies], ensure_ascii=False)
            stories = json.dumps(event.stories, ensure_ascii=False)
            self._execute(INSERT_EVENT, (event.id, *values, stories, copies))
            row = self._one(EVENT_NUMBER, (event.id,))
            number = None if row is None else row["number"]
            for channel in channels:
                self._execute(INSERT_DELIVERY, (number, channel, event.found))
            for copy in event.copies:
                self._execute(INSERT_TOLD, (copy.article_id, number))

    def pass_over(self, article_ids: Iterable[str]) -> None:
        """Count articles as looked at that nobody wants to be told of."""
        with self.transaction():
            for article_id in article_ids:
                self._execute(INSERT_TOLD, (article_id, None))

    def events(self, limit: int) -> list[Event]:
        """Give the last events, newest first."""
        return [event_of(row) for row in self._all(SELECT_EVENTS, (limit,))]

    def due_deliveries(self, channel: str, *, now: str, limit: int) -> list[Delivery]:
        """Give events that wait to be sent over a channel, oldest first."""
        return [
            Delivery(event=event_of(row), attempts=row["attempts"])
            for row in self._all(DUE_DELIVERIES, (channel, now, limit))
        ]

    def set_deliveries(
        self,
        channel: str,
        events: Sequence[Event],
        *,
        state: str,
        now: str,
        tried: bool = False,
        not_before: str | None = None,
        error: str | None = None,
    ) -> None:
        """Say how the sending of events stands; with `tried` it counts as one more try."""
        with self.transaction():
            for event in events:
                self._execute(
                    SET_DELIVERY, (state, tried, not_before, now, error, channel, event.id)
                )

    def abandon_deliveries(self, *, now: str, error: str) -> int:
        """Give up what a process was sending when it died; give the number."""
        with self.transaction():
            return self._execute(ABANDONED, (now, error)).rowcount

    def delivery_counts(self) -> dict[tuple[str, str], int]:
        """Give the number of deliveries by channel and state."""
        return {(row["channel"], row["state"]): row["n"] for row in self._all(COUNT_DELIVERIES)}

    def first_run_id(self) -> str | None:
        """Give the id of the store's first run: it names this store and no other."""
        row = self._one(FIRST_RUN)
        return None if row is None else row["id"]


def event_of(row: sqlite3.Row) -> Event:
    """Give the event of a row."""
    return Event(
        id=row["id"],
        kind=row["kind"],
        cluster=row["cluster"],
        run_id=row["run_id"],
        found=row["found"],
        title=row["title"],
        stories=tuple(json.loads(row["stories"])),
        copies=tuple(EventCopy(**copy) for copy in json.loads(row["copies"])),
    )
