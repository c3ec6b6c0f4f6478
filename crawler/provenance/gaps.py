"""What was not seen while a text ran: the store's records in, gaps of each cluster out.

An answer about the first copy holds for what was seen. A page of the same headline that could not
be read, a source that did not answer, a run that did not take place: each may hide an earlier copy,
so each is named with the answer and takes the word "certain" from it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from crawler.items import Article, CoverageGap, Lead, LeadState, Run, SourceOutcome
from crawler.urls import site_of

PageFailure = tuple[str, str, str, str]
"""URL, source, reason and detail of a page that gave no article, as the store keeps it."""

# Telling words of a headline, by their first six letters: that folds most inflections.
_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}|[\u3040-\u30ff\u3400-\u9fff]{2}")
STEM = 6
# Two headlines are of one story when they share so many words and so large a part of the shorter.
SAME_WORDS = 3
SAME_SHARE = 0.6
# Runs at a steady pace differ by minutes; three times the usual pause is one that did not happen.
MISSED = 3.0
LEAST_RUNS = 3
# Copies of one text run within days: what was missed long before the first one hides none of them.
EARLIER = timedelta(days=2)
# A source that was not asked for so many runs is no longer on the watchlist.
RUNS_ASKED = 100
# Named one by one; the report's own page of what was not seen has all.
NAMED = 5
NOT_READ = {LeadState.REFUSED: "refused", LeadState.FAILED: "failed", LeadState.NEW: "waiting"}
# These were left out because they are other forms of pages that were read.
NO_LOSS = frozenset({"duplicate-address", "known-page", "redirected-home"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the store knows of what it does not have."""

    runs: Sequence[Run] = ()
    """Runs, newest first."""
    leads: Iterable[Lead] = ()
    """All leads; those that were read are passed over."""
    page_failures: Iterable[PageFailure] = ()
    """Pages that came and gave no article."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """The same, ready to be asked for one cluster after the other."""

    failed_sources: tuple[CoverageGap, ...] = ()
    """Sources of which nothing could be read in the last crawl."""
    pauses: tuple[CoverageGap, ...] = ()
    """Times in which no run took place, or one did not end."""
    by_stem: dict[str, list[int]] = field(default_factory=dict)
    """Pages not read by the stems of their headlines."""
    pages: list[CoverageGap] = field(default_factory=list)
    """Pages not read that have a headline."""
    stems: list[frozenset[str]] = field(default_factory=list)
    """Their headlines' stems."""
    nameless: tuple[CoverageGap, ...] = ()
    """Pages not read of which no headline is known, counted by reason."""

    def of(self, members: Sequence[Article], latest: datetime | None) -> tuple[CoverageGap, ...]:
        """Give the gaps that bear on a cluster: likely copies first.

        Args:
            members: its copies.
            latest: by when the first of them had run; later pauses hide nothing earlier.
        """
        return (
            *self._alike(members),
            *self.failed_sources,
            *(gap for gap in self.pauses if latest is None or _is_about(gap, latest)),
            *self.nameless,
            *_paywalled(members),
        )

    def _alike(self, members: Sequence[Article]) -> Iterator[CoverageGap]:
        """Give the pages not read whose headline is that of one of the copies."""
        urls = {article.url for article in members}
        found: set[int] = set()
        for title in {stems_of(article.title) for article in members}:
            shared = Counter(at for stem in title for at in self.by_stem.get(stem, ()))
            for at, count in shared.items():
                least = min(len(title), len(self.stems[at]))
                if count >= SAME_WORDS and count >= SAME_SHARE * least:
                    found.add(at)
        yield from (self.pages[at] for at in sorted(found) if self.pages[at].url not in urls)


def stems_of(text: str) -> frozenset[str]:
    """Give the stems of a headline's telling words."""
    return frozenset(word.casefold()[:STEM] for word in _WORD.findall(text))


def find_unseen(coverage: Coverage) -> Unseen:
    """Read once what was not seen."""
    pages: list[CoverageGap] = []
    stems: list[frozenset[str]] = []
    nameless: Counter[str] = Counter()
    titles: dict[str, Lead] = {}
    for lead in coverage.leads:
        titles[lead.url] = lead
        if lead.state in NOT_READ and lead.reason not in NO_LOSS:
            reason = lead.reason or NOT_READ[lead.state]
            if lead.title:
                pages.append(_page(lead, reason))
                stems.append(stems_of(lead.title))
            else:
                nameless[reason] += 1
    for url, _, reason, _ in coverage.page_failures:
        lead_of = titles.get(url)
        if lead_of is not None and lead_of.title:
            pages.append(_page(lead_of, reason))
            stems.append(stems_of(lead_of.title))
    by_stem: dict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(stems):
        for word in sorted(words):
            by_stem[word].append(at)
    return Unseen(
        failed_sources=tuple(_failed_sources(coverage.runs)),
        pauses=tuple(_pauses(coverage.runs)),
        by_stem=dict(by_stem),
        pages=pages,
        stems=stems,
        nameless=tuple(_nameless(nameless)),
    )


