"""Ask again, later, where a failure passes; and leave a host alone that asks for it.

Replaces Scrapy's retry middleware, which asks three times within milliseconds and ignores
Retry-After (RFC 9110, section 10.2.3). Here the host's whole queue waits.
"""

import logging
import time
from datetime import UTC, datetime
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

from crawler.middlewares.addon import addon_of
from crawler.middlewares.failures import PASSING_STATUSES, ROBOTS, Refused, reason_of
from crawler.middlewares.gap import hold_host, slot_of
from crawler.urls import host_of

logger = logging.getLogger(__name__)

# Seconds before the first repetition; doubled each time: 2, 4, 8.
FIRST_WAIT_S = 2.0
# A host that failed so many requests in a row, each with its repetitions, is down for this run:
# without this, 500 leads of a dead host would cost 500 time-outs.
MAX_FAILURES = 4
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


class PatienceMiddleware:
    """Downloader middleware that repeats, waits and gives up."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._limits = addon_of(crawler).config.crawl
        self._failures: dict[str, int] = {}
        self._resting: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from a crawler."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Hold back requests to hosts that are left alone.

        Raises:
            Refused: `host-rests`, with the seconds left.
        """
        until = self._resting.get(host_of(request.url))
        if until is not None:
            left = max(0.0, until - time.monotonic())
            raise Refused("host-rests", f"{host_of(request.url)} is left alone in this run", left)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Repeat a request that was answered "later"; any other answer shows the host is up."""
        if response.status not in PASSING_STATUSES:
            self._failures.pop(host_of(request.url), None)
            return response
        asked = retry_after_s(response, datetime.now(UTC))
        return self._again(request, f"http-{response.status}", asked) or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Repeat a request that failed in a way that passes."""
        if isinstance(exception, PASSING_ERRORS):
            return self._again(request, reason_of(exception), None)
        return None

    def _again(self, request: Request, reason: str, asked_s: float | None) -> Request | None:
        host = host_of(request.url)
        if asked_s is not None and asked_s > self._limits.max_retry_after_s:
            self._rest(host, asked_s, f"asks to wait {asked_s:.0f} s")
            return None
        tries = request.meta.get(TRIES, 0) + 1
        allowed = ROBOTS_RETRIES if request.meta.get(ROBOTS) else self._limits.retries
        if tries > min(allowed, self._limits.retries):
            self._failures[host] = self._failures.get(host, 0) + 1
            if self._failures[host] >= MAX_FAILURES and not request.meta.get(ROBOTS):
                self._rest(host, self._limits.max_retry_after_s, f"keeps failing ({reason})")
            return None
        wait = FIRST_WAIT_S * 2 ** (tries - 1) if asked_s is None else asked_s
        slot = slot_of(self._crawler, request)
        hold_host(self._crawler, request, max(wait, slot.delay if slot else 0.0))
        self._crawler.stats.inc_value(f"patience/{reason}")
        again = request.copy()
        again.meta[TRIES] = tries
        again.dont_filter = True
        return again

    def _rest(self, host: str, seconds: float, why: str) -> None:
        if host not in self._resting:
            logger.warning("%s %s; it is left alone for the rest of this run", host, why)
        self._resting[host] = time.monotonic() + seconds


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
