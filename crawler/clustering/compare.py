"""Two texts compared exactly: their common passages, and what share of each stands in them.

Shingle containment falls quickly under small edits (one changed word in twelve halves the shared
5-grams); the share of words that stand in common passages does not, so that is what relations use.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from crawler.clustering.alignment import Runs, align
from crawler.clustering.texts import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What two texts share, furniture left out. Shares are 0 to 1."""

    passages: Runs
    """The common passages."""
    jaccard: float
    """Shared distinct shingles over all distinct shingles of both."""
    containment_a: float
    """Share of a's distinct shingles that stand in b."""
    containment_b: float
    """Share of b's distinct shingles that stand in a."""
    coverage_a: float
    """Share of a's words that stand in common passages (of a shingle's length or more)."""
    coverage_b: float
    """Likewise for b."""
    solid_a: float
    """Share of a's words that stand in common passages of `SOLID_RUN` words or more."""
    solid_b: float
    """Likewise for b."""
    prose_a: float
    """Share of a's words outside quotation marks that stand in common passages."""
    prose_b: float
    """Likewise for b."""
    longest_prose_run: float
    """Most prose words in one passage, counted in words of a script with spaces."""
    prose_in_long_runs: float
    """Prose words in passages of `LONG_RUN` or more words, together, likewise."""
    shared_prose: int
    """Shared words of a outside quotation marks."""
    shared_quoted: int
    """Shared words of a inside quotation marks."""
    length_a: float
    """Story words of a, counted likewise."""
    length_b: float
    """Story words of b, likewise."""
    start_a: float
    """Story words of a before the first shared one, counted in words of a script with spaces."""
    start_b: float
    """Likewise for b."""
    identical: bool
    """The same story words in the same order."""


SOLID_RUN = 8
"""Words: what reports made from one template share (earnings, weather, lottery numbers) are phrases
of five to seven words between their own figures; copies share longer runs."""
LEAST_PROSE = 30
"""Words: a text with less outside quotation marks is a statement or a speech as a whole, whose
copies have nothing else to share."""
LONG_RUN = 12
"""Words: a shared run of this length is hardly ever chance or cliché in any language."""


def compare(a: Text, b: Text, size: int) -> Comparison:
    """Compare two texts; `size` is the number of words in a shingle."""
    found = align(a, b, size)
    shared = found.shared
    unit = max(a.unit, b.unit)
    tiles, runs = found.passages, found.everywhere
    story, prose = _inside(a.story_before, tiles), _inside(a.prose_before, tiles)
    once = tiles is runs
    all_a = _Side(a, runs.starts_a, runs.lengths, once=once)
    all_b = _Side(b, runs.starts_b, runs.lengths, once=once)
    return Comparison(
        passages=tiles,
        jaccard=_ratio(shared, a.distinct + b.distinct - shared),
        containment_a=_ratio(shared, a.distinct),
        containment_b=_ratio(shared, b.distinct),
        coverage_a=all_a.story_share(),
        coverage_b=all_b.story_share(),
        solid_a=all_a.solid_share(SOLID_RUN * unit),
        solid_b=all_b.solid_share(SOLID_RUN * unit),
        prose_a=all_a.prose_share(),
        prose_b=all_b.prose_share(),
        longest_prose_run=int(prose.max(initial=0)) / unit,
        prose_in_long_runs=int(prose[tiles.lengths >= LONG_RUN * unit].sum()) / unit,
        shared_prose=int(prose.sum()),
        shared_quoted=int(story.sum() - prose.sum()),
        length_a=a.length / unit,
        length_b=b.length / unit,
        start_a=all_a.start() / unit,
        start_b=all_b.start() / unit,
        identical=a.digest == b.digest and a.length > 0,
    )


class _Side:
    """One text and the runs in it."""

    def __init__(
        self,
        text: Text,
        starts: "NDArray[np.int64]",
        lengths: "NDArray[np.int64]",
        *,
        once: bool,
    ) -> None:
        """Take the runs as they are; `once` says that no word is in two of them."""
        self._text, self._once = text, once
        self._starts, self._lengths = starts, lengths
        self._all = self._stretches(0)

    def story_share(self) -> float:
        """Give the share of the story words that stand in runs."""
        return _ratio(_count(self._text.story_before, self._all), self._text.length)

    def solid_share(self, least: float) -> float:
        """Give the share of the story words that stand in runs of `least` words or more."""
        return _ratio(_count(self._text.story_before, self._stretches(least)), self._text.length)

    def prose_share(self) -> float:
        """Likewise of the words outside quotation marks; of all words where those are few."""
        if self._text.prose < LEAST_PROSE * self._text.unit:
            return self.story_share()
        return _ratio(_count(self._text.prose_before, self._all), self._text.prose)

    def start(self) -> int:
        """Give the story words before the first run; all of them where there is none."""
        first = self._starts.min(initial=self._text.words)
        return int(self._text.story_before[first])

    def _stretches(self, least: float) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
        """Give (starts, ends) of what the runs of `least` words or more cover."""
        starts, lengths = self._starts, self._lengths
        if least:
            kept = lengths >= least
            starts, lengths = starts[kept], lengths[kept]
        return (starts, starts + lengths) if self._once else _united(starts, starts + lengths)


def _count(
    before: "NDArray[np.int32]", stretches: "tuple[NDArray[np.int64], NDArray[np.int64]]"
) -> int:
    starts, ends = stretches
    return int(before[ends].sum()) - int(before[starts].sum())


def _united(
    starts: "NDArray[np.int64]", ends: "NDArray[np.int64]"
) -> tuple["NDArray[np.int64]", "NDArray[np.int64]"]:
    """Give (starts, ends) of the stretches that intervals cover together."""
    if not len(starts):
        return starts, ends
    order = np.argsort(starts, kind="stable")
    starts, reach = starts[order], np.maximum.accumulate(ends[order])
    fresh = np.concatenate(([True], starts[1:] > reach[:-1]))
    last = np.concatenate((fresh[1:], [True]))
    return starts[fresh], reach[last]


def _inside(before: "NDArray[np.int32]", tiles: Runs) -> "NDArray[np.int32]":
    """Count the marked words of the first text in each tile, from their running sums."""
    counts: NDArray[np.int32] = before[tiles.starts_a + tiles.lengths] - before[tiles.starts_a]
    return counts


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
