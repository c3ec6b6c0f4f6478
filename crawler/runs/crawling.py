"""The crawl leg: one Scrapy crawl in a process of its own, watched from here."""

import logging
import multiprocessing
import signal
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any

from crawler.config import Config
from crawler.errors import CrawlFailed, WorkCrashed
from crawler.middlewares.browser import require_library
from crawler.runs.child import Ended, Order, Told, crawl_here
from crawler.runs.result import Clock, Progress
from crawler.store import Store

STAGE = "crawl"
# After Ctrl-C the crawl finishes the requests in flight; none takes longer than its time-out.
LAST_ANSWERS_S = 45.0
FINISHED = "finished"


def crawl_sources(
    config: Config, run_id: str, due: Collection[str] | None, now: Clock, progress: Progress
) -> bool:
    """Crawl sources of the watchlist, all if None; say whether every one of them could be read.

    Raises:
        CrawlFailed: the crawl ended otherwise than by having nothing left to do.
        StoreError: the store failed under it, as with a full disk; what was stored is whole.
    """
    del now  # The crawl's process reads its own clock.
    order = order_for(config, "watchlist", run_id=run_id, due=due)
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


def order_for(
    config: Config, spider: str, *, run_id: str | None, due: Collection[str] | None = None
) -> Order:
    """Give the order for a crawl with this configuration, of the sources named by `due`.

    The watchlist goes along whole: a source that is not due still says how its host is treated,
    where leads of an earlier run wait.

    Raises:
        RenderUnavailable: a source wants a browser, and the library that drives it is missing.
    """
    if any(source.render for source in config.sources):
        require_library()
    settings: dict[str, Any] = {"WIRETRACE_CONFIG_OBJECT": config}
    if run_id is not None:
        settings["WIRETRACE_RUN_ID"] = run_id
    if due is not None:
        settings["WIRETRACE_DUE"] = tuple(due)
    return Order(
        spider=spider,
        settings=settings,
        store=config.store_path,
        log_level=logging.getLogger().getEffectiveLevel(),
    )


def run_order(order: Order, progress: Progress) -> Ended:
    """Crawl in a new process and follow it to its end.

    Raises:
        WorkCrashed: the process died without a word.
        KeyboardInterrupt: Ctrl-C or SIGTERM; the crawl has had time to take in the answers in
            flight.
    """
    # "spawn": a forked child would share the parent's open database and terminal state.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=crawl_here, args=(order, theirs), name="wiretrace-crawl")
    process.start()
    theirs.close()
    progress.start(STAGE, None)
    try:
        with _terminated_like_interrupted():
            ended = _follow(ours, progress)
    except KeyboardInterrupt:
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


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """Let SIGTERM, which systemd and containers send, end a crawl as Ctrl-C does.

    Unless a caller has its own idea of what the signal means.
    """
    elsewhere = threading.current_thread() is not threading.main_thread()
    if elsewhere or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _wind_down(process: BaseProcess, progress: Progress) -> None:
    """Let the crawl take in what is in flight; a second Ctrl-C kills it."""
    progress.note("Stopping: waiting for the answers in flight (Ctrl-C again stops at once).")
    process.terminate()
    try:
        process.join(LAST_ANSWERS_S)
    finally:
        if process.is_alive():
            process.kill()
            process.join()
