"""The frontier: leads come in, are claimed host by host, and leave with what became of them.

It stands in the store and not in the crawler's memory, so that a crawl killed at any moment goes
on where it was.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.items import Lead, LeadState
from crawler.store.connection import Database
from crawler.store.leads import INSERT_LEAD, SELECT_LEAD, lead_of, lead_values
from crawler.urls import spelling_of

if TYPE_CHECKING:
    import sqlite3

FILL_HINTS = """
    UPDATE leads SET
        title = COALESCE(title, :title), summary = COALESCE(summary, :summary),
        published = COALESCE(published, :published), modified = COALESCE(modified, :modified),
        part_of = COALESCE(part_of, :part_of)
    WHERE url = :url AND (
        (title IS NULL AND :title IS NOT NULL) OR (summary IS NULL AND :summary IS NOT NULL)
        OR (published IS NULL AND :published IS NOT NULL)
        OR (modified IS NULL AND :modified IS NOT NULL)
        OR (part_of IS NULL AND :part_of IS NOT NULL))
"""
RECONSIDER = """
    UPDATE leads SET state = 'new', reason = NULL
    WHERE url = :url AND state = 'left-out' AND :state = 'new'
        AND (reason IS NOT 'variant' OR :part_of IS NOT NULL)
"""
# Of the spellings of one address the plainest is fetched, of equal ones the first found or asked.
# What a person named is always fetched.
LEAVE_VARIANTS = """
    UPDATE leads SET state = 'left-out', reason = 'variant', not_before = NULL
    WHERE form_key = :key AND state = 'new' AND visits = 0 AND part_of IS NULL
        AND kind NOT IN ('urls', 'story') AND EXISTS (
            SELECT 1 FROM leads AS better
            WHERE better.form_key = leads.form_key AND better.id <> leads.id
                AND better.part_of IS NULL AND better.state IN ('new', 'claimed', 'done')
                AND (better.form < leads.form OR (better.form = leads.form
                    AND (better.state <> 'new' OR better.id < leads.id))))
"""
REOPEN_VARIANT = """
    UPDATE leads SET state = 'new', reason = NULL
    WHERE id = (
        SELECT variant.id FROM leads AS variant JOIN leads AS lost
            ON lost.form_key = variant.form_key AND lost.url = :url
        WHERE variant.state = 'left-out' AND variant.reason = 'variant'
            AND NOT EXISTS (
                SELECT 1 FROM leads AS other
                WHERE other.form_key = lost.form_key AND other.id <> lost.id
                    AND other.state IN ('new', 'claimed', 'done'))
        ORDER BY variant.form, variant.url LIMIT 1)
"""
# The best waiting lead of each host that has no more than so many claimed. The recursion makes one
# seek for each host, where GROUP BY would read every waiting lead. INDEXED BY, because SQLite would
# prefer the index of the states and read them all the same: with 100,000 leads on 500 hosts that
# takes minutes, and this takes milliseconds.
BEST_OF_HOSTS = """
    WITH RECURSIVE waiting (host) AS (
        SELECT MIN(host) FROM leads INDEXED BY leads_waiting WHERE state = 'new'
        UNION ALL
        SELECT (
            SELECT MIN(host) FROM leads INDEXED BY leads_waiting
            WHERE state = 'new' AND host > waiting.host)
        FROM waiting WHERE waiting.host IS NOT NULL
    ),
    best (id) AS (
        SELECT (
            SELECT id FROM leads INDEXED BY leads_waiting
            WHERE state = 'new' AND host = waiting.host
                AND (not_before IS NULL OR not_before <= :now)
            ORDER BY priority DESC, published DESC, id LIMIT 1)
        FROM waiting
        WHERE waiting.host IS NOT NULL AND :claimed >= (
            SELECT COUNT(*) FROM leads INDEXED BY leads_claimed
            WHERE state = 'claimed' AND host = waiting.host)
    )
    SELECT leads.* FROM best JOIN leads ON leads.id = best.id
    ORDER BY leads.priority DESC, leads.published DESC, leads.id LIMIT :limit
"""
MOST_CLAIMED = """
    SELECT COALESCE(MAX(claimed), 0) AS n FROM (
        SELECT COUNT(*) AS claimed FROM leads INDEXED BY leads_claimed
        WHERE state = 'claimed' GROUP BY host)
