"""The spider `sitemaps`: indexes, news sitemaps, plain and gzipped ones."""

from collections.abc import AsyncIterator
from typing import Any, ClassVar

from scrapy.http import Response

from crawler.discovery import Entry, read_sitemap
from crawler.discovery.links import is_service
from crawler.errors import SitemapTooDeep
from crawler.items import Drop
from spiders.base import Reader, SourceSpider

# As of a feed's leads; entries of a sitemap without publication times may be anything.
NEWS_PRIORITY = 10
PLAIN_PRIORITY = 2


class SitemapReader(Reader):
    """Reads one sitemap and those it names, bounded in depth, files and leads."""

    kind = "sitemap"

    def __init__(self, spider: SourceSpider, *rest: Any) -> None:  # noqa: ANN401 - as the base takes them
        super().__init__(spider, *rest)
        self._seen: set[str] = set()
        self._room = self.source.max_leads

    async def start(self) -> AsyncIterator[Any]:
        """Yield the request for the first file."""
        self._seen.add(self.source.location)
        yield self.request(self.source.location, self.parse, depth=0)

    async def parse(self, response: Response, depth: int = 0) -> AsyncIterator[Any]:
        """Yield leads for pages, requests for further sitemaps."""
        document = await self.work(
            read_sitemap, response.body, url=response.url, limit=self.source.max_leads
        )
        if document.kind == "index":
            if depth >= self.source.max_depth:
                raise SitemapTooDeep(
                    f"{response.url} is an index below {depth} others.",
                    "Raise max_depth of its [[source]] if it should be read.",
                )
            for output in self._children(document.entries, response.url, depth):
                yield output
            return
        for entry in document.entries:
            if self._room <= 0:
                return
            if entry.published is None and is_service(entry.url):
                continue
            self._room -= 1
            yield self.lead(
                entry, response.url, NEWS_PRIORITY if entry.published else PLAIN_PRIORITY
            )

    def _children(self, entries: tuple[Entry, ...], url: str, depth: int) -> list[Any]:
        fresh = [entry.url for entry in entries if entry.url not in self._seen]
        taken = fresh[: max(0, self.source.max_documents - len(self._seen))]
        self._seen.update(taken)
        outputs: list[Any] = [self.request(child, self.parse, depth=depth + 1) for child in taken]
        if len(taken) < len(fresh):
            left = len(fresh) - len(taken)
            outputs.append(
                Drop(
                    source=self.source.name,
                    reason="max-documents",
                    url=url,
                    detail=f"{left} sitemaps not read",
                )
            )
        return outputs


class SitemapsSpider(SourceSpider):
    """Reads the sitemaps of the watchlist, or one: `scrapy crawl sitemaps -a url=…`."""

    name = "sitemaps"
    readers: ClassVar = {"sitemap": SitemapReader}
