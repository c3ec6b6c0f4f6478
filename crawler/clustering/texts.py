"""Shingled articles made ready for comparison: what repeats on their site is left out."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from crawler.items import Shingled

if TYPE_CHECKING:
    from numpy.typing import NDArray


PASSAGE = 8
"""Fewest words of furniture in a row. A phrase of five to seven words that stands in several
stories of a site is its language ("two people familiar with the matter"), and to take it out would
break the copies' common passages."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Text:
    """One article as clustering compares it; some 20 bytes a word.

    Arrays of shape (m,) run over its kept shingles, sorted by value, then place.
    """

    id: str
    """Article id."""
    site: str
    """Its site; empty where unknown."""
    when: str
    """Time to order by; empty where unknown."""
    at: int | None
    """Seconds since 1970 UTC by which texts are near each other; None where unknown."""
    unit: float
    """As in `crawler.items.Shingled`: thresholds in words count so many of its words for one."""
    shingles: "NDArray[np.uint64]"
    """The shingles that are not furniture, sorted; shape (m,)."""
    places: "NDArray[np.int32]"
    """Word at which each of them begins; shape (m,)."""
    distinct: int
    """Number of different shingles."""
    story_before: "NDArray[np.int32]"
    """Story words (not part of a passage that the site repeats) before each word, and in all; shape
    (n + 1,) for n words."""
    prose_before: "NDArray[np.int32]"
    """Story words outside quotation marks, likewise."""
    digest: bytes
    """Digest of the story words in order: equal for identical texts."""

    @property
    def words(self) -> int:
        """Number of words, furniture included."""
        return len(self.story_before) - 1

    @property
    def length(self) -> int:
        """Number of story words."""
        return int(self.story_before[-1])

    @property
    def prose(self) -> int:
        """Number of story words outside quotation marks."""
        return int(self.prose_before[-1])


def ready(article: Shingled, furniture: "NDArray[np.uint64] | None", size: int) -> Text:
    """Leave out the shingles that stand in `furniture` (sorted), and the words under them."""
    kept = np.ones(len(article.shingles), dtype=np.bool_)
    if furniture is not None and len(furniture):
        kept = ~_in_passages(
            contains(furniture, article.shingles), round(PASSAGE * article.unit) - size + 1
        )
    story = ~spread(~kept, len(article.words), size)
    places = np.flatnonzero(kept)
    shingles = article.shingles[places]
    order = np.argsort(shingles, kind="stable")
    shingles = shingles[order]
    return Text(
        id=article.article_id,
        site=article.site,
        when=article.when,
        at=article.at,
        unit=article.unit,
        shingles=shingles,
        places=places[order].astype(np.int32),
        distinct=int((np.diff(shingles) != 0).sum()) + bool(len(shingles)),
        story_before=_before(story),
        prose_before=_before(story & ~article.quoted),
        digest=hashlib.blake2b(article.words[story].tobytes(), digest_size=16).digest(),
    )


def _in_passages(marks: "NDArray[np.bool_]", least: int) -> "NDArray[np.bool_]":
    """Keep the marks that stand in runs of `least` or more."""
    edges = np.flatnonzero(np.diff(marks, prepend=False, append=False))
    kept = marks.copy()
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if end - start < least:
            kept[start:end] = False
    return kept


def left_out(text: Text) -> bytes:
    """Give the passages that are furniture, as in `crawler.items.Signature`."""
    gone = np.diff(text.story_before) == 0
    edges = np.flatnonzero(np.diff(gone, prepend=False, append=False))
    rows = np.stack((edges[::2], edges[1::2] - edges[::2]), axis=1)
    return rows.astype("<u4").tobytes()


def _before(marks: "NDArray[np.bool_]") -> "NDArray[np.int32]":
    sums = np.zeros(len(marks) + 1, dtype=np.int32)
    np.cumsum(marks, out=sums[1:])
    return sums


def contains(ordered: "NDArray[np.uint64]", wanted: "NDArray[np.uint64]") -> "NDArray[np.bool_]":
    """Say which of `wanted` stand in `ordered` (sorted, distinct)."""
    if not len(ordered):
        return np.zeros(len(wanted), dtype=np.bool_)
    at = np.searchsorted(ordered, wanted)
    at[at == len(ordered)] = 0
    found: NDArray[np.bool_] = ordered[at] == wanted
    return found


def spread(marks: "NDArray[np.bool_]", length: int, size: int) -> "NDArray[np.bool_]":
    """Turn marked shingles into the words they cover: shape (m,) -> (length,)."""
    steps = np.zeros(length + 1, dtype=np.int32)
    places = np.flatnonzero(marks)
    np.add.at(steps, places, 1)
    np.add.at(steps, np.minimum(places + size, length), -1)
    covered: NDArray[np.bool_] = np.cumsum(steps[:-1]) > 0
    return covered
