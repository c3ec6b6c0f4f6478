"""Ask again, later, where a failure passes; slow down for a host in trouble, and leave it alone.

Replaces Scrapy's retry middleware, which asks three times within milliseconds and ignores
Retry-After (RFC 9110, section 10.2.3). Here the host's whole queue waits, the delay of a host that
says "too many" grows and shrinks again as it recovers, and a host that keeps failing is left alone
by this run and the next ones (a circuit breaker), for longer each time.
"""

import asyncio
import logging
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Request, Response

from crawler.discovery import utc_text
from crawler.errors import StoreError, StoreLocked
from crawler.items import HostState
from crawler.middlewares.addon import addon_of
from crawler.middlewares.failures import (
    MEMORY_FULL,
    PASSING,
    PASSING_STATUSES,
    ROBOTS,
    Halted,
    Refused,
    reason_of,
)
from crawler.middlewares.gap import adapt_host, hold_host, least_delay_s
from crawler.middlewares.large import TOKEN
from crawler.store import Store
from crawler.store.session import Session
from crawler.urls import host_of

logger = logging.getLogger(__name__)

# Seconds before the first repetition; doubled each time: 2, 4, 8. Up to half as much again is added
# at random, so that many clients of a server that was down do not come back at one moment.
FIRST_WAIT_S = 2.0
JITTER = 0.5
# A host that failed so many requests in a row, each with its repetitions, is down: without this,
# 500 leads of a dead host would cost 500 time-outs.
MAX_FAILURES = 4
# It is left alone for a quarter of an hour, then twice as long each time, at most for a day. After
# that one request is let through; if it fails, the host rests again.
FIRST_REST = timedelta(minutes=15)
MAX_REST = timedelta(hours=24)
# "Too many requests" and "unavailable" double the host's delay; so many good answers in a row take
# a quarter of it away. Half a minute of patience is won back within some hundred pages.
BUSY = frozenset({429, 503})
GOOD_ANSWERS = 20
# robots.txt is asked once more only: behind it the whole host waits.
ROBOTS_RETRIES = 1
PASSING_ERRORS = (
    DownloadTimeoutError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    ResponseDataLossError,
    CannotResolveHostError,
)
TRIES = "wiretrace_tries"


@dataclass(slots=True)
class Host:
    """How a host is doing."""

    learnt_s: float = 0.0
    """Delay that it was found to need; 0 as long as it has never complained."""
    good: int = 0
    """Good answers since its delay was changed last."""
    failed: int = 0
    """Requests in a row that were given up in this run."""
    rests: int = 0
    """Times in a row that it was left alone, earlier runs included."""
    rest_until: datetime | None = None
    """When it may be asked again."""
    stored: bool = False
    """Whether the store holds something against it."""


