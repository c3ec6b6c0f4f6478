"""Decide what becomes of a lead whose request gave no page: put off, refused, or given up.

A lead and its failure arrive; the store learns the outcome.
"""

from datetime import UTC, datetime, timedelta

from crawler.discovery import utc_text
from crawler.items import Drop, Lead, LeadState
from crawler.middlewares.failures import PASSING, Refused, detail_of, reason_of
from crawler.store import Store
from crawler.store.session import Session

# Runs in which a failure that passes is tried again before the lead is given up; each run has its
# own repetitions.
MAX_ATTEMPTS = 3
# Least time before another run asks again: a quarter of an hour, doubled with each attempt; an
# overloaded site recovers in minutes, a maintenance takes an hour.
FIRST_PAUSE = timedelta(minutes=15)
UNREACHABLE = "robots-unreachable"
BUDGET = "daily-budget"


async def settle(session: Session, lead: Lead, error: BaseException | None) -> None:
    """Write down what became of a lead, and count it under its reason."""
    reason = reason_of(error)
    if reason == BUDGET:
        # Nothing was asked: it is no try. Tomorrow it is as good as new.
        session.count(f"put-off:{reason}")
        wait_s = error.wait_s if isinstance(error, Refused) else None
        tomorrow = datetime.now(UTC) + timedelta(seconds=wait_s or 0)
        await session.call(
            Store.requeue_lead,
            lead.url,
            not_before=utc_text(tomorrow),
            reason=reason,
            tried=False,
        )
        return
    if reason in PASSING | {UNREACHABLE} and lead.attempts + 1 < MAX_ATTEMPTS:
        session.count(f"put-off:{reason}")
        pause = FIRST_PAUSE * 2**lead.attempts
        wait_s = error.wait_s if isinstance(error, Refused) else None
        until = datetime.now(UTC) + max(pause, timedelta(seconds=wait_s or 0))
        await session.call(Store.requeue_lead, lead.url, not_before=utc_text(until), reason=reason)
        return
    await session.call(Store.finish_lead, lead.url, state=_state(reason), reason=reason)
    await session.drop(
        Drop(source=lead.source, reason=reason, url=lead.url, detail=detail_of(error))
    )


def _state(reason: str) -> LeadState:
    if reason.startswith("robots-"):
        return LeadState.REFUSED
    # Its page is kept under the address it leads to.
    return LeadState.DONE if reason == "duplicate-address" else LeadState.FAILED
