"""Decisions: a person's word on clusters, kept for ever and taken back at will."""

import json
import sqlite3
from collections.abc import Sequence

from crawler.errors import NotFound
from crawler.items import Decision
from crawler.store.connection import Database

INSERT_DECISION = """
    INSERT INTO decisions (at, kind, articles, others, label) VALUES (?, ?, ?, ?, ?)
"""
SELECT_DECISIONS = "SELECT * FROM decisions ORDER BY id"
SELECT_DECISION = "SELECT * FROM decisions WHERE id = ?"
LAST_DECISION = "SELECT * FROM decisions WHERE kind = ? AND undone IS NULL ORDER BY id DESC LIMIT 1"
# A decision names articles; one of them may since have turned out to be a form of another.
FOLDED = "SELECT article_id FROM sheets WHERE id = ?"
UNSETTLE = "INSERT OR IGNORE INTO unsettled (article_id) VALUES (?)"
UNDO = "UPDATE decisions SET undone = ? WHERE id = ?"


class Decisions(Database):
    """The part of the store that keeps what people decided."""

    def decide(
        self,
        kind: str,
        articles: Sequence[str],
        *,
        others: Sequence[str] = (),
        label: str | None = None,
        now: str,
    ) -> Decision:
        """Keep a decision; the next clustering follows it."""
        with self.transaction():
            row = (now, kind, json.dumps(articles), json.dumps(others), label)
            number = self._execute(INSERT_DECISION, row).lastrowid
            return self._unsettle(number)

    def undo(self, kind: str, number: int | None, *, now: str) -> Decision:
        """Take a decision back: the one of this number, or the last of its kind that holds.

        Raises:
            NotFound: there is none, it is of another kind, or it was taken back before.
        """
        row = (
            self._one(LAST_DECISION, (kind,))
            if number is None
            else self._one(SELECT_DECISION, (number,))
        )
        if row is None or row["kind"] != kind or row["undone"] is not None:
            which = f"{kind} {number}" if number is not None else f"last {kind}"
            raise NotFound(
                f"There is no {which} that holds.", f"`wiretrace {kind} --log` lists decisions."
            )
        with self.transaction():
            self._execute(UNDO, (now, row["id"]))
            return self._unsettle(row["id"])

    def _unsettle(self, number: int | None) -> Decision:
        """Have the next clustering form anew what a decision is about; give it as it stands."""
        found = self._one(SELECT_DECISION, (number,))
        assert found is not None
        decision = self._decision(found)
        for article_id in (*decision.articles, *decision.others):
            self._execute(UNSETTLE, (article_id,))
        return decision

    def decisions(self) -> list[Decision]:
        """Give every decision, oldest first, those taken back as well."""
        return [self._decision(row) for row in self._all(SELECT_DECISIONS)]

    def _decision(self, row: sqlite3.Row) -> Decision:
        articles = self._present(json.loads(row["articles"]))
        others = self._present(json.loads(row["others"]))
        return Decision(
            id=row["id"],
            at=row["at"],
            kind=row["kind"],
            articles=articles,
            others=tuple(each for each in others if each not in articles),
            label=row["label"],
            undone=row["undone"],
        )

    def _present(self, ids: list[str]) -> tuple[str, ...]:
        """Give the articles that these ids stand for now, each once."""
        rows = ((each, self._one(FOLDED, (each,))) for each in ids)
        return tuple(
            dict.fromkeys(each if row is None else row["article_id"] for each, row in rows)
        )
