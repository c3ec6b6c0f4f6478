"""The passes: what each leg does, and how a run is opened and closed around them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.config import Config
from crawler.errors import WiretraceError
from crawler.runs.clustering import cluster_store
from crawler.runs.comparing import compare_sites
from crawler.runs.crawling import crawl_sources
from crawler.runs.extracting import extract_stored
from crawler.runs.hooks import EVERYTHING, Hooks
from crawler.runs.lock import held
from crawler.runs.news import find_news
from crawler.runs.publishing import publish_news, publish_report
from crawler.runs.result import EXIT_CODES, Clock, Progress, RunResult
from crawler.store import Store, new_run_id

# How a run ends that has done all of its legs.
SETTLED = ("done", "partly")
IDLE = "idle"
"""Count of a run in which nothing was to be done: 1, or not there."""


@dataclass(slots=True)
class Pass:
    """One pass in progress, as its legs see it."""

    config: Config
    """The configuration."""
    run_id: str
    """The run all legs count under."""
    now: Clock
    """Our own clock."""
    progress: Progress
    """Where to say how far it is."""
    hooks: Hooks
    """What the caller decides."""
    outcome: str = "done"
    """`done`, or `partly` once a leg found something amiss."""
    error: str | None = None
    """Slug and line of what ended it early."""
    idle: bool = False
    """Whether there was nothing to crawl, and all that is stored was clustered and published."""
    report: Path | None = None
    """The report's first page, once written."""


Leg = Callable[[Pass], None]


def run(config: Config, *, now: Clock, progress: Progress, hooks: Hooks = EVERYTHING) -> RunResult:
    """Crawl what is due, cluster, publish the report."""
    legs: list[Leg] = [_crawl, _compare, _cluster, _publish]
    return _go(config, "run", legs, now=now, progress=progress, hooks=hooks)


def crawl(
    config: Config, *, now: Clock, progress: Progress, hooks: Hooks = EVERYTHING
) -> RunResult:
    """Read the sources that are due, fetch what they lead to, take the stories out."""
    return _go(config, "crawl", [_crawl, _compare], now=now, progress=progress, hooks=hooks)


def cluster(config: Config, *, now: Clock, progress: Progress) -> RunResult:
    """Group what is stored."""
    return _go(config, "cluster", [_cluster], now=now, progress=progress)


def publish(config: Config, *, now: Clock, progress: Progress) -> RunResult:
    """Write the report of what is stored."""
    return _go(config, "report", [_publish], now=now, progress=progress)


def extract_again(config: Config, *, now: Clock, progress: Progress) -> RunResult:
    """Extract the stored pages anew, without fetching."""
    return _go(config, "extract", [_extract, _compare], now=now, progress=progress)


def retry_quarantined(config: Config, *, now: Clock, progress: Progress) -> RunResult:
    """Extract what is in quarantine once more, without fetching."""
    return _go(config, "extract", [_retry, _compare], now=now, progress=progress)


def _go(
    config: Config,
    kind: str,
    legs: list[Leg],
    *,
    now: Clock,
    progress: Progress,
    hooks: Hooks = EVERYTHING,
) -> RunResult:
    with held(config.output):
        with _begun(config, kind, now, progress, hooks) as current:
            for leg in legs:
                leg(current)
        return _result(current)


@contextmanager
def _begun(
    config: Config, kind: str, now: Clock, progress: Progress, hooks: Hooks
) -> Iterator[Pass]:
    """Open a run in the store, and close it by what happened."""
    started = now()
    current = Pass(
        config=config,
        run_id=new_run_id(datetime.fromisoformat(started)),
        now=now,
        progress=progress,
        hooks=hooks,
    )
    with Store.open(config.store_path) as store:
        store.begin_run(current.run_id, now=started, kind=kind)
    outcome = "failed"
    try:
        yield current
        outcome = current.outcome
    except KeyboardInterrupt:
        outcome = "interrupted"
        raise
    except WiretraceError as error:
        current.error = f"{error.slug}: {error}"
        raise
    finally:
        _end(current, outcome)


def _end(current: Pass, outcome: str) -> None:
    """Write how it ended, and let the caller tell others.

    What fails here must not hide the first error.
    """
    try:
        with Store.open(current.config.store_path) as store:
            store.end_run(current.run_id, outcome=outcome, now=current.now(), error=current.error)
            current.hooks.ended(store, current.run_id)
    except WiretraceError as error:
        if outcome == current.outcome:
            raise
        current.progress.note(f"The run's end could not be told of either: {error}")


def _crawl(current: Pass) -> None:
    with Store.open(current.config.store_path) as store:
        due = current.hooks.due(store)
        nothing = due is not None and not due and not store.has_waiting(current.now())
        current.idle = nothing and _is_settled(store, current)
        if current.idle:
            store.count(current.run_id, IDLE)
    if nothing:
        return
    if not crawl_sources(current.config, current.run_id, due, current.now, current.progress):
        current.outcome = "partly"
    with Store.open(current.config.store_path) as store:
        current.hooks.crawled(store)


def _is_settled(store: Store, current: Pass) -> bool:
    """Say whether the last run came to its end, so that nothing waits for a later leg."""
    before = [run for run in store.runs(2) if run.id != current.run_id]
    return (
        bool(before)
        and before[0].kind == "run"
        and before[0].outcome in SETTLED
        and (current.config.report_dir / "index.html").exists()
    )


def _extract(current: Pass) -> None:
    extract_stored(current.config, current.run_id, current.now, current.progress)


def _retry(current: Pass) -> None:
    extract_stored(
        current.config, current.run_id, current.now, current.progress, only_quarantined=True
    )


def _compare(current: Pass) -> None:
    if current.idle:
        return
    compare_sites(current.config, current.run_id, current.now, current.progress)


def _cluster(current: Pass) -> None:
    if current.idle:
        return
    cluster_store(current.config, current.run_id, current.now, current.progress)
    find_news(current.config, current.run_id, current.now)


def _publish(current: Pass) -> None:
    if current.idle:
        return
    # The report tells how the run ended; should the report itself fail, that is written over it.
    with Store.open(current.config.store_path) as store:
        store.end_run(current.run_id, outcome=current.outcome, now=current.now())
    current.report = publish_report(current.config, current.run_id, current.now, current.progress)
    publish_news(current.config, current.now)


def _result(current: Pass) -> RunResult:
    with Store.open(current.config.store_path) as store:
        clusters, copies = store.copy_counts()
        return RunResult(
            run=next(found for found in store.runs() if found.id == current.run_id),
            idle=current.idle,
            exit_code=EXIT_CODES[current.outcome],
            report=current.report,
            clusters=clusters,
            copies=copies,
            articles=store.article_count(),
        )
