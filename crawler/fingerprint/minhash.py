"""Shingles -> MinHash signature (Broder 1997; datasketch's affine32 scheme)."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from datasketch import MinHash

from crawler.config import FingerprintParams
from crawler.fingerprint.normalise import SHINGLING_VERSION
from crawler.items import Signature

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCHEME = "affine32"
"""Permutations of datasketch 2; its older scheme inflates similarity and does not compare."""


def sign(
    shingle_sets: Iterable[tuple[str, "NDArray[np.uint64]"]], params: FingerprintParams
) -> Iterator[Signature]:
    """Draw a signature from each (article id, distinct shingles).

    The order of the shingles does not matter. An article without shingles (fewer words than a
    shingle has) gives no signature: two empty sketches would have similarity 1.
    """
    blank = MinHash(num_perm=params.permutations, seed=params.seed, hashfunc=int, scheme=SCHEME)
    for article_id, shingles in shingle_sets:
        if not len(shingles):
            continue
        sketch = blank.copy()
        # The upper half of the 64 bits: affine32 takes 32-bit hashes, and the upper bits of a
        # product are the better mixed ones.
        sketch.update_batch((shingles >> np.uint64(32)).astype(np.uint32))
        yield Signature(
            article_id=article_id,
            scheme=SCHEME,
            seed=params.seed,
            shingling=SHINGLING_VERSION,
            shingles=len(shingles),
            hashvalues=np.asarray(sketch.hashvalues, dtype="<u4").tobytes(),
        )


def restore(signature: Signature) -> MinHash:
    """Give datasketch's own object back, for LSH.

    Raises:
        ValueError: the signature was made with another scheme; datasketch does not mix them.
    """
    return MinHash(
        hashvalues=np.frombuffer(signature.hashvalues, dtype="<u4"),
        seed=signature.seed,
        hashfunc=int,
        scheme=signature.scheme,
    )
