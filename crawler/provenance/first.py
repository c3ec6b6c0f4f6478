"""Who ran a text first: intervals, pointers and versions in, a ranking with reasons out.

An explicit source beats an agency's own site, which beats the earliest time; each is a factor on
the odds that the times alone give, so that what speaks against it stays visible in the score.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from crawler.items import Article, Branch, Certainty, Claimant, CoverageGap, FirstAnswer
from crawler.provenance.intervals import Interval
from crawler.provenance.odds import first_odds, lead
from crawler.provenance.pointers import Pointer, credited_agency, find_pointers, roots

# Above this the answer is one copy: of ten answers at the threshold nine are right, and most stand
# far above it, since times given to the second hardly ever overlap.
LIKELY = 0.9
CERTAIN = 0.99
# A bare day or a time without a zone is placed by what is known of the site: likely, never certain.
CERTAIN_WIDTH_S = 3600
# The candidates of "one of these" hold the first copy with this probability; more than five names
# are no answer a reader can use.
ENOUGH = 0.95
MOST_CANDIDATES = 5
# A stated source counts even where the clocks say otherwise: a page that was updated shows the time
# of the update. Half the odds are left to it before its statement is weighed.
STATED_FLOOR = 0.5
MOST_ODDS = 99.0
# An agency publishes on its own site what it has sent its clients, often later.
AGENCY_WEIGHT = 0.9
# A text that has another one's changes and further ones of its own was made later, by whoever
# published it sooner: so it halves the odds, and decides only where the times do not.
LATER_VERSION = 0.5
REASONS_SHOWN = 3
ORIGINAL_NOT_SEEN = "original-not-seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One cluster, as far as the question of who was first goes."""

    members: Sequence[Article]
    """Its copies."""
    intervals: Mapping[str, Interval]
    """When each may have run."""
    versions: Mapping[str, int]
    """Article id to the number of its version."""
    branches: Sequence[Branch]
    """The version tree."""
    agency_sites: Mapping[str, str]
    """Registered domain of an agency's own site to the agency's name."""
    gaps: tuple[CoverageGap, ...]
    """What was not seen."""


def answer_first(case: Case) -> FirstAnswer:
    """Rank the outlets of a cluster by how likely each ran the text first."""
    outlets = _outlets(case)
    units = {each.id: case.intervals[each.id] for each in outlets.values()}
    pointers = find_pointers(case.members)
    said = roots(pointers, {each.id: each.site for each in case.members})
    odds, reasons = _weigh(case, outlets, units, said)
    ranked = sorted(odds, key=lambda name: (-odds[name], _latest(units[name]), name))
    elsewhere = [pointer for pointer in pointers if pointer.target is None]
    gaps = (*(_unseen(pointer) for pointer in elsewhere), *case.gaps)
    certainty, count = _judge(ranked, odds, units, said, gaps)
    sites = {each.id: each.site for each in case.members}
    origin, why = _origin(case, said, elsewhere, sites)
    low_s, high_s = None, None
    if certainty in (Certainty.CERTAIN, Certainty.LIKELY):
        others = {name: each for name, each in units.items() if name != ranked[0]}
        low_s, high_s = lead(units[ranked[0]], others)
    return FirstAnswer(
        certainty=certainty,
        candidates=tuple(
            Claimant(
                article_id=name,
                score=round(odds[name], 4),
                earliest=told(units[name].low),
                latest=told(units[name].high),
                basis=units[name].basis,
                reasons=(*reasons[name], *_about_time(name, units, sites)),
            )
            for name in ranked[:count]
        ),
        origin=origin,
        origin_reasons=why,
        lead_low_s=low_s,
        lead_high_s=high_s,
        gaps=gaps,
    )


