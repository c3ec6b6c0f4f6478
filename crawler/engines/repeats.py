"""What sites repeat, period by period: learned from what changed, looked up for the rest."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from crawler.clustering import learn_furniture, shared_furniture
from crawler.config import ClusteringParams
from crawler.engines.memory import Memory
from crawler.fingerprint import restored
from crawler.items import Furniture, Shingled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]

UNDATED = -1
"""Period of the articles whose time is unknown."""
CHAIN = ""
"""Site under which that stands which several sites repeat."""
SECONDS_A_DAY = 86_400


class Repeats:
    """Furniture of every site and period, learned from the period itself and the one before.

    Periods have the length of the look-back window and begin at the same instants for everybody,
    so that what is learned depends on the articles alone and not on when they came in.
    """

    def __init__(self, memory: Memory, params: ClusteringParams, size: int) -> None:
        """Look things up in `memory`."""
        self._memory = memory
        self._params = params
        self._size = size
        self._known: dict[int, dict[str, Numbers]] = {}

    def period_of(self, at: int | None) -> int:
        """Give the period in which an article counts."""
        if at is None or not self._params.window_days:
            return UNDATED
        return at // (self._params.window_days * SECONDS_A_DAY)

    def of(self, site: str, period: int) -> "Numbers":
        """Give what is left out of a site's articles in a period, sorted."""
        known = self._known.get(period)
        if known is None:
            rows = self._memory.furniture(period)
            known = {row.site: np.frombuffer(row.shingles, dtype="<u8") for row in rows}
            self._known[period] = known
        own, shared = known.get(site, _NOTHING), known.get(CHAIN, _NOTHING)
        if not site or not len(shared):
            return own
        merged: Numbers = np.union1d(own, shared)
        return merged

    def learn(self, period: int, sites: Iterable[str]) -> set[str]:
        """Learn a period anew for the sites that have new articles; give those that changed."""
        before = {row.site: row for row in self._memory.furniture(period)}
        after = dict(before)
        for site in sorted(sites):
            after.pop(site, None)
            found = self._learned(site, period)
            if found is not None:
                after[site] = found
        after.pop(CHAIN, None)
        shared = shared_furniture(
            {site: np.frombuffer(row.shingles, dtype="<u8") for site, row in after.items()}
        )
        if len(shared):
            after[CHAIN] = _row(CHAIN, period, 0, shared)
        self._memory.keep_furniture(period, [row for _, row in sorted(after.items())])
        self._known.pop(period, None)
        if _shingles(before.get(CHAIN)) != _shingles(after.get(CHAIN)):
            return self._memory.sites_of(period)
        return {site for site in sites if _shingles(before.get(site)) != _shingles(after.get(site))}

    def _learned(self, site: str, period: int) -> Furniture | None:
        if not site:
            return None
        scope = list(self._scope(site, period))
        found = learn_furniture(scope, self._params).get(site)
        return None if found is None else _row(site, period, len(scope), found)

    def _scope(self, site: str, period: int) -> Iterator[Shingled]:
        periods = [period] if period == UNDATED else [period - 1, period]
        return (restored(kept, self._size) for kept in self._memory.words_of(site, periods))


_NOTHING: "Numbers" = np.zeros(0, dtype=np.uint64)


def _row(site: str, period: int, articles: int, shingles: "Numbers") -> Furniture:
    return Furniture(
        site=site, period=period, articles=articles, shingles=shingles.astype("<u8").tobytes()
    )


def _shingles(row: Furniture | None) -> bytes:
    return b"" if row is None else row.shingles
