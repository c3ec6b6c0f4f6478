"""A set with its truth, and what a recipe found -> every figure of the scorecard."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from crawler.clustering import COPIES
from crawler.items import Relation
from crawler.quality.cards import Grouping, LabelledPairs, PartScore, Recall, Scorecard
from crawler.quality.metrics import (
    adjusted_rand,
    b_cubed,
    contingency,
    impure_clusters,
    pair_share,
    ratio,
    v_measure,
)
from crawler.quality.recipes import Found
from crawler.quality.truth import COPY, Ids, LabelledSet, Truth, ordered, reverse

CUT_BANDS = ((0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 1.0))
"""Shares of the original that a cut copy keeps, from (inclusive) and to (exclusive)."""
HALF = 0.5
"""A copy that keeps less of the original is cut below 50 %."""


def score(labelled: LabelledSet, found: Found) -> Scorecard:
    """Compare what was found with what is true."""
    truths = {name: truth for name, truth in labelled.truths.items() if truth.cluster is not None}
    cuts = _cut_copies(truths, found)
    spoken = {article.id: article.language or "" for article in labelled.articles}
    languages = _parts(truths, found, spoken)
    together = _together(found.cluster_of) if labelled.pairs else set()
    relation_of = found.relation_of or {}
    related = {pair for pair, relation in relation_of.items() if relation in COPIES}
    return Scorecard(
        seconds=found.seconds,
        grouping=_grouping(truths, found) if truths else None,
        cut_below_half=_recall(cuts, 0.0, HALF) if cuts else None,
        cut_bands={f"{low}-{high}": _recall(cuts, low, high) for low, high in CUT_BANDS}
        if cuts
        else {},
        kinds=_parts(truths, found, {name: truth.kind for name, truth in truths.items()}),
        languages=languages if len(languages) > 1 else {},
        clustered=_labelled(labelled, together) if labelled.pairs else None,
        linked=_labelled(labelled, together | related) if labelled.pairs else None,
        relations=_relations(labelled, found),
        labels=_labels(labelled, found),
    )


def _grouping(truths: Mapping[str, Truth], found: Found) -> Grouping:
    table = contingency(
        [truth.cluster for truth in truths.values()], [found.cluster_of[name] for name in truths]
    )
    return Grouping(
        articles=table.things,
        true_clusters=int((table.classes > 1).sum()),
        clusters=int((table.clusters > 1).sum()),
        pairs=pair_share(table),
        b_cubed=b_cubed(table),
        adjusted_rand=adjusted_rand(table),
        v_measure=v_measure(table),
        impure=impure_clusters(table),
    )


def _cut_copies(truths: Mapping[str, Truth], found: Found) -> list[tuple[float, bool]]:
    """Give, for each copy that says what it keeps, that share and whether it was found."""
    cells = Counter((truth.cluster, found.cluster_of[name]) for name, truth in truths.items())
    rows = []
    for name, truth in truths.items():
        if truth.cut is None or truth.of is None:
            continue
        original = truths.get(truth.of)
        if original is None:
            met = cells[truth.cluster, found.cluster_of[name]] > 1
        elif original.cluster != truth.cluster:
            continue  # made from it, but no copy of it: an update with another text
        else:
            met = found.cluster_of[name] == found.cluster_of[truth.of]
        rows.append((truth.cut, met))
    return rows


def _recall(cuts: Sequence[tuple[float, bool]], low: float, high: float) -> Recall:
    within = [met for cut, met in cuts if low <= cut < high]
    return Recall(wanted=len(within), found=sum(within))


def _parts(
    truths: Mapping[str, Truth], found: Found, part_of: Mapping[str, str]
) -> dict[str, PartScore]:
    """Score each part on its own; articles of no part are left out."""
    classes = Counter(truth.cluster for truth in truths.values())
    clusters = Counter(found.cluster_of[name] for name in truths)
    cells = Counter((truth.cluster, found.cluster_of[name]) for name, truth in truths.items())
    rows: dict[str, list[tuple[int, int, bool]]] = defaultdict(list)
    for name, truth in truths.items():
        cell = cells[truth.cluster, found.cluster_of[name]]
        stray = clusters[found.cluster_of[name]] > cell
        rows[part_of[name]].append((classes[truth.cluster] - 1, cell - 1, stray))
    return {
        part: PartScore(
            articles=len(of_part),
            pairs=Recall(
                wanted=sum(wanted for wanted, _, _ in of_part),
                found=sum(met for _, met, _ in of_part),
            ),
            strays=sum(stray for _, _, stray in of_part),
        )
        for part, of_part in sorted(rows.items())
        if part
    }


def _together(cluster_of: Mapping[str, str]) -> set[Ids]:
    members: dict[str, list[str]] = defaultdict(list)
    for name, cluster in cluster_of.items():
        members[cluster].append(name)
    return {
        ordered(one, two)
        for names in members.values()
        for at, one in enumerate(names)
        for two in names[at + 1 :]
    }


def _labelled(labelled: LabelledSet, pairs: set[Ids]) -> LabelledPairs:
    copies = {pair for pair, judged in labelled.pairs.items() if judged.label == COPY}
    judged = pairs & labelled.pairs.keys()
    return LabelledPairs(
        copies=Recall(wanted=len(copies), found=len(pairs & copies)),
        precision=ratio(len(pairs & copies), len(judged)),
        unjudged=len(pairs) - len(judged),
    )


def _relations(labelled: LabelledSet, found: Found) -> dict[str, dict[str, int]]:
    """Count true relations against those found: each article to its original, judged pairs."""
    if found.relation_of is None:
        return {}
    rows: list[tuple[Relation, Relation]] = []
    for name, truth in labelled.truths.items():
        if truth.relation is None or truth.of is None or truth.of == name:
            continue
        if truth.of in labelled.truths:
            seen = found.relation_of.get(ordered(name, truth.of), Relation.NONE)
            rows.append((truth.relation, seen if name < truth.of else reverse(seen)))
    for pair, judged in labelled.pairs.items():
        if judged.relation is not None:
            rows.append((judged.relation, found.relation_of.get(pair, Relation.NONE)))
    return _confusion([(true.value, seen.value) for true, seen in rows])


def _labels(labelled: LabelledSet, found: Found) -> dict[str, dict[str, int]]:
    """Count the labels of judged pairs against the relations found; reading either way round."""
    if found.relation_of is None:
        return {}
    return _confusion(
        [
            (judged.label, found.relation_of.get(pair, Relation.NONE).value)
            for pair, judged in labelled.pairs.items()
        ]
    )


def _confusion(rows: Sequence[tuple[str, str]]) -> dict[str, dict[str, int]]:
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for true, seen in rows:
        table[true][seen] += 1
    return {true: dict(sorted(table[true].items())) for true in sorted(table)}