def with_gaps(answer: FirstAnswer, gaps: tuple[CoverageGap, ...]) -> FirstAnswer:
    """Give the same answer as it stands with what is known by now of what was not seen.

    Gaps that the copies themselves tell of (`original-not-seen`) stay; only the word "certain"
    depends on the others.
    """
    own = tuple(gap for gap in answer.gaps if gap.reason == ORIGINAL_NOT_SEEN)
    found = replace(answer, gaps=(*own, *gaps))
    if answer.certainty not in (Certainty.CERTAIN, Certainty.LIKELY) or not answer.candidates:
        return found
    best = answer.candidates[0]
    width_s = _seconds(best.earliest, best.latest)
    sure = best.score >= CERTAIN and width_s is not None and width_s <= CERTAIN_WIDTH_S
    certain = sure and not found.gaps
    return replace(found, certainty=Certainty.CERTAIN if certain else Certainty.LIKELY)


def _seconds(start: str | None, end: str | None) -> float | None:
    if start is None or end is None:
        return None
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()


def told(when: datetime | None) -> str | None:
    """Give a bound as the records write it."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if when is not None else None


def _latest(interval: Interval) -> datetime:
    return interval.high or datetime.max.replace(tzinfo=UTC)


def _outlets(case: Case) -> dict[str, Article]:
    """Give the copy that stands for each outlet: its AMP and print pages are no rivals of it."""
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in case.members:
        groups[article.site or article.id].append(article)

    def order(article: Article) -> tuple[bool, datetime, bool, int, str]:
        interval = case.intervals[article.id]
        moved = bool(article.canonical_url) and article.canonical_url != article.url
        return interval.low is None, _latest(interval), moved, len(article.url), article.id

    return {site: min(group, key=order) for site, group in groups.items()}


def _weigh(
    case: Case,
    outlets: Mapping[str, Article],
    units: Mapping[str, Interval],
    said: Mapping[str, list[Pointer]],
) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Give each outlet's probability, and the sentences behind it that are not about its time."""
    odds = first_odds(units)
    reasons: dict[str, list[str]] = {name: [] for name in odds}
    shown = {each.id: outlets[each.site or each.id].id for each in case.members}
    for name, factor in _later_versions(case, odds).items():
        odds[name] *= factor
        reasons[name].append("Its text has another copy's changes and further ones of its own.")
    for name, agency in _agency_pages(case, outlets).items():
        _raise(odds, name, AGENCY_WEIGHT)
        reasons[name].append(f"It stands on the site of {agency}, which other copies credit.")
    for name, pointers in said.items():
        doubt = 1.0
        for pointer in pointers:
            doubt *= 1 - min(pointer.weight, 0.99)
        unit = shown[name]
        _raise(odds, unit, 1 - doubt)
        told_by = [pointer.reason for pointer in pointers]
        reasons[unit] = [*told_by[:REASONS_SHOWN], *_more(told_by), *reasons[unit]]
    total = sum(odds.values())
    return {name: each / total if total else 0.0 for name, each in odds.items()}, reasons


def _raise(odds: dict[str, float], name: str, weight: float) -> None:
    odds[name] = max(odds[name], STATED_FLOOR) * min(weight / max(1 - weight, 1e-9), MOST_ODDS)


def _more(told_by: Sequence[str]) -> list[str]:
    hidden = len(told_by) - REASONS_SHOWN
    return [f"{hidden} more copies say so."] if hidden > 1 else list(told_by[REASONS_SHOWN:])


def _agency_pages(case: Case, outlets: Mapping[str, Article]) -> dict[str, str]:
    """Give the copies on an agency's own site whose agency a copy elsewhere told_by."""
    credited = Counter(
        article.agency
        for article in outlets.values()
        if article.agency and case.agency_sites.get(article.site) != article.agency
    )
    return {
        article.id: agency
        for site, article in outlets.items()
        if (agency := case.agency_sites.get(site, "")) and credited[agency]
    }


