"""Signatures -> candidate pairs: worth comparing exactly, and nothing more.

Two sources. MinHash LSH (Indyk and Motwani 1998) says which texts are similar; shared anchors say
that a passage of one stands in the other. Whether two texts are candidates depends on the two
alone, so the pairs do not depend on what else there is, on order or on how the texts arrive.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from crawler.config import FingerprintParams
from crawler.fingerprint.anchors import MIN_SHARED
from crawler.items import Signature

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

MIN_EQUAL = 0.04
"""Share of equal minima that a pair found by LSH must have. Bands of two rows let unrelated texts
meet by chance, once in some thousand pairs; of 128 minima these have none or one in common, copies
cut to a tenth have thirteen on average and six or more with a probability of .99."""
_ODD = np.uint64(0x9E3779B97F4A7C15)
CHUNK = 2_000_000
"""Pairs of places held at once: 32 MB."""


def candidate_pairs(
    new: Sequence[Signature], old: Sequence[Signature], params: FingerprintParams
) -> Iterator[tuple[str, str]]:
    """Give the pairs of ids (smaller first) of which at least one is new, each once, in order.

    Args:
        new: signatures to find neighbours for.
        old: signatures that were compared with each other before; none of them is in `new`.
        params: bands and rows; all signatures must have been drawn by them.
    """
    everyone = [*new, *old]
    count = len(everyone)
    codes = [_of_bands(everyone, len(new), params), _of_anchors(everyone, len(new))]
    merged = np.unique(np.concatenate(codes))
    names = [each.article_id for each in everyone]
    pairs = (
        (min(names[one], names[two]), max(names[one], names[two]))
        for one, two in zip((merged // count).tolist(), (merged % count).tolist(), strict=True)
    )
    return iter(sorted(pairs))


def _of_bands(everyone: Sequence[Signature], fresh: int, params: FingerprintParams) -> "Numbers":
    """Give the pairs that share a band and enough minima, as codes (one * count + two)."""
    signed = np.array([at for at, each in enumerate(everyone) if each.hashvalues], dtype=np.int64)
    if not len(signed):
        return np.zeros(0, dtype=np.int64)
    minima = np.stack(
        [np.frombuffer(everyone[at].hashvalues, dtype="<u4") for at in signed.tolist()]
    )
    found = [np.zeros(0, dtype=np.int64)]
    for band in range(params.bands):
        rows = minima[:, band * params.rows : (band + 1) * params.rows]
        for one, two in _meetings(_mixed(rows), signed, fresh):
            near = _equal_share(minima, signed, one, two) >= MIN_EQUAL
            found.append(np.unique(one[near] * len(everyone) + two[near]))
        if len(found) > params.rows * 8:
            found = [np.unique(np.concatenate(found))]
    return np.concatenate(found)


def _equal_share(
    minima: "NDArray[np.uint32]", signed: "Numbers", one: "Numbers", two: "Numbers"
) -> "NDArray[np.float64]":
    """Estimate the Jaccard similarity of pairs by their equal minima."""
    rows_one, rows_two = np.searchsorted(signed, one), np.searchsorted(signed, two)
    shares = np.empty(len(one), dtype=np.float64)
    step = max(1, CHUNK // minima.shape[1])
    for at in range(0, len(one), step):
        part = slice(at, at + step)
        shares[part] = (minima[rows_one[part]] == minima[rows_two[part]]).mean(axis=1)
    return shares


def _of_anchors(everyone: Sequence[Signature], fresh: int) -> "Numbers":
    """Give the pairs that share enough anchors, as codes."""
    sets = [np.frombuffer(each.anchors, dtype="<u8") for each in everyone]
    values = np.concatenate(sets) if sets else np.zeros(0, dtype=np.uint64)
    holders = np.repeat(np.arange(len(sets)), [len(each) for each in sets])
    # Shared anchors of a pair may come in different chunks, so the counts are added up.
    total: tuple[Numbers, Numbers] = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    for one, two in _meetings(values, holders, fresh):
        codes, counts = np.unique(one * len(sets) + two, return_counts=True)
        total = _added(total, (codes, counts))
    codes, counts = total
    return codes[counts >= MIN_SHARED]


def _added(
    total: "tuple[Numbers, Numbers]", more: "tuple[Numbers, Numbers]"
) -> "tuple[Numbers, Numbers]":
    if not len(total[0]):
        return more
    codes, where = np.unique(np.concatenate((total[0], more[0])), return_inverse=True)
    counts = np.bincount(where, weights=np.concatenate((total[1], more[1])))
    return codes, counts.astype(np.int64)


def _mixed(rows: "NDArray[np.uint32]") -> "NDArray[np.uint64]":
    """Give one number for each row.

    Multiplying by an odd number and turning lose nothing, so two different rows of two values never
    get the same.
    """
    keys = rows[:, 0].astype(np.uint64)
    with np.errstate(over="ignore"):
        for column in rows.T[1:]:
            keys = (keys * _ODD << np.uint64(32) | keys * _ODD >> np.uint64(32)) ^ column
    return keys


def _meetings(
    keys: "NDArray[np.uint64]", holders: "Numbers", fresh: int
) -> "Iterator[tuple[Numbers, Numbers]]":
    """Give (one, two), one < two, of holders with the same key, one of them new; by chunks.

    A holder below `fresh` is new. `holders` is in order, so that within a group of equal keys each
    new one meets all that come after it.
    """
    order = np.argsort(keys, kind="stable")
    keys, holders = keys[order], holders[order]
    ends = np.searchsorted(keys, keys, side="right")
    after = ends - np.arange(len(keys)) - 1
    sources = np.flatnonzero((holders < fresh) & (after > 0))
    reach = after[sources]
    first = 0
    totals = np.cumsum(reach)
    while first < len(sources):
        done = totals[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(totals, done + CHUNK, side="right")))
        part, counts = sources[first:last], reach[first:last]
        steps = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        yield (
            np.repeat(holders[part], counts),
            holders[np.repeat(part, counts) + 1 + steps],
        )
        first = last
