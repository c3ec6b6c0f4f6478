"""A crawl process that stays: many crawls in one reactor, each at a time that it is told.

`crawler.runs` gives each crawl a process of its own, which takes a second to start; a month of
crawls would take minutes of starting. Here all crawls share one process and one extraction worker.
The spiders, middlewares, pipelines and the store are the real ones; what stays behind in the
process from crawl to crawl (a leak) becomes visible besides.
"""

import asyncio
import datetime as dt
import logging
import multiprocessing
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from crawler.runs.child import Ended, Order
from crawler.workers import WorkerPool


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a process has used."""

    cpu_s: float
    """Processor time since its start."""
    memory_bytes: int
    """Resident memory now."""


def usage() -> Usage:
    """Measure this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Usage(cpu_s=used.ru_utime + used.ru_stime, memory_bytes=pages * resource.getpagesize())


@contextmanager
def resident() -> Iterator[Connection]:
    """Give a line to the process; send (order, time) and receive (ended, usage)."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), name="resident-crawl")
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.send(None)
        process.join(30)
        if process.is_alive():
            process.kill()
            process.join()
        ours.close()


class ShiftedTime(datetime):
    """`datetime` whose present was set."""

    shift = timedelta(0)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # plain ones leave
        """Give the present."""
        return dt.datetime.now(tz) + cls.shift


class SharedPool(WorkerPool):
    """A pool that outlives the crawl it was made for; there is one in the process."""

    shared: Any = None

    def __new__(cls, *_: object) -> Self:
        """Give the one that is there."""
        if cls.shared is None:
            cls.shared = super().__new__(cls)
        kept: Self = cls.shared
        return kept

    def __init__(self, _processes: int, deadline_s: float, max_memory_mb: int = 0) -> None:
        if not hasattr(self, "processes"):
            super().__init__(1, deadline_s, max_memory_mb)

    def close(self) -> None:
        """Stay."""

    def kill(self) -> None:
        """Stay."""


def _serve(line: Connection) -> None:
    from scrapy.utils.reactor import install_reactor  # noqa: PLC0415 - before any other import of it

    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor  # noqa: PLC0415 - the one just installed

    logging.basicConfig(level=logging.CRITICAL)
    running: Any = reactor

    def begin() -> None:
        tasks.append(asyncio.ensure_future(_work(line, running.stop)))

    tasks: list[asyncio.Future[None]] = []
    running.callWhenRunning(begin)
    running.run()
    if SharedPool.shared is not None:
        WorkerPool.kill(SharedPool.shared)
    tasks[0].result()


async def _work(line: Connection, stop: Any) -> None:
    try:
        while (told := await asyncio.to_thread(line.recv)) is not None:
            order, time = told
            ShiftedTime.shift = datetime.fromisoformat(time) - datetime.now(dt.UTC)
            ended = await _crawl(order)
            line.send((ended, usage()))
    finally:
        stop()


async def _crawl(order: Order) -> Ended:
    from scrapy.crawler import AsyncCrawlerRunner  # noqa: PLC0415 - needs the reactor
    from scrapy.settings import Settings  # noqa: PLC0415 - likewise

    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(dict(order.settings), priority="cmdline")
    settings.set("LOG_LEVEL", "CRITICAL", priority="cmdline")
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(order.spider)
    _shift_clocks()
    await runner.crawl(crawler)
    found = crawler.stats.get_stats()
    return Ended(
        finish_reason=str(found.get("finish_reason", "not started")),
        errors=int(found.get("spider_exceptions/count", 0)),
        failure=found.get("wiretrace_failure"),
    )


def _shift_clocks() -> None:
    """Give every module of ours the shifted clock and the pool that stays."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("crawler.", "spiders.")):
            if getattr(module, "datetime", None) is datetime:
                module.datetime = ShiftedTime  # type: ignore[attr-defined]  # replaced by name
            if name == "crawler.pipelines":
                module.WorkerPool = SharedPool  # type: ignore[attr-defined]  # likewise
