"""What all spiders share: the configuration, one reader for each source, pages as records."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from crawler.config import Config, Source, load_config
from crawler.discovery import Entry, directives, iso_time, moment_of, utc_text
from crawler.errors import NotFound
from crawler.items import Lead, Page
from crawler.urls import host_of

if TYPE_CHECKING:
    from crawler.workers import WorkerPool

T = TypeVar("T")

# Keys of `Request.meta` that the middlewares read.
LEAD = "wiretrace_lead"
SOURCE = "wiretrace_source"
OPTIONAL = "wiretrace_optional"
FURTHER = "wiretrace_further"
# Documents that name leads are read before pages.
DOCUMENT_PRIORITY = 1000


class Reader:
    """Reads one source; subclasses know one kind of it.

    Args:
        spider: the spider that crawls it.
        source: its entry in the configuration.
    """

    kind: ClassVar[str]

    def __init__(self, spider: "SourceSpider", source: Source) -> None:
        self.spider = spider
        self.source = source

    async def start(self) -> AsyncIterator[Any]:
        """Yield the request for the source's document."""
        yield self.request(self.source.location, self.parse)

    def parse(self, response: Response) -> AsyncIterator[Any]:
        """Read the document; yields leads and further requests."""
        raise NotImplementedError

    def request(
        self,
        url: str,
        callback: Callable[..., AsyncIterator[Any]],
        *,
        optional: bool = False,
        **arguments: object,
    ) -> Request:
        """Ask for a document of this source.

        The frontier counts its failure as the source's, unless it is `optional`: a guess.
        """
        return Request(
            url,
            callback=callback,
            cb_kwargs=arguments,
            meta={SOURCE: self.source.name, OPTIONAL: optional, FURTHER: self.further},
            dont_filter=True,
            priority=DOCUMENT_PRIORITY,
        )

    def further(self, urls: Iterable[str]) -> Iterator[Request]:  # noqa: ARG002 - see below
        """Yield requests for what an unchanged document led to before; most lead nowhere."""
        return iter(())

    def lead(self, entry: Entry, found_on: str, priority: int = 0) -> Lead:
        """Make a lead of what a document names."""
        return Lead(
            url=entry.url,
            source=self.source.name,
            kind=self.kind,
            found_on=found_on,
            found=utc_text(datetime.now(UTC)),
            title=entry.title,
            summary=entry.summary,
            published=entry.published,
            modified=entry.modified,
            priority=priority,
        )

    async def work(self, function: Callable[..., T], body: bytes, **arguments: object) -> T:
        """Run a pure reading function in a worker process, or in a thread without workers."""
        job = partial(function, **arguments)
        if self.spider.workers is None:
            return await asyncio.to_thread(job, body)
        return await self.spider.workers.call(job, body)


class SourceSpider(Spider):
    """Base of the spiders; `readers` says which kinds of sources one crawls.

    `-a source=NAME` takes one source of the watchlist, `-a url=ADDRESS` one that is not in it.
    """

    readers: ClassVar[Mapping[str, type[Reader]]] = {}

    def __init__(
        self,
        *,
        config: Config,
        source: str | None = None,
        url: str | None = None,
        due: Collection[str] | None = None,
        name: str | None = None,
        **arguments: Any,  # noqa: ANN401 - Scrapy passes what -a names
    ) -> None:
        super().__init__(name, **arguments)
        self.config = config
        self.sources = tuple(
            each for each in self._choose(source, url) if due is None or each.name in due
        )
        # A run in which no source is due still fetches what waits in the frontier.
        self._nothing_due = due is not None and not self.sources
        # Lent by the pipeline once the spider opens.
        self.session: object | None = None
        self.workers: WorkerPool | None = None
        # Lent by the frontier: fetches a further document of a page.
        self.beside: object | None = None

    @classmethod
    def from_crawler(
        cls,
        crawler: Crawler,
        *args: Any,  # noqa: ANN401 - Scrapy's signature
        **kwargs: Any,  # noqa: ANN401 - Scrapy's signature
    ) -> Self:
        """Read the configuration: the object a run passes, else the watchlist."""
        given = crawler.settings.get("WIRETRACE_CONFIG_OBJECT")
        config = (
            given
            if isinstance(given, Config)
            else load_config(crawler.settings.get("WIRETRACE_CONFIG"))
        )
        due = crawler.settings.get("WIRETRACE_DUE")
        return super().from_crawler(crawler, *args, config=config, due=due, **kwargs)

    def _choose(self, name: str | None, url: str | None) -> Iterator[Source]:
        if url is not None:
            kind = next(iter(self.readers))
            yield Source(name=f"{host_of(url) or url} {kind}", kind=kind, location=url)
            return
        mine = [source for source in self.config.sources if source.kind in self.readers]
        if name is not None and name not in {source.name for source in mine}:
            raise NotFound(
                f"There is no source named {name!r} for the spider {self.name!r}.",
                "Look into wiretrace.toml.",
            )
        yield from (source for source in mine if name in (None, source.name))

    async def start(self) -> AsyncIterator[Any]:
        """Yield the beginnings of all sources."""
        if not self.sources and not self._nothing_due:
            self.logger.warning(
                "Nothing to do: wiretrace.toml names no source for %s; try -a url=…", self.name
            )
        for source in self.sources:
            async for output in self.readers[source.kind](self, source).start():
                yield output

    def parse_page(self, response: Response) -> Iterator[Page]:
        """Make a page of an answer to a lead."""
        lead: Lead = response.meta[LEAD]
        yield Page(
            url=response.url,
            requested_url=lead.url,
            source=lead.source,
            status=response.status,
            content_type=header(response, "Content-Type"),
            body=response.body,
            fetched=utc_text(datetime.now(UTC)),
            last_modified=instant(header(response, "Last-Modified")),
            directives=directives(
                [raw.decode("latin-1") for raw in response.headers.getlist("X-Robots-Tag")],
                response.body,
            ),
            lead=lead,
        )


def header(response: Response, name: str) -> str:
    """Give a header of an answer as text; empty where it is missing."""
    return (response.headers.get(name) or b"").decode("latin-1").strip()


def instant(text: str) -> str | None:
    """Give an HTTP date as this project's clock writes time."""
    moment = moment_of(iso_time(text))
    return utc_text(moment) if moment else None
