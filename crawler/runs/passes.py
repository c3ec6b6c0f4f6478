"""The passes: what each leg does, and how a run is opened and closed around them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.config import Config
from crawler.errors import WiretraceError
from crawler.runs.clustering import cluster_store
from crawler.runs.crawling import crawl_sources
from crawler.runs.extracting import extract_stored
from crawler.runs.lock import held
from crawler.runs.publishing import publish_report
from crawler.runs.result import EXIT_CODES, Clock, Progress, RunResult
from crawler.store import Store, new_run_id


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
    outcome: str = "done"
    """`done`, or `partly` once a leg found something amiss."""
    report: Path | None = None
    """The report's first page, once written."""


Leg = Callable[[Pass], None]


def run(config: Config, *, now: Clock, progress: Progress) -> RunResult:
    """Crawl what is due, cluster, publish the report."""
    return _go(config, [_crawl, _cluster, _publish], now=now, progress=progress)


def crawl(config: Config, *, now: Clock, progress: Progress) -> RunResult:
    """Read the sources, fetch what they lead to, take the stories out."""
    return _go(config, [_crawl], now=now, progress=progress)


def cluster(config: Config, *, now: Clock, progress: Progress) -> RunResult:
    """Group what is stored."""
    return _go(config, [_cluster], now=now, progress=progress)


def publish(config: Config, *, now: Clock, progress: Progress) -> RunResult:
    """Write the report of what is stored."""
    return _go(config, [_publish], now=now, progress=progress)


def extract_again(config: Config, *, now: Clock, progress: Progress) -> RunResult:
    """Extract the stored pages anew, without fetching."""
    return _go(config, [_extract], now=now, progress=progress)


def _go(config: Config, legs: list[Leg], *, now: Clock, progress: Progress) -> RunResult:
    with held(config.output), _begun(config, now, progress) as current:
        for leg in legs:
            leg(current)
    return _result(current)


@contextmanager
def _begun(config: Config, now: Clock, progress: Progress) -> Iterator[Pass]:
    """Open a run in the store, and close it by what happened."""
    started = now()
    current = Pass(
        config=config,
        run_id=new_run_id(datetime.fromisoformat(started)),
        now=now,
        progress=progress,
    )
    with Store.open(config.store_path) as store:
        store.begin_run(current.run_id, now=started)
    outcome = "failed"
    try:
        yield current
        outcome = current.outcome
    except KeyboardInterrupt:
        outcome = "interrupted"
        raise
    finally:
        _end(current, outcome)


def _end(current: Pass, outcome: str) -> None:
    """Write how it ended; a store that cannot be written must not hide the first error."""
    try:
        with Store.open(current.config.store_path) as store:
            store.end_run(current.run_id, outcome=outcome, now=current.now())
    except WiretraceError as error:
        if outcome == current.outcome:
            raise
        current.progress.note(f"The run's end could not be stored either: {error}")


def _crawl(current: Pass) -> None:
    if not crawl_sources(current.config, current.run_id, current.now, current.progress):
        current.outcome = "partly"


def _extract(current: Pass) -> None:
    extract_stored(current.config, current.run_id, current.now, current.progress)


def _cluster(current: Pass) -> None:
    cluster_store(current.config, current.run_id, current.now, current.progress)


def _publish(current: Pass) -> None:
    # The report tells how the run ended; should the report itself fail, that is written over it.
    with Store.open(current.config.store_path) as store:
        store.end_run(current.run_id, outcome=current.outcome, now=current.now())
    current.report = publish_report(current.config, current.run_id, current.now, current.progress)


def _result(current: Pass) -> RunResult:
    with Store.open(current.config.store_path) as store:
        sizes = [len(found.members) for found in store.clusters()]
        return RunResult(
            run=next(found for found in store.runs() if found.id == current.run_id),
            exit_code=EXIT_CODES[current.outcome],
            report=current.report,
            clusters=sum(size > 1 for size in sizes),
            copies=sum(size for size in sizes if size > 1),
            articles=store.article_count(),
        )