"""
CLAIM = "UPDATE leads SET state = 'claimed', claimed_by = ?, not_before = NULL WHERE id = ?"
FINISH = """
    UPDATE leads SET state = :state, reason = :reason, claimed_by = NULL, not_before = NULL,
        attempts = attempts + :tried
    WHERE url = :url
"""
REQUEUE = """
    UPDATE leads SET state = 'new', claimed_by = NULL, not_before = :not_before, reason = :reason,
        attempts = attempts + :tried
    WHERE url = :url
"""
RELEASE = "UPDATE leads SET state = 'new', claimed_by = NULL WHERE state = 'claimed'"
# Of a page fetched before, the newest come first among themselves, and after all that is new.
REVISIT = """
    UPDATE leads SET state = 'new', reason = NULL, attempts = 0, not_before = NULL,
        revisit_at = NULL, priority = MIN(priority, :priority)
    WHERE state = 'done' AND revisit_at <= :now
"""
VISITED = """
    UPDATE leads SET visits = visits + 1, first_fetched = COALESCE(first_fetched, :now)
    WHERE url = :url
"""
SELECT_VISITS = "SELECT visits, first_fetched FROM leads WHERE url = ?"
PLAN_REVISIT = "UPDATE leads SET revisit_at = ? WHERE url = ?"
EXPIRE = """
    UPDATE leads SET state = 'failed', reason = 'expired', not_before = NULL
    WHERE state = 'new' AND visits = 0 AND found < ? AND reason IS NOT NULL
        AND reason != 'daily-budget'
"""
SELECT_LEADS = "SELECT * FROM leads WHERE id > ? ORDER BY id LIMIT ?"
SELECT_LEADS_IN_STATE = "SELECT * FROM leads WHERE state = ? AND id > ? ORDER BY id LIMIT ?"
COUNT_LEADS = "SELECT state, COUNT(*) AS n FROM leads GROUP BY state"
COUNT_LEFT_OUT = """
    SELECT COALESCE(reason, '') AS reason, COUNT(*) AS n FROM leads WHERE state = 'left-out'
    GROUP BY reason ORDER BY n DESC, reason
"""
NEXT_DUE = """
    SELECT MIN(due) AS due FROM (
        SELECT MIN(not_before) AS due FROM leads INDEXED BY leads_delayed
        WHERE state = 'new' AND not_before > :now
        UNION ALL
        SELECT MIN(revisit_at) FROM leads INDEXED BY leads_to_revisit
        WHERE state = 'done' AND revisit_at > :now)
"""
HAS_WAITING = """
    SELECT EXISTS (
        SELECT 1 FROM leads INDEXED BY leads_waiting
        WHERE state = 'new' AND (not_before IS NULL OR not_before <= :now)
    ) OR EXISTS (
        SELECT 1 FROM leads INDEXED BY leads_to_revisit
        WHERE state = 'done' AND revisit_at <= :now) AS waits
