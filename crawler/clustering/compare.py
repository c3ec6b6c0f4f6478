"""Two texts compared exactly: shared shingles, shared words, and the runs they stand in.

Shingle containment falls quickly under small edits (one changed word in twelve halves the shared
5-grams); the share of words that stand in shared runs does not, so that is what relations use.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from crawler.clustering.texts import Text, contains, spread

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What two texts share, furniture left out. Shares are 0 to 1."""

    jaccard: float
    """Shared distinct shingles over all distinct shingles of both."""
    containment_a: float
    """Share of a's distinct shingles that stand in b."""
    containment_b: float
    """Share of b's distinct shingles that stand in a."""
    coverage_a: float
    """Share of a's words that stand in runs (of a shingle's length or more) shared with b."""
    coverage_b: float
    """Likewise for b."""
    solid_a: float
    """Share of a's words that stand in shared runs of `SOLID_RUN` words or more."""
    solid_b: float
    """Likewise for b."""
    prose_a: float
    """Share of a's words outside quotation marks that stand in shared runs."""
    prose_b: float
    """Likewise for b."""
    longest_prose_run: int
    """Most prose words in one shared run."""
    prose_in_long_runs: int
    """Prose words in shared runs of `LONG_RUN` or more words, together."""
    shared_prose: int
    """Shared words of a outside quotation marks."""
    shared_quoted: int
    """Shared words of a inside quotation marks."""
    length_a: int
    """Story words of a."""
    length_b: int
    """Story words of b."""
    start_a: int
    """Story words of a before the first shared one."""
    start_b: int
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
    if not len(a.distinct) or not len(b.distinct):
        return _nothing(a, b)
    in_b = contains(b.distinct, a.distinct)
    shared = int(in_b.sum())
    if not shared:
        return _nothing(a, b)
    words_a = shared_words(a, b, size)
    words_b = shared_words(b, a, size)
    longest, long_runs = _prose_runs(words_a, a.prose)
    return Comparison(
        jaccard=shared / (len(a.distinct) + len(b.distinct) - shared),
        containment_a=shared / len(a.distinct),
        containment_b=shared / len(b.distinct),
        coverage_a=_share(words_a, a.story),
        coverage_b=_share(words_b, b.story),
        solid_a=_share(_in_runs(words_a, SOLID_RUN), a.story),
        solid_b=_share(_in_runs(words_b, SOLID_RUN), b.story),
        prose_a=_prose_share(words_a, a),
        prose_b=_prose_share(words_b, b),
        longest_prose_run=longest,
        prose_in_long_runs=long_runs,
        shared_prose=int((words_a & a.prose).sum()),
        shared_quoted=int((words_a & ~a.prose).sum()),
        length_a=a.length,
        length_b=b.length,
        start_a=_start(words_a, a.story),
        start_b=_start(words_b, b.story),
        identical=_identical(a, b),
    )


def shared_words(a: Text, b: Text, size: int) -> "NDArray[np.bool_]":
    """Mark a's story words that stand in a shingle shared with b; shape (n,)."""
    hits = contains(b.distinct, a.shingles) & a.kept
    return spread(hits, len(a.words), size) & a.story


def _identical(a: Text, b: Text) -> bool:
    return a.length == b.length and bool(np.array_equal(a.words[a.story], b.words[b.story]))


def _nothing(a: Text, b: Text) -> Comparison:
    return Comparison(
        jaccard=0.0,
        containment_a=0.0,
        containment_b=0.0,
        coverage_a=0.0,
        coverage_b=0.0,
        solid_a=0.0,
        solid_b=0.0,
        prose_a=0.0,
        prose_b=0.0,
        longest_prose_run=0,
        prose_in_long_runs=0,
        shared_prose=0,
        shared_quoted=0,
        length_a=a.length,
        length_b=b.length,
        start_a=a.length,
        start_b=b.length,
        identical=bool(a.length) and _identical(a, b),
    )


def _share(marked: "NDArray[np.bool_]", among: "NDArray[np.bool_]") -> float:
    whole = int(among.sum())
    return float((marked & among).sum()) / whole if whole else 0.0


def _start(marked: "NDArray[np.bool_]", story: "NDArray[np.bool_]") -> int:
    return int(story[: int(np.argmax(marked))].sum()) if marked.any() else int(story.sum())


def _prose_share(marked: "NDArray[np.bool_]", text: Text) -> float:
    few = int(text.prose.sum()) < LEAST_PROSE
    return _share(marked, text.story if few else text.prose)


def _runs(marked: "NDArray[np.bool_]") -> tuple["NDArray[np.intp]", "NDArray[np.intp]"]:
    """Give the places where runs of marked words begin, and where they end (exclusive)."""
    edges = np.flatnonzero(np.diff(marked.astype(np.int8), prepend=0, append=0))
    return edges[::2], edges[1::2]


def _in_runs(marked: "NDArray[np.bool_]", length: int) -> "NDArray[np.bool_]":
    """Keep the marks that stand in runs of `length` words or more."""
    kept = marked.copy()
    for start, end in zip(*_runs(marked), strict=True):
        if end - start < length:
            kept[start:end] = False
    return kept


def _prose_runs(marked: "NDArray[np.bool_]", prose: "NDArray[np.bool_]") -> tuple[int, int]:
    """Give the most prose words in one run, and those in runs of `LONG_RUN` or more together."""
    starts, ends = _runs(marked)
    sums = np.concatenate(([0], np.cumsum(prose)))
    counts = sums[ends] - sums[starts]
    return int(counts.max(initial=0)), int(counts[ends - starts >= LONG_RUN].sum())
