"""Keep the gap between two requests to a host as the host sees it, and stop useless downloads.

Scrapy measures the delay from when it hands a request over. Looking up a name, a handshake or a
wait for a place may hold that request back while the next one flies, so the host would see a
shorter gap. Here the delay counts from the moment the answer's first bytes show that the host has
the request.
"""

import time
from typing import Self

from scrapy import signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Request
from scrapy.http.headers import Headers

from crawler.middlewares.addon import HostDelays, addon_of
from crawler.middlewares.failures import LEAD, MEMORY_FULL, ROBOTS, Halted
from crawler.middlewares.large import LARGE
from crawler.middlewares.rules import MAX_BYTES

READ = "wiretrace_read"
"""Bytes of an answer that have come."""

# What is never a page: stopped after the headers, before megabytes of it arrive.
NEVER_PAGES = ("image/", "video/", "audio/", "font/", "application/zip", "application/octet-stream")

# A proxy may pack what its server has packed; more is made to cost time.
MAX_ENCODINGS = 2


class HostGap:
    """Extension that listens to answers as they begin."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the signal."""
        gap = cls(crawler)
        crawler.signals.connect(gap.answer_begins, signal=signals.headers_received)
        crawler.signals.connect(gap.part_arrives, signal=signals.bytes_received)
        return gap

    def answer_begins(self, headers: Headers, request: Request) -> None:
        """Restart the host's delay; refuse what cannot be a page.

        Raises:
            StopDownload: for a lead that turns out to be a picture, a film, a download.
            Halted: `encoding-stacked`.
        """
        restart_gap(self._crawler, request)
        request.meta.pop(READ, None)  # a repetition or redirect brings the count along
        kind = (headers.get("Content-Type") or b"").decode("latin-1").strip().lower()
        if LEAD in request.meta and kind.startswith(NEVER_PAGES):
            raise StopDownload(fail=True)
        packed = b",".join(headers.getlist("Content-Encoding")).count(b",") + 1
        if packed > MAX_ENCODINGS:
            raise Halted("encoding-stacked", f"{request.url} is packed {packed} times over")

    def part_arrives(self, data: bytes, request: Request) -> None:
        """Stop the reading of a robots.txt where the part that counts ends.

        Raises:
            StopDownload: with what has come, as the answer.
            Halted: `memory-full`: the answer is large, and as many as there is room for are here.
        """
        read = request.meta[READ] = request.meta.get(READ, 0) + len(data)
        if request.meta.get(ROBOTS):
            if read >= MAX_BYTES:
                raise StopDownload(fail=False)
        elif read > LARGE and not addon_of(self._crawler).large.take_now(request, read):
            raise Halted(MEMORY_FULL, f"{request.url} is one large answer too many at a time")


def slot_of(crawler: Crawler, request: Request) -> Slot | None:
    """Give the queue of a request's host, if it has one by now."""
    downloader = crawler.engine.downloader
    slot: Slot | None = downloader.slots.get(downloader.get_slot_key(request))
    return slot


def restart_gap(crawler: Crawler, request: Request) -> None:
    """Count the host's delay from now, unless it is held for longer already."""
    slot = slot_of(crawler, request)
    if slot is not None:
        slot.lastseen = max(slot.lastseen, time.monotonic())


def hold_host(crawler: Crawler, request: Request, seconds: float) -> None:
    """Let no request go to this host for so many seconds."""
    slot = slot_of(crawler, request)
    if slot is not None:
        slot.lastseen = max(slot.lastseen, time.monotonic() + seconds - slot.delay)


def slow_host(crawler: Crawler, request: Request, delay_s: float) -> None:
    """Raise the host's delay to at least this, now and whenever its queue is made anew."""
    delays = _delays_of(crawler, request)
    delays.floor_s = max(delays.floor_s, delay_s)
    _apply(crawler, request, delays)


def adapt_host(crawler: Crawler, request: Request, learnt_s: float) -> float:
    """Set the delay that the host was found to need; gives the one that holds.

    It never goes below what the configuration and robots.txt ask for.
    """
    delays = _delays_of(crawler, request)
    delays.learnt_s = learnt_s
    return _apply(crawler, request, delays)


def least_delay_s(crawler: Crawler, request: Request) -> float:
    """Give the delay that configuration and robots.txt ask for."""
    delays = _delays_of(crawler, request)
    return max(delays.given_s, delays.floor_s)


def _delays_of(crawler: Crawler, request: Request) -> HostDelays:
    downloader = crawler.engine.downloader
    key = downloader.get_slot_key(request)
    known = addon_of(crawler).delays
    if key not in known:
        own = downloader.per_slot_settings.get(key, {})
        given = own.get("delay", crawler.settings.getfloat("DOWNLOAD_DELAY"))
        known[key] = HostDelays(given_s=given)
    return known[key]


def _apply(crawler: Crawler, request: Request, delays: HostDelays) -> float:
    downloader = crawler.engine.downloader
    key = downloader.get_slot_key(request)
    delay = max(delays.given_s, delays.floor_s, delays.learnt_s)
    own = downloader.per_slot_settings.get(key, {})
    downloader.per_slot_settings[key] = {**own, "delay": delay, "concurrency": 1}
    slot: Slot | None = downloader.slots.get(key)
    if slot is not None:
        slot.delay = delay
    return delay
