"""The crawl's own process: Scrapy's reactor starts once in a process, so each crawl gets one.

It also keeps the parent free of the crawl's memory, and a crash in it is one failed run, not the
end of whoever schedules runs.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler.errors import WiretraceError
from crawler.runs.lock import CRAWL_LOCK, held
from crawler.store import Store

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

REPORT_EVERY_S = 0.5
"""How often the parent hears of progress."""
ORPHAN_S = 10.0
"""How long a crawl waits for one whose parent was killed; that one ends within `REPORT_EVERY_S`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to crawl; crosses the process border."""

    spider: str
    """Name of the spider."""
    settings: Mapping[str, Any]
    """Scrapy settings of this crawl."""
    store: Path
    """The store's file; the lock stands beside it."""
    log_level: int
    """Level of the log on stderr."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the crawl says while it runs."""

    counts: Mapping[str, int]
    """Numbers so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What the crawl says last."""

    finish_reason: str
    """Scrapy's: `finished`, `shutdown` (stopped by a signal), or what closed it."""
    errors: int
    """Exceptions in spiders and error lines in the log; each is a bug or a broken machine."""
    failure: WiretraceError | None
    """What the store could not do, if that ended the crawl."""


def crawl_here(order: Order, line: Connection) -> None:
    """Crawl in this process and say on `line` how it goes; the target of a new process.

    The process leaves its parent's group: Ctrl-C reaches the parent alone, which then ends the
    crawl in order. Without a parent it ends at once, as by `kill -9`.
    """
    os.setpgid(0, 0)
    _start_logging(order.log_level)
    try:
        with held(order.store.parent, CRAWL_LOCK, patience_s=ORPHAN_S):
            # Under the lock no other crawl is alive: what is still claimed was a dead one's.
            with Store.open(order.store) as store:
                store.release_claims()
            _crawl(order, line)
    except WiretraceError as error:
        line.send(Ended(finish_reason=error.slug, errors=0, failure=error))
    line.close()


def _crawl(order: Order, line: Connection) -> None:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(dict(order.settings), priority="cmdline")
    settings.set("LOG_LEVEL", logging.getLevelName(order.log_level), priority="cmdline")
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(order.spider)
    reporter = _Reporter(crawler, line)
    crawler.signals.connect(reporter.opened, signals.spider_opened)
    process.crawl(crawler)
    process.start()
    line.send(reporter.told())
    line.send(reporter.ending())


def _start_logging(level: int) -> None:
    """Log to stderr. The level is the handler's as well: Scrapy sets its own logger to DEBUG."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])


class _Reporter:
    """Sends the crawl's numbers every now and then while the event loop runs."""

    def __init__(self, crawler: "Crawler", line: Connection) -> None:
        self._crawler = crawler
        self._line = line
        self._task: asyncio.Task[None] | None = None

    def opened(self) -> None:
        """Begin when the spider does."""
        self._task = asyncio.get_running_loop().create_task(self._tell())

    async def _tell(self) -> None:
        while True:
            try:
                self._line.send(self.told())
            except OSError:
                # Nobody is left to stop this crawl or to hold its lock. All that is stored is
                # whole, and what is in flight goes back to the frontier in the next run.
                os._exit(1)
            await asyncio.sleep(REPORT_EVERY_S)

    def told(self) -> Told:
        """Give the numbers so far."""
        return Told(
            counts={
                key.removeprefix("wiretrace/"): value
                for key, value in self._crawler.stats.get_stats().items()
                if key.startswith("wiretrace/") and isinstance(value, int)
            }
        )

    def ending(self) -> Ended:
        """Say how it ended."""
        found = self._crawler.stats.get_stats()
        failure = found.get("wiretrace_failure")
        return Ended(
            finish_reason=str(found.get("finish_reason", "not started")),
            errors=int(found.get("spider_exceptions/count", 0))
            + int(found.get("log_count/ERROR", 0)),
            failure=failure if isinstance(failure, WiretraceError) else None,
        )
