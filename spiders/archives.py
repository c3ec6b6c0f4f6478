"""The spider `archives`: pages out of WARC files on disk, with no network.

https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawler.discovery import Entry, iso_time, moment_of, utc_text
from crawler.errors import ArchiveBroken, InputMissing, WiretraceError
from crawler.items import Drop, Page, SourceOutcome
from crawler.urls import canonical
from spiders.base import Reader, SourceSpider, instant

HTML = ("text/html", "application/xhtml")


# Blank lines may follow the last record; more than they take is looked at to tell.
REST_BYTES = 64


class ArchiveReader(Reader):
    """Reads one WARC file, record by record; what is whole before a cut is kept."""

    kind = "archive"

    async def start(self) -> AsyncIterator[Any]:
        """Yield a page for each HTML answer; count what is none of it.

        The frontier takes the next one only when there is room, so memory stays flat however
        large the file is.
        """
        passed: Counter[str] = Counter()
        failure: WiretraceError | None = None
        records = self._records(passed)
        try:
            while (page := await asyncio.to_thread(next, records, None)) is not None:
                yield page
        except WiretraceError as error:
            failure = error
            self.spider.logger.warning("error[%s]: %s", error.slug, error)
        for output in self._summary(passed, failure):
            yield output

    def _summary(self, passed: Counter[str], failure: WiretraceError | None) -> Iterator[Any]:
        name, path = self.source.name, self.source.location
        for reason, number in passed.items():
            yield Drop(source=name, reason=reason, url=path, detail=f"{number} records")
        if failure is not None:
            yield Drop(source=name, reason=failure.slug, url=path, detail=str(failure))
        yield SourceOutcome(
            source=name,
            documents=1 if not isinstance(failure, InputMissing) else 0,
            leads=0,
            new_leads=0,
            failures=0 if failure is None else 1,
            error=f"{failure.slug}: {failure}" if failure else None,
        )

    def _records(self, passed: Counter[str]) -> Iterator[Page]:
        """Give the pages of the file; runs in threads, one step at a time."""
        path = Path(self.source.location)
        try:
            with path.open("rb") as stream:
                yield from self._read(stream, passed)
        except OSError as error:
            raise InputMissing(
                f"{path} cannot be read ({error.strerror or error}).", "Check the path."
            ) from error
        except (ArchiveLoadFailed, EOFError, ValueError, AttributeError) as error:
            # AttributeError: warcio asks a header that was cut away for its text.
            raise broken(path, str(error) or type(error).__name__) from error

    def _read(self, stream: BinaryIO, passed: Counter[str]) -> Iterator[Page]:
        end = 0
        records = ArchiveIterator(stream)
        for record in records:
            page = self._page(record, passed) if record.length is not None else None
            end = records.get_record_offset() + records.get_record_length()
            # warcio itself takes the end of the file for the end of a record, even of its headers.
            if record.length is None or getattr(record.raw_stream, "limit", 0) > 0:
                raise broken(Path(self.source.location), "the last record is incomplete")
            if page is not None:
                yield page
        stream.seek(end)
        if stream.read(REST_BYTES).strip(b"\r\n"):
            raise broken(Path(self.source.location), "something follows that is no record")

    def _page(self, record: Any, passed: Counter[str]) -> Page | None:  # noqa: ANN401 - warcio has no types
        """Make a page of a record, or count why there is none."""
        if record.rec_type != "response":
            return None  # requests and metadata say nothing of their own
        url = canonical(record.rec_headers.get_header("WARC-Target-URI") or "")
        http = record.http_headers
        kind = (http.get_header("Content-Type") or "") if http else ""
        if url is None or http is None or not kind.lower().startswith(HTML):
            passed["page-not-html"] += 1
            return None
        status = int(http.get_statuscode() or 0) if (http.get_statuscode() or "").isdigit() else 0
        if status != 200:  # noqa: PLR2004 - "OK"; redirects and errors hold no story
            passed[f"http-{status}"] += 1
            return None
        date = record.rec_headers.get_header("WARC-Date")
        moment = moment_of(iso_time(date))
        lead = self.lead(Entry(url=url), self.source.location)
        return Page(
            url=url,
            requested_url=url,
            source=self.source.name,
            status=status,
            content_type=kind,
            body=record.content_stream().read(),
            fetched=utc_text(moment) if moment else lead.found,
            last_modified=instant(http.get_header("Last-Modified") or ""),
            lead=lead,
        )


def broken(path: Path, why: str) -> ArchiveBroken:
    """Say that a file breaks off."""
    return ArchiveBroken(
        f"{path} breaks in the middle ({why}); what stands before is kept.",
        "Fetch it again if you need the rest.",
    )


class ArchivesSpider(SourceSpider):
    """Reads WARC files: `scrapy crawl archives -a url=path/to/file.warc.gz`."""

    name = "archives"
    readers: ClassVar = {"archive": ArchiveReader}
