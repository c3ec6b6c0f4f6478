"""Say in plain sentences what a cluster is: how many, who first, how close, on whose authority."""

from collections import Counter
from collections.abc import Sequence

from crawler.items import Certainty, FirstAnswer, Relation
from crawler.report.moments import Moment, duration
from crawler.report.sentences import in_words, said
from crawler.report.view import MemberView
from crawler.report.wording import DISTANCE, counted, listed

_HAVE = {
    Relation.IDENTICAL: ("has the same words", "have the same words"),
    Relation.EDITED: ("is edited", "are edited"),
    Relation.ABRIDGED: ("is cut", "are cut"),
    Relation.EXPANDED: ("is longer", "are longer"),
    Relation.PARTIAL: ("shares a passage", "share a passage"),
    Relation.QUOTE_ONLY: ("shares quotes only", "share quotes only"),
    Relation.NONE: ("is unrelated", "are unrelated"),
}


def summarise(
    members: Sequence[MemberView],
    *,
    sites: int,
    first: MemberView | None,
    lead_s: float | None,
    span: tuple[Moment, Moment],
    agencies: Sequence[tuple[str, int]],
    owners: int | None = None,
    answer: FirstAnswer | None = None,
) -> tuple[str, ...]:
    """Give the sentences, without markup; each stands for itself.

    Args:
        members: the copies in order of time.
        sites: distinct outlets.
        first: the copy that is marked as the first.
        lead_s: seconds to the next one.
        span: earliest and latest time.
        agencies: credited agencies with their counts.
        owners: distinct owners of the outlets, where fewer than these.
        answer: who ran it first, how sure that is, and what was not seen.
    """
    return (
        _extent(len(members), sites, owners, span),
        _first(first, lead_s) if answer is None else _answered(members, first, answer),
        *_closeness(members),
        _credit(len(members), agencies),
        *(_unseen(answer) if answer is not None else ()),
    )


def _extent(copies: int, sites: int, owners: int | None, span: tuple[Moment, Moment]) -> str:
    on = f"{counted(copies, 'copy', 'copies')} of one text on {counted(sites, 'site')}"
    if owners is not None and owners < sites:
        on = f"{on} of {counted(owners, 'owner')}"
    start, end = span
    if not start.iso:
        return f"{on}; none gives a time."
    if start.iso == end.iso:
        return f"{on}, {said(start)}."
    return f"{on}, from {said(start)} to {said(end)}."


def _first(first: MemberView | None, lead_s: float | None) -> str:
    if first is None:
        return "Which copy came first is unknown: no time can be trusted."
    what = f"The earliest that can be trusted is on {first.site}, {said(first.time)}"
    what = f"{what} ({first.time.basis})" if first.time.basis else what
    if lead_s is None:
        return f"{what}; by how much it leads is unknown."
    if lead_s == 0:
        return f"{what}, at the same time as the next."
    return f"{what}, {duration(lead_s)} before the next."


def _answered(members: Sequence[MemberView], first: MemberView | None, answer: FirstAnswer) -> str:
    """Say who ran it first as far as provenance could tell."""
    sites = {member.article_id: member.site for member in members}
    named = [sites[each.article_id] for each in answer.candidates if each.article_id in sites]
    if answer.certainty is Certainty.UNKNOWN or not named:
        return "Which copy came first is unknown: no time or statement tells."
    if answer.certainty is Certainty.ONE_OF or first is None:
        return f"One of these ran it first, and nothing tells which: {', '.join(named)}."
    likely = answer.certainty is Certainty.LIKELY
    what = f"{'Most likely f' if likely else 'F'}irst is {first.site}, {said(first.time)}"
    what = f"{what} ({first.time.basis})" if first.time.basis else what
    return f"{what}{lead_said(answer)}."


def lead_said(answer: FirstAnswer) -> str:
    """Say the lead with the comma before it, by its two bounds; empty where none is known."""
    low, high = answer.lead_low_s, answer.lead_high_s
    if low is None or (not low and high is None):
        return ""
    if high is None:
        return f", {duration(low)} or more before the next"
    if not low:
        return f", at most {duration(high)} before the next"
    shortest, longest = duration(low), duration(high)
    if shortest == longest:
        return f", {shortest} before the next"
    return f", {shortest} to {longest} before the next"


def _unseen(answer: FirstAnswer) -> tuple[str, ...]:
    """Say what was not seen: the most relevant gap, and how many there are."""
    if not answer.gaps:
        return ()
    more = len(answer.gaps) - 1
    rest = f" {counted(more, 'further gap')} in what was seen." if more else ""
    return (f"{in_words(answer.gaps[0].detail)}{rest}",)


def _closeness(members: Sequence[MemberView]) -> tuple[str, ...]:
    reference = next(member for member in members if member.reference)
    relations = Counter(member.relation for member in members if not member.reference)
    if not relations:
        return ()
    parts = [
        f"{count} {_HAVE[relation][count > 1]}"
        for relation, count in sorted(relations.items(), key=lambda item: DISTANCE[item[0]])
    ]
    return (f"Against the reference copy on {reference.site}, {listed(parts)}.",)


def _credit(copies: int, agencies: Sequence[tuple[str, int]]) -> str:
    if not agencies:
        return "No copy credits an agency."
    parts = [
        f"{count} of {copies} credit{'s' if count == 1 else ''} {name}" for name, count in agencies
    ]
    return f"{listed(parts)}."
