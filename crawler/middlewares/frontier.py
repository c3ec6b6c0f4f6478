"""Let the frontier in the store drive the crawl.

Leads that spiders yield are judged and filed; requests come from claimed leads, a few for each
host. So a crawl that is killed loses nothing, and one that goes on asks for no page twice.
"""

import asyncio
import logging
import math
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterable
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, NotConfigured
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from crawler.config import Config
from crawler.discovery import utc_text
from crawler.errors import DocumentError, StoreError, StoreLocked, WorkError
from crawler.items import Article, Drop, Lead, LeadState, Page
from crawler.middlewares.failures import LEAD, OPTIONAL, SOURCE, detail_of, reason_of
from crawler.middlewares.settling import settle
from crawler.middlewares.watch import Watch
from crawler.store import Store
from crawler.store.session import Session
from crawler.urls import article_id

logger = logging.getLogger(__name__)

# Leads filed in one transaction; a sitemap gives hundreds at once.
BATCH = 500
# Requests that may be open at once, as a multiple of the connections: enough to keep hosts with
# long delays and quick ones busy together, few enough that their pages fit in memory.
OPEN_PER_CONNECTION = 8
# Requests waiting in a host's queue hide the time of asking the store for more: this many seconds'
# worth, at least 2 and at most 16.
HOST_QUEUE_S = 0.2
# The store is asked for more at most this often, so that one query serves many pages.
REFILL_PAUSE_S = 0.05
# Pages that a spider's start (an archive) may have in work before it must wait.
START_PAGES = 16
# How long leads wait for the page of a story that is watched by its address.
STORY_WAIT_S = 60.0


