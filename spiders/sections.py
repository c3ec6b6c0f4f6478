"""The spider `sections`: front pages, and the fronts behind them."""

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, ClassVar

from scrapy.http import Request, Response

from crawler.discovery import Entry, read_front
from crawler.errors import SectionEmpty
from crawler.urls import canonical
from spiders.base import OPTIONAL, Reader, SourceSpider

# Points of a link beyond which it is as sure an article as a feed's entry.
MAX_PRIORITY = 9


class SectionReader(Reader):
    """Reads one front and follows its pagination, at most `max_pages` fronts in all."""

    kind = "section"

    def __init__(self, spider: SourceSpider, *rest: Any) -> None:  # noqa: ANN401 - as the base takes them
        super().__init__(spider, *rest)
        self._fronts: set[str] = set()
        self._known: set[str] = set()

    async def start(self) -> AsyncIterator[Any]:
        """Yield the request for the first front."""
        self._fronts.add(canonical(self.source.location) or self.source.location)
        yield self.request(self.source.location, self.parse)

    async def parse(self, response: Response) -> AsyncIterator[Any]:
        """Yield a lead for each article, requests for further fronts.

        Raises:
            SectionEmpty: the first front names no article.
        """
        self._fronts.add(canonical(response.url) or response.url)
        front = await self.work(
            read_front, response.body, url=response.url, limit=self.source.max_leads
        )
        fresh = [
            link
            for link in front.links
            if link.url not in self._known and link.url not in self._fronts
        ]
        if not front.links and not self._known and not response.meta.get(OPTIONAL):
            raise SectionEmpty(
                f"No link on {response.url} looks like an article.",
                "Name the front that lists them, or a feed.",
            )
        # A front that tells nothing new ends this way on: older ones tell less.
        for request in self.further(front.more if fresh else ()):
            yield request
        for link in fresh[: max(0, self.source.max_leads - len(self._known))]:
            self._known.add(link.url)
            yield self.lead(
                Entry(url=link.url, title=link.title), response.url, min(link.score, MAX_PRIORITY)
            )

    def further(self, urls: Iterable[str]) -> Iterator[Request]:
        """Yield requests for further fronts, as many as the source allows."""
        for url in urls:
            if url not in self._fronts and len(self._fronts) < self.source.max_pages:
                self._fronts.add(url)
                yield self.request(url, self.parse, optional=True)


class SectionsSpider(SourceSpider):
    """Reads the fronts of the watchlist, or one: `scrapy crawl sections -a url=…`."""

    name = "sections"
    readers: ClassVar = {"section": SectionReader}
