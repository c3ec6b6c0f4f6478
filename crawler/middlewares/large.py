"""Hold few large answers at a time, so that memory stays bounded whatever servers send.

A page weighs 170 KB, and hundreds may be in the crawl at once; of answers a hundred times as
heavy, real or made heavy by packing, thirty hosts could send one each. So a large answer needs one
of a few places, from the moment it turns out to be large until it has left the crawl.
"""

import asyncio
import gc
import weakref

from scrapy.http import Request

# Bytes from which an answer is large: a few in 100 real news pages.
LARGE = 1_000_000
# Large answers at a time. Each is held up to three times over: as it came, on its way into a worker
# process, and packed for the store; of 20 MB each that is 240 MB at worst.
PLACES = 4
TOKEN = "wiretrace_large"  # noqa: S105 - a key of Request.meta


class _Token:
    """A place that is taken; it is free when nobody knows the token any more, or earlier."""

    __slots__ = ("__weakref__",)


class LargeAnswers:
    """The places of a crawl."""

    def __init__(self, places: int = PLACES) -> None:
        self._free = places
        self._waiting: list[asyncio.Future[None]] = []

    def take_now(self, request: Request) -> bool:
        """Take a place for a request that has none; say whether it has one."""
        if TOKEN in request.meta:
            return True
        if self._free <= 0:
            return False
        self._free -= 1
        # What failed before may still hang together in a ring (an error, its frames, their answer)
        # that Python would look for much later: it counts objects and not their bytes.
        gc.collect()
        token = _Token()
        request.meta[TOKEN] = token, weakref.finalize(token, self._freed)
        return True

    async def take(self, request: Request) -> None:
        """Take a place, and wait for one if need be."""
        while not self.take_now(request):
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            await turn

    def free(self, request: Request) -> None:
        """Give the place of a request free: its answer is not needed any more."""
        _, release = request.meta.pop(TOKEN, (None, None))
        if release is not None:
            release()  # once only, however often it is called

    def _freed(self) -> None:
        self._free += 1
        while self._waiting:
            turn = self._waiting.pop(0)
            if not turn.done():
                turn.set_result(None)
                return
