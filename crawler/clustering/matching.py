"""One text against many: which of them carry it, or a part of it."""

from collections.abc import Iterable

from crawler.clustering.compare import compare
from crawler.clustering.relations import relate
from crawler.clustering.texts import ready
from crawler.config import ClusteringParams
from crawler.items import Pair, Relation, Shingled


def matches(
    one: Shingled, others: Iterable[Shingled], params: ClusteringParams, size: int
) -> list[Pair]:
    """Compare a text with each of `others` exactly; give those with a relation, the closest first.

    In the pairs, `a` is the other and `b` the text itself, so that the relation reads "the other
    is an abridged copy of it". Costs some 50 microseconds each.
    """
    reference = ready(one, None, size)
    found = []
    for other in others:
        comparison = compare(ready(other, None, size), reference, size)
        relation = relate(comparison, params)
        if relation is not Relation.NONE:
            found.append(
                Pair(
                    a=other.article_id,
                    b=one.article_id,
                    relation=relation,
                    jaccard=comparison.jaccard,
                    containment_a=comparison.containment_a,
                    containment_b=comparison.containment_b,
                )
            )
    return sorted(found, key=lambda pair: (-pair.jaccard, pair.a))