def _page(lead: Lead, reason: str) -> CoverageGap:
    site = site_of(lead.url)
    when = f", claimed for {lead.published}" if lead.published else ""
    return CoverageGap(
        source=lead.source,
        site=site,
        reason=reason,
        count=1,
        since=lead.published,
        until=None,
        detail=f"A page of {site} with such a headline, “{lead.title}”{when}, was not read.",
        url=lead.url,
    )


def _nameless(counts: Counter[str]) -> Iterator[CoverageGap]:
    for reason, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        pages = "1 page" if count == 1 else f"{count} pages"
        yield CoverageGap(
            source="",
            site="",
            reason=reason,
            count=count,
            since=None,
            until=None,
            detail=f"{pages} of which no headline is known {'was' if count == 1 else 'were'} "
            "not read.",
        )


def _failed_sources(runs: Sequence[Run]) -> Iterator[CoverageGap]:
    """Give the sources of which nothing was read when they were last asked, as one gap.

    A run asks only what is due, so each source is judged by the last run that asked it.
    """
    asked: dict[str, tuple[SourceOutcome, str]] = {}
    for run in runs[:RUNS_ASKED]:
        for outcome in run.sources:
            if outcome.documents or outcome.failures or outcome.error:
                asked.setdefault(outcome.source, (outcome, run.started))
    failed = sorted(
        (name, started) for name, (outcome, started) in asked.items() if not outcome.documents
    )
    if not failed:
        return
    named = ", ".join(name for name, _ in failed[:NAMED])
    more = f" and {len(failed) - NAMED} more" if len(failed) > NAMED else ""
    what = "1 source" if len(failed) == 1 else f"{len(failed)} sources"
    yield CoverageGap(
        source=failed[0][0] if len(failed) == 1 else "",
        site="",
        reason="source-unread",
        count=len(failed),
        since=min(started for _, started in failed),
        until=None,
        detail=f"{what} gave nothing when last asked: {named}{more}.",
    )


def _pauses(runs: Sequence[Run]) -> Iterator[CoverageGap]:
    """Give the times in which runs were due and did not take place, or did not end."""
    crawls = sorted((run for run in runs if run.sources), key=lambda run: run.started)
    starts = [datetime.fromisoformat(run.started) for run in crawls]
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    usual = _median(gaps) if len(gaps) >= LEAST_RUNS else None
    for run, gap in zip(crawls, gaps, strict=False):
        if usual is not None and gap > MISSED * max(usual, timedelta(minutes=1)):
            missed = max(round(gap / usual) - 1, 1) if usual else 1
            yield CoverageGap(
                source="",
                site="",
                reason="runs-missed",
                count=missed,
                since=run.started,
                until=_shifted(run.started, gap),
                detail=f"No run took place from {run.started} to {_shifted(run.started, gap)}: "
                f"what came and went between them was not seen.",
            )
    broken = [run for run in crawls if run.outcome in ("interrupted", "failed")]
    for run in broken:
        yield CoverageGap(
            source="",
            site="",
            reason="run-broken-off",
            count=1,
            since=run.started,
            until=run.ended,
            detail=f"The run of {run.started} did not come to its end.",
        )


def _median(gaps: Sequence[timedelta]) -> timedelta:
    return timedelta(seconds=median(gap.total_seconds() for gap in gaps))


def _paywalled(members: Sequence[Article]) -> Iterator[CoverageGap]:
    """Say which copies may be longer behind their paywall than what was seen of them."""
    for article in members:
        if any(piece.supports == "paywall" for piece in article.evidence):
            yield CoverageGap(
                source=article.source or "",
                site=article.site,
                reason="paywalled",
                count=1,
                since=None,
                until=None,
                detail=f"{article.site} says that its page is not free to read: its text may have "
                "been seen in part.",
                url=article.url,
            )


def _shifted(start: str, gap: timedelta) -> str:
    return (datetime.fromisoformat(start) + gap).strftime("%Y-%m-%dT%H:%M:%SZ")


def _is_about(gap: CoverageGap, latest: datetime) -> bool:
    """Say whether a pause lay where an earlier copy may have run: before the first, not long."""
    since = datetime.fromisoformat(gap.since or gap.until or "")
    until = datetime.fromisoformat(gap.until or gap.since or "")
    return since <= latest and until >= latest - EARLIER
