"""Fetch what a page's story lies in beside the page, by all rules of the crawl.

The pipeline finds that a page holds no story and names another document of its host that does; the
address comes here, a page or the reason why there is none leaves. The request passes the same
middlewares as any other: guard, robots.txt, the host's delay, repetitions, the source's budget.
"""

from datetime import UTC, datetime

from scrapy.crawler import Crawler
from scrapy.http import Request
from scrapy.http.request import NO_CALLBACK

from crawler.discovery import utc_text
from crawler.items import Drop, Page
from crawler.middlewares.failures import ASKED_FOR, detail_of, reason_of
from crawler.urls import host_of

OK = 200
AWAY = "rest-elsewhere"


class Beside:
    """Asks for further documents of pages.

    Args:
        crawler: whose engine sends the requests.
        max_bytes: largest answer taken.
    """

    def __init__(self, crawler: Crawler, max_bytes: int) -> None:
        self._crawler = crawler
        self._max_bytes = max_bytes

    async def fetch(self, url: str, page: Page) -> Page | Drop:
        """Give what an address answers as the page's own newer document, or why it gives none."""
        request = Request(
            url,
            headers={"Accept": "application/json"},
            meta={ASKED_FOR: page.source, "download_maxsize": self._max_bytes},
            callback=NO_CALLBACK,
            dont_filter=True,
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - whatever the network does, the page stays
            reason = f"rest-{reason_of(error)}"
            return Drop(source=page.source, reason=reason, url=url, detail=detail_of(error))
        if host_of(response.url) != host_of(page.url):
            return Drop(source=page.source, reason=AWAY, url=url, detail=response.url)
        if response.status != OK:
            reason = f"rest-http-{response.status}"
            return Drop(source=page.source, reason=reason, url=url, detail=f"for {page.url}")
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        return Page(
            url=page.url,
            requested_url=page.requested_url,
            source=page.source,
            status=response.status,
            content_type=kind,
            body=response.body,
            fetched=utc_text(datetime.now(UTC)),
            directives=page.directives,
            lead=page.lead,
        )
