"""Two texts -> the passages they have in common, word by word.

Greedy string tiling (Wise 1993): the longest common runs of words come first, each word of either
text is used once, and passages may have moved. Runs shorter than a shingle are phrases of the
language and do not count. What is furniture of a site never begins or ends a run.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from crawler.clustering.texts import Text

# Places of one shingle in a text that are tried: beyond them it is a litany ("na na na na na"),
# which would cost the square of its length and says nothing about copying.
MAX_PLACES = 16


_NONE: "NDArray[np.int64]" = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Runs:
    """Common runs of words; three arrays of shape (k,)."""

    starts_a: "NDArray[np.int64]"
    """Word of the first text at which each run begins, from 0."""
    starts_b: "NDArray[np.int64]"
    """Likewise for the second."""
    lengths: "NDArray[np.int64]"
    """Words in each run."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alignment:
    """What two texts have in common."""

    passages: Runs
    """Tiles, in order of the first text: each word of either text is in one at most."""
    shared: int
    """Different shingles that stand in both."""
    everywhere: Runs
    """All common runs: what one text prints twice (a caption that repeats the lede) stands in the
    other one both times. The same object as `passages` where no run meets another."""


def align(a: "Text", b: "Text", size: int) -> Alignment:
    """Give the common passages of two texts; `size` is the number of words in a shingle."""
    places_a, places_b, shared = _meeting_places(a, b)
    found = _runs(places_a, places_b, size)
    if _overlap(found.starts_a, found.lengths) or _overlap(found.starts_b, found.lengths):
        tiles = _ordered(_tile(found, a.words, b.words))
        return Alignment(passages=tiles, shared=shared, everywhere=found)
    found = _ordered(found)
    return Alignment(passages=found, shared=shared, everywhere=found)


def _ordered(found: Runs) -> Runs:
    order = np.argsort(found.starts_a, kind="stable")
    return Runs(
        starts_a=found.starts_a[order],
        starts_b=found.starts_b[order],
        lengths=found.lengths[order],
    )


def _meeting_places(a: "Text", b: "Text") -> tuple["NDArray[np.int64]", "NDArray[np.int64]", int]:
    """Give all places (in a, in b) of equal shingles, and how many different ones there are."""
    low = np.searchsorted(b.shingles, a.shingles, side="left")
    inside = low < len(b.shingles)
    held = np.flatnonzero(inside)
    held = held[b.shingles[low[held]] == a.shingles[held]]
    if not len(held):
        return _NONE, _NONE, 0
    values, low = a.shingles[held], low[held]
    counts = np.searchsorted(b.shingles, values, side="right") - low
    counts = np.minimum(counts, MAX_PLACES)
    places_a = np.repeat(a.places[held], counts).astype(np.int64)
    steps = np.arange(len(places_a)) - np.repeat(np.cumsum(counts) - counts, counts)
    places_b: NDArray[np.int64] = b.places[np.repeat(low, counts) + steps].astype(np.int64)
    return places_a, places_b, 1 + int(np.count_nonzero(values[1:] != values[:-1]))


def _runs(places_a: "NDArray[np.int64]", places_b: "NDArray[np.int64]", size: int) -> Runs:
    """Join equal shingles that follow each other in both texts."""
    if not len(places_a):
        return Runs(starts_a=places_a, starts_b=places_b, lengths=places_a)
    diagonal = places_b - places_a
    order = np.lexsort((places_a, diagonal))
    places_a, places_b, diagonal = places_a[order], places_b[order], diagonal[order]
    broken = (diagonal[1:] != diagonal[:-1]) | (places_a[1:] != places_a[:-1] + 1)
    edges = np.concatenate(([0], np.flatnonzero(broken) + 1, [len(places_a)]))
    first, counts = edges[:-1], edges[1:] - edges[:-1]
    return Runs(starts_a=places_a[first], starts_b=places_b[first], lengths=counts + (size - 1))


def _overlap(starts: "NDArray[np.int64]", lengths: "NDArray[np.int64]") -> bool:
    order = np.argsort(starts)
    ends = (starts + lengths)[order]
    return bool((starts[order][1:] < ends[:-1]).any())


def _tile(runs: Runs, words_a: int, words_b: int) -> Runs:
    """Take the longest runs first; of a later one only the words that are still free."""
    free_a, free_b = np.ones(words_a, dtype=np.bool_), np.ones(words_b, dtype=np.bool_)
    tiles: list[tuple[int, int, int]] = []
    order = np.lexsort((runs.starts_b, runs.starts_a, -runs.lengths))
    rows = np.stack((runs.starts_a, runs.starts_b, runs.lengths), axis=1)[order]
    for start_a, start_b, length in rows.tolist():
        free = free_a[start_a : start_a + length] & free_b[start_b : start_b + length]
        count = int(np.count_nonzero(free))
        if not count:
            continue
        pieces = [(0, length)] if count == length else _pieces(free)
        for begin, end in pieces:
            free_a[start_a + begin : start_a + end] = False
            free_b[start_b + begin : start_b + end] = False
            tiles.append((start_a + begin, start_b + begin, end - begin))
    found = np.array(tiles, dtype=np.int64).reshape(-1, 3)
    return Runs(starts_a=found[:, 0], starts_b=found[:, 1], lengths=found[:, 2])


def _pieces(free: "NDArray[np.bool_]") -> list[tuple[int, int]]:
    """Give (begin, end) of the stretches that are free."""
    edges = (np.flatnonzero(free[1:] != free[:-1]) + 1).tolist()
    if free[0]:
        edges.insert(0, 0)
    if free[-1]:
        edges.append(len(free))
    return list(zip(edges[::2], edges[1::2], strict=True))
