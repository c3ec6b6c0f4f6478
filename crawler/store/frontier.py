"""The frontier: leads come in, are claimed host by host, and leave with what became of them.

It stands in the store and not in the crawler's memory, so that a crawl killed at any moment goes
on where it was.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from crawler.items import Lead, LeadState
from crawler.store.connection import Database
from crawler.urls import host_of

INSERT_LEAD = """
    INSERT INTO leads (url, host, source, kind, found_on, found, title, summary, published,
        modified, priority, state, reason, attempts, found_in)
    VALUES (:url, :host, :source, :kind, :found_on, :found, :title, :summary, :published,
        :modified, :priority, :state, :reason, :attempts, :found_in)
    ON CONFLICT (url) DO NOTHING
"""
FILL_HINTS = """
    UPDATE leads SET
        title = COALESCE(title, :title), summary = COALESCE(summary, :summary),
        published = COALESCE(published, :published), modified = COALESCE(modified, :modified)
    WHERE url = :url AND (
        (title IS NULL AND :title IS NOT NULL) OR (summary IS NULL AND :summary IS NOT NULL)
        OR (published IS NULL AND :published IS NOT NULL)
        OR (modified IS NULL AND :modified IS NOT NULL))
"""
# One seek into the index for each host that has a lead waiting; GROUP BY would read every lead.
WAITING_HOSTS = """
    WITH RECURSIVE waiting (host) AS (
        SELECT MIN(host) FROM leads WHERE state = 'new'
        UNION ALL
        SELECT (SELECT MIN(host) FROM leads WHERE state = 'new' AND host > waiting.host)
        FROM waiting WHERE waiting.host IS NOT NULL
    )
    SELECT host FROM waiting WHERE host IS NOT NULL
"""
CLAIMED_BY_HOST = "SELECT host, COUNT(*) AS n FROM leads WHERE state = 'claimed' GROUP BY host"
NEXT_OF_HOST = """
    SELECT id, priority, published FROM leads
    WHERE state = 'new' AND host = ? AND (not_before IS NULL OR not_before <= ?)
    ORDER BY priority DESC, published DESC, id LIMIT ?
"""
CLAIM = "UPDATE leads SET state = 'claimed', claimed_by = ?, not_before = NULL WHERE id = ?"
FINISH = """
    UPDATE leads SET state = :state, reason = :reason, claimed_by = NULL, not_before = NULL,
        attempts = attempts + :tried
    WHERE url = :url
"""
REQUEUE = """
    UPDATE leads SET state = 'new', claimed_by = NULL, not_before = ?, reason = ?,
        attempts = attempts + 1
    WHERE url = ?
