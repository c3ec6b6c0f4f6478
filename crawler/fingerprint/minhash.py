"""Shingles -> MinHash signature (Broder 1997; datasketch's affine32 scheme) and anchors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from datasketch import MinHash

from crawler.config import FingerprintParams
from crawler.fingerprint.anchors import sample
from crawler.fingerprint.normalise import SHINGLING_VERSION

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCHEME = "affine32"
"""Permutations of datasketch 2; its older scheme inflates similarity and does not compare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is drawn from one set of shingles."""

    shingles: int
    """Number of distinct shingles."""
    hashvalues: bytes
    """As in `crawler.items.Signature`."""
    anchors: bytes
    """Likewise."""


def kind_of(params: FingerprintParams) -> str:
    """Name how signatures are drawn; only those of one kind compare."""
    return (
        f"{SHINGLING_VERSION}/{params.shingle_words}/{SCHEME}/{params.seed}/{params.permutations}"
    )


def sign(
    shingle_sets: Iterable["NDArray[np.uint64]"], params: FingerprintParams
) -> Iterator[Sketch]:
    """Draw a sketch from each set of shingles.

    Order and repetition of the shingles do not matter. A set without any gives a sketch without
    minima: two empty MinHashes would have similarity 1.
    """
    blank = MinHash(num_perm=params.permutations, seed=params.seed, hashfunc=int, scheme=SCHEME)
    for shingles in shingle_sets:
        distinct = np.unique(shingles)
        minima = b""
        if len(distinct):
            sketch = blank.copy()
            # The upper half of the 64 bits: affine32 takes 32-bit hashes, and the upper bits of a
            # product are the better mixed ones.
            sketch.update_batch((distinct >> np.uint64(32)).astype(np.uint32))
            minima = np.asarray(sketch.hashvalues, dtype="<u4").tobytes()
        yield Sketch(
            shingles=len(distinct),
            hashvalues=minima,
            anchors=sample(distinct).astype("<u8").tobytes(),
        )