class FrontierMiddleware:
    """Spider middleware between the spiders' leads and the engine's requests."""

    def __init__(self, crawler: Crawler, config: Config) -> None:
        self._crawler = crawler
        self._limits = config.crawl
        self._watch = Watch(config.stories)
        self._stories_known = asyncio.Event()
        self._open: set[str] = set()
        self._asked = 0
        self._again = False
        self._refilling: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._start_pages: set[int] = set()
        self._start_room = asyncio.Event()
        delay = max(self._limits.delay_s, 0.001)
        self._per_host = min(16, max(2, math.ceil(HOST_QUEUE_S / delay)))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the signals; a spider without a configuration of ours goes without."""
        config = getattr(crawler.spider, "config", None)
        if not isinstance(config, Config):
            raise NotConfigured
        frontier = cls(crawler, config)
        connect = crawler.signals.connect
        connect(frontier.on_idle, signal=signals.spider_idle)
        connect(frontier.on_kept, signal=signals.item_scraped)
        connect(frontier.on_dropped, signal=signals.item_dropped)
        connect(frontier.on_dropped, signal=signals.item_error)
        return frontier

    @property
    def session(self) -> Session:
        """The store that the pipeline lent to the spider."""
        session = getattr(self._crawler.spider, "session", None)
        if not isinstance(session, Session):
            raise StoreError("The crawl has no store.", "Keep the pipeline in ITEM_PIPELINES.")
        return session

    # What spiders yield.

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """File the leads of a spider's start; hold an archive back while its pages are in work."""
        await self._learn_stored_stories()
        await self._file(self._watch.leads(datetime.now(UTC)))
        self.wake()  # what an earlier run left is fetched while the sources are read
        async for output in self._taken(start):
            yield output
            if isinstance(output, Page):
                self._start_pages.add(id(output))
                while len(self._start_pages) >= START_PAGES:
                    self._start_room.clear()
                    await self._start_room.wait()

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """File the leads of a document and count it; pass on everything else."""
        async for output in self._taken(result):
            yield output
        source = response.meta.get(SOURCE)
        if source and not response.meta.get("wiretrace_broken"):
            self.session.tally(source).documents += 1

    def process_spider_exception(
        self, response: Response, exception: Exception
    ) -> Iterable[Drop] | None:
        """Turn a document that could not be read into a line and a count; the crawl goes on."""
        source = response.meta.get(SOURCE)
        if source is None or not isinstance(exception, DocumentError | WorkError):
            return None
        response.meta["wiretrace_broken"] = True
        return [self._document_lost(source, response.url, exception.slug, str(exception))]

    async def _taken(self, outputs: AsyncIterator[Any]) -> AsyncIterator[Any]:
        batch: list[Lead] = []
        async for output in outputs:
            if isinstance(output, Lead):
                batch.append(output)
                if len(batch) >= BATCH:
                    await self._file(batch)
                    batch = []
            elif isinstance(output, Request) and output.errback is None:
                yield output.replace(errback=self.document_failed)
            else:
                yield output
        await self._file(batch)

    async def _file(self, leads: list[Lead]) -> None:
        """Judge leads by the watched stories and put them into the frontier."""
        if not leads:
            return
        if self._watch.open and any(lead.kind != "story" for lead in leads):
            try:
                await asyncio.wait_for(self._stories_known.wait(), STORY_WAIT_S)
            except TimeoutError:
                logger.warning("A story's page is slow; its address has to do for judging leads")
        judged = [self._judge(lead) for lead in leads]
        session = self.session
        try:
            new = await session.call(_file_by_source, judged, session.run_id)
        except (StoreError, StoreLocked) as error:
            self.stop(error.slug)
            return
        for source, number in Counter(lead.source for lead in judged).items():
            session.tally(source).leads += number
            session.tally(source).new_leads += new[source]
        self.wake()

    def _judge(self, lead: Lead) -> Lead:
        verdict = self._watch.matcher.judge(lead)
        if verdict.fetch:
            return lead
        values = {name: getattr(lead, name) for name in lead.__slots__}
        return Lead(**{**values, "state": LeadState.LEFT_OUT, "reason": verdict.reason})

    # What the engine gets.

    def wake(self) -> None:
        """Ask the store for more leads, once for however many calls."""
        if self._refilling is None or self._refilling.done():
            self._refilling = asyncio.ensure_future(self._refill())
        else:
            self._again = True

    async def _refill(self) -> None:
        while True:
            self._again = False
            await self._claim()
            if not self._again:
                return
            await asyncio.sleep(REFILL_PAUSE_S)

    async def _claim(self) -> int:
        """Claim what there is room for and hand it to the engine; give the number."""
        room = OPEN_PER_CONNECTION * self._limits.concurrency - len(self._open)
        room = min(room, self._limits.run_pages - self._asked)
        session, engine = self.session, self._crawler.engine
        if room <= 0 or session.error is not None or self._is_closed():
            return 0
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
        if self._is_closed():  # meanwhile; the session puts the claims back
            return 0
        for lead in leads:
            self._open.add(lead.url)
            self._asked += 1
            engine.crawl(self._request(lead))
        return len(leads)

    def _is_closed(self) -> bool:
        return self._crawler.engine.spider is None

    def _request(self, lead: Lead) -> Request:
        parse_page = getattr(self._crawler.spider, "parse_page")  # noqa: B009 - a spider's, unknown to Scrapy's type
        return Request(
            lead.url,
            callback=parse_page,
            errback=self.lead_failed,
            meta={LEAD: lead},
            dont_filter=True,
            priority=lead.priority,
        )

    def on_idle(self) -> None:
        """Look into the frontier once more before the spider closes.

        Raises:
            DontCloseSpider: always; `_last_look` closes the spider when nothing is left.
        """
        if self._refilling is None or self._refilling.done():
            self._open.clear()  # idle means that nothing is under way, whatever was not reported
            self._refilling = asyncio.ensure_future(self._last_look())
        raise DontCloseSpider

    async def _last_look(self) -> None:
        claimed = await self._claim()
        engine = self._crawler.engine
        if claimed == 0 and engine.spider is not None and engine.spider_is_idle():
            if self._asked >= self._limits.run_pages:
                logger.info("run_pages reached; further leads wait for the next run")
            self._start_task(engine.close_spider_async(reason="finished"))

    def stop(self, reason: str) -> None:
        """Close the spider cleanly; the session keeps the error."""
        engine = self._crawler.engine
        if engine.spider is not None:
            self._start_task(engine.close_spider_async(reason=reason))

    def _start_task(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)  # asyncio itself keeps no reference
        task.add_done_callback(self._tasks.discard)

    # What became of requests.

    async def lead_failed(self, failure: Failure) -> None:
        """Say in the frontier what became of a lead that gave no page."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        lead: Lead = request.meta[LEAD]
        session = self.session
        for address in (*request.meta.get("redirect_urls", ()), request.url):
            if session.arrivals.get(address) == lead.url:
                del session.arrivals[address]
        try:
            await settle(session, lead, failure.value)
        except (StoreError, StoreLocked) as error:
            self.stop(error.slug)
        if lead.kind == "story":
            self._story_read(lead, None)
        self._open.discard(lead.url)
        self.wake()

    def document_failed(self, failure: Failure) -> Drop:
        """Count a feed, sitemap or front that could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        error = failure.value
        source = request.meta.get(SOURCE, "")
        if request.meta.get(OPTIONAL):
            return Drop(source=source, reason=f"front-{reason_of(error)}", url=request.url)
        return self._document_lost(source, request.url, reason_of(error), detail_of(error))

    def _document_lost(self, source: str, url: str, reason: str, detail: str) -> Drop:
        tally = self.session.tally(source)
        tally.failures += 1
        tally.error = f"{reason}: {detail}"
        logger.warning("%s [%s]: %s (source %s)", url, reason, detail, source)
        return Drop(source=source, reason=reason, url=url, detail=detail)

    def on_kept(self, item: object, response: Response | None) -> None:
        """Take note of an article; go on."""
        lead = response.meta.get(LEAD) if isinstance(response, Response) else None
        if isinstance(lead, Lead) and lead.kind == "story":
            self._story_read(lead, item if isinstance(item, Article) else None)
        self._done(lead, item)

    def on_dropped(self, item: object, response: Response | None) -> None:
        """Take note of a page that gave no article; go on."""
        lead = response.meta.get(LEAD) if isinstance(response, Response) else None
        if isinstance(lead, Lead) and lead.kind == "story":
            self._story_read(lead, None)
        self._done(lead, item)

    def _done(self, lead: Lead | None, item: object) -> None:
        if lead is not None:
            self._open.discard(lead.url)
            self.wake()
        # A kept page comes back as its article, so the oldest waiting start page makes room.
        elif self._start_pages and isinstance(item, Article | Page):
            self._start_pages.pop()
            self._start_room.set()

    # Stories watched by address.

    async def _learn_stored_stories(self) -> None:
        for lead in self._watch.leads(datetime.now(UTC)):
            article = await self.session.call(Store.article, article_id(lead.url))
            if article is not None:
                self._story_read(lead, article)
        if not self._watch.open:
            self._stories_known.set()

    def _story_read(self, lead: Lead, article: Article | None) -> None:
        name = self._watch.story_at(lead.url)
        if name is not None:
            self._watch.learn(name, article)
        if not self._watch.open:
            self._stories_known.set()


def _file_by_source(store: Store, leads: list[Lead], run_id: str) -> Counter[str]:
    """Add leads in one transaction; give the number of new ones for each source."""
    new: Counter[str] = Counter()
    with store.transaction():
        for source in dict.fromkeys(lead.source for lead in leads):
            own = [lead for lead in leads if lead.source == source]
            new[source] = store.add_leads(own, run_id=run_id)
        for reason, number in Counter(
            lead.reason for lead in leads if lead.state is LeadState.LEFT_OUT
        ).items():
            store.count(run_id, f"left-out:{reason}", number)
    return new


def now_text() -> str:
    """Give the present time as the store keeps it."""
    return utc_text(datetime.now(UTC))