"""

# Revisits wait behind every lead that has not been fetched at all; sources give 0 to 100.
REVISIT_PRIORITY = -10
# States that say a request was made and answered, or given up; the others were decided before one.
TRIED = frozenset({LeadState.DONE, LeadState.FAILED})
LOST = frozenset({LeadState.FAILED, LeadState.REFUSED})


class Frontier(Database):
    """The part of the store that keeps leads."""

    def add_leads(self, leads: Iterable[Lead], *, run_id: str) -> int:
        """File leads and give the number of those not known before.

        A new one is stored in the state it has (a left-out or refused one with its reason); a
        known one keeps its state, and only hints it lacked (title, summary, times) are filled in.
        But one that was left out and is found again as worth fetching, since other stories are
        watched by now, goes back to the frontier.
        """
        rows = [lead_values(lead, run_id) for lead in leads]
        new = 0
        with self.transaction():
            for row in rows:
                if self._execute(INSERT_LEAD, row).rowcount:
                    new += 1
                else:
                    self._execute(FILL_HINTS, row)
                    self._execute(RECONSIDER, row)
        return new

    def leave_out_variants(self, urls: Iterable[str]) -> int:
        """Leave out those that are another spelling of an address to be fetched; give their number.

        Args:
            urls: addresses filed just now; whatever shares a spelling with one of them is judged.
        """
        keys = {spelling_of(url)[0] for url in urls}
        with self.transaction():
            return sum(self._execute(LEAVE_VARIANTS, {"key": key}).rowcount for key in sorted(keys))

    def reopen_variant(self, url: str) -> bool:
        """Have the next best spelling of an address fetched, which itself gave nothing."""
        with self.transaction():
            return self._execute(REOPEN_VARIANT, {"url": url}).rowcount > 0

    def claim_leads(self, run_id: str, *, limit: int, per_host: int, now: str) -> list[Lead]:
        """Take up to `limit` waiting leads for a run, spread over the hosts.

        No host has more than `per_host` claimed leads, those of earlier calls included. A second
        lead of one host is taken only when each other host that may be asked has one; inside a
        host the highest priority comes first, then the newest, then the order of filing. A lead
        that was put back waits for its time.
        """
        chosen: list[sqlite3.Row] = []
        with self.transaction():
            busiest = self._all(MOST_CLAIMED)[0]["n"]
            claimed = 0
            while claimed < per_host and len(chosen) < limit:
                wanted = {"claimed": claimed, "now": now, "limit": limit - len(chosen)}
                best = self._all(BEST_OF_HOSTS, wanted)
                # Claimed at once, so that the next round sees each host with one more.
                for row in best:
                    self._execute(CLAIM, (run_id, row["id"]))
                chosen += best
                if not best and claimed >= busiest:
                    break
                claimed += 1
        return [replace(lead_of(row), state=LeadState.CLAIMED) for row in chosen]

    def finish_lead(self, url: str, *, state: LeadState, reason: str | None = None) -> None:
        """Say what became of a lead; `done` and `failed` count as a try.

        Where it gave nothing, another spelling of its address that was left out is fetched instead.
        """
        with self.transaction():
            self._execute(
                FINISH, {"url": url, "state": state, "reason": reason, "tried": state in TRIED}
            )
            if state in LOST:
                self.reopen_variant(url)

    def requeue_lead(self, url: str, *, not_before: str, reason: str, tried: bool = True) -> None:
        """Put a lead back, after a failed try unless told otherwise; it waits until `not_before`.

        Args:
            url: its address.
            not_before: UTC.
            reason: slug of why it was put back.
            tried: whether it counts as a try.
        """
        values = {"url": url, "not_before": not_before, "reason": reason, "tried": tried}
        with self.transaction():
            self._execute(REQUEUE, values)

    def plan_revisit(self, url: str, *, now: str, hours: Sequence[float]) -> None:
        """Count a fetch of a lead's page, and say when it is fetched again.

        Args:
            url: the lead's address.
            now: time of the fetch (UTC).
            hours: ages at which it is fetched again, counted from the first fetch; when the last
                of them is over, never.
        """
        with self.transaction():
            self._execute(VISITED, {"url": url, "now": now})
            row = self._one(SELECT_VISITS, (url,))
            if row is None:
                return
            moment = datetime.fromisoformat(now)
            first = datetime.fromisoformat(row["first_fetched"])
            # Ages that went by while nothing ran are not made up for.
            ahead = [age for age in sorted(hours) if first + timedelta(hours=age) > moment]
            due = None
            if ahead and row["visits"] <= len(hours):
                due = f"{first + timedelta(hours=ahead[0]):%Y-%m-%dT%H:%M:%SZ}"
            self._execute(PLAN_REVISIT, (due, url))

    def expire_leads(self, found_before: str) -> int:
        """Give up the leads found before a time that a failure has kept back; give their number.

        Those that only wait for their turn, or for a new day's requests, stay.
        """
        with self.transaction():
            return self._execute(EXPIRE, (found_before,)).rowcount

    def claim_revisits(self, now: str) -> int:
        """Put the leads whose page is due again back into the frontier; give their number."""
        with self.transaction():
            return self._execute(REVISIT, {"now": now, "priority": REVISIT_PRIORITY}).rowcount

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

    def left_out_counts(self) -> dict[str, int]:
        """Give the number of leads left out, by reason, the most first."""
        return {row["reason"]: row["n"] for row in self._all(COUNT_LEFT_OUT)}

    def next_due(self, now: str) -> str | None:
        """Give the earliest time after `now` at which a lead put back, or a revisit, is due."""
        row = self._one(NEXT_DUE, {"now": now})
        return None if row is None else row["due"]

    def has_waiting(self, now: str) -> bool:
        """Say whether some lead may be claimed, or some page fetched again."""
        return bool(self._all(HAS_WAITING, {"now": now})[0]["waits"])
