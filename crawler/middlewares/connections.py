"""Bound the connections that are open at once, whatever waits in the hosts' queues.

Scrapy's own limit counts requests that wait for their host's delay; with a few hundred slow hosts
it would be used up by waiting. Here a request takes its place only when it is its host's turn.
"""

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Request, Response

from crawler.middlewares.addon import addon_of
from crawler.middlewares.failures import Refused
from crawler.middlewares.gap import restart_gap
from crawler.urls import host_of


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP handler behind a semaphore that both schemes share."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
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
