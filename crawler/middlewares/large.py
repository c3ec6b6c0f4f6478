"""Hold few large answers at a time, so that memory stays bounded whatever servers send.

A page weighs 170 KB, and hundreds may be in the crawl at once; of answers a hundred times as
heavy, real or made heavy by packing, thirty hosts could send one each. So a large answer needs a
place, and one that is larger still needs five of them, from the moment it turns out to be so until
it has left the crawl.
"""

import asyncio
import gc
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass

from scrapy.http import Request

# Bytes from which an answer is large: a few in 100 real news pages.
LARGE = 1_000_000
# Bytes that one place holds. The largest of 116 real news pages has 1.7 million.
PLACE = 4_000_000
# Places that an answer takes which turns out to be larger than one: nobody knows how it will end.
MOST = 5
# Places in all. What stands in them is held up to three times over: as it came, on its way into a
# worker process, and packed for the store; that is 240 MB at worst.
PLACES = 20
# Seconds between two searches for rings: one takes a tenth of a second in a large crawl, in which
# nothing else happens.
LOOK_S = 1.0
TOKEN = "wiretrace_large"  # noqa: S105 - a key of Request.meta


class _Token:
    """Places that are taken; they are free when nobody knows the token any more, or earlier."""

    __slots__ = ("__weakref__",)


@dataclass(frozen=True, slots=True)
class _Held:
    """Places that a request has."""

    token: _Token
    """What they are free without."""
    places: int
    """How many."""
    release: Callable[[], object]
    """Gives them free at once."""


class LargeAnswers:
    """The places of a crawl."""

    def __init__(self, places: int = PLACES) -> None:
        self._free = places
        self._waiting: list[asyncio.Future[None]] = []
        self._next_look = 0.0

    def take_now(self, request: Request, size: int) -> bool:
        """Take the places for an answer of so many bytes, as far as known; say whether it has them.

        What a request has counts: it takes more of them when its answer turns out to be larger.
        """
        held: list[_Held] = request.meta.get(TOKEN, [])
        wanted = (MOST if size > PLACE else 1) - sum(each.places for each in held)
        if wanted <= 0:
            return True
        if self._free < wanted:
            self._look_for_rings()
        if self._free < wanted:
            return False
        self._free -= wanted
        token = _Token()
        release = weakref.finalize(token, self._freed, wanted)
        request.meta[TOKEN] = [*held, _Held(token, wanted, release)]
        return True

    def _look_for_rings(self) -> None:
        """Free the places that only rings of objects hold.

        What failed may still hang together in one (an error, its frames, their answer), which
        Python would look for much later: it counts objects and not their bytes.
        """
        if time.monotonic() >= self._next_look:
            gc.collect()
            self._next_look = time.monotonic() + LOOK_S

    async def take(self, request: Request, size: int) -> None:
        """Take the places for an answer, and wait for them if need be.

        Those that it has are given back first: who keeps one while waiting for more may wait for
        others that do the same.
        """
        while not self.take_now(request, size):
            self.free(request)
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            await turn

    def free(self, request: Request) -> None:
        """Give the places of a request free: its answer is not needed any more."""
        for each in request.meta.pop(TOKEN, ()):
            each.release()  # once only, however often it is called

    def _freed(self, places: int) -> None:
        self._free += places
        # All of them: the first may want more than there is, and the next less.
        waiting, self._waiting = self._waiting, []
        for turn in waiting:
            if not turn.done():
                turn.set_result(None)
