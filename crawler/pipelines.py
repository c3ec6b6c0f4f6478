"""Take pages apart in worker processes and keep what comes out.

Pages arrive from Scrapy, articles leave to the store; whatever gives no article is kept as a page
with its reason. The reactor never waits: extraction runs in other processes, SQLite in a thread.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem, NotConfigured

from crawler.config import Config, CrawlLimits, ExtractionLimits
from crawler.discovery import utc_text
from crawler.errors import NoStory, PageError, StoreError, StoreLocked, WiretraceError, WorkError
from crawler.extraction import (
    Templates,
    file_article,
    look_again,
    read_article,
)
from crawler.items import Article, Drop, Lead, LeadState, Page, SourceOutcome, Template
from crawler.store import Store, compress, new_run_id
from crawler.store.session import Session, outcome_of
from crawler.urls import article_id, canonical
from crawler.workers import DEATHS, WorkerPool, worker_count

logger = logging.getLogger(__name__)

# Pages handed to the workers at once, for each: one in work and two that wait, so that none idles
# and a feed or a front, which the same workers read, never stands behind a hundred pages.
PAGES_PER_WORKER = 3
# A line in a report; an exception may carry a whole page.
MAX_DETAIL = 300
ARTICLE_PAGES = CrawlLimits().article_pages
# How a crawl may end that was not cut short.
FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a worker made of a page."""

    compressed: bytes
    """The body as the store keeps it."""
    article: Article | None
    """None where the page gives none."""
    reason: str = ""
    """Then why: a slug."""
    detail: str = ""
    """And one line more."""
    by_template: bool = False
    """Whether its section's template read it."""
    layout: Template | None = None
    """How it is laid out, where no template read it and its place alone tells its story."""
    rest: str | None = None
    """Address of the document that holds its story, where the page itself holds none."""
    shell: Page | None = None
    """The page without a story, where what was read is the document that it named instead."""
    deaths: int | None = None
    """Workers that died under it, where it goes into quarantine; 0 where it was there already."""


def read_page(page: Page, limits: ExtractionLimits, template: Template | None = None) -> Reading:
    """Extract the article and compress the page: the costly part, for a worker process."""
    compressed = compress(page.body)
    try:
        article, layout = read_article(page, limits, template, learn=True)
    except PageError as error:
        return Reading(
            compressed=compressed,
            article=None,
            reason=error.slug,
            detail=str(error),
            rest=error.rest if isinstance(error, NoStory) else None,
        )
    return Reading(
        compressed=compressed,
        article=article,
        by_template=layout.by_template,
        layout=layout.template,
    )


