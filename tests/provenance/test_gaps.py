"""What was not seen is found for the clusters that it may concern."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from crawler.items import CoverageGap, Lead, LeadState, Run, SourceOutcome
from crawler.provenance.gaps import Coverage, find_unseen
from tests.provenance.made_up import SEEN, copy, says

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def lead(name: str, state: LeadState, reason: str | None, title: str | None) -> Lead:
    return Lead(
        url=f"https://{name}.example/1",
        source=name,
        kind="feed",
        found_on=f"https://{name}.example/feed",
        found=SEEN,
        title=title,
        state=state,
        reason=reason,
    )


def crawl(started: str, *, outcome: str = "done", **documents: int) -> Run:
    return Run(
        id=started,
        started=started,
        ended=started,
        outcome=outcome,
        sources=tuple(
            SourceOutcome(
                source=name, documents=read, leads=0, new_leads=0, failures=0 if read else 1
            )
            for name, read in (documents or {"a": 1}).items()
        ),
    )


def gaps(
    *, latest: datetime | None = None, paywalled: bool = False, **known: Any
) -> list[CoverageGap]:
    evidence = (says("paywall", "not free"),) if paywalled else ()
    return list(find_unseen(Coverage(**known)).of([copy("a", evidence=evidence)], latest))


def reasons(found: list[CoverageGap]) -> list[tuple[str, int]]:
    return [(gap.reason, gap.count) for gap in found]


HEADLINE = "Tern Rock lighthouse will shine again in June"


def test_pages_of_that_headline_that_were_not_read_are_named() -> None:
    leads = [
        lead("closed", LeadState.REFUSED, "robots-denied", HEADLINE),
        lead("broken", LeadState.FAILED, "http-500", HEADLINE),
        lead("later", LeadState.NEW, None, HEADLINE),
        lead("read", LeadState.DONE, None, HEADLINE),
        lead("same", LeadState.FAILED, "duplicate-address", HEADLINE),
        lead("other", LeadState.FAILED, "timeout", "Council votes on parking fees downtown"),
    ]
    found = gaps(leads=leads)
    assert reasons(found) == [("robots-denied", 1), ("http-500", 1), ("waiting", 1)]
    assert HEADLINE in found[0].detail
    assert found[0].url == "https://closed.example/1"


def test_a_page_of_that_headline_that_gave_no_article_is_named() -> None:
    leads = [lead("thin", LeadState.DONE, None, HEADLINE)]
    failures = [("https://thin.example/1", "thin", "no-story", "holds 12 words")]
    assert reasons(gaps(leads=leads, page_failures=failures)) == [("no-story", 1)]


def test_pages_without_a_headline_are_counted() -> None:
    leads = [lead(f"s{at}", LeadState.FAILED, "timeout", None) for at in range(3)]
    [gap] = gaps(leads=leads)
    assert (gap.reason, gap.count) == ("timeout", 3)
    assert gap.detail == "3 pages of which no headline is known were not read."


def test_sources_that_gave_nothing_when_last_asked_are_named() -> None:
    """A run asks only what is due."""
    runs = [crawl("2026-03-02T09:00:00Z", a=0, c=3), crawl("2026-03-02T08:00:00Z", a=2, b=0, c=0)]
    [gap] = gaps(runs=runs)
    assert (gap.reason, gap.count) == ("source-unread", 2)
    assert "a, b" in gap.detail
    assert gap.since == "2026-03-02T08:00:00Z"
    held = replace(runs[0].sources[0], failures=0, error="daily-budget: a has had its 6 requests")
    [gap] = gaps(runs=[replace(runs[0], sources=(held,))])
    assert (gap.reason, gap.source) == ("source-unread", "a")


def test_a_pause_in_steady_runs_is_a_gap_for_what_had_not_run_before_it() -> None:
    hours = (1, 2, 3, 4, 5, 9, 10)
    runs = [crawl(f"2026-03-02T{hour:02}:00:00Z") for hour in reversed(hours)]
    [gap] = gaps(runs=runs, latest=NOON)
    assert (gap.reason, gap.count) == ("runs-missed", 3)
    assert (gap.since, gap.until) == ("2026-03-02T05:00:00Z", "2026-03-02T09:00:00Z")
    assert gaps(runs=runs, latest=datetime(2026, 3, 2, 4, 30, tzinfo=UTC)) == []
    assert gaps(runs=runs, latest=datetime(2026, 3, 5, 12, tzinfo=UTC)) == []
    assert gaps(runs=runs[-3:], latest=NOON) == []


def test_a_run_that_broke_off_is_a_gap() -> None:
    runs = [crawl("2026-03-02T08:00:00Z", outcome="interrupted")]
    assert reasons(gaps(runs=runs, latest=NOON)) == [("run-broken-off", 1)]


def test_a_copy_behind_a_paywall_may_have_been_seen_in_part() -> None:
    [gap] = gaps(paywalled=True)
    assert (gap.reason, gap.site) == ("paywalled", "a.example")


def test_where_all_was_seen_there_is_no_gap() -> None:
    assert gaps(runs=[crawl("2026-03-02T08:00:00Z")], latest=NOON) == []
