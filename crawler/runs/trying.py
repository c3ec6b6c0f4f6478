"""Try sources, and find those of a site, in crawls of their own; the user's store stays untouched.

A configuration and addresses arrive; what the sources name now, and where a site lists its news,
leave.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from crawler.config import Config, Source
from crawler.discovery import Place, find_places
from crawler.items import Lead
from crawler.runs.crawling import order_for, run_order
from crawler.runs.quiet import Quiet
from crawler.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What one source gives now."""

    source: Source
    """The source."""
    leads: tuple[Lead, ...]
    """Leads it names, in its order; no page is fetched."""
    error: str | None
    """Slug and line, where it cannot be read."""


def try_sources(config: Config, sources: tuple[Source, ...]) -> list[Trial]:
    """Read sources by the crawl's own rules, and none of the pages they name."""
    limits = replace(config.crawl, run_pages=0)
    alone = replace(config, sources=sources, stories=(), crawl=limits)
    with _crawled(alone, "watchlist") as store:
        run = store.last_crawl()
        outcomes = {one.source: one for one in run.sources} if run else {}
        leads: dict[str, list[Lead]] = {}
        for lead in store.leads():
            leads.setdefault(lead.source, []).append(lead)
        return [
            Trial(
                source=source,
                leads=tuple(leads.get(source.name, ())),
                error=outcomes[source.name].error if source.name in outcomes else None,
            )
            for source in sources
        ]


def find_sources(config: Config, url: str) -> list[Place]:
    """Give what a site says of its feeds and sitemaps: on one page, and in robots.txt."""
    with tempfile.TemporaryDirectory(prefix="wiretrace-site-") as folder:
        addresses = Path(folder) / "address.txt"
        addresses.write_text(f"{url}\n", encoding="utf-8")
        page = Source(name="site", kind="urls", location=str(addresses))
        with _crawled(replace(config, sources=(page,), stories=()), "urls") as store:
            found = next(store.pages(), None)
            parts = urlsplit(found[1].url if found else url)
            robots = store.robots(f"{parts.scheme}://{parts.netloc}")
            return find_places(
                found[1].body if found else b"",
                robots.body if robots else b"",
                url=found[1].url if found else url,
            )


@contextmanager
def _crawled(config: Config, spider: str) -> Iterator[Store]:
    """Crawl into a store of its own, which is gone at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="wiretrace-try-") as folder:
        alone = replace(config, output=Path(folder))
        ended = run_order(order_for(alone, spider, run_id=None), Quiet())
        if ended.failure is not None:
            raise ended.failure
        with Store.open(alone.store_path) as store:
            yield store
