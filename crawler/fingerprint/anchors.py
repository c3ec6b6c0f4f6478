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
MIN_SHARED = 3
"""Anchors two texts must share: a passage of 40 words gives three or more with a probability of
.997 (binomial), and one or two alone are a common phrase more often than a passage."""


def sample(distinct: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
    """Keep the anchors among a text's shingles."""
    kept: NDArray[np.uint64] = distinct[distinct % np.uint64(SAMPLE) == 0]
    return kept
