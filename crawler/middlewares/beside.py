"""Fetch what a page's story lies in beside the page, by all rules of the crawl.

The pipeline finds that a page holds no story and names another document of its host that does; the
address comes here, a page or the reason why there is none leaves. The request passes the same
middlewares as any other: guard, robots.txt, the host's delay, repetitions, the source's budget.
"""

from datetime import UTC, datetime

from scrapy.crawler import Crawler

from crawler.discovery import utc_text
from crawler.items import Drop, Page
from crawler.middlewares.asking import Unanswered, ask
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
        try:
            response = await ask(
                self._crawler,
                url,
                source=page.source,
                max_bytes=self._max_bytes,
                accept="application/json",
            )
        except Unanswered as error:
            reason = f"rest-{error.reason}"
            return Drop(source=page.source, reason=reason, url=url, detail=error.detail)
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
