"""Decide what becomes of a lead whose request gave no page: put off, refused, or given up.

A lead and its failure arrive; the store learns the outcome.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from crawler.config import CrawlLimits
from crawler.discovery import utc_text
from crawler.extraction import look_again
from crawler.items import Drop, Lead, LeadState
from crawler.middlewares.failures import (
    BUDGET,
    NOT_MODIFIED,
    PASSING,
    Refused,
    detail_of,
    reason_of,
)
from crawler.store import Store
from crawler.store.session import Session
from crawler.urls import article_id

# Runs in which a failure that passes is tried again before the lead is given up; each run has its
# own repetitions.
MAX_ATTEMPTS = 3
# Least time before another run asks again: a quarter of an hour, doubled with each attempt; an
# overloaded site recovers in minutes, a maintenance takes an hour.
FIRST_PAUSE = timedelta(minutes=15)
ARTICLE_PAGES = CrawlLimits().article_pages
UNREACHABLE = "robots-unreachable"
# Nothing was sent: the host rests, or the source has had its requests for the day.
NOT_ASKED = frozenset({"host-rests", BUDGET})


async def settle(
    session: Session,
    lead: Lead,
    error: BaseException | None,
    hours: Sequence[float] = (),
    most_pages: int = ARTICLE_PAGES,
) -> None:
    """Write down what became of a lead, and count it under its reason.

    A page that was fetched before stays as it is, whatever becomes of its revisit: `hours` are the
    ages at which it is fetched again. An article that lost one of its pages is partial from now on;
    `most_pages` bounds those it may have.
    """
    reason = reason_of(error)
    if reason == NOT_MODIFIED:
        session.count("revisits")
        session.count(NOT_MODIFIED)
        await session.call(end_revisit, lead.url, session.now(), hours)
        return
    if reason in NOT_ASKED:
        # It is no try; when the time is over it is as good as new.
        session.count(f"put-off:{reason}")
        wait_s = error.wait_s if isinstance(error, Refused) else None
        then = datetime.now(UTC) + timedelta(seconds=wait_s or 0)
        await session.call(
            Store.requeue_lead,
            lead.url,
            not_before=utc_text(then),
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
    if lead.visits:
        reason = f"revisit-{reason}"
    await session.call(Store.finish_lead, lead.url, state=_state(reason), reason=reason)
    if lead.part_of is not None:
        await session.call(take_note, session.run_id, lead.part_of, session.now(), most_pages)
    await session.drop(
        Drop(source=lead.source, reason=reason, url=lead.url, detail=detail_of(error))
    )


def take_note(store: Store, run_id: str, first: str, now: str, most_pages: int) -> None:
    """Make an article again after one of its pages was lost, and file what it wants instead."""
    with store.transaction():
        more = look_again(store, article_id(first), now=now, most=most_pages)
        if more:
            store.count(run_id, "parts-wanted", store.add_leads(more, run_id=run_id))


def end_revisit(store: Store, url: str, now: str, hours: Sequence[float]) -> None:
    """Note that a page was found unchanged, and say when it is looked at again."""
    with store.transaction():
        store.finish_lead(url, state=LeadState.DONE)
        store.plan_revisit(url, now=now, hours=hours)


def _state(reason: str) -> LeadState:
    if reason.startswith("revisit-"):
        return LeadState.DONE
    if reason.startswith("robots-"):
        return LeadState.REFUSED
    # Its page is kept under the address it leads to.
    return LeadState.DONE if reason == "duplicate-address" else LeadState.FAILED
