"""Log lines that name a record instead of printing it: a page's record holds the whole page."""

import logging
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure


def label(item: object) -> str:
    """Give an item's kind and address."""
    return f"{type(item).__name__} {getattr(item, 'url', '') or ''}".strip()


class QuietFormatter(LogFormatter):
    """Scrapy's own lines, short. What is not used of its signatures begins with an underscore."""

    def scraped(
        self,
        item: Any,  # noqa: ANN401 - Scrapy's signature
        _response: Response | Failure | None,
        _spider: Spider,
    ) -> LogFormatterResult:
        """Say what was kept, for -L DEBUG."""
        return {"level": logging.DEBUG, "msg": "Kept %(item)s", "args": {"item": label(item)}}

    def dropped(
        self,
        item: Any,  # noqa: ANN401 - Scrapy's signature
        exception: BaseException,
        _response: Response | Failure | None,
        _spider: Spider,
    ) -> LogFormatterResult:
        """Say what was dropped and why; the store counts it."""
        args = {"item": label(item), "why": exception}
        return {"level": logging.DEBUG, "msg": "Dropped %(item)s: %(why)s", "args": args}

    def item_error(
        self,
        item: Any,  # noqa: ANN401 - Scrapy's signature
        _exception: BaseException,
        _response: Response | Failure | None,
        _spider: Spider,
    ) -> LogFormatterResult:
        """Say at which item a bug of ours showed."""
        return {
            "level": logging.ERROR,
            "msg": "Error at %(item)s",
            "args": {"item": label(item)},
        }
