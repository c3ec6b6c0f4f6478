"""One crawl's hold on the store: asynchronous calls, one thread, running totals.

The crawl's adapters (middlewares and pipelines) share a session. All calls run one after another in
a single thread of its own: SQLite never blocks the event loop, and never meets itself as a rival.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from crawler.errors import StoreError, StoreLocked, WiretraceError
from crawler.items import Drop, SourceOutcome
from crawler.store.store import Store

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Tally:
    """What one source has given so far."""

    documents: int = 0
    leads: int = 0
    new_leads: int = 0
    failures: int = 0
    error: str | None = None
    pages: int = 0
    articles: int = 0
    bytes: int = 0
    refresh_s: int | None = None

    def outcome(self, source: str) -> SourceOutcome:
        """Give the record that the store keeps."""
        return SourceOutcome(
            source=source,
            documents=self.documents,
            leads=self.leads,
            new_leads=self.new_leads,
            failures=self.failures,
            error=self.error,
            pages=self.pages,
            articles=self.articles,
            bytes=self.bytes,
            refresh_s=self.refresh_s,
        )


class Session:
    """A store lent to one crawl.

    Args:
        path: the store's file.
        run_id: the run that the crawl belongs to; None begins one for this crawl alone.
        own_id: id to begin it under.
        now: gives the present UTC time as text.
        heard: is told each count as it is added, for whoever shows progress.
    """

    def __init__(
        self,
        path: Path,
        *,
        run_id: str | None,
        own_id: str,
        now: Callable[[], str],
        heard: Callable[[str, int], None],
    ) -> None:
        self.path = path
        self.run_id = run_id or own_id
        self.owns_run = run_id is None
        self.now = now
        self._heard = heard
        self.tallies: dict[str, Tally] = {}
        self.counts: dict[str, int] = {}
        """Counts of this crawl, by name."""
        self.error: WiretraceError | None = None
        """What ended the crawl: the first failure of the store; nothing is written after it."""
        self.arrivals: dict[str, str] = {}
        """Addresses asked for in this crawl, and the lead that came there first."""
        self.spent: dict[tuple[str, str], int] = {}
        """Requests of this crawl by source and day."""
        self._written: dict[tuple[str, str], int] = {}
        self._store: Store | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    async def open(self) -> None:
        """Open the store, and begin a run unless one was given."""
        self._store = await asyncio.get_running_loop().run_in_executor(
            self._thread, Store.open, self.path
        )
        if self.owns_run:
            await self.call(Store.begin_run, self.run_id, now=self.now())

    async def call(
        self, function: Callable[Concatenate[Store, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `function(store, ...)` in the store's thread.

        Raises:
            StoreError: as the function does; it is remembered in `error`, and later calls raise
                it again at once, so that a full disk ends the crawl instead of each page.
        """
        if self.error is not None:
            raise self.error
        store = self._store
        if store is None:
            raise StoreError(f"{self.path} is not open.")
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(
                self._thread, lambda: function(store, *args, **kwargs)
            )
        except (StoreError, StoreLocked) as error:
            self.fail(error)
            raise

    def fail(self, error: WiretraceError) -> None:
        """Remember what ends the crawl, and say it in one line, once."""
        if self.error is None:
            self.error = error
            logger.error("error[%s]: %s", error.slug, error)

    def tally(self, source: str) -> Tally:
        """Give the running totals of a source."""
        return self.tallies.setdefault(source, Tally())

    def count(self, name: str, n: int = 1) -> None:
        """Add to a count of this crawl; written to the run when the session closes."""
        self.counts[name] = self.counts.get(name, 0) + n
        self._heard(name, n)

    def spend(self, source: str, day: str) -> None:
        """Count a request of a source on a day; `unwritten` gives what the store lacks of it."""
        self.spent[source, day] = self.spent.get((source, day), 0) + 1

    def unwritten(self) -> dict[tuple[str, str], int]:
        """Give the requests that the store has not been told of, and take them for told."""
        new = {
            key: number - self._written.get(key, 0)
            for key, number in self.spent.items()
            if number > self._written.get(key, 0)
        }
        self._written |= self.spent
        return new

    async def drop(self, drop: Drop) -> None:
        """Keep something that is not taken further, under its reason."""
        await self.call(Store.drop, self.run_id, drop)

    def merge(self, outcome: SourceOutcome) -> None:
        """Add what a spider itself reports of a source."""
        tally = self.tally(outcome.source)
        tally.documents += outcome.documents
        tally.leads += outcome.leads
        tally.new_leads += outcome.new_leads
        tally.failures += outcome.failures
        tally.error = outcome.error or tally.error
        if outcome.refresh_s is not None:
            tally.refresh_s = max(outcome.refresh_s, tally.refresh_s or 0)

    async def close(self, outcome: str) -> None:
        """Write the totals, put claimed leads back, end an own run, close the file.

        After a failure of the store nothing is written any more, but the file is closed.
        """
        try:
            if self._store is not None and self.error is None:
                await self.call(_conclude, self, outcome)
        except StoreError:
            # Remembered in `error`; the run's owner raises it.
            return
        finally:
            if self._store is not None:
                store, self._store = self._store, None
                await asyncio.get_running_loop().run_in_executor(self._thread, store.close)
            self._thread.shutdown(wait=False)


def session_of(holder: object) -> Session:
    """Give the session that was lent to a crawl's spider.

    Raises:
        StoreError: it has none: the pipeline is switched off.
    """
    session = getattr(holder, "session", None)
    if not isinstance(session, Session):
        raise StoreError("The crawl has no store.", "Keep the pipeline in ITEM_PIPELINES.")
    return session


def _conclude(store: Store, session: Session, outcome: str) -> None:
    with store.transaction():
        for source, tally in session.tallies.items():
            store.source_outcome(session.run_id, tally.outcome(source))
        for name, number in session.counts.items():
            store.count(session.run_id, name, number)
        for (source, day), number in session.unwritten().items():
            store.count_requests(source, day, number)
        store.release_claims()
        if session.owns_run:
            store.end_run(session.run_id, outcome=outcome, now=session.now())


def outcome_of(tallies: Iterable[Tally]) -> str:
    """Say how a crawl went: `partly` where some source failed, `failed` where all did."""
    known = list(tallies)
    failed = [tally for tally in known if tally.failures and not tally.documents]
    if failed and len(failed) == len(known):
        return "failed"
    return "partly" if any(tally.failures for tally in known) else "done"
