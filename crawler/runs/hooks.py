"""What the caller of a pass decides: which sources are due, and what happens at its end.

Schedules stand above passes; a pass only asks, while it holds the lock.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from crawler.store import Store


def _all_due(_store: Store) -> None:
    return None


def _not_heard(_store: Store) -> None:
    return None


def _no_more(_store: Store, _run_id: str) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """Calls of a pass into its caller."""

    due: Callable[[Store], Collection[str] | None] = _all_due
    """Gives the names of the sources to read; None for all of the watchlist."""
    crawled: Callable[[Store], None] = _not_heard
    """Is called when a crawl has come to its end and its results are stored."""
    ended: Callable[[Store, str], None] = _no_more
    """Is called with the run's id when its end is stored, however it ended, still under the lock.
    """


EVERYTHING = Hooks()
"""Every source is due, and nobody is told."""
