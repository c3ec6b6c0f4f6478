"""`wiretrace status`: how the sources do, what the last runs gave, what waits."""

from collections import Counter
from contextlib import closing
from dataclasses import asdict
from typing import Any

import click

from crawler.cli.command import Command, json_option
from crawler.cli.fitting import Column
from crawler.cli.output import print_json, print_pairs, print_table
from crawler.cli.records import run_record
from crawler.cli.session import session_of, utc_now
from crawler.items import LeadState
from crawler.store import Store

RUNS = 10
"""Last runs shown: a week and a half of daily ones."""
SOURCES = (
    Column(title="source", folds=True, least=16),
    Column(title="last success", folds=True, least=11),
    Column(title="failed runs", right=True),
    Column(title="leads", right=True, spare=2),
    Column(title="pages", right=True, spare=1),
    Column(title="articles", right=True),
    Column(title="last error", folds=True, least=20),
)
HEALTH = ("source", "last_success", "error_streak", "leads", "pages", "articles", "last_error")
"""Fields of a source's health in the order of the columns."""
RUNS_TABLE = (
    Column(title="run", folds=True, least=12),
    Column(title="outcome"),
    Column(title="started", folds=True, least=11, spare=1),
    Column(title="ended", folds=True, least=11),
    Column(title="pages", right=True),
    Column(title="articles", right=True),
    Column(title="dropped", right=True),
)
FAILURES = (Column(title="page failures"), Column(title="pages", right=True))


@click.command(
    cls=Command,
    examples=("wiretrace status", "wiretrace status --json | jq '.sources[] | .error_streak'"),
)
@json_option
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """Show the health of each source, the last runs, the frontier, and why pages failed.

    A source's failed runs are those since its last success; an error stays shown after it.
    """
    with closing(session_of(context).read_store()) as store:
        record = status_of(store, utc_now())
    if as_json:
        print_json(record)
        return
    leads = record["leads"]
    print_pairs(
        [
            ("store", f"{record['store']} ({record['size_bytes'] / 1e6:.1f} MB)"),
            ("articles", record["articles"]),
            ("leads", ", ".join(f"{n} {state}" for state, n in leads.items() if n)),
            ("next due", record["next_due"]),
        ]
    )
    health = record["sources"]
    print_table(SOURCES, [[one[key] for key in HEALTH] for one in health], titled=True)
    print_table(RUNS_TABLE, [_run_row(run) for run in record["runs"]], titled=True)
    print_table(FAILURES, record["page_failures"].items(), titled=True)


def status_of(store: Store, now: str) -> dict[str, Any]:
    """Give what `--json` prints."""
    counts = store.lead_counts()
    failures = Counter(reason for _url, _source, reason, _detail in store.failed_pages())
    return {
        "store": str(store.path),
        "size_bytes": store.size_bytes(),
        "articles": store.article_count(),
        "leads": {state.value: counts.get(state, 0) for state in LeadState},
        "next_due": store.next_due(now),
        "sources": [asdict(health) for health in store.source_health()],
        "runs": [run_record(run) for run in store.runs(RUNS)],
        "page_failures": dict(failures.most_common()),
    }


def _run_row(run: dict[str, Any]) -> tuple[object, ...]:
    counts = run["counts"]
    dropped = sum(n for name, n in counts.items() if name.startswith("drop:"))
    names = ("id", "outcome", "started", "ended")
    return (
        *(run[name] for name in names),
        counts.get("pages", 0),
        counts.get("articles", 0),
        dropped,
    )
