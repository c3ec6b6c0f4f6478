"""Shingled articles and candidate pairs -> verified pairs and clusters.

Nothing here depends on the order in which articles or candidates arrive.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawler.clustering.bridges import find_bridges
from crawler.clustering.composites import is_composite
from crawler.clustering.groups import group
from crawler.clustering.lineage import cluster_id, describe
from crawler.clustering.links import link, relate_pairs
from crawler.clustering.matching import matches
from crawler.clustering.relations import COPIES
from crawler.clustering.repeats import learn_furniture, shared_furniture
from crawler.clustering.texts import Text, left_out, ready
from crawler.clustering.words import constraints
from crawler.config import ClusteringParams
from crawler.items import Bridge, Cluster, Decision, Pair, Signature

__all__ = [
    "COPIES",
    "Grouped",
    "Text",
    "cluster",
    "cluster_id",
    "learn_furniture",
    "left_out",
    "matches",
    "ready",
    "relate_pairs",
    "shared_furniture",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """What became of a set of texts."""

    clusters: list[Cluster]
    """All clusters, singletons too, by the id of their medoid."""
    bridges: list[Bridge]
    """The articles that would have glued two of them together, by id."""


def cluster(
    texts: Mapping[str, Signature],
    beside: Mapping[str, Signature],
    pairs: Iterable[Pair],
    decisions: Iterable[Decision],
    params: ClusteringParams,
) -> Grouped:
    """Group texts by their verified pairs.

    Args:
        texts: what to group; whatever joins with one of them is among them.
        beside: their other neighbours, which only help to tell composites.
        pairs: all pairs in which one of the texts or their neighbours stands.
        decisions: a person's word.
        params: thresholds.
    """
    links = link(pairs)
    everyone = {**beside, **texts}
    composites = {name for name in texts if is_composite(name, everyone, links, params)}
    groups = group(texts, links, composites, constraints(decisions), params)
    return Grouped(
        clusters=[
            describe(medoid, members, texts, links) for medoid, members in sorted(groups.items())
        ],
        bridges=list(find_bridges(groups, links, composites)),
    )
