"""Where versions differ and which reading is the older one: texts in, a table of readings out.

All versions are aligned with one of them, the base, so that the work grows with their number and
not with its square. A reading is either other words at a place of the base, or a stretch of the
base that is missing. Sets of readings are kept as the bits of a whole number: comparing two
versions is then a few operations, however long they are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from crawler.items import Edit
from crawler.provenance.alignment import Words, differences, split
from crawler.provenance.intervals import Interval

# The earliest version's reading gets so many votes of its own: what only later versions have was
# most likely put in later, unless nearly all others have it.
EARLIEST_VOTES = 0.2
# Of a passage that it lacks in the middle, half: desks cut from the end, updates go in between.
UPDATE_VOTES = 0.5
# A cut that goes on to the last words of the base is an editor's, who shortens from the end.
END_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One distinct text of a cluster."""

    number: int
    """As in the cluster."""
    text: str
    """The text."""
    interval: Interval
    """When its first copy may have run."""
    copies: int
    """Articles that have it."""


class Change(NamedTuple):
    """Other words for those from `start` to `end` of the base; put in where the two are equal."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What each version reads, against the base, and what the common source most likely read."""

    base: Words
    """The base's words."""
    changes: tuple[Change, ...]
    """All changes that any version has, in order of place."""
    shown: tuple[str, ...]
    """Each change as it is written in one of the versions."""
    has: tuple[int, ...]
    """For each version the changes that it has, a bit each."""
    lacks: tuple[int, ...]
    """For each version the words of the base that it lacks, a bit each."""
    rivals: tuple[int, ...]
    """For each change the changes at an overlapping place, itself included."""
    older: int
    """The changes that the common source had: there the base is the one that was changed."""
    later: int
    """The words of the base that the common source did not have: they were put in later."""


def read(versions: Sequence[Version]) -> Readings:
    """Align all versions with the base and judge which reading of each place is older."""
    texts = [split(version.text) for version in versions]
    base = texts[_pick_base(texts)]
    holders: dict[Change, int] = defaultdict(int)
    written: dict[Change, str] = {}
    lacks = []
    for number, text in enumerate(texts):
        missing = 0
        for place in differences(base.folded, text.folded):
            if place.from_ == place.to:
                missing |= mask(place.start, place.end)
                continue
            change = Change(place.start, place.end, text.folded[place.from_ : place.to])
            holders[change] |= 1 << number
            written.setdefault(change, text.quote(place.from_, place.to))
        lacks.append(missing)
    changes = tuple(sorted(holders))
    has = [0] * len(versions)
    for bit, change in enumerate(changes):
        for number in bits(holders[change]):
            has[number] |= 1 << bit
    order = _order(versions)
    return Readings(
        base=base,
        changes=changes,
        shown=tuple(written[change] for change in changes),
        has=tuple(has),
        lacks=tuple(lacks),
        rivals=_rivals(changes),
        older=_older(changes, holders, lacks, order),
        later=_later(lacks, len(base.folded), versions, order),
    )


def mask(start: int, end: int) -> int:
    """Give the bits from one place to another (exclusive)."""
    return (1 << end) - (1 << start)


def bits(number: int) -> list[int]:
    """Give the places of the bits that are set."""
    found = []
    while number:
        low = number & -number
        found.append(low.bit_length() - 1)
        number ^= low
    return found


def blocks(number: int) -> list[tuple[int, int]]:
    """Give the runs of bits that are set, as start and end (exclusive)."""
    found = []
    while number:
        start = (number & -number).bit_length() - 1
        rest = number >> start
        length = (~rest & (rest + 1)).bit_length() - 1
        found.append((start, start + length))
        number = (rest >> length) << (start + length)
    return found


def edit_of(readings: Readings, bit: int) -> Edit:
    """Give a change as an edit, from the older reading to the later one."""
    change = readings.changes[bit]
    before, after = readings.base.quote(change.start, change.end), readings.shown[bit]
    if readings.older >> bit & 1:
        before, after = after, before
    return Edit(before=before, after=after)


def _pick_base(texts: Sequence[Words]) -> int:
    """Give the version that shares most runs of words with the others; of equals the longest."""
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    runs = [{words.folded[at : at + 4] for at in range(len(words.folded) - 3)} for words in texts]
    for each in runs:
        for run in each:
            counts[run] += 1
    weights = [sum(counts[run] - 1 for run in each) for each in runs]
    return max(range(len(texts)), key=lambda at: (weights[at], len(texts[at].folded), -at))


def _order(versions: Sequence[Version]) -> list[int]:
    """Give the versions in order of time, those without a time last."""
    never = datetime.max.replace(tzinfo=UTC)
    return sorted(
        range(len(versions)),
        key=lambda at: (versions[at].interval.high or never, versions[at].number),
    )


def _rivals(changes: Sequence[Change]) -> tuple[int, ...]:
    found = [1 << bit for bit in range(len(changes))]
    for bit, change in enumerate(changes):
        for other in range(bit + 1, len(changes)):
            start = changes[other].start
            if start > change.end or (
                start == change.end and change.start < change.end < changes[other].end
            ):
                break
            if changes[other].start < change.end or change.start == start:
                found[bit] |= 1 << other
                found[other] |= 1 << bit
    return tuple(found)


def _older(
    changes: Sequence[Change],
    holders: Mapping[Change, int],
    lacks: Sequence[int],
    order: Sequence[int],
) -> int:
    """Say which changes the common source had: those of most versions that have the place."""
    found = 0
    for bit, change in enumerate(changes):
        place = mask(change.start, change.end) if change.end > change.start else 0
        voters = [at for at in order if not place or lacks[at] & place != place]
        votes = (holders[change]).bit_count()
        bonus = EARLIEST_VOTES * len(voters)
        first = bool(voters) and holders[change] >> voters[0] & 1
        if votes + (bonus if first else 0) > len(voters) - votes + (0 if first else bonus):
            found |= 1 << bit
    return found


def _later(
    lacks: Sequence[int], length: int, versions: Sequence[Version], order: Sequence[int]
) -> int:
    """Say which words of the base the common source did not have: they were put in later.

    A version that ends before a place has no vote about it, for editors cut from the end. What the
    base has behind the one point at which all others end was added to it; where they end at
    several points, it was cut off.
    """
    cuts = [_cut_of(missing, length) for missing in lacks]
    inner = [missing & ~cut for missing, cut in zip(lacks, cuts, strict=True)]
    first = order[0]
    bonus = UPDATE_VOTES * len(versions)
    found = 0
    for at in _places(inner):
        bit = 1 << at
        lacking = sum(bool(each & bit) for each in inner)
        having = len(versions) - lacking - sum(bool(each & bit) for each in cuts)
        lacking_first, having_first = bool(inner[first] & bit), not lacks[first] & bit
        if lacking + bonus * lacking_first > having + bonus * having_first:
            found |= bit
    starts = {blocks(cut)[0][0] for cut in cuts if cut}
    holders = sum(not cut for cut in cuts)
    if holders == 1 and sum(map(bool, cuts)) > 1 and max(starts) - min(starts) <= END_WORDS:
        found |= mask(max(starts), length)
    return found


def _cut_of(missing: int, length: int) -> int:
    """Give the last stretch of what is missing, if it reaches the end of the base."""
    runs = blocks(missing)
    if not runs or runs[-1][1] < length - END_WORDS:
        return 0
    return mask(*runs[-1])


def _places(inner: Sequence[int]) -> list[int]:
    anywhere = 0
    for each in inner:
        anywhere |= each
    return bits(anywhere)
