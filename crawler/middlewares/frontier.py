"""Let the frontier in the store drive the crawl.

Leads that spiders yield are filed instead of followed; requests come from claimed leads. So a
crawl that is killed loses nothing, and one that goes on asks for no page twice.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, NotConfigured
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from crawler.config import Config
from crawler.discovery import fresh_for_s, utc_text
from crawler.errors import (
    DocumentError,
    StoreError,
    StoreLocked,
    WiretraceError,
    WorkError,
)
from crawler.items import Article, Drop, Lead, Page
from crawler.middlewares.addon import addon_of
from crawler.middlewares.beside import Beside
from crawler.middlewares.claims import Claims
from crawler.middlewares.conditional import led_to, remember
from crawler.middlewares.failures import (
    BUDGET,
    FURTHER,
    LEAD,
    NOT_MODIFIED,
    OPTIONAL,
    SOURCE,
    detail_of,
    reason_of,
)
from crawler.middlewares.filing import Filing
from crawler.middlewares.settling import settle
from crawler.store import Store
from crawler.store.session import Session, session_of

logger = logging.getLogger(__name__)

# Leads filed in one transaction; a sitemap gives hundreds at once.
BATCH = 500
# Pages that a spider's start (an archive) may have in work before it must wait: a few for each of
# eight workers.
START_PAGES = 16
# A lead that failures have kept back for so long is no news any more, should its host come back.
MAX_WAIT = timedelta(days=14)
# Set on the request of a document that could not be read.
BROKEN = "wiretrace_broken"
# Gives requests for addresses, as far as their source wants them.
Further = Callable[[Iterable[str]], Iterable[Request]]


class FrontierMiddleware:
    """Spider middleware between the spiders' leads and the engine's requests."""

    def __init__(self, crawler: Crawler, config: Config) -> None:
        self._crawler = crawler
        self._config = config
        self._filing = Filing(config.stories)
        self._claims = Claims(crawler, config.crawl, self.page_request)
        self._page_bytes = min(config.crawl.max_bytes, config.extraction.max_bytes)
        self._start_pages = 0
        self._start_room = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the signals; a spider without a configuration of ours goes without."""
        config = getattr(crawler.spider, "config", None)
        if not isinstance(config, Config):
            raise NotConfigured
        frontier = cls(crawler, config)
        spider: Any = crawler.spider
        spider.beside = Beside(crawler, frontier._page_bytes)
        crawler.signals.connect(frontier.on_idle, signal=signals.spider_idle)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(frontier.on_item, signal=signal)
        return frontier

    @property
    def session(self) -> Session:
        """The store that the pipeline lent to the spider."""
        return session_of(self._crawler.spider)

    # What spiders yield.

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """File the leads of a spider's start; hold an archive back while its pages are in work."""
        try:
            await self._filing.begin(self.session)
            oldest = utc_text(datetime.fromisoformat(self.session.now()) - MAX_WAIT)
            expired = await self.session.call(Store.expire_leads, oldest)
            if expired:
                self.session.count("drop:expired", expired)
            due = await self.session.call(Store.claim_revisits, self.session.now())
            self.session.count("revisits-due", due)
        except WiretraceError as error:  # a story's file that is missing, a full disk
            self.session.fail(error)
            self._claims.stop(error.slug)
            return
        self._claims.wake()  # what an earlier run left is fetched while the sources are read
        async for output in self._taken(start):
            yield output
            if isinstance(output, Page):
                self._start_pages += 1
                while self._start_pages >= START_PAGES:
                    self._start_room.clear()
                    await self._start_room.wait()

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """File the leads of a document and count it; pass on everything else."""
        source = response.meta.get(SOURCE)
        before = self.session.tally(source).new_leads if source else 0
        leads_on, leads_to = False, []
        async for output in self._taken(result):
            if isinstance(output, Request):
                if output.meta.get(OPTIONAL):
                    leads_to.append(output.url)
                else:
                    leads_on = True
            yield output
        if not source:
            return
        if not response.meta.get(BROKEN):
            tally = self.session.tally(source)
            tally.documents += 1
            said = (response.headers.get("Cache-Control") or b"").decode("latin-1")
            fresh_s = fresh_for_s(response.body, said)
            if fresh_s is not None:
                tally.refresh_s = max(fresh_s, tally.refresh_s or 0)
            # What leads on to further documents says nothing of their changes. Fronts are few
            # enough to be asked for by themselves.
            if not leads_on:
                new = tally.new_leads - before
                await remember(self.session, response, self._config, new, tuple(leads_to))
        self._free(response.request)

    def process_spider_exception(
        self, response: Response, exception: Exception
    ) -> Iterable[Drop] | None:
        """Turn a document that could not be read into a line and a count; the crawl goes on."""
        source = response.meta.get(SOURCE)
        if source is None or not isinstance(exception, DocumentError | WorkError):
            return None
        response.meta[BROKEN] = True
        self._free(response.request)
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
        try:
            await self._filing.file(self.session, leads)
        except (StoreError, StoreLocked) as error:
            self._claims.stop(error.slug)
        if leads:
            self._claims.wake()

    # What becomes of requests.

    def page_request(self, lead: Lead) -> Request:
        """Give the request for a lead's page."""
        spider: Any = self._crawler.spider
        return Request(
            lead.url,
            callback=spider.parse_page,
            errback=self.lead_failed,
            # Larger pages are refused by extraction: they need not be read to their end.
            meta={LEAD: lead, "download_maxsize": self._page_bytes},
            dont_filter=True,
            priority=lead.priority,
        )

    async def lead_failed(self, failure: Failure) -> None:
        """Say in the frontier what became of a lead that gave no page."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        lead: Lead = request.meta[LEAD]
        arrivals = self.session.arrivals
        for address in (*request.meta.get("redirect_urls", ()), request.url):
            if arrivals.get(address) == lead.url:
                del arrivals[address]
        try:
            crawl = self._config.crawl
            await settle(
                self.session, lead, failure.value, crawl.revisit_hours, crawl.article_pages
            )
        except (StoreError, StoreLocked) as error:
            self._claims.stop(error.slug)
        if lead.kind == "story":
            self._filing.story_read(lead, None)
        self._free(request)
        self._claims.done(lead)
        self._claims.wake()

    def document_failed(self, failure: Failure) -> list[Drop | Request]:
        """Count a feed, sitemap or front that could not be fetched, or that has not changed.

        One that has not changed may lead to others that have: those are asked for.
        """
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        request.meta[BROKEN] = True
        self._free(request)
        source, reason = request.meta.get(SOURCE, ""), reason_of(failure.value)
        if reason == NOT_MODIFIED:
            self.session.tally(source).documents += 1
            self.session.count(NOT_MODIFIED)
            further: Further | None = request.meta.get(FURTHER)
            asked = further(led_to(request)) if further is not None else ()
            return [each.replace(errback=self.document_failed) for each in asked]
        if reason == BUDGET:
            # It did not fail, and is due again when the day is over.
            detail = detail_of(failure.value)
            self.session.tally(source).error = f"{reason}: {detail}"
            return [Drop(source=source, reason=reason, url=request.url, detail=detail)]
        if request.meta.get(OPTIONAL):
            return [Drop(source=source, reason=f"front-{reason}", url=request.url)]
        return [self._document_lost(source, request.url, reason, detail_of(failure.value))]

    def _document_lost(self, source: str, url: str, reason: str, detail: str) -> Drop:
        tally = self.session.tally(source)
        tally.failures += 1
        tally.error = f"{reason}: {detail}"
        logger.warning("%s [%s]: %s (source %s)", url, reason, detail, source)
        return Drop(source=source, reason=reason, url=url, detail=detail)

    def _free(self, request: Request | None) -> None:
        """Let go of the place of a large answer: what it held has been taken out of it."""
        if request is not None:
            addon_of(self._crawler).large.free(request)

    # When to go on, and when to end.

    def on_item(self, item: object, response: Response | None) -> None:
        """Take note that a page, or anything else, has left the pipeline; go on.

        A kept page arrives as its article, one that gives none as the page.
        """
        lead = response.meta.get(LEAD) if isinstance(response, Response) else None
        if isinstance(lead, Lead):
            self._free(response.request if isinstance(response, Response) else None)
            if lead.kind == "story":
                self._filing.story_read(lead, item if isinstance(item, Article) else None)
            self._claims.done(lead)
        elif response is None and isinstance(item, Article | Page):
            self._start_pages -= 1
            self._start_room.set()
        self._claims.wake()

    def on_idle(self) -> None:
        """Look into the frontier once more before the spider closes.

        Raises:
            DontCloseSpider: always; the claims close the spider when nothing is left.
        """
        self._claims.forget_all()
        self._claims.wake()
        raise DontCloseSpider
