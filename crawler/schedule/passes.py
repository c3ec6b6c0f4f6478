"""Run what is due, and tell of it: the passes of `crawler.runs` with the schedule behind them."""

import time
from collections.abc import Collection
from dataclasses import dataclass

from crawler import runs
from crawler.config import Config
from crawler.runs import Hooks, Progress, RunResult
from crawler.runs.result import Clock
from crawler.schedule.delivery import check_notify, deliver
from crawler.schedule.due import check_names, plan_of, take_in
from crawler.schedule.metrics import write_metrics
from crawler.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person asks of a run."""

    every: bool = False
    """Read all sources, whether they are due or not."""
    sources: tuple[str, ...] = ()
    """Read these and no others; empty for what is due."""


def run_due(
    config: Config, *, now: Clock, progress: Progress, wanted: Wanted = Wanted()
) -> RunResult:
    """Crawl what is due, cluster, publish, and tell of it.

    Raises:
        NotFound: a wanted source is not in the watchlist.
        ConfigError: the secret of the webhook is not set.
        WiretraceError: as the passes do.
    """
    return runs.run(config, now=now, progress=progress, hooks=hooks_for(config, now, wanted))


def crawl_due(
    config: Config, *, now: Clock, progress: Progress, wanted: Wanted = Wanted()
) -> RunResult:
    """Crawl what is due, and nothing else; errors as in `run_due`."""
    return runs.crawl(config, now=now, progress=progress, hooks=hooks_for(config, now, wanted))


def hooks_for(config: Config, now: Clock, wanted: Wanted) -> Hooks:
    """Give what a pass asks its caller."""
    check_names(config, wanted.sources)
    check_notify(config)

    def due(store: Store) -> Collection[str]:
        schedules = take_in(config, store)
        if wanted.every:
            return [source.name for source in config.sources]
        return wanted.sources or plan_of(config, store, schedules, now()).due

    def crawled(store: Store) -> None:
        take_in(config, store)

    def ended(store: Store, _run_id: str) -> None:
        deliver(config, store, now=now, sleep=time.sleep)
        write_metrics(config, store, now())

    return Hooks(due=due, crawled=crawled, ended=ended)
