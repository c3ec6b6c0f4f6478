"""Obey robots.txt as RFC 9309 says, before the first request to each host.

Scrapy's own middleware crawls on when robots.txt answers 503 or not at all, and ignores
Crawl-delay. Here: a 4xx answer allows everything, a 5xx or none forbids everything, Crawl-delay
raises the host's delay. https://www.rfc-editor.org/rfc/rfc9309
"""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Self

from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.httpobj import urlparse_cached

from crawler.middlewares.addon import addon_of
from crawler.middlewares.failures import ASKED_FOR, ROBOTS, Refused, detail_of, reason_of, source_of
from crawler.middlewares.gap import slow_host

logger = logging.getLogger(__name__)

# RFC 9309, section 2.5: crawlers must read at least 500 KiB; the rest of a longer file is noise.
MAX_BYTES = 512_000
# "Try later" is no permission: RFC 9309 counts 429 as 4xx, but its own reasoning (the server is
# in trouble) is that of 5xx.
TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Policy:
    """What one host's robots.txt says to us."""

    parser: ProtegoRobotParser | None = None
    """Its rules; None where there are none."""
    unreachable: str = ""
    """Why it could not be read; then everything is forbidden."""
    crawl_delay_s: float = 0.0
    """Its Crawl-delay, bounded."""
    sitemaps: tuple[str, ...] = field(default=())
    """Its Sitemap lines."""


class RobotsMiddleware:
    """Downloader middleware; each redirect's target passes it again, on whatever host it is."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._max_delay_s = addon_of(crawler).config.crawl.max_crawl_delay_s
        # Rules are matched against the product token, the user agent's first word.
        self._agent = crawler.settings["USER_AGENT"].partition("/")[0].strip()
        self._policies: dict[str, asyncio.Task[Policy]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from a crawler."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let an allowed request pass.

        Raises:
            Refused: `robots-denied` or `robots-unreachable`.
        """
        # A redirect inherits the queue of the host it comes from; each host has its own.
        request.meta.pop(Downloader.DOWNLOAD_SLOT, None)
        if request.meta.get(ROBOTS):
            return
        policy = await self.policy_of(request)
        if policy.unreachable:
            raise Refused("robots-unreachable", policy.unreachable)
        if policy.parser is not None and not policy.parser.allowed(request.url, self._agent):
            raise Refused("robots-denied", f"robots.txt forbids {request.url}")
        if policy.crawl_delay_s:
            slow_host(self._crawler, request, policy.crawl_delay_s)

    async def policy_of(self, request: Request) -> Policy:
        """Give the policy of a request's origin, reading it once however many requests wait."""
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        task = self._policies.get(origin)
        if task is None:
            task = asyncio.ensure_future(self._read(origin, source_of(request)))
            self._policies[origin] = task
        return await asyncio.shield(task)

    async def _read(self, origin: str, source: str | None) -> Policy:
        request = Request(
            f"{origin}/robots.txt",
            meta={ROBOTS: True, ASKED_FOR: source},
            callback=NO_CALLBACK,
            dont_filter=True,
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except IgnoreRequest as error:  # too many redirects, or too large when decompressed
            endless = reason_of(error) == "redirect-loop"
            return Policy() if endless else Policy(unreachable=detail_of(error))
        except Exception as error:  # noqa: BLE001 - any failure of the network means the same here
            self._stat("unreachable")
            return Policy(unreachable=f"{request.url}: {detail_of(error)}")
        self._stat(f"status/{response.status}")
        return self._interpret(response)

    def _interpret(self, response: Response) -> Policy:
        status = response.status
        if status >= 500 or status == TOO_MANY:  # noqa: PLR2004 - the class of server errors
            return Policy(unreachable=f"{response.url} answered {status}")
        body = response.body[:MAX_BYTES].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        # A "not found" page with status 200 is a page, whatever words stand in it.
        if status != 200 or body.startswith(b"<"):  # noqa: PLR2004 - "OK"
            return Policy()
        parser = ProtegoRobotParser(body.replace(b"\x00", b""), self._crawler.spider)
        asked = parser.crawl_delay(self._agent) or 0.0
        return Policy(
            parser=parser,
            crawl_delay_s=min(max(asked, 0.0), self._max_delay_s),
            sitemaps=tuple(parser.rp.sitemaps),
        )

    def _stat(self, name: str) -> None:
        self._crawler.stats.inc_value(f"robots/{name}")
