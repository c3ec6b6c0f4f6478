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
from crawler.config import Config
from crawler.extraction import Templates
from crawler.items import LeadState
from crawler.schedule import health_of, plan_of, refresh, reset
from crawler.store import Store

RUNS = 10
"""Last runs shown: a week and a half of daily ones."""
SOURCES = (
    Column(title="source", folds=True, least=16),
    Column(title="last success", folds=True, least=11),
    Column(title="failed runs", right=True),
    Column(title="next due", folds=True, least=11),
    Column(title="interval", right=True, spare=3),
    Column(title="leads", right=True, spare=2),
    Column(title="pages", right=True, spare=1),
    Column(title="articles", right=True, spare=4),
    Column(title="last error", folds=True, least=20),
)
RUNS_TABLE = (
    Column(title="run", folds=True, least=12),
    Column(title="kind", spare=3),
    Column(title="outcome"),
    Column(title="started", folds=True, least=11, spare=1),
    Column(title="ended", folds=True, least=11),
    Column(title="pages", right=True),
    Column(title="articles", right=True),
    Column(title="dropped", right=True),
    Column(title="ended by", folds=True, least=12, spare=2),
)
FAILURES = (Column(title="page failures"), Column(title="pages", right=True))
MISSED = (
    Column(title="missed runs", right=True),
    Column(title="since", folds=True, least=11),
    Column(title="noticed", folds=True, least=11),
    Column(title="because"),
)
UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"))


@click.command(
    cls=Command,
    examples=(
        "wiretrace status",
        "wiretrace status --refresh harbour-news",
        "wiretrace status --reset harbour-news",
        "wiretrace status --json | jq '.sources[] | .error_streak'",
    ),
)
@click.option(
    "--refresh",
    "refreshed",
    multiple=True,
    metavar="NAME",
    help="Have this source read in the next run, due or not; may be given again.",
)
@click.option(
    "--reset",
    "forgotten",
    multiple=True,
    metavar="NAME",
    help="Forget the interval and the failures of this source; may be given again.",
)
@json_option
@click.pass_context
def command(
    context: click.Context,
    *,
    refreshed: tuple[str, ...],
    forgotten: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show the health of each source, the last runs, the frontier, and why pages failed.

    A source's failed runs are those since its last success; an error stays shown after it. Runs in
    which nothing was due are counted and not listed.
    """
    session = session_of(context)
    config = session.config()
    if refreshed or forgotten:
        with closing(Store.open(config.store_path)) as store:
            reset(config, store, forgotten)
            refresh(config, store, refreshed)
    with closing(session.read_store()) as store:
        record = status_of(config, store, utc_now())
    if as_json:
        print_json(record)
    else:
        print_status(record)


def print_status(record: dict[str, Any]) -> None:
    """Print it for people."""
    leads = record["leads"]
    due = record["due"]
    print_pairs(
        [
            ("store", f"{record['store']} ({record['size_bytes'] / 1e6:.1f} MB)"),
            ("articles", record["articles"]),
            ("other addresses", record["forms"] or ""),
            ("partial", _counted(record["partial"])),
            ("leads", _counted(leads)),
            ("left out", _counted(record["left_out"])),
            ("due now", f"{len(due)} of {len(due) + record['waiting']} sources" if due else ""),
            ("quarantine", _ill(record["quarantine"])),
            ("templates", _learned(record["templates"])),
            ("next due", record["next_due"]),
            ("idle runs", record["idle_runs"] or ""),
            ("notified", _notified(record["notifications"])),
        ]
    )
    print_table(SOURCES, [_source_row(one, due) for one in record["sources"]], titled=True)
    print_table(RUNS_TABLE, [_run_row(run) for run in record["runs"]], titled=True)
    missed = [
        (one["runs"], one["expected"], one["noticed"], one["reason"])
        for one in record["missed_runs"]
    ]
    print_table(MISSED, missed, titled=True)
    print_table(FAILURES, record["page_failures"].items(), titled=True)


def status_of(config: Config, store: Store, now: str) -> dict[str, Any]:
    """Give what `--json` prints."""
    counts = store.lead_counts()
    failures = Counter(reason for _url, _source, reason, _detail in store.failed_pages())
    schedules, health = health_of(config, store)
    plan = plan_of(config, store, schedules, now)
    times = [time for time in (plan.next_due, store.next_due(now)) if time is not None]
    return {
        "store": str(store.path),
        "size_bytes": store.size_bytes(),
        "articles": store.article_count(),
        "forms": store.form_count(),
        "partial": store.partial_counts(),
        "templates": [
            {"host": known.host, "section": known.section, "pages": known.pages}
            for known in Templates(store.layouts()).all()
        ],
        "leads": {state.value: counts.get(state, 0) for state in LeadState},
        "left_out": store.left_out_counts(),
        "due": list(plan.due),
        "waiting": len(plan.waiting),
        "next_due": min(times, default=None),
        "sources": [{**asdict(one), "next_due": plan.waiting.get(one.source)} for one in health],
        "runs": [run_record(run) for run in store.runs(RUNS, idle=False)],
        "idle_runs": store.idle_count(),
        "notifications": [
            {"channel": channel, "state": state, "events": n}
            for (channel, state), n in sorted(store.delivery_counts().items())
        ],
        "missed_runs": [asdict(one) for one in store.missed_runs()],
        "page_failures": dict(failures.most_common()),
        "quarantine": [asdict(one) for one in store.quarantined()],
    }


def interval(seconds: float | None) -> str:
    """Give an interval in the largest unit that it has two of: `90 min`, `6 h`."""
    if seconds is None:
        return ""
    for size, unit in UNITS:
        if seconds >= 2 * size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.0f} s"


def _counted(numbers: dict[str, int]) -> str:
    return ", ".join(f"{n} {name}" for name, n in numbers.items() if n)


def _notified(notifications: list[dict[str, Any]]) -> str:
    return ", ".join(f"{one['channel']}: {one['events']} {one['state']}" for one in notifications)


def _source_row(one: dict[str, Any], due: list[str]) -> tuple[object, ...]:
    return (
        one["source"],
        one["last_success"],
        one["error_streak"],
        "now" if one["source"] in due else one["next_due"],
        interval(one["interval_s"]),
        one["leads"],
        one["pages"],
        one["articles"],
        one["last_error"],
    )


def _ill(quarantined: list[dict[str, Any]]) -> str:
    if not quarantined:
        return ""
    pages = "1 page" if len(quarantined) == 1 else f"{len(quarantined)} pages"
    return f"{pages} (`wiretrace quarantine` lists them)"


def _learned(templates: list[dict[str, Any]]) -> str:
    hosts = {template["host"] for template in templates}
    return f"{len(templates)} learned, for {len(hosts)} hosts"


def _run_row(run: dict[str, Any]) -> tuple[object, ...]:
    counts = run["counts"]
    dropped = sum(n for name, n in counts.items() if name.startswith("drop:"))
    return (
        *(run[name] for name in ("id", "kind", "outcome", "started", "ended")),
        counts.get("pages", 0),
        counts.get("articles", 0),
        dropped,
        run["error"],
    )
