"""Texts made of other texts: roundups, live blogs, two stories on one page.

Such a page is similar to stories that have nothing to do with each other, so it would glue their
clusters together. It is recognised by its neighbours: different places of it stand in texts that
are not related to each other. It joins no cluster and is listed under each as partial.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from crawler.clustering.links import Link, Links
from crawler.config import ClusteringParams
from crawler.items import Signature

if TYPE_CHECKING:
    from numpy.typing import NDArray

Texts = Mapping[str, Signature]

# Share of a foreign text's shared words that may also stand in the main story: two reports of one
# event share a sentence of background, and that does not make them one foreign passage.
OVERLAP = 0.2


def is_composite(name: str, texts: Texts, links: Links, params: ClusteringParams) -> bool:
    """Say whether a text holds unrelated stories in different places.

    The main story is the neighbour that covers most of the page. Where that is a twin of the page
    itself (a roundup that two sites carry), the largest whole story on it is tried as well, and
    then only another whole story counts.

    Args:
        name: id of the text.
        texts: it and its neighbours.
        links: its own, and those of its neighbours.
        params: thresholds.
    """
    near = links.get(name, {})
    if not any(edge.joins for edge in near.values()):
        return False
    length = texts[name].length
    parts = {
        other: edge
        for other, edge in near.items()
        if edge.own * length >= params.partial_run_words
        and _carried(edge, texts[other].length, params)
    }
    wholes = {
        other: edge
        for other, edge in parts.items()
        if edge.other >= params.composite_part and edge.own < params.composite_twins
    }
    main = _largest(parts)
    inner = _largest(wholes)
    if main is not None and _holds_foreign(name, main, parts, texts, links, params):
        return True
    if inner is None or inner == main:
        return False
    # Copies that begin as the page does are its own story cut down; of two stories on a page one
    # stands further down in it.
    begins = wholes[inner].joins
    unlinked = {
        other: edge
        for other, edge in wholes.items()
        if not (begins and edge.joins) and not _meet(inner, other, wholes, links)
    }
    return _holds_foreign(name, inner, unlinked | {inner: wholes[inner]}, texts, links, params)


def _meet(one: str, two: str, wholes: Mapping[str, Link], links: Links) -> bool:
    """Say whether two cut copies are parts of one story, which a third one shows.

    Two copies cut down at different places have nothing in common. But a story that is cut at two
    places is cut at others, too, and such a copy has something of both; two stories of a roundup
    are only met together in roundups.
    """
    return any(
        edge.joins and other in links.get(one, {}) and other in links.get(two, {})
        for other, edge in wholes.items()
        if other not in (one, two)
    )


def _largest(parts: Mapping[str, Link]) -> str | None:
    return max(parts, key=lambda name: (parts[name].own, name), default=None)


def _holds_foreign(
    name: str,
    main: str,
    parts: Mapping[str, Link],
    texts: Texts,
    links: Links,
    params: ClusteringParams,
) -> bool:
    """Say whether `parts` hold a whole foreign story, or enough of foreign ones together."""
    text = texts[name]
    main_words = _marked(parts[main], text.words)
    foreign = np.zeros_like(main_words)
    for other in sorted(parts):
        # What another page of the same site repeats is furniture not learned yet, not a story.
        same_site = bool(text.site) and texts[other].site == text.site
        if other == main or other in links[main] or same_site:
            continue
        passage = _foreign_passage(parts[other], main_words, params)
        if passage is None:
            continue
        whole = parts[other].other >= params.composite_part
        if whole and int(passage.sum()) >= params.composite_part * texts[other].length:
            return True
        foreign |= passage
    return bool(foreign.sum() >= params.composite_share * text.length)


def _carried(edge: Link, length: int, params: ClusteringParams) -> bool:
    """Say whether a page carries another story, from its beginning, and not only its background.

    Reports of one affair repeat paragraphs of background, which stand further down in each.

    Args:
        edge: from the page to the story.
        length: story words of the story.
        params: thresholds.
    """
    starts = [each.start_a if edge.turned else each.start_b for each in edge.pair.passages]
    head = min(params.head_words, params.head_share * length)
    return edge.other >= params.copy_share or min(starts) <= head


def _marked(edge: Link, length: int) -> "NDArray[np.bool_]":
    marks = np.zeros(length, dtype=np.bool_)
    edge.mark(marks)
    return marks


def _foreign_passage(
    edge: Link, main_words: "NDArray[np.bool_]", params: ClusteringParams
) -> "NDArray[np.bool_] | None":
    """Mark the words shared with another text and not with the main story; None if too few."""
    shared = _marked(edge, len(main_words))
    passage: NDArray[np.bool_] = shared & ~main_words
    if passage.sum() < params.partial_run_words:
        return None
    if (shared & main_words).sum() > OVERLAP * shared.sum():
        return None
    return passage
