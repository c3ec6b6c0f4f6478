"""Candidate pairs -> links: every pair compared exactly, its relation named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crawler.clustering.compare import Comparison, compare
from crawler.clustering.relations import COPIES, relate, reverse
from crawler.clustering.texts import Text
from crawler.config import ClusteringParams
from crawler.items import Pair, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What one text shares with another, seen from the first."""

    relation: Relation
    """Read from the first to the second."""
    own: float
    """Share of the first's words that stand in the second."""
    other: float
    """Share of the second's words that stand in the first."""
    joins: bool
    """Whether the two may stand in one cluster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """All links of a set of texts."""

    of: Mapping[str, Mapping[str, Link]]
    """Id -> id of the other -> link; every text has an entry, maybe empty."""
    pairs: tuple[Pair, ...] = field(default=())
    """The same as records, each pair once, in order of ids."""


def link(
    texts: Iterable[Text],
    candidates: Iterable[tuple[str, str]],
    params: ClusteringParams,
    size: int,
) -> Links:
    """Compare the candidate pairs (each once, smaller id first); unrelated ones leave no link."""
    by_id = {text.id: text for text in texts}
    of: dict[str, dict[str, Link]] = {name: {} for name in by_id}
    pairs: list[Pair] = []
    for a, b in sorted(set(candidates)):
        found = compare(by_id[a], by_id[b], size)
        relation = relate(found, params)
        if relation is Relation.NONE:
            continue
        joins = may_join(found, relation, params)
        of[a][b] = Link(
            relation=relation, own=found.coverage_a, other=found.coverage_b, joins=joins
        )
        of[b][a] = Link(
            relation=reverse(relation), own=found.coverage_b, other=found.coverage_a, joins=joins
        )
        pairs.append(
            Pair(
                a=a,
                b=b,
                relation=relation,
                jaccard=found.jaccard,
                containment_a=found.containment_a,
                containment_b=found.containment_b,
            )
        )
    return Links(of=of, pairs=tuple(pairs))


def may_join(found: Comparison, relation: Relation, params: ClusteringParams) -> bool:
    """Decide whether a copy relation is one of the whole text, so that both may share a cluster.

    When most of each stands in the other, yes. When the longer one is mostly something else, the
    shorter is either a story cut down or a story quoted inside another article. Editors cut from
    the end, so a cut story begins where the whole one begins; a quoted one stands further down.
    """
    if relation not in COPIES:
        return False
    if relation in (Relation.IDENTICAL, Relation.EDITED):
        return True
    if found.length_a <= found.length_b:
        share, start_short, start_long, length = (
            found.coverage_a, found.start_a, found.start_b, found.length_b
        )  # fmt: skip
    else:
        share, start_short, start_long, length = (
            found.coverage_b, found.start_b, found.start_a, found.length_a
        )  # fmt: skip
    head = max(params.head_words, params.head_share * length)
    return share >= params.cut_share and start_short <= params.head_words and start_long <= head
