"""Unpack answers, large ones in their turn: see `crawler.middlewares.large`."""

from typing import Any

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.utils._compression import _DecompressionMaxSizeExceeded

from crawler.middlewares.addon import addon_of
from crawler.middlewares.failures import Refused
from crawler.middlewares.large import LARGE, PLACE


class UnpackingMiddleware(HttpCompressionMiddleware):
    """Scrapy's middleware, but what turns out to be large waits for its place."""

    def __init__(self, *, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._large = addon_of(crawler).large

    # Scrapy awaits whatever a middleware's method gives; its own here happens not to wait.
    async def process_response(self, request: Request, response: Response) -> Any:  # type: ignore[override]  # noqa: ANN401
        """Unpack an answer, a large one in its turn.

        Raises:
            Refused: `page-too-large`.
        """
        packed = response.headers.getlist("Content-Encoding")
        if packed and self._exceeds(response.body, packed, LARGE):
            size = PLACE + 1 if self._exceeds(response.body, packed, PLACE) else PLACE
            await self._large.take(request, size)
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            refusal = Refused("page-too-large", str(error))
        # Not raised from the other error: that one holds on to all that was unpacked.
        raise refusal

    def _exceeds(self, body: bytes, packed: list[bytes], limit: int) -> bool:
        try:
            self._handle_encoding(body, packed, limit)
        except _DecompressionMaxSizeExceeded:
            return True
        except Exception:  # noqa: BLE001 - whatever is wrong with it, the real try says so
            return False
        return False