class ExtractionPipeline:
    """Item pipeline that owns the worker processes and the session."""

    def __init__(self, crawler: Crawler, config: Config) -> None:
        self._crawler = crawler
        self._limits = config.extraction
        self._revisit_hours = config.crawl.revisit_hours
        self._article_pages = config.crawl.article_pages
        workers = worker_count(config.extraction.workers)
        self._pool = WorkerPool(
            workers, config.extraction.deadline_s, config.extraction.max_memory_mb
        )
        self._turns = asyncio.Semaphore(PAGES_PER_WORKER * workers)
        self._stopping: asyncio.Task[None] | None = None
        # Documents in quarantine, by sha256: whoever serves them again costs no worker.
        self._quarantined: dict[str, str] = {}
        # Those known when the crawl began: what a page gives must not depend on which pages of its
        # section came before it.
        self._templates = Templates(())
        self.session = Session(
            config.store_path,
            run_id=crawler.settings.get("WIRETRACE_RUN_ID"),
            own_id=new_run_id(datetime.now(UTC)),
            now=lambda: utc_text(datetime.now(UTC)),
            heard=lambda name, n: crawler.stats.inc_value(f"wiretrace/{name}", n),
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for our own spiders; the shell keeps nothing."""
        config = getattr(crawler.spider, "config", None)
        if not isinstance(config, Config):
            raise NotConfigured
        pipeline = cls(crawler, config)
        crawler.signals.connect(pipeline.spider_closed, signal=signals.spider_closed)
        return pipeline

    async def open_spider(self) -> None:
        """Open the store and lend store and workers to the spider.

        Raises:
            CloseSpider: the store cannot be opened; its error stays in the session.
        """
        spider: Any = self._crawler.spider
        spider.session, spider.workers = self.session, self._pool
        try:
            await self.session.open()
            self._templates = await self.session.call(templates_of)
            self._quarantined = await self.session.call(Store.quarantined_bodies)
        except WiretraceError as error:
            self.session.fail(error)
            raise CloseSpider(error.slug) from error

    async def process_item(self, item: object) -> object:
        """Keep a page and its article; count drops and outcomes that spiders report.

        Raises:
            DropItem: the page gives no article (it is kept with its reason), or is known already.
        """
        try:
            if isinstance(item, Page):
                return await self._take(item)
            if isinstance(item, Drop):
                await self.session.drop(item)
            elif isinstance(item, SourceOutcome):
                self.session.merge(item)
        except (StoreError, StoreLocked) as error:
            self._stop(error)
            raise DropItem(error.slug) from error
        return item

    async def _take(self, fetched: Page) -> Article:
        async with self._turns:
            page = await self._with_hints(fetched)
            reading = await self._read(page)
        if reading.rest is not None:
            page, reading = await self._read_beside(page, reading, reading.rest)
        is_new = await self.session.call(
            keep,
            self.session.run_id,
            page,
            reading,
            self._revisit_hours,
            most_pages=self._article_pages,
        )
        if page.lead is not None and page.lead.visits:
            self.session.count("revisits")
        for directive in page.directives:
            self.session.count(f"asks:{directive}")
        self.session.count("pages")
        self.session.count("bytes", len(page.body))
        tally = self.session.tally(page.source)
        tally.pages += 1
        tally.bytes += len(page.body)
        tally.articles += reading.article is not None
        if reading.article is None:
            self.session.count("failed-pages")
            if reading.deaths is not None:
                self.session.count("quarantined")
            raise DropItem(reading.reason)
        self.session.count("articles")
        if is_new:
            self.session.count("new-articles")
        if self._templates.of(page.url) is not None:
            self.session.count("by-template" if reading.by_template else "template-drift")
        return reading.article

    async def _with_hints(self, page: Page) -> Page:
        """Give the page its lead as it stands now: a feed may have told its time meanwhile.

        Raises:
            DropItem: the page of an archive is known already.
        """
        if page.lead is None:
            return page
        known = await self.session.call(Store.lead, page.lead.url)
        if known is None:
            return page
        if page.lead.kind == "archive" and known.state is LeadState.DONE:
            self.session.count("drop:known-page")
            raise DropItem("known-page")
        return replace(page, lead=known)

    async def _read_beside(self, page: Page, reading: Reading, url: str) -> tuple[Page, Reading]:
        """Have the story read from the document that a page without one names.

        Gives that document in place of the page where it holds the story, else what came in.
        """
        spider: Any = self._crawler.spider
        self.session.count("rest-asked")
        found: Page | Drop = await spider.beside.fetch(url, page)
        if isinstance(found, Drop):
            await self.session.drop(found)
            return page, reading
        async with self._turns:
            better = await self._read(found)
        if better.article is None:
            drop = Drop(source=page.source, reason="rest-no-story", url=url, detail=better.detail)
            await self.session.drop(drop)
            return page, reading
        self.session.count("by-rest")
        return found, replace(better, shell=page, layout=None)

    async def _read(self, page: Page) -> Reading:
        """Have a page read; one that kills its worker twice is put aside with its bytes."""
        known = self._quarantined.get(sha256(page.body).hexdigest()) if self._quarantined else None
        if known is not None:
            return await self._ill(page, known, "The same document is in quarantine.", deaths=0)
        deaths = 0
        try:
            for template in (self._templates.of(page.url), None):
                try:
                    return await self._pool.call(read_page, page, self._limits, template)
                except DEATHS as error:
                    deaths += 1
                    logger.warning("%s [%s]: %s", page.url, error.slug, error)
                    reason, detail = error.slug, str(error)
        except Exception as error:
            # A bug of ours that this page brought to light: without its being kept as failed, its
            # lead would be fetched again in every run.
            logger.exception("%s [%s]", page.url, WorkError.slug)
            return await self._ill(page, WorkError.slug, repr(error)[:MAX_DETAIL])
        self._quarantined[sha256(page.body).hexdigest()] = reason
        return await self._ill(page, reason, detail, deaths=deaths)

    async def _ill(
        self, page: Page, reason: str, detail: str, *, deaths: int | None = None
    ) -> Reading:
        compressed = await asyncio.to_thread(compress, page.body)
        return Reading(
            compressed=compressed, article=None, reason=reason, detail=detail, deaths=deaths
        )

    def _stop(self, error: WiretraceError) -> None:
        if self._stopping is None:
            self._stopping = asyncio.ensure_future(
                self._crawler.engine.close_spider_async(reason=error.slug)
            )

    async def spider_closed(self, reason: str) -> None:
        """End the workers, then write the totals and put claimed leads back.

        A failure of the store is left in the stat `wiretrace_failure` for whoever runs the crawl.
        """
        if reason == FINISHED:
            await asyncio.to_thread(self._pool.close)
        else:
            await asyncio.to_thread(self._pool.kill)
        finished = outcome_of(self.session.tallies.values())
        await self.session.close(finished if reason == FINISHED else "interrupted")
        if self.session.error is not None:
            self._crawler.stats.set_value("wiretrace_failure", self.session.error)


def templates_of(store: Store) -> Templates:
    """Learn the templates from the layouts that the store holds."""
    return Templates(store.layouts())


def keep(
    store: Store,
    run_id: str,
    page: Page,
    reading: Reading,
    revisit_hours: Sequence[float] = (),
    *,
    most_pages: int = ARTICLE_PAGES,
) -> bool:
    """Store a page, what was read from it, and the end of its lead, all or nothing.

    Says whether the page gave an article that was not known before, by any of its addresses.
    """
    with store.transaction():
        article, lead = reading.article, page.lead
        if reading.shell is not None:
            store.fail_page(
                store.save_page(reading.shell), NoStory.slug, "The story came from the REST link."
            )
        page_id = store.save_page(page, compressed=reading.compressed)
        if lead is not None and lead.kind == "archive":
            store.add_leads([lead], run_id=run_id)
        if lead is not None:
            _finish(store, page, lead, reading, revisit_hours)
        if article is None:
            store.put_aside(
                run_id,
                page_id,
                page,
                reason=reading.reason,
                detail=reading.detail,
                deaths=reading.deaths,
                now=utc_text(datetime.now(UTC)),
            )
            if lead is not None and lead.part_of is not None:
                _want(
                    store,
                    run_id,
                    look_again(store, article_id(lead.part_of), now=page.fetched, most=most_pages),
                )
            return False
        is_new = store.article_at(article.url) is None
        more = file_article(store, article, page_id=page_id, lead=lead, most=most_pages)
        _want(store, run_id, more)
        kept = store.article(article.id)
        if reading.layout is not None and kept is not None:
            store.save_layout(article.id, reading.layout, fetched=page.fetched)
        # Where it is another form of a known one, or the known one of it, it is nothing new.
        return is_new and kept is not None and not any(form.fetched for form in kept.forms)


def _want(store: Store, run_id: str, leads: list[Lead]) -> None:
    """File the further pages that an article wants."""
    if leads:
        store.count(run_id, "parts-wanted", store.add_leads(leads, run_id=run_id))


def _finish(
    store: Store, page: Page, lead: Lead, reading: Reading, revisit_hours: Sequence[float]
) -> None:
    """Say that a lead came to its page; where that holds no story, another form may."""
    store.finish_lead(lead.url, state=LeadState.DONE)
    if lead.kind != "archive" and (reading.article is not None or lead.visits):
        store.plan_revisit(lead.url, now=page.fetched, hours=revisit_hours)
    arrived = canonical(page.url)
    if arrived is not None and arrived != lead.url:
        # Where it led to is fetched herewith, should it be a lead of its own.
        store.finish_lead(arrived, state=LeadState.DONE)
    if reading.article is None:
        store.reopen_variant(lead.url)
