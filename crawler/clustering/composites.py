"""Texts made of other texts: roundups, live blogs, two stories on one page.

Such a page is similar to stories that have nothing to do with each other, so it would glue their
clusters together. It is recognised by its neighbours: different places of it stand in texts that
are not related to each other. It joins no cluster and is listed under each as partial.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from crawler.clustering.compare import shared_words
from crawler.clustering.links import Link, Links
from crawler.clustering.texts import Text
from crawler.config import ClusteringParams

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Share of a foreign text's shared words that may also stand in the main story: two reports of one
# event share a sentence of background, and that does not make them one foreign passage.
OVERLAP = 0.2


def find_composites(
    texts: Mapping[str, Text], links: Links, params: ClusteringParams, size: int
) -> frozenset[str]:
    """Give the ids of the texts that hold unrelated stories in different places."""
    return frozenset(
        name
        for name, near in links.of.items()
        if any(edge.joins for edge in near.values())
        and _is_composite(texts[name], near, texts, links, params, size)
    )


def _is_composite(
    text: Text,
    near: Mapping[str, Link],
    texts: Mapping[str, Text],
    links: Links,
    params: ClusteringParams,
    size: int,
) -> bool:
    """Look beside the main story for a foreign one.

    The main story is the neighbour that covers most of the page. Where that is a twin of the page
    itself (a roundup that two sites carry), the largest whole story on it is tried as well, and
    then only another whole story counts.
    """
    parts = {
        name: edge
        for name, edge in near.items()
        if edge.own * text.length >= params.partial_run_words
    }
    wholes = {
        name: edge
        for name, edge in parts.items()
        if edge.other >= params.composite_part and edge.own < params.composite_twins
    }
    main = _largest(parts)
    inner = _largest(wholes)
    if main is not None and _holds_foreign(text, main, parts, texts, links, params, size):
        return True
    return (
        inner is not None
        and inner != main
        and _holds_foreign(text, inner, wholes, texts, links, params, size)
    )


def _largest(parts: Mapping[str, Link]) -> str | None:
    return max(parts, key=lambda name: (parts[name].own, name), default=None)


def _holds_foreign(
    text: Text,
    main: str,
    parts: Mapping[str, Link],
    texts: Mapping[str, Text],
    links: Links,
    params: ClusteringParams,
    size: int,
) -> bool:
    """Say whether `parts` hold a whole foreign story, or enough of foreign ones together."""
    main_words = shared_words(text, texts[main], size)
    foreign = np.zeros_like(main_words)
    for name in sorted(parts):
        # What another page of the same site repeats is furniture not learned yet, not a story.
        same_site = bool(text.site) and texts[name].site == text.site
        if name == main or name in links.of[main] or same_site:
            continue
        passage = _foreign_passage(text, texts[name], main_words, params, size)
        if passage is None:
            continue
        whole = parts[name].other >= params.composite_part
        if whole and int(passage.sum()) >= params.composite_part * texts[name].length:
            return True
        foreign |= passage
    return bool(foreign.sum() >= params.composite_share * text.length)


def _foreign_passage(
    text: Text,
    other: Text,
    main_words: "NDArray[np.bool_]",
    params: ClusteringParams,
    size: int,
) -> "NDArray[np.bool_] | None":
    """Mark the words shared with another text and not with the main story; None if too few."""
    shared = shared_words(text, other, size)
    passage: NDArray[np.bool_] = shared & ~main_words
    if passage.sum() < params.partial_run_words:
        return None
    if (shared & main_words).sum() > OVERLAP * shared.sum():
        return None
    return passage
