"""Shingled articles and candidate pairs -> verified pairs and clusters.

Nothing here depends on the order in which articles or candidates arrive.
"""

from collections.abc import Iterable, Sequence

from crawler.clustering.composites import find_composites
from crawler.clustering.groups import group
from crawler.clustering.lineage import describe
from crawler.clustering.links import link
from crawler.clustering.matching import matches
from crawler.clustering.relations import COPIES
from crawler.clustering.repeats import learn_furniture
from crawler.clustering.texts import Text, ready_all
from crawler.config import ClusteringParams
from crawler.items import Cluster, Pair

__all__ = ["COPIES", "Text", "cluster", "learn_furniture", "matches", "ready_all"]


def cluster(
    texts: Sequence[Text],
    candidates: Iterable[tuple[str, str]],
    params: ClusteringParams,
    size: int,
) -> tuple[list[Cluster], list[Pair]]:
    """Verify the candidates and group the texts.

    Args:
        texts: as `ready_all` gives them, each id once.
        candidates: pairs of ids worth comparing; what they miss is not found.
        params: thresholds.
        size: words in a shingle.

    Returns:
        All clusters (singletons too), the largest first, then by id; and all pairs whose relation
        is not none, by ids.
    """
    by_id = {text.id: text for text in texts}
    links = link(texts, candidates, params, size)
    composites = find_composites(by_id, links, params, size)
    groups = group(by_id, links, composites, params)
    clusters = [
        describe(medoid, members, by_id, params, size) for medoid, members in groups.items()
    ]
    clusters.sort(key=lambda found: (-len(found.members), found.id))
    return clusters, list(links.pairs)
