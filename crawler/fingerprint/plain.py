"""The plain recipe: datasketch's own index, as its documentation shows it.

What everybody writes first; benchmarks run it beside ours.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from datasketch import MinHash, MinHashLSH

from crawler.fingerprint.minhash import SCHEME

if TYPE_CHECKING:
    from numpy.typing import NDArray


def similar_pairs(
    shingle_sets: Iterable[tuple[str, "NDArray[np.uint64]"]], *, threshold: float, permutations: int
) -> Iterator[tuple[str, str]]:
    """Give each pair of names (smaller first) that `MinHashLSH` finds at a Jaccard threshold."""
    index = MinHashLSH(threshold=threshold, num_perm=permutations)
    for name, shingles in shingle_sets:
        if not len(shingles):
            continue
        sketch = MinHash(num_perm=permutations, hashfunc=int, scheme=SCHEME)
        sketch.update_batch((shingles >> np.uint64(32)).astype(np.uint32))
        for other in sorted(index.query(sketch)):
            yield min(other, name), max(other, name)
        index.insert(name, sketch)
