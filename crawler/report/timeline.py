"""Place a cluster's copies on lines of time, one line a version.

Members and the gaps of our own coverage arrive; dots, ticks and bands in percent of the width
leave, so that the picture needs no fixed size. Only times with a zone can be placed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawler.items import CoverageGap
from crawler.report.moments import Moment, moment
from crawler.report.sentences import said
from crawler.report.view import MemberView

# A dot is 10 px wide: on a screen of 360 px that is 3 % of the line, on a wide one 1 %. Dots
# nearer than this are stacked.
COLUMN_PERCENT = 2.5
# Beyond this the stack is taller than it tells; the table has every copy.
MAX_STACK = 8
# Lines of their own; further versions share the last one, or the picture fills the screen.
MAX_LANES = 8
# Room at both ends, so that the outermost dots are whole.
MARGIN_PERCENT = 2.0
# Behind a dot no further right than this a name fits, and so does one before a dot that is further.
ROOM_BESIDE_PERCENT = 65.0
STACK_PX = 13
LANE_PX = 26
TOP_PX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One copy, or one revision of a copy."""

    x: str
    """Percent of the width, as `12.5%`."""
    y: int
    """Pixels from the top."""
    first: bool
    """Whether it is the first copy."""
    claimed: bool
    """Whether the time is claimed; else it is our first sight of it."""
    label: str
    """Outlet and time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One line of the picture."""

    versions: tuple[int, ...]
    """Numbers of the versions on it."""
    y: int
    """Pixels from the top to its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """The outlets of a line, beside its last dot or, where that is far right, before its first."""

    x: str
    """Percent of the width."""
    y: int
    """Pixels from the top."""
    text: str
    """The first outlet, and how many more."""
    before: bool
    """Whether it stands before the dot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A time in which we did not see everything."""

    x: str
    """Percent of the width."""
    width: str
    """Percent of the width."""
    label: str
    """What was not seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The lines with their dots."""

    dots: tuple[Dot, ...]
    """Copies in order of time."""
    revisions: tuple[Dot, ...]
    """Times at which copies say they were modified."""
    names: tuple[Name, ...]
    """Who stands on each line, where there is room beside its dots."""
    lanes: tuple[Lane, ...]
    """From top to bottom."""
    bands: tuple[Band, ...]
    """Gaps of our coverage."""
    start: Moment
    """Time at the left end."""
    end: Moment
    """Time at the right end."""
    height: int
    """Pixels."""
    unplaced: int
    """Copies without a time that could be placed, or beyond the tallest stack."""


@dataclass(frozen=True, slots=True)
class _Scale:
    start: datetime
    whole: timedelta

    def percent(self, instant: datetime) -> float:
        share = (instant - self.start) / self.whole
        return MARGIN_PERCENT + (100 - 2 * MARGIN_PERCENT) * min(max(share, 0.0), 1.0)


def timeline(members: Sequence[MemberView], gaps: Iterable[CoverageGap] = ()) -> Timeline | None:
    """Give the picture, or None where fewer than two different times can be placed."""
    placed = sorted(
        ((member.time.instant, member) for member in members if member.time.instant),
        key=lambda item: (item[0], item[1].number),
    )
    if not placed or placed[0][0] == placed[-1][0]:
        return None
    scale = _Scale(placed[0][0], placed[-1][0] - placed[0][0])
    lane_of = _lanes_of(members)
    stacks: Counter[tuple[int, int]] = Counter()
    spots = []
    for instant, member in placed:
        percent = scale.percent(instant)
        spot = lane_of[member.version], int(percent / COLUMN_PERCENT)
        if stacks[spot] < MAX_STACK:
            spots.append((percent, spot[0], stacks[spot], member))
        stacks[spot] += 1
    lanes = _lanes(lane_of, stacks)
    foot = {number: lane.y for number, lane in enumerate(lanes)}
    dots = tuple(
        Dot(
            x=f"{percent:.2f}%",
            y=foot[lane] - level * STACK_PX,
            first=member.first,
            claimed=member.time.claimed,
            label=f"{member.number}. {member.site}, {said(member.time)}",
        )
        for percent, lane, level, member in spots
    )
    return Timeline(
        dots=dots,
        revisions=_revisions(members, scale, lane_of, foot),
        names=tuple(_names(spots, foot)),
        lanes=lanes,
        bands=tuple(_bands(gaps, scale)),
        start=placed[0][1].time,
        end=placed[-1][1].time,
        height=lanes[-1].y + LANE_PX // 2 + TOP_PX,
        unplaced=len(members) - len(dots),
    )


def _lanes_of(members: Sequence[MemberView]) -> dict[int, int]:
    """Give the line of each version; the last one takes all that have none of their own."""
    versions = sorted({member.version for member in members})
    return {version: min(lane, MAX_LANES - 1) for lane, version in enumerate(versions)}


def _lanes(lane_of: dict[int, int], stacks: Counter[tuple[int, int]]) -> tuple[Lane, ...]:
    lanes = []
    y = TOP_PX
    for lane in range(max(lane_of.values()) + 1):
        tallest = max((min(n, MAX_STACK) for (at, _), n in stacks.items() if at == lane), default=1)
        y += LANE_PX + (tallest - 1) * STACK_PX - (LANE_PX // 3 if not lane else 0)
        lanes.append(
            Lane(versions=tuple(one for one, at in sorted(lane_of.items()) if at == lane), y=y)
        )
    return tuple(lanes)


def _names(
    spots: Sequence[tuple[float, int, int, MemberView]], foot: Mapping[int, int]
) -> Iterator[Name]:
    """Name the outlets of each line where there is room on one side of its dots."""
    by_lane: dict[int, list[tuple[float, MemberView]]] = defaultdict(list)
    for percent, lane, _, member in spots:
        by_lane[lane].append((percent, member))
    for lane, dots in by_lane.items():
        left, right = min(at for at, _ in dots), max(at for at, _ in dots)
        if right > ROOM_BESIDE_PERCENT and left < 100 - ROOM_BESIDE_PERCENT:
            continue  # dots at both ends
        sites = list(dict.fromkeys(member.site for _, member in dots))
        more = f" and {len(sites) - 1} more" if len(sites) > 1 else ""
        before = right > ROOM_BESIDE_PERCENT
        yield Name(
            x=f"{left if before else right:.2f}%",
            y=foot[lane],
            text=f"{sites[0]}{more}",
            before=before,
        )


def _revisions(
    members: Sequence[MemberView], scale: _Scale, lane_of: dict[int, int], foot: dict[int, int]
) -> tuple[Dot, ...]:
    """Place the times at which copies say they were modified, within the picture's time."""
    found = {
        (member.number, instant): (member, claim.moment)
        for member in members
        for claim in member.claims
        for instant in (claim.moment.instant,)
        if claim.kind == "modified" and instant is not None and instant != member.time.instant
        if scale.start <= instant <= scale.start + scale.whole
    }
    return tuple(
        Dot(
            x=f"{scale.percent(instant):.2f}%",
            y=foot[lane_of[member.version]],
            first=False,
            claimed=True,
            label=f"{member.number}. {member.site} modified {said(told)}",
        )
        for (_, instant), (member, told) in sorted(found.items())
    )


def _bands(gaps: Iterable[CoverageGap], scale: _Scale) -> Iterable[Band]:
    """Place gaps that have a beginning and touch the picture's time."""
    end = scale.start + scale.whole
    for gap in gaps:
        since = moment(gap.since, "", claimed=False).instant
        until = moment(gap.until, "", claimed=False).instant or end.astimezone(UTC)
        if since is None or since > end or until < scale.start:
            continue
        left, right = scale.percent(since), scale.percent(until)
        yield Band(x=f"{left:.2f}%", width=f"{max(right - left, 0.5):.2f}%", label=gap.detail)
