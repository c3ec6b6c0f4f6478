"""One text against many: which of them carry it, or a part of it."""

from collections.abc import Iterable

from crawler.clustering.links import relate_pairs
from crawler.clustering.texts import ready
from crawler.config import ClusteringParams
from crawler.items import Pair, Shingled


def matches(
    one: Shingled, others: Iterable[Shingled], params: ClusteringParams, size: int
) -> list[Pair]:
    """Compare a text with each of `others` exactly; give those with a relation, the closest first.

    In the pairs, `a` is the other and `b` the text itself, so that the relation reads "the other
    is an abridged copy of it". Costs some 100 microseconds each.
    """
    reference = ready(one, None, size)
    found: list[Pair] = []
    for other in others:
        texts = {one.article_id: reference, other.article_id: ready(other, None, size)}
        found.extend(relate_pairs(texts, [(other.article_id, one.article_id)], params, size))
    return sorted(found, key=lambda pair: (-pair.jaccard, pair.a))
