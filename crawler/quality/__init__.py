"""Labelled articles -> how well they are clustered; and a corpus of such articles.

`read_set` and `find_sets` take anybody's files, `score_set` runs our clustering and the plain
recipe on them, `sweep` tries other thresholds, `write_corpus` makes a corpus with known truth.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crawler.config import ClusteringParams, FingerprintParams
from crawler.quality.cards import Scorecard
from crawler.quality.corpus.writing import Corpus, write_corpus
from crawler.quality.figures import mistake_to_json, scorecard_to_json, step_to_json
from crawler.quality.mistakes import Mistake, find_mistakes
from crawler.quality.recipes import ours, plain
from crawler.quality.scorecard import score
from crawler.quality.sweep import Step, steps, sweep
from crawler.quality.truth import LabelledSet, find_sets, read_set

__all__ = [
    "Corpus",
    "LabelledSet",
    "Scorecard",
    "Scores",
    "Step",
    "find_sets",
    "mistake_rows",
    "read_set",
    "score_set",
    "scorecard_to_json",
    "step_to_json",
    "steps",
    "sweep",
    "write_corpus",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Both recipes on one set."""

    ours: Scorecard
    """Clustering as `wiretrace cluster` does it."""
    plain: Scorecard
    """MinHash LSH at a Jaccard similarity of .5 and connected components, nothing else."""
    mistakes: tuple[Mistake, ...]
    """Articles that ours put in the wrong place."""


def score_set(
    labelled: LabelledSet,
    fingerprint: FingerprintParams,
    clustering: ClusteringParams,
    advance: Callable[[int], None] | None = None,
) -> Scores:
    """Run both recipes on the same articles and score them.

    Args:
        labelled: the set.
        fingerprint: for ours; the plain recipe takes its seed only.
        clustering: thresholds of ours.
        advance: called with the number of articles read; each is read twice.
    """
    found = ours(labelled.articles, fingerprint, clustering, advance)
    return Scores(
        ours=score(labelled, found),
        mistakes=tuple(find_mistakes(labelled, found)),
        plain=score(labelled, plain(labelled.articles, fingerprint, advance)),
    )


def mistake_rows(labelled: LabelledSet, scores: Scores) -> list[dict[str, Any]]:
    """Give the misplaced articles as JSON objects."""
    return [{"set": labelled.name, **mistake_to_json(one)} for one in scores.mistakes]
