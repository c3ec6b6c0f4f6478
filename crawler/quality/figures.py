"""Scorecards -> JSON objects, rounded to what a set of a few thousand articles can tell."""

from typing import Any

from crawler.quality.cards import Grouping, LabelledPairs, PartScore, Recall, Scorecard
from crawler.quality.metrics import Share
from crawler.quality.mistakes import Mistake
from crawler.quality.sweep import Step

DIGITS = 4


def scorecard_to_json(card: Scorecard) -> dict[str, Any]:
    """Give a scorecard; what the set has no truth for is left out."""
    row: dict[str, Any] = {"seconds": round(card.seconds, 1)}
    if card.grouping is not None:
        row |= _grouping(card.grouping)
    if card.cut_below_half is not None:
        row["cut_below_half"] = _recall(card.cut_below_half)
        row["cut_bands"] = {band: _recall(found) for band, found in card.cut_bands.items()}
    for name, parts in (("kinds", card.kinds), ("languages", card.languages)):
        if parts:
            row[name] = {part: _part(one) for part, one in parts.items()}
    if card.clustered is not None and card.linked is not None:
        row["judged_in_one_cluster"] = _labelled(card.clustered)
        row["judged_in_one_cluster_or_linked"] = _labelled(card.linked)
    for name, table in (("relations", card.relations), ("labels", card.labels)):
        if table:
            row[name] = {true: dict(found) for true, found in table.items()}
    return row


def step_to_json(step: Step) -> dict[str, Any]:
    """Give one step of a sweep: its value, and the figures that a threshold moves."""
    row: dict[str, Any] = {"threshold": step.name, "value": step.value, "used": step.used}
    grouping, cut, linked = step.score.grouping, step.score.cut_below_half, step.score.linked
    if grouping is not None:
        row |= {"pairs": _share(grouping.pairs), "impure": grouping.impure}
    if cut is not None:
        row["cut_below_half"] = _rounded(cut.share)
    if linked is not None:
        row["judged_in_one_cluster_or_linked"] = _labelled(linked)
    return row


def mistake_to_json(found: Mistake) -> dict[str, Any]:
    """Give a misplaced article and the one that shows the mistake."""
    return {
        "mistake": found.mistake,
        "id": found.id,
        "with": found.other,
        "kind": found.kind,
        "kind_with": found.other_kind,
        "cut": found.cut,
        "relation": None if found.relation is None else found.relation.value,
    }


def _grouping(found: Grouping) -> dict[str, Any]:
    return {
        "articles": found.articles,
        "true_clusters": found.true_clusters,
        "clusters": found.clusters,
        "pairs": _share(found.pairs),
        "b_cubed": _share(found.b_cubed),
        "adjusted_rand": _rounded(found.adjusted_rand),
        "v_measure": {
            "homogeneity": _rounded(found.v_measure.homogeneity),
            "completeness": _rounded(found.v_measure.completeness),
            "v": _rounded(found.v_measure.v),
        },
        "impure": found.impure,
    }


def _share(found: Share) -> dict[str, float]:
    return {
        "precision": _rounded(found.precision),
        "recall": _rounded(found.recall),
        "f1": _rounded(found.f1),
    }


def _recall(found: Recall) -> dict[str, float]:
    return {"wanted": found.wanted, "found": found.found, "recall": _rounded(found.share)}


def _part(found: PartScore) -> dict[str, Any]:
    return {
        "articles": found.articles,
        "pair_recall": _recall(found.pairs),
        "strays": found.strays,
    }


def _labelled(found: LabelledPairs) -> dict[str, Any]:
    return {
        "copies": _recall(found.copies),
        "precision": _rounded(found.precision),
        "unjudged": found.unjudged,
    }


def _rounded(value: float) -> float:
    return round(value, DIGITS)
