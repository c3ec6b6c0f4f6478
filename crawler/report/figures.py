"""Measure a cluster: who leads by how much, how long it ran, how far its copies are.

Members arrive; numbers leave. Only times with a zone compare; what does not compare is None.
"""

from collections import defaultdict
from collections.abc import Sequence

from crawler.report.moments import UNKNOWN, Moment
from crawler.report.view import Headline, MemberView
from crawler.report.wording import DISTANCE


def lead_s(first: MemberView | None, members: Sequence[MemberView]) -> float | None:
    """Give the seconds to the next copy, from claims with a zone only.

    Our first sight of a page says only that it was there by then, so it makes no gap.
    """
    if first is None or first.time.instant is None or not first.time.claimed:
        return None
    gaps = [
        (member.time.instant - first.time.instant).total_seconds()
        for member in members
        if member is not first and member.time.instant and member.time.claimed
    ]
    return min((gap for gap in gaps if gap >= 0), default=None)


def span(members: Sequence[MemberView]) -> tuple[Moment, Moment, float | None]:
    """Give the earliest and latest time.

    Only times with a zone compare, and our first sight of a page is not its publication: it
    counts only where no copy has a better time.
    """
    placed = [member.time for member in members if member.time.instant]
    claimed = [time for time in placed if time.claimed] or placed
    if not claimed:
        given = sorted((m.time for m in members if m.time.iso), key=lambda time: time.iso)
        return (given[0], given[-1], None) if given else (UNKNOWN, UNKNOWN, None)
    claimed.sort(key=sortable)
    start, end = claimed[0], claimed[-1]
    assert start.instant is not None
    assert end.instant is not None
    return start, end, (end.instant - start.instant).total_seconds()


def farness(member: MemberView) -> tuple[int, float, int]:
    """Order copies by how far they are from the reference copy; of equals the first is last."""
    shared = min(member.in_reference, member.of_reference)
    return DISTANCE[member.relation], -shared, -member.number


def headlines(members: Sequence[MemberView]) -> tuple[Headline, ...]:
    """Give the wordings of the headline, most used first; of equals the earliest first."""
    sites: dict[str, list[str]] = defaultdict(list)
    for member in members:
        sites[member.headline].append(member.site)
    views = [Headline(text=text, sites=tuple(dict.fromkeys(ran))) for text, ran in sites.items()]
    return tuple(sorted(views, key=lambda view: -len(view.sites)))


def sortable(time: Moment) -> str:
    """Order times by instant where there is one, else by the claim as it is written."""
    return time.instant.isoformat() if time.instant else time.iso
