"""Clusters and relations on real texts with silver labels, beside the plain datasketch recipe.

A silver pair is a `copy` where exact word alignment finds 60 % of the shorter text in the longer.
`wiretrace bench quality` gives the same figures for anybody's sets.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks import record
from crawler.config import ClusteringParams, FingerprintParams
from crawler.quality import read_set, score_set, scorecard_to_json

SETS = ("census", "spotify", "june2019a", "june2019b", "june2019c", "reuters1987")


def bench(data: Path, seeds: Sequence[int]) -> None:
    """Measure every set."""
    del seeds
    found = {}
    for name in SETS:
        labelled = read_set(data / "data" / "clustering" / f"{name}.articles.jsonl.gz")
        scores = score_set(labelled, FingerprintParams(), ClusteringParams())
        found[name] = {
            "articles": len(labelled.articles),
            "judged_pairs": len(labelled.pairs),
            "wiretrace": scorecard_to_json(scores.ours),
            "plain recipe": scorecard_to_json(scores.plain),
        }
        print(name, json.dumps(found[name]), flush=True)
    record.write("clusters", "", found)
