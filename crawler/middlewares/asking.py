"""Ask for a document that no lead and no source names, on behalf of a page.

What a page's story lies in, and what its scripts ask for, goes through the crawl's own downloader:
guard, robots.txt, the host's delay, repetitions, the source's budget.
"""

from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK

from crawler.middlewares.failures import ASKED_FOR, detail_of, reason_of


class Unanswered(Exception):
    """A document that was not had.

    Args:
        reason: slug.
        detail: one line for the person.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


async def ask(
    crawler: Crawler, url: str, *, source: str, max_bytes: int, accept: str | None = None
) -> Response:
    """Give what an address answers, whatever its status.

    Args:
        crawler: whose engine sends the request.
        url: the address.
        source: on whose behalf it is made; its budget counts it.
        max_bytes: largest answer taken.
        accept: media type wanted; None takes what the crawl takes.

    Raises:
        Unanswered: it was refused, or failed.
    """
    request = Request(
        url,
        headers={} if accept is None else {"Accept": accept},
        meta={ASKED_FOR: source, "download_maxsize": max_bytes},
        callback=NO_CALLBACK,
        dont_filter=True,
    )
    try:
        return await crawler.engine.download_async(request)
    except Exception as error:
        # Whatever the network does: it is named, and the page goes on without.
        raise Unanswered(reason_of(error), detail_of(error)) from error