def _later_versions(case: Case, odds: Mapping[str, float]) -> dict[str, float]:
    """Give a factor to each copy whose version was made from that of another candidate."""
    parents = {
        branch.child: branch.parent
        for branch in case.branches
        if branch.parent is not None
        and branch.shared_count
        and branch.certainty in (Certainty.CERTAIN, Certainty.LIKELY)
    }
    running = {case.versions[name] for name, each in odds.items() if each > 0}
    factors = {}
    for name in odds:
        version = parents.get(case.versions[name])
        passed = {case.versions[name]}
        while version is not None and version not in passed:
            if version in running:
                factors[name] = LATER_VERSION
                break
            passed.add(version)
            version = parents.get(version)
    return factors


def _judge(
    ranked: Sequence[str],
    odds: Mapping[str, float],
    units: Mapping[str, Interval],
    said: Mapping[str, list[Pointer]],
    gaps: Sequence[CoverageGap],
) -> tuple[Certainty, int]:
    """Give the certainty, and how many of the ranked are candidates."""
    if not said and all(each.low is None for each in units.values()):
        return Certainty.UNKNOWN, 0
    best = odds[ranked[0]]
    width_s = units[ranked[0]].width_s
    exact = width_s is not None and width_s <= CERTAIN_WIDTH_S
    if best >= CERTAIN and exact and not gaps:
        return Certainty.CERTAIN, 1
    if best >= LIKELY:
        return Certainty.LIKELY, 1
    held, count = 0.0, 0
    while held < ENOUGH and count < len(ranked):
        held += odds[ranked[count]]
        count += 1
    if count > MOST_CANDIDATES:
        return Certainty.UNKNOWN, 0
    return Certainty.ONE_OF, count


def _origin(
    case: Case,
    said: Mapping[str, list[Pointer]],
    elsewhere: Sequence[Pointer],
    sites: Mapping[str, str],
) -> tuple[str | None, tuple[str, ...]]:
    """Say whose text it is: a stated source, else the agency that is credited."""
    agency, told_by = credited_agency(case.members)
    if agency is not None:
        return agency, told_by
    if said:
        name = max(said, key=lambda each: (sum(p.weight for p in said[each]), each))
        return sites[name], tuple(pointer.reason for pointer in said[name][:REASONS_SHOWN])
    if elsewhere:
        best = max(elsewhere, key=lambda pointer: (pointer.weight, pointer.value))
        return best.value, (best.reason,)
    return None, told_by


def _unseen(pointer: Pointer) -> CoverageGap:
    return CoverageGap(
        source="",
        site="",
        reason=ORIGINAL_NOT_SEEN,
        count=1,
        since=None,
        until=None,
        detail=f"{pointer.reason[:-1]}, and that is not among the copies.",
        url=pointer.value if "://" in pointer.value else None,
    )


def _about_time(
    name: str, units: Mapping[str, Interval], sites: Mapping[str, str]
) -> Iterable[str]:
    """Say what the copy's own time is worth against the others'."""
    own = units[name]
    if own.low is None or own.high is None:
        yield (
            f"It gives no time that can be used; we saw it first at {told(own.high)}."
            if own.high is not None
            else "It gives no time that can be used."
        )
        yield from own.notes
        return
    yield f"It ran between {told(own.low)} and {told(own.high)} ({own.basis})."
    rivals = [
        other
        for other, each in units.items()
        if other != name and each.low is not None and each.high is not None
        if each.low < own.high and own.low < each.high
    ]
    if rivals:
        listed = ", ".join(sorted(sites[other] for other in rivals)[:REASONS_SHOWN])
        rest = len(rivals) - REASONS_SHOWN
        yield f"That overlaps with {listed}{f' and {rest} more' if rest > 0 else ''}."
    earlier = [
        other
        for other, each in units.items()
        if other != name and each.high is not None and each.low is not None
        if each.high <= own.low
    ]
    if earlier:
        first = min(earlier, key=lambda other: _latest(units[other]))
        yield f"{sites[first]} claims to have run it earlier, by {told(units[first].high)}."
    yield from own.notes
