"""Texts -> candidate pairs by a sample of their shingles in an inverted index.

MinHash sees how similar two sets are, not that a short text stands whole in a long one: a brief of
80 words inside a page of 700 has a Jaccard similarity near .1, which LSH finds half of the time at
best. One shingle in `SAMPLE` (chosen by its hash, so that all texts choose alike; Heintze 1996,
Schleimer, Wilkerson and Aiken 2003) finds it surely.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, groupby
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLE = 4
"""One shingle in four: a shared passage of 40 words (36 shingles) gives nine of them."""
MIN_SHARED = 2
"""Sampled shingles two texts must share: one alone is a common phrase more often than a passage."""
MAX_HOLDERS = 40
"""A shingle in more texts than this says nothing new: those texts are copies of each other, which
LSH finds, or it is a phrase. It also bounds the work: a shingle gives at most 780 pairs."""


def anchored_pairs(
    shingle_sets: Iterable[tuple[str, "NDArray[np.uint64]"]],
) -> Iterator[tuple[str, str]]:
    """Give each pair of ids (smaller first) that shares enough sampled shingles, in order."""
    sampled = [
        (name, shingles[shingles % np.uint64(SAMPLE) == 0]) for name, shingles in shingle_sets
    ]
    if not sampled:
        return
    values = np.concatenate([shingles for _, shingles in sampled])
    holders = np.repeat(np.arange(len(sampled)), [len(shingles) for _, shingles in sampled])
    order = np.argsort(values, kind="stable")
    shared: Counter[tuple[int, int]] = Counter()
    for _, group in groupby(
        zip(values[order].tolist(), holders[order].tolist(), strict=True), key=lambda row: row[0]
    ):
        texts = sorted({holder for _, holder in group})
        if len(texts) <= MAX_HOLDERS:
            shared.update(combinations(texts, 2))
    names = [name for name, _ in sampled]
    pairs = (
        (min(names[one], names[two]), max(names[one], names[two]))
        for (one, two), count in shared.items()
        if count >= MIN_SHARED
    )
    yield from sorted(pairs)
