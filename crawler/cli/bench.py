"""`wiretrace bench`: how well articles are clustered, on anybody's labels or on a made corpus."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.command import Command, Group, json_option
from crawler.cli.fitting import Column
from crawler.cli.output import print_json, print_table
from crawler.cli.progress import progress_of
from crawler.cli.scorecards import print_scores
from crawler.cli.session import session_of
from crawler.quality import (
    LabelledSet,
    Scores,
    Step,
    find_sets,
    mistake_rows,
    read_set,
    score_set,
    scorecard_to_json,
    step_to_json,
    steps,
    sweep,
    write_corpus,
)

if TYPE_CHECKING:
    from crawler.config import Config
    from crawler.runs import Progress

COUNTS = (Column(title="what"), Column(title="which"), Column(title="articles", right=True))


@click.group(
    cls=Group,
    examples=(
        "wiretrace bench corpus --articles 10000 --out corpus",
        "wiretrace bench quality corpus",
        "wiretrace bench quality labelled --json > quality.json",
    ),
)
def command() -> None:
    """Measure clustering on labelled articles, or make a corpus of them.

    docs/quality.md describes the files, the measures and the corpus.
    """


@command.command(
    "quality",
    cls=Command,
    examples=(
        "wiretrace bench quality corpus",
        "wiretrace bench quality corpus --mistakes mistakes.jsonl",
        "wiretrace bench quality labelled/mine.articles.jsonl.gz --limit 2000 --sweep",
        "wiretrace bench quality labelled --json > quality.json",
    ),
)
@click.argument("place", type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), help="Most articles of a set.  [default: all]")
@click.option("--sweep", "sweeps", is_flag=True, help="Try other values of each threshold, too.")
@click.option(
    "--mistakes",
    "mistaken",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for the misplaced articles, one JSON line each.",
)
@json_option
@click.pass_context
def quality(
    context: click.Context,
    place: Path,
    limit: int | None,
    mistaken: Path | None,
    *,
    sweeps: bool,
    as_json: bool,
) -> None:
    """Score the clusters of labelled articles, beside the plain recipe's.

    PLACE is a folder with NAME.articles.jsonl (gzip or not), and NAME.pairs.jsonl beside it where
    pairs were judged; or one such file of articles.
    """
    session = session_of(context)
    config = session.config()
    results: dict[str, Any] = {}
    rows: list[dict[str, Any]] = []
    for path in find_sets(place):
        labelled = read_set(path, limit)
        with progress_of(quiet=session.quiet) as progress:
            scores = _score(labelled, config, progress)
            tried = _sweep(labelled, config, scores, progress) if sweeps else []
        results[labelled.name] = _as_record(labelled, scores, tried)
        rows += mistake_rows(labelled, scores)
        if not as_json:
            print_scores(labelled.name, len(labelled.articles), scores, tried)
        if labelled.pairs_aside:
            session.remark(f"{labelled.pairs_aside} judged pairs name articles that were not read")
    if mistaken is not None:
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        mistaken.write_text("".join(lines), encoding="utf-8")
        session.remark(f"{len(rows)} misplaced articles: {mistaken}")
    if as_json:
        print_json(results)


def _score(labelled: LabelledSet, config: "Config", progress: "Progress") -> Scores:
    stage = f"score {labelled.name}"
    progress.start(stage, 2 * len(labelled.articles))
    scores = score_set(
        labelled, config.fingerprint, config.clustering, lambda n: progress.advance(stage, n)
    )
    progress.done(stage)
    return scores


def _sweep(
    labelled: LabelledSet, config: "Config", scores: Scores, progress: "Progress"
) -> list[Step]:
    progress.start("sweep", steps(config.clustering))
    tried = list(
        sweep(
            labelled,
            config.fingerprint,
            config.clustering,
            scores.ours,
            lambda n: progress.advance("sweep", n),
        )
    )
    progress.done("sweep")
    return tried


def _as_record(labelled: LabelledSet, scores: Scores, tried: list[Step]) -> dict[str, Any]:
    record = {
        "articles": len(labelled.articles),
        "judged_pairs": len(labelled.pairs),
        "judged_pairs_aside": labelled.pairs_aside,
        "wiretrace": scorecard_to_json(scores.ours),
        "plain": scorecard_to_json(scores.plain),
    }
    return record | ({"sweep": [step_to_json(step) for step in tried]} if tried else {})


@command.command(
    "corpus",
    cls=Command,
    examples=(
        "wiretrace bench corpus --articles 10000 --seed 1 --out corpus",
        "wiretrace bench corpus --articles 10000 --short --out corpus",
        "wiretrace bench corpus --articles 1000000 --seed 7 --out corpus",
    ),
)
@click.option(
    "--articles", type=click.IntRange(min=1), default=10_000, show_default=True, help="How many."
)
@click.option("--seed", default=1, show_default=True, help="Another seed, another corpus.")
@click.option("--short", is_flag=True, help="Only stories of 60 to 150 words.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder that gets the articles and a manifest.",
)
@json_option
@click.pass_context
def corpus(
    context: click.Context, articles: int, seed: int, out: Path, *, short: bool, as_json: bool
) -> None:
    """Make a corpus of invented articles with known truth, and the traps of real news.

    Every word is made up, so it may be passed on. Memory does not grow with its size.
    """
    session = session_of(context)
    with progress_of(quiet=session.quiet) as progress:
        progress.start("corpus", articles)
        made = write_corpus(
            out, articles, seed, short=short, advance=lambda n: progress.advance("corpus", n)
        )
        progress.done("corpus")
    if as_json:
        print_json({"articles": str(made.path), "manifest": str(made.manifest), **made.counts})
        return
    print_table(COUNTS, [(what, *one) for what, of in made.counts.items() for one in of.items()])
    session.remark(f"written: {made.path}")
