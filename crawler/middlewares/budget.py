"""Keep each source within its requests for the day, whatever its pages lead to.

Stands last before the network, so that only what is sent is counted: documents, pages, redirects,
repetitions and robots.txt alike.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Self

from scrapy.crawler import Crawler
from scrapy.http import Request

from crawler.errors import StoreError, StoreLocked
from crawler.middlewares.addon import addon_of
from crawler.middlewares.failures import BUDGET, Refused, source_of
from crawler.store import Store
from crawler.store.session import Session

# Requests after which the store is told; a crawl that is killed forgets at most so many.
WRITE_EVERY = 25


class BudgetMiddleware:
    """Downloader middleware that counts requests and refuses those over the budget."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        sources = addon_of(crawler).config.sources
        self._limits = {source.name: source.max_requests_per_day for source in sources}
        self._unwritten = 0
        self._before: dict[tuple[str, str], int] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from a crawler."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Count a request of a source of the watchlist.

        Raises:
            Refused: `daily-budget`, with the seconds until midnight (UTC).
        """
        source = source_of(request)
        session = getattr(self._crawler.spider, "session", None)
        if source is None or source not in self._limits or not isinstance(session, Session):
            return
        now = datetime.now(UTC)
        key = source, f"{now:%Y-%m-%d}"
        if key not in self._before:
            try:
                self._before[key] = await session.call(Store.requests_on, *key)
            except (StoreError, StoreLocked):
                return  # the session remembers it and ends the crawl
        # What this session has spent is not in the store yet, or no longer counted apart from it.
        if self._before[key] + session.spent.get(key, 0) >= self._limits[source]:
            midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
            raise Refused(
                BUDGET,
                f"{source} has had its {self._limits[source]} requests of {key[1]}",
                (midnight - now).total_seconds(),
            )
        session.spend(*key)
        self._unwritten += 1
        if self._unwritten >= WRITE_EVERY:
            self._unwritten = 0
            with suppress(StoreError, StoreLocked):
                await session.call(write_spent, session.unwritten())


def write_spent(store: Store, spent: dict[tuple[str, str], int]) -> None:
    """Add requests by source and day to those of earlier crawls."""
    with store.transaction():
        for (source, day), number in spent.items():
            store.count_requests(source, day, number)
