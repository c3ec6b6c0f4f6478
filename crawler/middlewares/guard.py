"""Refuse what is not the public web: other schemes, private addresses, addresses that are traps.

Stands first in the chain, where each request and the target of each redirect passes. A name is
judged once more where it is resolved: the connection goes to the very address that was judged, so
that a name which answers differently the second time (DNS rebinding) gains nothing. Through a proxy
only the spelling can be judged: the proxy resolves.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Request

from crawler.config import Config
from crawler.middlewares.addon import addon_of
from crawler.middlewares.addresses import is_private_host
from crawler.middlewares.failures import Refused, source_of
from crawler.urls import MAX_URL, host_of

# A path in which one segment stands so often, or a run of segments follows itself so often, comes
# of links that are resolved against themselves. Real paths repeat a segment twice at most
# (/news/news/…, /2026/01/01/…): dates are no loop.
MAX_SAME_SEGMENT = 4
MAX_SAME_RUN = 3
# Deeper paths than this are made by a script; real ones end near ten.
MAX_SEGMENTS = 32


class GuardMiddleware:
    """Downloader middleware that lets only the public web through."""

    def __init__(self, crawler: Crawler, config: Config) -> None:
        self._guard = addon_of(crawler).guard
        self._open_sources = {source.name for source in config.sources if source.allow_private}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from a crawler."""
        return cls(crawler, addon_of(crawler).config)

    def process_request(self, request: Request) -> None:
        """Judge an address.

        Raises:
            Refused: `address-unusable`, `address-private`, `address-too-long` or `address-trap`.
        """
        if len(request.url) > MAX_URL:
            raise Refused("address-too-long", f"{request.url[:200]}…")
        scheme, host = urlsplit(request.url).scheme.lower(), host_of(request.url)
        if scheme not in ("http", "https") or not host:
            raise Refused("address-unusable", f"{request.url} is not of the web")
        if is_trap(request.url):
            raise Refused("address-trap", f"{request.url} repeats itself")
        if self._allowed(request, host):
            self._guard.permit(host)
        elif is_private_host(host) or self._guard.is_private(host):
            raise Refused("address-private", f"{host} is not a host of the public internet")

    def _allowed(self, request: Request, host: str) -> bool:
        """Say whether the source of a request allows private addresses.

        The hosts of such sources are open to all: a story may be watched by its address there.
        """
        return source_of(request) in self._open_sources or host in self._guard.open_hosts


def is_trap(url: str) -> bool:
    """Say whether a path goes round in circles: the same segments again and again."""
    segments = [part for part in urlsplit(url).path.split("/") if part]
    if len(segments) > MAX_SEGMENTS:
        return True
    words = [part for part in segments if not part.isdecimal()]
    if any(words.count(word) >= MAX_SAME_SEGMENT for word in set(words)):
        return True
    return any(_repeats(segments, size) >= MAX_SAME_RUN for size in range(2, len(segments) // 2))


def _repeats(segments: Sequence[str], size: int) -> int:
    """Count how often in a row the longest-lasting run of `size` segments stands."""
    most = 1
    for start in range(size):
        runs = [tuple(segments[at : at + size]) for at in range(start, len(segments), size)]
        row = 1
        for run, following in pairwise(runs):
            row = row + 1 if run == following else 1
            most = max(most, row)
    return most
