"""`python -m benchmarks.quality`: the scorecard on a made corpus, ours beside the plain recipe.

Needs no data from outside: makes a mixed corpus and one of short stories, scores both, and writes
`benchmarks/results/quality.json`. Memory grows with the articles; the result says how far.
"""

import argparse
import json
import platform
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import record
from crawler.config import ClusteringParams, FingerprintParams
from crawler.quality import read_set, score_set, scorecard_to_json, write_corpus

SHORT_SHARE = 10
"""The corpus of short stories has one article for each this many of the mixed one."""


def main() -> None:
    """Make the corpora, score them and write the result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000, help="of the mixed corpus")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quality-") as folder:
        found = {
            "mixed": measure(Path(folder), args.articles, args.seed, short=False),
            "short": measure(Path(folder), args.articles // SHORT_SHARE, args.seed, short=True),
        }
    # The most this process held at one time; Linux counts in KiB, macOS in bytes.
    unit = 1 if platform.system() == "Darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    record.write(
        "quality",
        "",
        {**found, "peak_memory_gb": round(peak / 1e9, 2)},
        command=f"python -m benchmarks.quality --articles {args.articles} --seed {args.seed}",
    )


def measure(folder: Path, articles: int, seed: int, *, short: bool) -> dict[str, Any]:
    """Make and score one corpus."""
    began = time.perf_counter()
    made = write_corpus(folder, articles, seed, short=short)
    seconds = time.perf_counter() - began
    print(f"{made.path.name}: made in {seconds:.0f} s", flush=True)
    scores = score_set(read_set(made.path), FingerprintParams(), ClusteringParams())
    found = {
        "articles": articles,
        "seed": seed,
        "seconds_to_make": round(seconds, 1),
        "counts": made.counts,
        "wiretrace": scorecard_to_json(scores.ours),
        "plain recipe": scorecard_to_json(scores.plain),
    }
    print(json.dumps(found["wiretrace"]), json.dumps(found["plain recipe"]), sep="\n", flush=True)
    return found


if __name__ == "__main__":
    main()
