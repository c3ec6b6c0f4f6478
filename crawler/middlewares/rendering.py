"""Have the pages of sources with `render = true` drawn by a browser.

The page is fetched as any other; a browser then runs its scripts, and what these ask for comes
through the crawl's own downloader: guard, robots.txt, the host's delay, the source's budget. Only
the page's own site is asked. What is drawn takes the place of what the server sent.
"""

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, Request, Response

from crawler.config import Config
from crawler.errors import RenderUnavailable
from crawler.items import Drop
from crawler.middlewares.addon import addon_of
from crawler.middlewares.asking import Unanswered, ask
from crawler.middlewares.browser import Answered, Browser, require_library
from crawler.middlewares.failures import LEAD, source_of
from crawler.store.session import Session, session_of
from crawler.urls import site_of

logger = logging.getLogger(__name__)

OK = 200
# Code that is the same on each page of a site is asked for once in a run, up to so many bytes.
KEPT_BYTES = 50_000_000
# Of an answer: what it is, and whether a script of another host of the site may read it.
HEADERS = ("content-type", "access-control-allow-origin", "access-control-allow-credentials")
SCRIPT = "javascript"


class RenderingMiddleware:
    """Downloader middleware; stands behind all others, so that it sees pages only."""

    def __init__(self, crawler: Crawler, config: Config) -> None:
        self._crawler = crawler
        self._sources = rendered_sources(config)
        self._max_bytes = min(config.crawl.max_bytes, config.extraction.max_bytes)
        self._browser = Browser(crawler.settings["USER_AGENT"], config.crawl.timeout_s)
        self._kept: dict[str, Answered] = {}
        self._kept_bytes = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it where a source is to be rendered.

        Raises:
            NotConfigured: none is.
            RenderUnavailable: the library is not installed.
        """
        config = addon_of(crawler).config
        if not rendered_sources(config):
            raise NotConfigured
        require_library()
        middleware = cls(crawler, config)
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    @property
    def _session(self) -> Session:
        return session_of(self._crawler.spider)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Give the page as its scripts draw it, or as it came where they do not."""
        source = source_of(request)
        is_page = LEAD in request.meta and response.status == OK
        if source not in self._sources or not is_page or not isinstance(response, HtmlResponse):
            return response
        try:
            drawn = await self._browser.draw(
                response.url,
                response.body,
                (response.headers.get("Content-Type") or b"text/html").decode("latin-1"),
                lambda url: self._fetch(url, response.url, source),
            )
        except RenderUnavailable as error:
            logger.warning("%s [%s]: %s", response.url, error.slug, error)
            await self._failed(response, source, error.slug, str(error))
            return response
        body = (drawn or "").encode("utf-8", "replace")
        if not body or len(body) > self._max_bytes:
            detail = f"{len(body)} bytes were drawn" if body else "its scripts come to no end"
            await self._failed(response, source, "render-failed", detail)
            return response
        self._session.count("rendered")
        headers = response.headers.copy()
        headers["Content-Type"] = "text/html; charset=utf-8"
        return response.replace(body=body, headers=headers, encoding="utf-8")

    async def _failed(self, response: Response, source: str, reason: str, detail: str) -> None:
        drop = Drop(source=source, reason=reason, url=response.url, detail=detail)
        await self._session.drop(drop)

    async def _fetch(self, url: str, page_url: str, source: str) -> Answered | None:
        """Answer what a page's script asks for; None where it may not be asked, or fails."""
        if site_of(url) != site_of(page_url):
            self._session.count("render-elsewhere")
            return None
        if url in self._kept:
            return self._kept[url]
        try:
            response = await ask(self._crawler, url, source=source, max_bytes=self._max_bytes)
        except Unanswered as error:
            logger.debug("%s [%s]: for %s", url, error.reason, page_url)
            self._session.count("render-refused")
            return None
        if site_of(response.url) != site_of(page_url):
            self._session.count("render-elsewhere")
            return None
        self._session.count("render-requests")
        return self._keep(url, answer_of(response))

    def _keep(self, url: str, answer: Answered) -> Answered:
        size = len(answer.body)
        is_code = SCRIPT in answer.headers.get("content-type", "")
        if is_code and answer.status == OK and self._kept_bytes + size <= KEPT_BYTES:
            self._kept[url] = answer
            self._kept_bytes += size
        return answer

    async def spider_closed(self) -> None:
        """End the browser."""
        await self._browser.close()


def rendered_sources(config: Config) -> frozenset[str]:
    """Give the names of the sources whose pages a browser draws."""
    return frozenset(source.name for source in config.sources if source.render)


def answer_of(response: Response) -> Answered:
    """Give what the browser is told of a response."""
    given = ((name, response.headers.get(name)) for name in HEADERS)
    headers = {name: value.decode("latin-1") for name, value in given if value is not None}
    return Answered(status=response.status, headers=headers, body=response.body)
