"""Scorecards as tables in a terminal: both recipes side by side, then where the mistakes are."""

from collections.abc import Mapping, Sequence

import click

from crawler.cli.fitting import Column
from crawler.cli.output import print_table
from crawler.items import Relation
from crawler.quality import Scorecard, Scores, Step
from crawler.quality.cards import PartScore

Row = tuple[object, ...]


def _numbers(*titles: str) -> tuple[Column, ...]:
    return tuple(Column(title=title, right=True) for title in titles)


MEASURES = (Column(title="measure"), *_numbers("wiretrace", "plain recipe"))
PARTS = _numbers("articles", "pair recall", "strays", "plain recall", "plain strays")
STEPS = (
    Column(title="threshold"),
    Column(title="value", right=True),
    Column(title="in use"),
    *_numbers("precision", "recall", "f1", "cut < 50 %", "impure"),
)
JUDGED = (
    Column(title="judged precision", right=True, spare=2),
    Column(title="judged recall", right=True, spare=1),
)


def print_scores(name: str, articles: int, scores: Scores, tried: Sequence[Step]) -> None:
    """Print all of one set; parts for which it has no truth are left out."""
    click.echo(f"{name}: {articles} articles")
    ours, plain = _measures(scores.ours), _measures(scores.plain)
    print_table(MEASURES, [(told, value, plain.get(told)) for told, value in ours.items()])
    _print_parts("kind", scores.ours.kinds, scores.plain.kinds)
    _print_parts("language", scores.ours.languages, scores.plain.languages)
    _print_confusion("true relation", scores.ours.relations)
    _print_confusion("label", scores.ours.labels)
    judged = any(step.score.linked for step in tried)
    columns = (*STEPS, *JUDGED) if judged else STEPS
    print_table(columns, [_step(step)[: len(columns)] for step in tried], titled=True)


def _print_parts(title: str, ours: Mapping[str, PartScore], plain: Mapping[str, PartScore]) -> None:
    rows = [
        (
            part,
            one.articles,
            _cell(one.pairs.share),
            one.strays,
            _cell(plain[part].pairs.share),
            plain[part].strays,
        )
        for part, one in ours.items()
    ]
    print_table((Column(title=title), *PARTS), rows, titled=True)


def _print_confusion(title: str, table: Mapping[str, Mapping[str, int]]) -> None:
    """Print what is true in rows, what was found in columns."""
    seen = [one.value for one in Relation if any(one.value in row for row in table.values())]
    rows = [(true, *(row.get(one, 0) for one in seen)) for true, row in table.items()]
    print_table((Column(title=title), *_numbers(*seen)), rows, titled=True)


def _measures(card: Scorecard) -> dict[str, object]:
    """Give each measure that the set has truth for, and its value."""
    rows: dict[str, object] = {}
    found = card.grouping
    if found is not None:
        rows |= {
            "pair precision": _cell(found.pairs.precision),
            "pair recall": _cell(found.pairs.recall),
            "pair F1": _cell(found.pairs.f1),
            "B-cubed precision": _cell(found.b_cubed.precision),
            "B-cubed recall": _cell(found.b_cubed.recall),
            "B-cubed F1": _cell(found.b_cubed.f1),
            "adjusted Rand index": _cell(found.adjusted_rand),
            "homogeneity": _cell(found.v_measure.homogeneity),
            "completeness": _cell(found.v_measure.completeness),
            "V-measure": _cell(found.v_measure.v),
            "true clusters": found.true_clusters,
            "clusters": found.clusters,
            "impure clusters": found.impure,
        }
    if card.cut_below_half is not None:
        rows["copies cut below 50 % found"] = _cell(card.cut_below_half.share)
    for band, recall in card.cut_bands.items():
        if recall.wanted:
            rows[f"copies that keep {band} found"] = _cell(recall.share)
    for told, judged in (("in one cluster", card.clustered), ("or linked", card.linked)):
        if judged is not None:
            rows[f"judged pairs, {told}: recall"] = _cell(judged.copies.share)
            rows[f"judged pairs, {told}: precision"] = _cell(judged.precision)
    rows["seconds"] = f"{card.seconds:.1f}"
    return rows


def _step(step: Step) -> Row:
    found, cut, judged = step.score.grouping, step.score.cut_below_half, step.score.linked
    pairs = None if found is None else found.pairs
    return (
        step.name,
        step.value,
        "*" if step.used else "",
        pairs and _cell(pairs.precision),
        pairs and _cell(pairs.recall),
        pairs and _cell(pairs.f1),
        cut and _cell(cut.share),
        found and found.impure,
        judged and _cell(judged.precision),
        judged and _cell(judged.copies.share),
    )


def _cell(share: float) -> str:
    return f"{share:.4f}"
