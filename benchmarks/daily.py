"""`python -m benchmarks.daily`: what a day's articles cost in stores of different sizes.

A made corpus is spread evenly over days; all days but the last are clustered at once, then the last
one is added. A quarter of the corpus, half of it and the whole have stores of their own: beyond the
look-back window the cost of the day must not follow the store's size.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import record
from crawler.config import ClusteringParams, FingerprintParams
from crawler.engines.local import update
from crawler.items import Article
from crawler.quality import read_set, write_corpus
from crawler.store import Store

DAY_ARTICLES = 300
START = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Measure and write the result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.daily", description=__doc__)
    parser.add_argument("--articles", type=int, default=18_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="daily-") as folder:
        made = write_corpus(Path(folder), args.articles, args.seed, short=False)
        articles = _dated(read_set(made.path).articles)
        found = [
            measure(Path(folder) / str(part), articles[-args.articles // part :])
            for part in (4, 2, 1)
        ]
    record.write(
        "daily",
        "",
        {
            "stores": found,
            "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        },
        command=f"python -m benchmarks.daily --articles {args.articles} --seed {args.seed}",
    )


def _dated(articles: Sequence[Article]) -> list[Article]:
    """Spread the articles over days, in the order of their times."""
    order = sorted(articles, key=lambda each: (each.published or "", each.id))
    return [
        replace(each, fetched=(START + timedelta(days=at // DAY_ARTICLES)).isoformat())
        for at, each in enumerate(order)
    ]


def measure(folder: Path, articles: Sequence[Article]) -> dict[str, Any]:
    """Cluster all days but the last, then the last one; give the seconds of each."""
    before, day = articles[:-DAY_ARTICLES], articles[-DAY_ARTICLES:]
    with Store.open(folder / "wiretrace.sqlite") as store:
        first = _add(store, before)
        last = _add(store, day)
        idle = _add(store, [])
    found = {
        "articles": len(articles),
        "days": len(articles) // DAY_ARTICLES,
        "seconds of all days before": first,
        f"seconds of a day of {DAY_ARTICLES}": last,
        "seconds of a run without news": idle,
    }
    print(found, flush=True)
    return found


def _add(store: Store, articles: Sequence[Article]) -> float:
    with store.transaction():
        for each in articles:
            store.save_article(each, page_id=None)
    began = time.perf_counter()
    update(store, FingerprintParams(), ClusteringParams(), now="2026-03-31T00:00:00Z")
    return round(time.perf_counter() - began, 2)


if __name__ == "__main__":
    main()
