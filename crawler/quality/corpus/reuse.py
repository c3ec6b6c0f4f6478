"""How much of one text stands in another -> the relation that is true of them.

The words are the product's own (`crawler.items.Relation`); the shares are known here, since the
corpus made the texts, and are not measured.
"""

from collections.abc import Iterable

from crawler.items import Relation
from crawler.quality.corpus.languages import Language

SPACELESS_UNITS = 3
"""Characters that say as much as a word."""
PASSAGE, PASSAGES, LONG_RUN = 40, 60, 12
"""Words in a row that make a passage; words in long runs that make one together; a long run."""
MOSTLY = 0.6
"""Share of a text's words that makes most of it, as the product's relations have it."""


def copy_relation(kept: int, words: int, whole: int) -> Relation:
    """Name the relation of a printed text to its original.

    Args:
        kept: words that are the original's and unchanged.
        words: of the printed text.
        whole: words of the original.
    """
    if kept == words == whole:
        return Relation.IDENTICAL
    own, other = kept / max(1, words), kept / max(1, whole)
    if own >= MOSTLY and other >= MOSTLY:
        return Relation.EDITED
    if own >= MOSTLY:
        return Relation.ABRIDGED
    return Relation.EXPANDED if other >= MOSTLY else Relation.PARTIAL


def passage_relation(language: Language, passages: Iterable[int]) -> Relation:
    """Name the relation of two articles that share these passages of prose, as words in a row.

    Forty words in a row are a passage, or sixty in runs of twelve (`ClusteringParams` has why).
    """
    scale = 1 if language.spaced else SPACELESS_UNITS
    words = [length / scale for length in passages]
    long = sum(length for length in words if length >= LONG_RUN)
    found = max(words, default=0) >= PASSAGE or long >= PASSAGES
    return Relation.PARTIAL if found else Relation.NONE
