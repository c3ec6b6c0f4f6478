"""Obey robots.txt as RFC 9309 says, before the first request to each host.

Scrapy's own middleware crawls on when robots.txt answers 503 or not at all, and ignores
Crawl-delay. Here: a 4xx answer allows everything, a 5xx or none forbids everything unless a copy of
the last day is at hand, Crawl-delay raises the host's delay. https://www.rfc-editor.org/rfc/rfc9309
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.discovery import utc_text
from crawler.errors import StoreError, StoreLocked
from crawler.items import RobotsCopy
from crawler.middlewares.addon import addon_of
from crawler.middlewares.failures import (
    ASKED_FOR,
    BUDGET,
    ROBOTS,
    Refused,
    detail_of,
    reason_of,
    source_of,
)
from crawler.middlewares.gap import slow_host
from crawler.middlewares.rules import MAX_BYTES, Rules, product_token, read_rules
from crawler.store import Store
from crawler.store.session import Session

logger = logging.getLogger(__name__)

# RFC 9309, section 2.4: a copy may be used for 24 hours. A crawl that lasts longer reads it again,
# and a copy from before stands in no longer for a file that cannot be read.
MAX_AGE = timedelta(hours=24)
# "Try later" is no permission: RFC 9309 counts 429 as 4xx, but its own reasoning (the server is
# in trouble) is that of 5xx.
TOO_MANY = 429
# Reading ends after `MAX_BYTES` whatever follows; a packed file that unpacks to more than this is
# no robots.txt but a bomb, and counts as unreadable.
MAX_UNPACKED = 20 * MAX_BYTES

NO_RULES = Rules()


@dataclass(frozen=True, slots=True)
class Policy:
    """What one host's robots.txt says to us."""

    rules: Rules = NO_RULES
    """Its rules; none where there is no file."""
    unreachable: str = ""
    """Why it could not be read; then everything is forbidden."""


class RobotsMiddleware:
    """Downloader middleware; each redirect's target passes it again, on whatever host it is."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._max_delay_s = addon_of(crawler).config.crawl.max_crawl_delay_s
        self._agent = product_token(crawler.settings["USER_AGENT"])
        self._policies: dict[str, tuple[float, asyncio.Task[Policy]]] = {}

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
        if not policy.rules.allows(request.url):
            raise Refused("robots-denied", f"robots.txt forbids {request.url}")
        if policy.rules.crawl_delay_s:
            delay = min(policy.rules.crawl_delay_s, self._max_delay_s)
            slow_host(self._crawler, request, delay)

    async def policy_of(self, request: Request) -> Policy:
        """Give the policy of a request's origin, reading it once however many requests wait."""
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        begun, task = self._policies.get(origin, (0.0, None))
        own = task is None or time.monotonic() - begun > MAX_AGE.total_seconds()
        if task is None or own:
            task = asyncio.ensure_future(self._policy(origin, source_of(request)))
            self._policies[origin] = time.monotonic(), task
        try:
            return await asyncio.shield(task)
        except Refused as error:
            # The host rests, or the source may not ask: nothing is known of the rules yet.
            if self._policies.get(origin, (0.0, None))[1] is task:
                del self._policies[origin]
            if error.reason == BUDGET and not own:
                return await self.policy_of(request)  # that was another source's budget
            raise

    async def _policy(self, origin: str, source: str | None) -> Policy:
        """Read a policy; where that fails, take the copy of the last day."""
        found = await self._read(origin, source)
        if isinstance(found, RobotsCopy):
            await self._keep(found)
            return self._interpret(found)
        copy = await self._last_good(origin)
        if copy is None:
            return Policy(unreachable=found)
        logger.info("%s; its copy of %s holds", found, copy.fetched)
        self._count("robots-copy-used")
        return self._interpret(copy)

    async def _read(self, origin: str, source: str | None) -> RobotsCopy | str:
        """Ask for the file; gives what was answered, or why it counts as unreachable."""
        request = Request(
            f"{origin}/robots.txt",
            # No compression asked for: of a packed file the beginning alone is no use.
            headers={"Accept-Encoding": "identity"},
            meta={ROBOTS: True, ASKED_FOR: source, "download_maxsize": MAX_UNPACKED},
            callback=NO_CALLBACK,
            dont_filter=True,
        )
        now = datetime.now(UTC)
        try:
            response = await self._crawler.engine.download_async(request)
        except Refused as error:
            if error.reason in ("host-rests", BUDGET):
                raise
            return f"{request.url}: {detail_of(error)}"
        except IgnoreRequest as error:  # too many redirects, a bomb
            if reason_of(error) == "redirect-loop":
                return copy_of(origin, 404, b"", now)
            return f"{request.url}: {detail_of(error)}"
        except Exception as error:  # noqa: BLE001 - any failure of the network means the same here
            self._stat("unreachable")
            return f"{request.url}: {detail_of(error)}"
        self._stat(f"status/{response.status}")
        if response.status >= 500 or response.status == TOO_MANY:  # noqa: PLR2004 - server errors
            return f"{response.url} answered {response.status}"
        return copy_of(origin, response.status, body_of(response), now)

    def _interpret(self, copy: RobotsCopy) -> Policy:
        if copy.status != 200:  # noqa: PLR2004 - "OK"
            return Policy()
        return Policy(rules=read_rules(copy.body, self._agent))

    async def _keep(self, copy: RobotsCopy) -> None:
        session = self._session()
        if session is not None:
            await quietly(session, Store.save_robots, copy)

    async def _last_good(self, origin: str) -> RobotsCopy | None:
        session = self._session()
        if session is None:
            return None
        try:
            copy = await session.call(Store.robots, origin)
        except (StoreError, StoreLocked):
            return None  # the session remembers it and ends the crawl
        if copy is None:
            return None
        age = datetime.now(UTC) - datetime.fromisoformat(copy.fetched)
        return copy if age <= MAX_AGE else None

    def _session(self) -> Session | None:
        session = getattr(self._crawler.spider, "session", None)
        return session if isinstance(session, Session) else None

    def _count(self, name: str) -> None:
        session = self._session()
        if session is not None:
            session.count(name)

    def _stat(self, name: str) -> None:
        self._crawler.stats.inc_value(f"robots/{name}")


async def quietly(session: Session, function: Callable[..., None], *arguments: object) -> None:
    """Write something to the store; its failure is remembered by the session and ends the crawl."""
    with suppress(StoreError, StoreLocked):
        await session.call(function, *arguments)


def body_of(response: Response) -> bytes:
    """Give the file; a web page in its place, as for "not found", says nothing."""
    body = response.body[:MAX_BYTES]
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    return b"" if start.startswith(b"<") else body


def copy_of(origin: str, status: int, body: bytes, now: datetime) -> RobotsCopy:
    """Make the record of an answer."""
    return RobotsCopy(origin=origin, status=status, body=body, fetched=utc_text(now))
