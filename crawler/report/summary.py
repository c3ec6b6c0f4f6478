"""Say in plain sentences what a cluster is: how many, who first, how close, on whose authority."""

from collections import Counter
from collections.abc import Sequence

from crawler.items import Relation
from crawler.report.moments import Moment, duration
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
) -> tuple[str, ...]:
    """Give the sentences, without markup; each stands for itself."""
    return (
        _extent(len(members), sites, span),
        _first(first, lead_s),
        *_closeness(members),
        _credit(len(members), agencies),
    )


def _extent(copies: int, sites: int, span: tuple[Moment, Moment]) -> str:
    on = f"{counted(copies, 'copy', 'copies')} of one text on {counted(sites, 'site')}"
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


def said(time: Moment) -> str:
    """Say a time with its zone, as a sentence does."""
    if not time.zone or time.zone == "day only":
        return time.text
    return (
        f"{time.text} ({time.zone})" if time.zone.startswith("no") else f"{time.text} {time.zone}"
    )
