"""Find what two sequences have in common, in order: the ground of the word diff.

Two sequences of words (or paragraphs) arrive; matching blocks leave. The plain way (difflib over
everything) takes seconds for long texts and lines up stray words. What occurs once in each
sequence anchors the comparison instead (patience diff, B. Cohen), long runs first; difflib does
only what is left in the small gaps between anchors.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

# Largest gap (words of one text times words of the other) that difflib is given: 300 x 300 words
# take it about 10 ms; a larger gap without a single anchor is a rewrite and shown as one.
MAX_GAP = 90_000
# A gap this small goes to difflib at once: looking for anchors in it would take longer.
SMALL_GAP = 400


def matches(
    a: Sequence[str], b: Sequence[str], anchor_lengths: Sequence[int]
) -> list[tuple[int, int, int]]:
    """Give (start in a, start in b, length) of what the two have in common, in order."""
    found: list[tuple[int, int, int]] = []
    gaps = [(0, len(a), 0, len(b), 0)]
    while gaps:
        a_low, a_high, b_low, b_high, level = gaps.pop()
        head, tail = _common_ends(a, b, (a_low, a_high, b_low, b_high))
        if head:
            found.append((a_low, b_low, head))
        if tail:
            found.append((a_high - tail, b_high - tail, tail))
        a_low, b_low, a_high, b_high = a_low + head, b_low + head, a_high - tail, b_high - tail
        if a_low == a_high or b_low == b_high:
            continue
        if (a_high - a_low) * (b_high - b_low) <= SMALL_GAP or level == len(anchor_lengths):
            found.extend(_small_matches(a[a_low:a_high], b[b_low:b_high], a_low, b_low))
            continue
        for i, j in _anchors(a[a_low:a_high], b[b_low:b_high], anchor_lengths[level]):
            # A gap ends where the next anchor starts: the anchor is the common head of the next.
            gaps.append((a_low, a_low + i, b_low, b_low + j, level + 1))
            a_low, b_low = a_low + i, b_low + j
        gaps.append((a_low, a_high, b_low, b_high, level + 1))
    return sorted(found)


def _common_ends(
    a: Sequence[str], b: Sequence[str], gap: tuple[int, int, int, int]
) -> tuple[int, int]:
    """Count the equal words at the head and, of the rest, at the tail of a gap."""
    a_low, a_high, b_low, b_high = gap
    most = min(a_high - a_low, b_high - b_low)
    head = 0
    while head < most and a[a_low + head] == b[b_low + head]:
        head += 1
    tail = 0
    while tail < most - head and a[a_high - 1 - tail] == b[b_high - 1 - tail]:
        tail += 1
    return head, tail


def _anchors(a: Sequence[str], b: Sequence[str], length: int) -> list[tuple[int, int]]:
    """Give the places of runs of `length` words that occur once in each text, in order in both.

    Of anchors that cross, the longest sequence in order stays (patience sorting). Each place is
    given as the step from the one before it.
    """
    places_a, places_b = _once(a, length), _once(b, length)
    common = sorted((places_a[run], places_b[run]) for run in places_a.keys() & places_b.keys())
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(common):
        pile = bisect_left(tops, place)
        before.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            piles.append(index)
        else:
            tops[pile], piles[pile] = place, index
    chain: list[tuple[int, int]] = []
    index = piles[-1] if piles else -1
    while index >= 0:
        chain.append(common[index])
        index = before[index]
    return _steps(reversed(chain))


def _once(words: Sequence[str], length: int) -> dict[tuple[str, ...], int]:
    """Map each run of words that occurs exactly once to its place."""
    runs = list(zip(*(words[i:] for i in range(length)), strict=False))
    places = range(len(runs))
    last = dict(zip(runs, places, strict=True))
    first = dict(zip(reversed(runs), reversed(places), strict=True))
    return dict(last.items() & first.items())


def _steps(chain: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Turn places into steps; of runs that overlap (one word on in both) only the first counts."""
    steps: list[tuple[int, int]] = []
    at_a = at_b = 0
    last: tuple[int, int] | None = None
    for i, j in chain:
        if last is None or (i - last[0], j - last[1]) != (1, 1):
            steps.append((i - at_a, j - at_b))
            at_a, at_b = i, j
        last = (i, j)
    return steps


def _small_matches(
    a: Sequence[str], b: Sequence[str], a_low: int, b_low: int
) -> Iterator[tuple[int, int, int]]:
    if len(a) == len(b) == 1 or len(a) * len(b) > MAX_GAP:
        return  # two words that differ (equal ones were a common end), or a rewrite
    for i, j, size in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        if size:
            yield a_low + i, b_low + j, size
