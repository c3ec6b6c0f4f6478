"""Articles -> a grouping, two ways: ours, and the plain recipe that everybody writes first.

Both run on the same articles in the same process, so that their figures stand side by side.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from crawler.config import ClusteringParams, FingerprintParams
from crawler.engines.local import cluster_articles
from crawler.fingerprint import shingle, similar_pairs
from crawler.items import Article, Relation
from crawler.quality.truth import Ids

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What recipes take: `datasketch.MinHashLSH(threshold=0.5, num_perm=128)`.
PLAIN_THRESHOLD, PLAIN_PERMUTATIONS = 0.5, 128

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one recipe made of a set."""

    cluster_of: Mapping[str, str]
    """Article id -> name of its cluster; every article has one."""
    relation_of: Mapping[Ids, Relation] | None = None
    """Relation of each compared pair, read from the smaller id; None where a recipe names none."""
    seconds: float
    """Time it took."""


def ours(
    articles: Sequence[Article],
    fingerprint: FingerprintParams,
    clustering: ClusteringParams,
    advance: Advance | None = None,
) -> Found:
    """Cluster as `wiretrace cluster` does."""
    began = time.perf_counter()
    made = cluster_articles(articles, fingerprint, clustering, advance)
    seconds = time.perf_counter() - began
    return Found(
        cluster_of={
            member.article_id: cluster.id for cluster in made.clusters for member in cluster.members
        },
        relation_of={(pair.a, pair.b): pair.relation for pair in made.pairs},
        seconds=seconds,
    )


def plain(
    articles: Iterable[Article], fingerprint: FingerprintParams, advance: Advance | None = None
) -> Found:
    """Join everything that datasketch's LSH finds at a 5-gram Jaccard similarity of .5.

    Nothing is stripped and nothing verified; connected components are the clusters. It reads words
    as we do (typography folded, characters where a script has no spaces), so that the difference is
    the grouping's.
    """
    began = time.perf_counter()
    size = fingerprint.shingle_words
    home: dict[str, str] = {}

    def grams() -> Iterable[tuple[str, "NDArray[np.uint64]"]]:
        for article in articles:
            home[article.id] = article.id
            if advance is not None:
                advance(1)
            yield article.id, np.unique(shingle(article, size).shingles)

    for one, two in similar_pairs(
        grams(), threshold=PLAIN_THRESHOLD, permutations=PLAIN_PERMUTATIONS
    ):
        home[_root(home, one)] = _root(home, two)
    return Found(
        cluster_of={name: _root(home, name) for name in home},
        seconds=time.perf_counter() - began,
    )


def _root(home: dict[str, str], name: str) -> str:
    """Follow the homes to the last one, halving the way (Tarjan and van Leeuwen 1984)."""
    while home[name] != name:
        home[name] = home[home[name]]
        name = home[name]
    return name
