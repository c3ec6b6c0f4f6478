"""The spider `feeds`: RSS, Atom, RDF and JSON Feed."""

from collections.abc import AsyncIterator
from typing import Any, ClassVar

from scrapy.http import Response

from crawler.discovery import read_feed
from spiders.base import Reader, SourceSpider, header

# A feed names articles only, with their times: its leads come before those guessed from fronts.
PRIORITY = 10


class FeedReader(Reader):
    """Reads one feed; parsing it takes seconds at worst, so it happens in a worker."""

    kind = "feed"

    async def parse(self, response: Response) -> AsyncIterator[Any]:
        """Yield a lead for each entry."""
        entries = await self.work(
            read_feed,
            response.body,
            url=response.url,
            content_type=header(response, "Content-Type"),
            limit=self.source.max_leads,
        )
        for entry in entries:
            yield self.lead(entry, response.url, PRIORITY)


class FeedsSpider(SourceSpider):
    """Reads the feeds of the watchlist, or one: `scrapy crawl feeds -a url=…`."""

    name = "feeds"
    readers: ClassVar = {"feed": FeedReader}