class PatienceMiddleware:
    """Downloader middleware that repeats, waits and gives up.

    Args:
        crawler: the crawl.
        chance: source of the jitter.
    """

    def __init__(self, crawler: Crawler, chance: random.Random) -> None:
        self._crawler = crawler
        self._chance = chance
        self._limits = addon_of(crawler).config.crawl
        self._hosts: dict[str, Host] = {}
        self._remembered: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from a crawler; `WIRETRACE_SEED` makes its waits repeatable."""
        return cls(crawler, random.Random(crawler.settings.get("WIRETRACE_SEED")))  # noqa: S311 - waits are no secret

    async def process_request(self, request: Request) -> None:
        """Hold back requests to hosts that are left alone.

        Raises:
            Refused: `host-rests`, with the seconds left.
        """
        await self._remember()
        host = self._hosts.get(host_of(request.url))
        if host is None:
            return
        if host.rest_until is not None:
            left = (host.rest_until - datetime.now(UTC)).total_seconds()
            if left > 0:
                raise Refused("host-rests", f"{host_of(request.url)} is left alone", left)
            # One try: the next failure sends it back to rest.
            host.rest_until, host.failed = None, MAX_FAILURES - 1
        if host.learnt_s:
            adapt_host(self._crawler, request, host.learnt_s)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Repeat a request that was answered "later"; any other answer shows the host is up."""
        if response.status not in PASSING_STATUSES:
            await self._answered(request)
            return response
        if response.status in BUSY:
            await self._slow_down(request)
        asked = retry_after_s(response, datetime.now(UTC))
        return await self._again(request, f"http-{response.status}", asked) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Repeat a request that failed in a way that passes."""
        reason = reason_of(exception)
        if isinstance(exception, (*PASSING_ERRORS, Halted)) and reason in PASSING:
            return await self._again(request, reason, None)
        return None

    async def _again(self, request: Request, reason: str, asked_s: float | None) -> Request | None:
        """Give the repetition of a request, or None where there is none."""
        host = self._host(request)
        if asked_s is not None and asked_s > self._limits.max_retry_after_s:
            rest = min(timedelta(seconds=asked_s), MAX_REST)
            await self._rest(request, rest, f"{reason}: asks to wait {asked_s:.0f} s")
            return None
        tries = request.meta.get(TRIES, 0) + 1
        allowed = ROBOTS_RETRIES if request.meta.get(ROBOTS) else self._limits.retries
        if tries > min(allowed, self._limits.retries):
            # What there is no room for is not the host's failure.
            host.failed += reason != MEMORY_FULL
            # Requests that were under way when it was sent to rest prolong nothing.
            down = host.failed >= MAX_FAILURES and host.rest_until is None
            if down and not request.meta.get(ROBOTS):
                rest = min(FIRST_REST * 2 ** min(host.rests, 10), MAX_REST)
                host.rests += 1
                await self._rest(request, rest, f"{reason}: keeps failing")
            return None
        wait = FIRST_WAIT_S * 2 ** (tries - 1) if asked_s is None else asked_s
        wait += self._chance.random() * JITTER * min(wait, FIRST_WAIT_S * 2 ** (tries - 1))
        delay = max(least_delay_s(self._crawler, request), host.learnt_s)
        hold_host(self._crawler, request, max(wait, delay))
        self._crawler.stats.inc_value(f"patience/{reason}")
        again = request.copy()
        addon_of(self._crawler).large.free(request)
        again.meta[TRIES] = tries
        again.meta.pop(TOKEN, None)
        again.dont_filter = True
        return again

    async def _answered(self, request: Request) -> None:
        """Take note of a good answer: the host is up, and may bear a shorter delay."""
        host = self._hosts.get(host_of(request.url))
        if host is None or request.meta.get(ROBOTS):
            return
        host.failed, host.rests, host.rest_until = 0, 0, None
        host.good += 1
        if host.learnt_s and host.good >= GOOD_ANSWERS:
            host.good = 0
            shorter = host.learnt_s * 0.75
            host.learnt_s = shorter if shorter > least_delay_s(self._crawler, request) else 0.0
            adapt_host(self._crawler, request, host.learnt_s)
        if host.stored:
            host.stored = bool(host.learnt_s)
            name = host_of(request.url)
            if host.stored:
                await self._write(Store.save_host, HostState(host=name, delay_s=host.learnt_s))
            else:
                await self._write(Store.forget_host, name)

    async def _slow_down(self, request: Request) -> None:
        host = self._host(request)
        delay = 2 * max(host.learnt_s, least_delay_s(self._crawler, request))
        host.learnt_s = min(delay, self._limits.max_crawl_delay_s)
        host.good = 0
        adapt_host(self._crawler, request, host.learnt_s)
        host.stored = True
        await self._write(
            Store.save_host,
            HostState(host=host_of(request.url), delay_s=host.learnt_s, failures=host.rests),
        )

    async def _rest(self, request: Request, rest: timedelta, why: str) -> None:
        name, host = host_of(request.url), self._host(request)
        host.rest_until = datetime.now(UTC) + rest
        addon_of(self._crawler).resting[name] = host.rest_until
        host.stored = True
        until = utc_text(host.rest_until)
        logger.warning("%s [%s]; it is left alone until %s", name, why, until)
        await self._write(
            Store.save_host,
            HostState(
                host=name,
                delay_s=host.learnt_s,
                failures=host.rests,
                rest_until=until,
                reason=why,
            ),
        )

    def _host(self, request: Request) -> Host:
        return self._hosts.setdefault(host_of(request.url), Host())

    async def _remember(self) -> None:
        """Take over, once, what earlier runs have learnt."""
        if self._remembered is None:
            self._remembered = asyncio.ensure_future(self._recall())
        await asyncio.shield(self._remembered)

    async def _recall(self) -> None:
        session = getattr(self._crawler.spider, "session", None)
        if not isinstance(session, Session):
            return
        try:
            states = await session.call(Store.hosts)
        except (StoreError, StoreLocked):
            return  # the session remembers it and ends the crawl
        for state in states:
            until = state.rest_until
            self._hosts[state.host] = Host(
                learnt_s=state.delay_s,
                rests=state.failures,
                rest_until=datetime.fromisoformat(until) if until else None,
                stored=True,
            )

    async def _write(self, function: Callable[..., None], *arguments: object) -> None:
        session = getattr(self._crawler.spider, "session", None)
        if isinstance(session, Session):
            # A failure is remembered by the session and ends the crawl.
            with suppress(StoreError, StoreLocked):
                await session.call(function, *arguments)


def retry_after_s(response: Response, now: datetime) -> float | None:
    """Read Retry-After, in seconds or as a date; None where it is missing or makes no sense."""
    text = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if not text:
        return None
    if text.isdecimal():
        return float(text[:9])  # more digits are longer than any run
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError):
        return None
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (zoned - now).total_seconds())
