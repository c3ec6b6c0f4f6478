"""Place a cluster's copies on a line of time.

Members arrive; dots in percent of the width leave, so that the picture needs no fixed size. Only
times with a zone can be placed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.report.moments import Moment
from crawler.report.summary import said
from crawler.report.view import MemberView

# A dot is 10 px wide: on a screen of 360 px that is 3 % of the line, on a wide one 1 %. Dots
# nearer than this are stacked.
COLUMN_PERCENT = 2.5
# Beyond this the stack is taller than it tells; the table has every copy.
MAX_STACK = 8
# Room at both ends, so that the outermost dots are whole.
MARGIN_PERCENT = 2.0
STACK_PX = 13
BASE_PX = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One copy."""

    x: str
    """Percent of the width, as `12.5%`."""
    y: int
    """Pixels above the line's foot."""
    first: bool
    """Whether it is the first copy."""
    claimed: bool
    """Whether the time is claimed; else it is our first sight of it."""
    label: str
    """Outlet and time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The line with its dots."""

    dots: tuple[Dot, ...]
    """In order of time."""
    start: Moment
    """Time at the left end."""
    end: Moment
    """Time at the right end."""
    height: int
    """Pixels."""
    unplaced: int
    """Copies without a time that could be placed, or beyond the tallest stack."""


def timeline(members: Sequence[MemberView]) -> Timeline | None:
    """Give the line, or None where fewer than two different times can be placed."""
    placed = sorted(
        ((member.time.instant, member) for member in members if member.time.instant),
        key=lambda item: (item[0], item[1].number),
    )
    if not placed or placed[0][0] == placed[-1][0]:
        return None
    start, whole = placed[0][0], (placed[-1][0] - placed[0][0]).total_seconds()
    room = 100 - 2 * MARGIN_PERCENT
    stacks: Counter[int] = Counter()
    dots = []
    for instant, member in placed:
        percent = MARGIN_PERCENT + room * (instant - start).total_seconds() / whole
        column = int(percent / COLUMN_PERCENT)
        level = stacks[column]
        stacks[column] += 1
        if level < MAX_STACK:
            dots.append(
                Dot(
                    x=f"{percent:.2f}%",
                    y=BASE_PX + level * STACK_PX,
                    first=member.first,
                    claimed=member.time.claimed,
                    label=f"{member.number}. {member.site}, {said(member.time)}",
                )
            )
    tallest = min(max(stacks.values()), MAX_STACK)
    return Timeline(
        dots=tuple(dots),
        start=placed[0][1].time,
        end=placed[-1][1].time,
        height=2 * BASE_PX + (tallest - 1) * STACK_PX,
        unplaced=len(members) - len(dots),
    )