"""
RELEASE = "UPDATE leads SET state = 'new', claimed_by = NULL WHERE state = 'claimed'"
SELECT_LEAD = "SELECT * FROM leads WHERE url = ?"
SELECT_LEAD_BY_ID = "SELECT * FROM leads WHERE id = ?"
SELECT_LEADS = "SELECT * FROM leads WHERE id > ? ORDER BY id LIMIT ?"
SELECT_LEADS_IN_STATE = "SELECT * FROM leads WHERE state = ? AND id > ? ORDER BY id LIMIT ?"
COUNT_LEADS = "SELECT state, COUNT(*) AS n FROM leads GROUP BY state"
NEXT_DUE = "SELECT MIN(not_before) AS due FROM leads WHERE state = 'new' AND not_before > ?"

# States that say a request was made and answered, or given up; the others were decided before one.
TRIED = frozenset({LeadState.DONE, LeadState.FAILED})


class Frontier(Database):
    """The part of the store that keeps leads."""

    def add_leads(self, leads: Iterable[Lead], *, run_id: str) -> int:
        """File leads and give the number of those not known before.

        A new one is stored in the state it has (a left-out or refused one with its reason); a
        known one keeps its state, and only hints it lacked (title, summary, times) are filled in.
        """
        rows = [lead_values(lead, run_id) for lead in leads]
        new = 0
        with self.transaction():
            for row in rows:
                if self._execute(INSERT_LEAD, row).rowcount:
                    new += 1
                else:
                    self._execute(FILL_HINTS, row)
        return new

    def claim_leads(self, run_id: str, *, limit: int, per_host: int, now: str) -> list[Lead]:
        """Take up to `limit` waiting leads for a run, spread over the hosts.

        No host has more than `per_host` claimed leads, those of earlier calls included. A second
        lead of one host is taken only when each other host that may be asked has one; inside a
        host the highest priority comes first, then the newest, then the order of filing. A lead
        that was put back waits for its time.
        """
        with self.transaction():
            chosen = self._choose(limit, per_host, now)
            claimed = []
            for lead_id in chosen:
                self._execute(CLAIM, (run_id, lead_id))
                claimed.extend(self._all(SELECT_LEAD_BY_ID, (lead_id,)))
        return [lead_of(row) for row in claimed]

    def _choose(self, limit: int, per_host: int, now: str) -> list[int]:
        busy: dict[str, int] = {row["host"]: row["n"] for row in self._all(CLAIMED_BY_HOST)}
        candidates: list[tuple[int, int, str, int]] = []
        for (host,) in self._all(WAITING_HOSTS):
            taken = busy.get(host, 0)
            room = min(per_host - taken, limit)
            if room <= 0:
                continue
            rows = self._all(NEXT_OF_HOST, (host, now, room))
            candidates.extend(
                (taken + place, -row["priority"], row["published"] or "", row["id"])
                for place, row in enumerate(rows)
            )
        # Two stable sorts: newest first, under the fewest claims of the host and the priority.
        candidates.sort(key=lambda each: each[2], reverse=True)
        candidates.sort(key=lambda each: each[:2])
        return [each[3] for each in candidates[:limit]]

    def finish_lead(self, url: str, *, state: LeadState, reason: str | None = None) -> None:
        """Say what became of a lead; `done` and `failed` count as a try."""
        with self.transaction():
            self._execute(
                FINISH, {"url": url, "state": state, "reason": reason, "tried": state in TRIED}
            )

    def requeue_lead(self, url: str, *, not_before: str, reason: str) -> None:
        """Put a lead back after a failed try; it waits until `not_before` (UTC)."""
        with self.transaction():
            self._execute(REQUEUE, (not_before, reason, url))

    def release_claims(self) -> int:
        """Put all claimed leads back, and give their number."""
        with self.transaction():
            return self._execute(RELEASE).rowcount

    def lead(self, url: str) -> Lead | None:
        """Give the lead of an address, if it is known."""
        row = self._one(SELECT_LEAD, (url,))
        return None if row is None else lead_of(row)

    def leads(self, state: LeadState | None = None) -> Iterator[Lead]:
        """Give all leads, or those in one state, in order of filing."""
        rows = (
            self._stream(SELECT_LEADS)
            if state is None
            else self._stream(SELECT_LEADS_IN_STATE, state)
        )
        for row in rows:
            yield lead_of(row)

    def lead_counts(self) -> dict[LeadState, int]:
        """Give the number of leads in each state, zeros included."""
        counts = dict.fromkeys(LeadState, 0)
        counts.update({LeadState(row["state"]): row["n"] for row in self._all(COUNT_LEADS)})
        return counts

    def next_due(self, now: str) -> str | None:
        """Give the earliest time after `now` at which a lead that was put back may be claimed."""
        row = self._one(NEXT_DUE, (now,))
        return None if row is None else row["due"]


def lead_values(lead: Lead, run_id: str) -> dict[str, object]:
    """Give the columns of a lead."""
    return {
        "url": lead.url,
        "host": host_of(lead.url),
        "source": lead.source,
        "kind": lead.kind,
        "found_on": lead.found_on,
        "found": lead.found,
        "title": lead.title,
        "summary": lead.summary,
        "published": lead.published,
        "modified": lead.modified,
        "priority": lead.priority,
        "state": lead.state,
        "reason": lead.reason,
        "attempts": lead.attempts,
        "found_in": run_id,
    }


def lead_of(row: sqlite3.Row) -> Lead:
    """Give the lead of a row."""
    return Lead(
        url=row["url"],
        source=row["source"],
        kind=row["kind"],
        found_on=row["found_on"],
        found=row["found"],
        title=row["title"],
        summary=row["summary"],
        published=row["published"],
        modified=row["modified"],
        priority=row["priority"],
        state=LeadState(row["state"]),
        reason=row["reason"],
        attempts=row["attempts"],
    )
