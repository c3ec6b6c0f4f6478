"""Bound the connections that are open at once, where they lead, and the heads of answers.

Scrapy's own limit counts requests that wait for their host's delay; with a few hundred slow hosts
it would be used up by waiting. Here a request takes its place only when it is its host's turn.
"""

from datetime import UTC, datetime
from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Request, Response
from twisted.web._newclient import HEADER, STATUS

from crawler.middlewares.addon import addon_of
from crawler.middlewares.failures import HeadersTooLarge, Refused
from crawler.middlewares.gap import restart_gap
from crawler.urls import host_of

# Head of an answer. Real ones take 1 to 8 KB; the largest browsers and servers stop at 256 KB.
MAX_HEAD = 262_144


class _BoundedParser(_LenientHTTPClientParser):
    """Reads no endless head: a server may send header lines, cookies and 1xx answers for ever."""

    head = 0

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        """Count what comes before the body."""
        if self.state in (STATUS, HEADER):
            self.head += len(data)
            if self.head > MAX_HEAD:
                raise HeadersTooLarge(f"The answer's head is longer than {MAX_HEAD} bytes.")
        super().dataReceived(data)  # type: ignore[no-untyped-call]  # Twisted has no types here

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802 - Twisted's name
        """Name what is wrong; Twisted would only close the connection."""
        raise HeadersTooLarge(f"A line of the answer's head is longer than {len(line)} bytes.")


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Reads answers with the bounded parser."""

    def request(self, request: Any) -> Any:  # noqa: ANN401 - Twisted's private types
        """Send a request; Scrapy changes the parser's class likewise, and says why."""
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = _BoundedParser
        return answer


class _BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes such protocols."""

    def buildProtocol(self, addr: Any) -> _BoundedProtocol:  # noqa: N802, ANN401 - Twisted's names and types
        """Give a protocol for a new connection."""
        del addr
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # Twisted has no types here


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP handler behind a semaphore that both schemes share."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory  # noqa: SLF001 - as Scrapy's handler sets its own
        self._resting = addon_of(crawler).resting
        self._places = addon_of(crawler).connections
        self._guard = addon_of(crawler).guard

    async def download_request(self, request: Request) -> Response:
        """Fetch from the public internet, once a place is free; the time-out runs from then on."""
        from twisted.internet import reactor  # noqa: PLC0415 - importing it installs one

        # Scrapy lays its own resolver over the reactor when that starts; ours goes on top.
        self._guard.install(reactor)
        proxy = request.meta.get("proxy")
        if proxy:
            self._guard.permit_proxy(proxy)
        async with self._places:
            self._stop_at_rest(host_of(request.url))
            try:
                return await super().download_request(request)
            except CannotResolveHostError as error:
                host = host_of(request.url)
                if not proxy and self._guard.has_refused(host):
                    raise Refused(
                        "address-private", f"{host} has no address of the public internet"
                    ) from error
                raise
            except Exception:
                # A failure has no headers to count the delay from, but the host may have had it.
                restart_gap(self.crawler, request)
                raise

    def _stop_at_rest(self, host: str) -> None:
        """Stop a request that was in its host's queue when the host asked to be left alone.

        Raises:
            Refused: `host-rests`.
        """
        until = self._resting.get(host)
        left = (until - datetime.now(UTC)).total_seconds() if until else 0.0
        if left > 0:
            raise Refused("host-rests", f"{host} is left alone", left)
