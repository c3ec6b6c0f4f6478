"""`wiretrace extract`: HTML in, one article a JSON line out."""

import gzip
import io
import sys
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import click

from crawler.cli.command import Command
from crawler.cli.output import binary_stdout
from crawler.cli.session import session_of, utc_now
from crawler.cli.summary import PARTLY, do
from crawler.config import ExtractionLimits
from crawler.errors import (
    InputError,
    InputMissing,
    PageError,
    PageTooLarge,
    UsageError,
    WiretraceError,
    WorkError,
)
from crawler.extraction import extract
from crawler.items import Article, Page
from crawler.report import article_to_json
from crawler.report.tables import json_line
from crawler.urls import article_id, canonical, site_of
from crawler.workers import WorkerPool, worker_count

GZIP_MAGIC = b"\x1f\x8b"
# What one worker has waiting while it works: enough that none is idle, few enough that memory
# stays flat over a million files.
AHEAD = 4


@click.command(
    cls=Command,
    examples=(
        "wiretrace extract page.html",
        "wiretrace extract --url https://www.example.com/story - < page.html",
        "wiretrace extract pages/*.html.gz > articles.jsonl",
        "wiretrace extract --again",
    ),
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--url", help="Address of the page; for one FILE.")
@click.option("--again", is_flag=True, help="Extract the stored pages anew, without fetching.")
@click.pass_context
def command(
    context: click.Context, files: tuple[Path, ...], url: str | None, *, again: bool
) -> int:
    """Take the story out of HTML files and print one article a JSON line.

    FILE may be gzip; "-" is standard input. Without --url an article's id is the name of its file.
    A file without a story is told on stderr, and the command ends with 3. With --again the stored
    pages are extracted anew into the store.
    """
    _check(files, url, again=again)
    if again:
        # Here alone: the crawl's libraries take a second to load, and files need none of them.
        from crawler import runs  # noqa: PLC0415 - see above

        return do(context, runs.extract_again, required=False, as_json=False).exit_code
    limits = session_of(context).config().extraction
    stream = binary_stdout()
    failed = 0
    for name, outcome in _extracted(files, url, limits):
        if isinstance(outcome, bytes):
            stream.write(outcome)
            stream.flush()
        else:
            failed += 1
            click.echo(f"error[{outcome.slug}]: {name}: {outcome}", err=True)
    return PARTLY if failed else 0


def _check(files: Sequence[Path], url: str | None, *, again: bool) -> None:
    if again == bool(files):
        raise UsageError("Give files, or --again for the stored pages.", "Not both, not neither.")
    if url is not None and len(files) != 1:
        raise UsageError("--url is the address of one page.", "Give one FILE with it.")
    if url is not None and canonical(url) is None:
        raise UsageError(f"{url!r} is no web address.", "Let it begin with http:// or https://.")


def _extracted(
    files: Sequence[Path], url: str | None, limits: ExtractionLimits
) -> Iterator[tuple[str, bytes | WiretraceError]]:
    """Give a JSON line or an error for each file, in the order of the files."""
    workers = min(worker_count(limits.workers), len(files))
    with WorkerPool(workers, limits.deadline_s, limits.max_memory_mb) as pool:
        waiting: deque[tuple[str, Future[bytes]]] = deque()
        for file in files:
            name = "stdin" if str(file) == "-" else str(file)
            if len(waiting) >= AHEAD * workers:
                yield _outcome(pool, *waiting.popleft())
            try:
                body = _read(sys.stdin.buffer, limits) if name == "stdin" else None
            except (InputError, PageError) as error:
                yield name, error
                continue
            waiting.append((name, pool.submit(line_of, name, body, url, utc_now(), limits)))
        while waiting:
            yield _outcome(pool, *waiting.popleft())


def _outcome(
    pool: WorkerPool, name: str, future: Future[bytes]
) -> tuple[str, bytes | WiretraceError]:
    try:
        return name, pool.result_of(future)
    except (PageError, InputError, WorkError) as error:
        return name, error


def line_of(
    name: str, body: bytes | None, url: str | None, now: str, limits: ExtractionLimits
) -> bytes:
    """Extract one file to a JSON line; runs in a worker process.

    Args:
        name: path of the file, also the article's id when there is no address.
        body: what was read already; None reads the file here.
        url: the page's address, if the person gave one.
        now: UTC time; the page cannot be from later.
        limits: sizes and depth.

    Raises:
        InputMissing: there is no such file, or it may not be read.
        PageError: the page gives no article.
    """
    if body is None:
        try:
            with Path(name).open("rb") as stream:
                body = _read(stream, limits)
        except OSError as error:
            raise InputMissing(f"it cannot be read ({error.strerror}).") from error
    page = Page(
        url=canonical(url) or url if url else "",
        requested_url=url or "",
        source="extract",
        status=200,
        content_type="text/html",
        body=body,
        fetched=now,
    )
    return json_line(article_to_json(_named(extract(page, limits), name)))


def _named(article: Article, name: str) -> Article:
    """Take out what a file cannot know: it was not fetched, and it may have no address.

    Without an address the file's name is the id, and the site is the one that its page names.
    """
    article = replace(article, fetched=None, status=None, source=None)
    if article.url:
        return replace(article, id=article_id(article.url))
    site = site_of(article.canonical_url) if article.canonical_url else ""
    return replace(article, id=name, site=site)


def _read(stream: BinaryIO, limits: ExtractionLimits) -> bytes:
    """Read a page, unpacked when it is gzip; never more than is allowed, however well it packs."""
    body = stream.read(limits.max_bytes + 1)
    if body[:2] == GZIP_MAGIC:
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
                body = packed.read(limits.max_bytes + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(f"the gzip data are broken ({error}).") from error
    if len(body) > limits.max_bytes:
        raise PageTooLarge(f"it is larger than {limits.max_bytes:,} bytes.")
    return body
