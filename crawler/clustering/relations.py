"""Comparison -> relation. The thresholds and their reasons are in `ClusteringParams`."""

from crawler.clustering.compare import Comparison
from crawler.config import ClusteringParams
from crawler.items import Relation

COPIES = frozenset({Relation.IDENTICAL, Relation.EDITED, Relation.ABRIDGED, Relation.EXPANDED})
"""Relations of one text; the others are between different articles."""

# Part of a shared passage that may be prose in `quote_only`: "he said" stands at its edges, and a
# shingle that begins in a quotation ends up to four words behind it.
QUOTE_EDGE = 0.25

_REVERSED = {Relation.ABRIDGED: Relation.EXPANDED, Relation.EXPANDED: Relation.ABRIDGED}


def relate(found: Comparison, params: ClusteringParams) -> Relation:
    """Name the relation, read from a to b.

    What people say is not reuse: the words outside quotation marks must be shared too, or two
    reports of one speech would be copies.
    """
    if found.identical:
        return Relation.IDENTICAL
    a_in_b = _mostly(found.solid_a, found.prose_a, params)
    b_in_a = _mostly(found.solid_b, found.prose_b, params)
    if a_in_b and b_in_a:
        return Relation.EDITED
    if a_in_b and found.length_a <= found.length_b:
        return Relation.ABRIDGED
    if b_in_a and found.length_b <= found.length_a:
        return Relation.EXPANDED
    if (
        found.longest_prose_run >= params.partial_run_words
        or found.prose_in_long_runs >= params.partial_runs_words
    ):
        return Relation.PARTIAL
    return Relation.QUOTE_ONLY if _only_quotes(found, params) else Relation.NONE


def reverse(relation: Relation) -> Relation:
    """Read a relation from b to a."""
    return _REVERSED.get(relation, relation)


def _mostly(solid: float, prose: float, params: ClusteringParams) -> bool:
    return solid >= params.copy_share and prose >= params.copy_prose_share


def _only_quotes(found: Comparison, params: ClusteringParams) -> bool:
    """Say whether enough is shared, and hardly any of it is prose."""
    shared = found.shared_quoted + found.shared_prose
    return (
        max(found.coverage_a, found.coverage_b) >= params.quote_share
        and found.shared_prose <= QUOTE_EDGE * shared
    )
