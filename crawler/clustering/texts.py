"""Shingled articles made ready for comparison: what repeats on their site is left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from crawler.items import Shingled

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Text:
    """One article as clustering sees it. Arrays of shape (n,) run over its words."""

    id: str
    """Article id."""
    site: str
    """Its site; empty where unknown."""
    when: str
    """Time to order by; empty where unknown."""
    words: "NDArray[np.uint64]"
    """Hash of each word; shape (n,)."""
    prose: "NDArray[np.bool_]"
    """Words of the story outside quotation marks; shape (n,)."""
    story: "NDArray[np.bool_]"
    """Words of the story: not part of a passage that the site repeats; shape (n,)."""
    shingles: "NDArray[np.uint64]"
    """Hash of the shingle at each word, furniture included; shape (m,)."""
    kept: "NDArray[np.bool_]"
    """Which of `shingles` are not furniture; shape (m,)."""
    distinct: "NDArray[np.uint64]"
    """The kept shingles, sorted, each once."""
    length: int
    """Number of story words."""


def ready(article: Shingled, furniture: "NDArray[np.uint64] | None", size: int) -> Text:
    """Leave out the shingles that stand in `furniture` (sorted), and the words under them."""
    kept = np.ones(len(article.shingles), dtype=np.bool_)
    if furniture is not None and len(furniture):
        kept = ~contains(furniture, article.shingles)
    story = ~spread(~kept, len(article.words), size)
    return Text(
        id=article.article_id,
        site=article.site,
        when=article.when,
        words=article.words,
        prose=story & ~article.quoted,
        story=story,
        shingles=article.shingles,
        kept=kept,
        distinct=np.unique(article.shingles[kept]),
        length=int(story.sum()),
    )


def contains(ordered: "NDArray[np.uint64]", wanted: "NDArray[np.uint64]") -> "NDArray[np.bool_]":
    """Say for each of `wanted` whether it stands in `ordered` (sorted, distinct)."""
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


def ready_all(
    articles: Iterable[Shingled], furniture: "dict[str, NDArray[np.uint64]]", size: int
) -> list[Text]:
    """Make every article ready, in order of id, so that nothing depends on the order of arrival."""
    ordered = sorted(articles, key=lambda article: article.article_id)
    return [ready(article, furniture.get(article.site), size) for article in ordered]
