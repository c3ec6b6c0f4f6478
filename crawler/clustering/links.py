"""Candidate pairs -> links: every pair compared exactly, its relation named."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from crawler.clustering.alignment import Runs
from crawler.clustering.compare import Comparison, compare
from crawler.clustering.relations import COPIES, relate, reverse
from crawler.clustering.texts import Text
from crawler.config import ClusteringParams
from crawler.items import Pair, Relation

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
    pair: Pair
    """The comparison."""
    turned: bool
    """Whether the first is the pair's b."""

    def mark(self, marks: "NDArray[np.bool_]") -> None:
        """Set the marks (shape (words of the first,)) of the words that the second has, too."""
        triples = np.frombuffer(self.pair.aligned, dtype="<u4").reshape(-1, 3)
        starts, lengths = triples[:, 1 if self.turned else 0], triples[:, 2]
        for start, length in zip(starts.tolist(), lengths.tolist(), strict=True):
            marks[start : start + length] = True


Links = Mapping[str, Mapping[str, Link]]
"""Id -> id of the other -> link."""


def relate_pairs(
    texts: Mapping[str, Text],
    candidates: Iterable[tuple[str, str]],
    params: ClusteringParams,
    size: int,
) -> Iterator[Pair]:
    """Compare the candidate pairs (smaller id first); unrelated ones give nothing."""
    for a, b in candidates:
        found = compare(texts[a], texts[b], size)
        relation = relate(found, params)
        if relation is not Relation.NONE:
            yield Pair(
                a=a,
                b=b,
                relation=relation,
                jaccard=found.jaccard,
                containment_a=found.containment_a,
                containment_b=found.containment_b,
                shared_a=found.coverage_a,
                shared_b=found.coverage_b,
                whole=may_join(found, relation, params),
                aligned=_packed(found.passages),
            )


def link(pairs: Iterable[Pair]) -> dict[str, dict[str, Link]]:
    """Give both directions of each pair."""
    of: dict[str, dict[str, Link]] = {}
    for pair in pairs:
        of.setdefault(pair.a, {})[pair.b] = Link(
            relation=pair.relation,
            own=pair.shared_a,
            other=pair.shared_b,
            joins=pair.whole,
            pair=pair,
            turned=False,
        )
        of.setdefault(pair.b, {})[pair.a] = Link(
            relation=reverse(pair.relation),
            own=pair.shared_b,
            other=pair.shared_a,
            joins=pair.whole,
            pair=pair,
            turned=True,
        )
    return of


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


def _packed(passages: Runs) -> bytes:
    columns = (passages.starts_a, passages.starts_b, passages.lengths)
    return np.stack(columns, axis=1).astype("<u4").tobytes()
