"""The spider `urls`: a list of addresses in a file or on stdin."""

import asyncio
import sys
from collections.abc import AsyncIterator
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar, TextIO

from crawler.discovery import Entry
from crawler.errors import InputMissing
from crawler.items import Drop, SourceOutcome
from crawler.urls import canonical
from spiders.base import Reader, SourceSpider

STDIN = "-"
# Lines read at a time outside the event loop.
BLOCK = 1000


class UrlListReader(Reader):
    """Reads one list: an address a line; blank lines and those that begin with # are skipped.

    `max_leads` does not cut it: each address was chosen by somebody.
    """

    kind = "urls"

    async def start(self) -> AsyncIterator[Any]:
        """Yield a lead for each address; a line that is none is counted."""
        location = self.source.location
        failure = None
        try:
            stream = sys.stdin if location == STDIN else _open(location)
        except OSError as error:
            detail = f"{location} cannot be read ({error.strerror})."
            failure = f"{InputMissing.slug}: {detail}"
            self.spider.logger.warning("error[%s]: %s", InputMissing.slug, detail)
            yield Drop(
                source=self.source.name, reason=InputMissing.slug, url=location, detail=detail
            )
        else:
            async for output in self._leads(stream):
                yield output
        yield SourceOutcome(
            source=self.source.name,
            documents=0 if failure else 1,
            leads=0,
            new_leads=0,
            failures=1 if failure else 0,
            error=failure,
        )

    async def _leads(self, stream: TextIO) -> AsyncIterator[Any]:
        try:
            while lines := await asyncio.to_thread(lambda: list(islice(stream, BLOCK))):
                for line in lines:
                    text = line.strip()
                    if not text or text.startswith("#"):
                        continue
                    url = canonical(text)
                    if url is not None:
                        yield self.lead(Entry(url=url), self.source.location)
                    else:
                        yield Drop(
                            source=self.source.name, reason="address-unusable", url=text[:500]
                        )
        finally:
            if stream is not sys.stdin:
                stream.close()


def _open(location: str) -> TextIO:
    return Path(location).open(encoding="utf-8-sig", errors="replace")


class UrlsSpider(SourceSpider):
    """Fetches listed addresses: `scrapy crawl urls -a url=list.txt`, or `-` for stdin."""

    name = "urls"
    readers: ClassVar = {"urls": UrlListReader}
