"""The state of a store as metrics: `output/metrics.prom`, for Prometheus' textfile collector.

https://github.com/prometheus/node_exporter#textfile-collector reads it from there.
"""

from collections.abc import Iterator
from datetime import datetime

from crawler import __version__
from crawler.config import Config
from crawler.items import Run
from crawler.report import Family, Sample, by_label, exposition, gauge, replacing_file
from crawler.schedule.due import current, plan_of
from crawler.store import Store

FILE_NAME = "metrics.prom"
LAST_RUN = {
    "pages": "Pages fetched in the last run.",
    "articles": "Articles taken from pages in the last run.",
    "new-articles": "Articles not known before, in the last run.",
    "new-clusters": "Clusters of two or more that were new in the last run.",
    "new-copies": "Copies that joined a known cluster in the last run.",
    "failed-pages": "Pages of the last run that gave no article.",
}
"""Counts of a run that are told of the last one; the rest is in `wiretrace status --json`."""


def write_metrics(config: Config, store: Store, now: str) -> None:
    """Write the metrics, in place of the ones before, whole or not at all.

    Raises:
        ReportError: they cannot be written.
    """
    text = exposition([*_runs(store), *_stored(store), *_sources(config, store, now)])
    with replacing_file(config.output / FILE_NAME) as stream:
        stream.write(text.encode())


def _runs(store: Store) -> Iterator[Family]:
    build = (Sample(value=1, labels=(("version", __version__),)),)
    yield Family(
        name="wiretrace_build_info",
        kind="gauge",
        told="1, labelled with the version of wiretrace.",
        samples=build,
    )
    outcomes = {name: float(n) for name, n in store.outcome_counts().items()}
    yield by_label(
        "wiretrace_runs_total", "counter", "Runs by how they ended.", "outcome", outcomes
    )
    yield gauge(
        "wiretrace_idle_runs",
        "Runs kept in the store in which nothing was due.",
        store.idle_count(),
    )
    yield Family(
        name="wiretrace_missed_runs_total",
        kind="counter",
        told="Runs that the scheduler could not begin.",
        samples=(Sample(value=store.missed_count()),),
    )
    found = store.runs(1)
    if found:
        yield from _last_run(found[0])


def _last_run(run: Run) -> Iterator[Family]:
    name = "wiretrace_last_run"
    yield gauge(f"{name}_start_timestamp_seconds", "Start of the last run.", seconds(run.started))
    if run.ended is None:
        return
    ended = seconds(run.ended)
    yield gauge(f"{name}_end_timestamp_seconds", "End of the last run.", ended)
    yield gauge(f"{name}_duration_seconds", "What it took.", ended - seconds(run.started))
    fine = run.outcome in ("done", "partly")
    yield gauge(f"{name}_success", "1 when the last run was done, or partly done.", float(fine))
    for count, told in LAST_RUN.items():
        yield gauge(f"{name}_{count.replace('-', '_')}", told, run.counts.get(count, 0))
    yield gauge(f"{name}_bytes", "Size of those pages.", run.counts.get("bytes", 0))
    errors = {
        key.removeprefix("drop:"): float(n)
        for key, n in run.counts.items()
        if key.startswith("drop:")
    }
    yield by_label(f"{name}_dropped", "gauge", "Not taken further, by reason.", "reason", errors)


def _stored(store: Store) -> Iterator[Family]:
    clusters, copies = store.copy_counts()
    yield gauge("wiretrace_articles", "Articles in the store.", store.article_count())
    yield gauge("wiretrace_clusters", "Clusters of two or more copies.", clusters)
    yield gauge("wiretrace_clustered_articles", "Articles in those clusters.", copies)
    yield gauge("wiretrace_store_size_bytes", "Size of the store on disk.", store.size_bytes())
    leads = {state.value: float(n) for state, n in store.lead_counts().items()}
    yield by_label("wiretrace_leads", "gauge", "Leads by state.", "state", leads)
    samples = tuple(
        Sample(value=n, labels=(("channel", channel), ("state", state)))
        for (channel, state), n in sorted(store.delivery_counts().items())
    )
    yield Family(
        name="wiretrace_notifications",
        kind="gauge",
        told="Events by receiver and by how their sending stands.",
        samples=samples,
    )


def _sources(config: Config, store: Store, now: str) -> Iterator[Family]:
    schedules = current(config, store)
    plan = plan_of(config, store, schedules, now)
    known = {
        source.name: schedules[source.name] for source in config.sources if source.name in schedules
    }
    name = "wiretrace_source"

    def each(last: str, told: str, values: dict[str, float | None]) -> Family:
        return by_label(f"{name}_{last}", "gauge", told, "source", values)

    yield each(
        "last_success_timestamp_seconds",
        "Start of the last run that could read the source.",
        {
            key: seconds(one.last_success) if one.last_success else None
            for key, one in known.items()
        },
    )
    yield each(
        "error_streak",
        "Tries in a row that failed.",
        {key: float(one.error_streak) for key, one in known.items()},
    )
    yield each(
        "interval_seconds",
        "Seconds between two readings, as learnt.",
        {key: one.interval_s for key, one in known.items()},
    )
    yield each(
        "next_due_timestamp_seconds",
        "When the source is due; the present where it is.",
        {
            source.name: seconds(plan.waiting.get(source.name, now))
            for source in config.sources
            if source.name in plan.due or source.name in plan.waiting
        },
    )


def seconds(time: str) -> float:
    """Give a time of ours in seconds since 1970."""
    return datetime.fromisoformat(time).timestamp()
