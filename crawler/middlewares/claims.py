"""Turn claimed leads into requests, a few for each host, until nothing is left.

Leads come from the store, requests go to the engine. The store is asked again whenever a page is
done or a lead is filed; one query serves all calls that come meanwhile.
"""

import asyncio
import logging
import math
from collections.abc import Callable, Coroutine
from typing import Any

from scrapy.crawler import Crawler
from scrapy.http import Request

from crawler.config import CrawlLimits
from crawler.errors import StoreError, StoreLocked
from crawler.items import Lead
from crawler.store import Store
from crawler.store.session import session_of

logger = logging.getLogger(__name__)

# Requests that may be open at once, as a multiple of the connections: enough to keep hosts with
# long delays and quick ones busy together, few enough that their pages fit in memory.
OPEN_PER_CONNECTION = 8
# Requests waiting in a host's queue hide the time of asking the store for more: this many seconds'
# worth, but at least 2 and at most 16.
HOST_QUEUE_S = 0.2
MIN_HOST_QUEUE = 2
MAX_HOST_QUEUE = 16
# A delay of 0 stands for the shortest that Scrapy's queues know.
LEAST_DELAY_S = 0.001
# The store is asked for more at most this often, so that one query serves many pages.
PAUSE_S = 0.05


class Claims:
    """The leads that a crawl holds, and when it takes more.

    Args:
        crawler: the crawl.
        limits: its politeness and its bounds.
        make_request: gives the request of a lead.
    """

    def __init__(
        self, crawler: Crawler, limits: CrawlLimits, make_request: Callable[[Lead], Request]
    ) -> None:
        self._crawler = crawler
        self._limits = limits
        self._make_request = make_request
        self._open: set[str] = set()
        self._asked = 0
        self._called = False
        self._refilling: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        queue = math.ceil(HOST_QUEUE_S / max(limits.delay_s, LEAST_DELAY_S))
        self._per_host = min(MAX_HOST_QUEUE, max(MIN_HOST_QUEUE, queue))

    def wake(self) -> None:
        """Ask the store for more, once for however many calls."""
        self._called = True
        if self._refilling is None or self._refilling.done():
            self._refilling = asyncio.ensure_future(self._refill())

    def done(self, lead: Lead) -> None:
        """Give the place of a lead free."""
        self._open.discard(lead.url)

    def forget_all(self) -> None:
        """Give all places free: nothing is under way any more, whatever was not reported."""
        self._open.clear()

    def stop(self, reason: str) -> None:
        """Close the spider cleanly; claims go back into the frontier then."""
        engine = self._crawler.engine
        if engine.spider is not None:
            self._start_task(engine.close_spider_async(reason=reason))

    async def _refill(self) -> None:
        """Claim until nobody calls; close the spider when nothing is left at all.

        It is closed from here because Scrapy by itself looks for idleness every five seconds only.
        """
        while self._called:
            self._called = False
            claimed = await self._claim()
            await asyncio.sleep(PAUSE_S)
            if claimed == 0 and not self._called and self._nothing_left():
                if self._asked >= self._limits.run_pages:
                    logger.info("run_pages is reached; further leads wait for the next run")
                self.stop("finished")

    def _nothing_left(self) -> bool:
        engine = self._crawler.engine
        return engine.spider is not None and engine.spider_is_idle()

    async def _claim(self) -> int:
        """Claim what there is room for and hand it to the engine; give the number."""
        room = OPEN_PER_CONNECTION * self._limits.concurrency - len(self._open)
        room = min(room, self._limits.run_pages - self._asked)
        engine = self._crawler.engine
        if room <= 0 or engine.spider is None:
            return 0
        session = session_of(engine.spider)
        try:
            leads = await session.call(
                Store.claim_leads,
                session.run_id,
                limit=room,
                per_host=self._per_host,
                now=session.now(),
            )
        except (StoreError, StoreLocked) as error:
            self.stop(error.slug)
            return 0
        for lead in leads if self._crawler.engine.spider is not None else ():
            self._open.add(lead.url)
            self._asked += 1
            engine.crawl(self._make_request(lead))
        return len(leads)

    def _start_task(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)  # asyncio itself keeps no reference
        task.add_done_callback(self._tasks.discard)
