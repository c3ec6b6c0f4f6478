"""Group what was not seen by what happened to it and why.

Drops, leads and failed pages arrive, and one address may be among all three; what leaves counts
each once, under the reason it was given.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from crawler.errors import PageError, WiretraceError, WorkError
from crawler.items import (
    Drop,
    Lead,
    LeadState,
    MissedRuns,
    Quarantined,
    Run,
    SourceHealth,
    SourceOutcome,
)
from crawler.report.view import CoverageView, Ill, Missed, MissedGroup, RunView
from crawler.report.wording import link_of

Fate = Literal["page", "refused", "unreached", "left-out"]
PageFailure = tuple[str, str, str, str]
"""URL, source, reason, detail of a page that gave no article, as the store keeps it."""

# Addresses listed under one reason; the store has all of them. A reader looks for a pattern in
# the first dozens, and a watchlist of one story leaves out tens of thousands of leads.
MAX_EXAMPLES = 100

_FATE_OF_STATE: dict[LeadState, Fate] = {
    LeadState.LEFT_OUT: "left-out",
    LeadState.REFUSED: "refused",
    LeadState.FAILED: "unreached",
}


def build_coverage(
    run: Run | None,
    drops: Iterable[Drop],
    leads: Iterable[Lead],
    page_failures: Iterable[PageFailure],
    *,
    health: Iterable[SourceHealth] = (),
    runs: Sequence[RunView] = (),
    missed_runs: Sequence[MissedRuns] = (),
    paywalled: Sequence[tuple[str, str]] = (),
    quarantined: Sequence[Quarantined] = (),
) -> CoverageView:
    """Give the coverage of a run; every iterable is read once.

    Args:
        run: the run it is about, if there was one.
        drops: what it dropped.
        leads: those left out, refused or failed count; others are passed over.
        page_failures: pages that gave no article.
        health: how each source has been doing over all runs.
        runs: the last runs, newest first.
        missed_runs: runs that should have begun and could not.
        paywalled: address and outlet of articles whose pages say that they are not free to read.
        quarantined: pages that killed the workers which read them.
    """
    seen: set[tuple[str, str]] = set()
    groups: dict[tuple[Fate, str], list[Missed]] = {}
    counts: dict[tuple[Fate, str], int] = {}
    for fate, reason, missed in _all_missed(drops, leads, page_failures):
        if missed.url and (reason, missed.url) in seen:
            continue
        seen.add((reason, missed.url))
        counts[fate, reason] = counts.get((fate, reason), 0) + 1
        examples = groups.setdefault((fate, reason), [])
        if len(examples) < MAX_EXAMPLES:
            examples.append(missed)

    def of(fate: Fate) -> tuple[MissedGroup, ...]:
        found = [
            MissedGroup(reason=reason, count=counts[key, reason], examples=tuple(examples))
            for (key, reason), examples in groups.items()
            if key == fate
        ]
        return tuple(sorted(found, key=lambda group: (-group.count, group.reason)))

    return CoverageView(
        sources=_by_need(run.sources) if run else (),
        page_failures=of("page"),
        refused=of("refused"),
        unreached=of("unreached"),
        left_out=of("left-out"),
        counts=tuple(sorted(run.counts.items())) if run else (),
        paywalled=tuple(_missed(url, site, None) for url, site in paywalled[:MAX_EXAMPLES]),
        paywalled_count=len(paywalled),
        health=tuple(sorted(health, key=lambda one: (-one.error_streak, one.source))),
        runs=tuple(runs),
        missed_runs=tuple(missed_runs),
        quarantined=tuple(_ill(one) for one in quarantined[:MAX_EXAMPLES]),
        quarantined_count=len(quarantined),
    )


def _by_need(sources: Iterable[SourceOutcome]) -> tuple[SourceOutcome, ...]:
    """Put the sources that failed first: they are what a reader has to look after."""
    return tuple(sorted(sources, key=lambda source: (not source.failures, source.source)))


def _all_missed(
    drops: Iterable[Drop], leads: Iterable[Lead], page_failures: Iterable[PageFailure]
) -> Iterator[tuple[Fate, str, Missed]]:
    """Give everything in the order of how much it says: failed pages, leads, drops."""
    for url, source, reason, detail in page_failures:
        yield "page", reason, _missed(url, source, detail)
    for lead in leads:
        if lead.state in _FATE_OF_STATE:
            reason = lead.reason or lead.state.value
            yield _FATE_OF_STATE[lead.state], reason, _missed(lead.url, lead.source, lead.title)
    page_slugs = set(_slugs(PageError)) | set(_slugs(WorkError))
    for drop in drops:
        fate: Fate = "left-out"
        if drop.reason in page_slugs:
            fate = "page"
        elif drop.reason.startswith("robots"):
            fate = "refused"
        yield fate, drop.reason, _missed(drop.url or "", drop.source, drop.detail)


def _missed(url: str, source: str, detail: str | None) -> Missed:
    return Missed(url=url, link=link_of(url), source=source, detail=detail or "")


def _ill(one: Quarantined) -> Ill:
    return Ill(
        page=_missed(one.url, one.source, one.detail),
        reason=one.reason,
        deaths=one.deaths,
        since=one.since,
        bytes=one.bytes,
    )


def _slugs(kind: type[WiretraceError]) -> Iterator[str]:
    yield kind.slug
    for child in kind.__subclasses__():
        yield from _slugs(child)
