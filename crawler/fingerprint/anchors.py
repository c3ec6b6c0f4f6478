"""Texts -> a sample of their shingles, by which a short text is found inside a long one.

MinHash sees how similar two sets are, not that a short text stands whole in a long one: a brief of
80 words inside a page of 700 has a Jaccard similarity near .1, which LSH finds half of the time at
best. One shingle in `SAMPLE` (chosen by its hash, so that all texts choose alike; Heintze 1996,
Schleimer, Wilkerson and Aiken 2003) finds it surely.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLE = 4
"""One shingle in four: a shared passage of 40 words (36 shingles) gives nine of them."""
MIN_SHARED = 4
"""Anchors two texts must share: a passage of 40 words gives four or more with a probability of .99
(binomial). With three, half of all candidates share nothing but phrases; with five, one pair in two
hundred that has a relation is missed."""


def sample(distinct: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
    """Keep the anchors among a text's shingles."""
    kept: NDArray[np.uint64] = distinct[distinct % np.uint64(SAMPLE) == 0]
    return kept
