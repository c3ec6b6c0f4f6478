"""The crawl leg: one Scrapy crawl in a process of its own, watched from here."""

import logging
import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from crawler.config import Config
from crawler.errors import CrawlFailed, WorkCrashed
from crawler.runs.child import Ended, Order, Told, crawl_here
from crawler.runs.result import Clock, Progress
from crawler.store import Store

STAGE = "crawl"
# After Ctrl-C the crawl finishes the requests in flight; none takes longer than its time-out.
LAST_ANSWERS_S = 45.0
FINISHED = "finished"


def crawl_sources(config: Config, run_id: str, now: Clock, progress: Progress) -> bool:
    """Crawl all sources of the watchlist; say whether every one of them could be read.

    Raises:
        CrawlFailed: the crawl ended otherwise than by having nothing left to do.
        StoreError: the store failed under it, as with a full disk; what was stored is whole.
    """
    del now  # The crawl's process reads its own clock.
    order = order_for(config, "watchlist", run_id=run_id)
    ended = run_order(order, progress)
    if ended.failure is not None:
        raise ended.failure
    if ended.finish_reason != FINISHED:
        raise CrawlFailed(
            f"The crawl ended early ({ended.finish_reason}).",
            "What it fetched is stored; run again to go on.",
        )
    with Store.open(config.store_path) as store:
        run = next(run for run in store.runs() if run.id == run_id)
        return not ended.errors and not any(outcome.failures for outcome in run.sources)


def order_for(config: Config, spider: str, *, run_id: str | None) -> Order:
    """Give the order for a crawl with this configuration."""
    settings: dict[str, Any] = {"WIRETRACE_CONFIG_OBJECT": config}
    if run_id is not None:
        settings["WIRETRACE_RUN_ID"] = run_id
    return Order(
        spider=spider,
        settings=settings,
        log_level=logging.getLogger().getEffectiveLevel(),
    )


def run_order(order: Order, progress: Progress) -> Ended:
    """Crawl in a new process and follow it to its end.

    Raises:
        WorkCrashed: the process died without a word.
        KeyboardInterrupt: Ctrl-C; the crawl has had time to take in the answers in flight.
    """
    # "spawn": a forked child would share the parent's open database and terminal state.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=crawl_here, args=(order, theirs), name="wiretrace-crawl")
    process.start()
    theirs.close()
    progress.start(STAGE, None)
    try:
        ended = _follow(ours, progress)
    except KeyboardInterrupt:
        # The terminal sent the signal to the child as well: it is already winding down.
        _wind_down(process, progress)
        raise
    process.join()
    progress.done(STAGE)
    if ended is None:
        raise WorkCrashed(
            f"The crawl's process died (exit code {process.exitcode}).",
            "What it fetched is stored; run again to go on, with -v to see more.",
        )
    return ended


def _follow(line: Connection, progress: Progress) -> Ended | None:
    """Pass on what the crawl says until it ends; None when it died."""
    pages = 0
    while True:
        try:
            message = line.recv()
        except EOFError:
            return None
        if isinstance(message, Ended):
            return message
        if isinstance(message, Told):
            counts = dict(message.counts)
            fetched = counts.pop("pages", 0)
            progress.advance(STAGE, fetched - pages, **counts)
            pages = fetched


def _wind_down(process: BaseProcess, progress: Progress) -> None:
    progress.note("Stopping: waiting for the answers in flight (Ctrl-C again stops at once).")
    try:
        process.join(LAST_ANSWERS_S)
    finally:
        if process.is_alive():
            process.terminate()
            process.join()
