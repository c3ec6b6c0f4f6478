"""Read articles from JSON lines: a file, a stream or stdin, plain or gzip, line by line.

Bytes arrive; articles leave. Whatever is wrong with a line is said with its number.
"""

import gzip
import io
import json
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NoReturn, cast

from crawler.errors import InputError, InputMissing
from crawler.items import Article
from crawler.report.records import Row, article_from_json, kind_of

GZIP_MAGIC = b"\x1f\x8b"
# A longer line is a JSON array or another format read by mistake; the largest real article bodies
# (court rulings run in full) stay below 2 MB.
MAX_LINE_BYTES = 64_000_000
# json.loads lets halves of surrogate pairs through, which no UTF-8 file can hold.
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read_articles(source: Path | str | BinaryIO) -> Iterator[Article]:
    """Read articles from a file, a stream or (`-`) stdin, one JSON object a line.

    Gzip is known by its first bytes, whatever the name says. Empty lines are passed over. Only the
    ids are held in memory, so that a corpus may be larger than it.

    Raises:
        InputMissing: the file does not exist or may not be read.
        InputError: names the line, and the field where there is one: not UTF-8, not JSON, a
            missing or mistyped field, an id that was there before, a broken gzip stream.
    """
    lines_of_ids: dict[str, str] = {}
    for where, row in read_rows(source):
        article = article_from_json(row, where=where)
        earlier = lines_of_ids.setdefault(article.id, where)
        if earlier != where:
            line = earlier.rsplit(", ", 1)[1]
            raise InputError(f'{where}: field "id" is the same as in {line}: {article.id!r}.')
        yield article


def read_rows(source: Path | str | BinaryIO) -> Iterator[tuple[str, Row]]:
    """Read any JSON objects, one a line; each comes with its place, as a message names it.

    Raises:
        InputMissing: the file does not exist or may not be read.
        InputError: names the line: not UTF-8, not JSON, no object, a broken gzip stream.
    """
    with _opened(source) as (stream, name):
        for number, line in _lines(stream, name):
            where = f"{name}, line {number}"
            yield where, _parse(line, where)


@contextmanager
def _opened(source: Path | str | BinaryIO) -> Iterator[tuple[BinaryIO, str]]:
    """Open what was named; a stream that was given, and stdin, stay open."""
    if not isinstance(source, Path | str):
        name = getattr(source, "name", None)
        with _unzipped(source) as stream:
            yield stream, name if isinstance(name, str) else "the input"
    elif str(source) == "-":
        with _unzipped(sys.stdin.buffer) as stream:
            yield stream, "stdin"
    else:
        try:
            with Path(source).open("rb") as opened, _unzipped(opened) as stream:
                yield stream, str(source)
        except OSError as error:
            raise InputMissing(
                f"{source} cannot be read ({error.strerror or error}).",
                "Check the name, or give - to read from stdin.",
            ) from error


@contextmanager
def _unzipped(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Look at the first two bytes without taking them, and unpack what is gzip."""
    own = not isinstance(stream, io.BufferedReader)
    peekable = io.BufferedReader(cast("io.RawIOBase", stream)) if own else stream
    assert isinstance(peekable, io.BufferedReader)
    try:
        if peekable.peek(2)[:2] == GZIP_MAGIC:
            yield cast("BinaryIO", gzip.GzipFile(fileobj=peekable))
        else:
            yield peekable
    finally:
        if own:
            peekable.detach()  # or it would close the caller's stream with itself


def _lines(stream: BinaryIO, name: str) -> Iterator[tuple[int, str]]:
    """Give the lines that are not empty, with their numbers from 1."""
    number = 0
    while True:
        number += 1
        where = f"{name}, line {number}"
        try:
            raw = stream.readline(MAX_LINE_BYTES)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(f"{where}: the gzip stream is broken ({error}).") from error
        if not raw:
            return
        if len(raw) == MAX_LINE_BYTES:
            raise InputError(
                f"{where} is longer than {MAX_LINE_BYTES // 1_000_000} MB.",
                "Give one article a line (JSON lines), not one array.",
            )
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError as error:
            raise InputError(f"{where} is not UTF-8 (byte {error.start}).") from error
        if line:
            yield number, line


def _parse(line: str, where: str) -> Row:
    try:
        value = json.loads(line, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{where}: not JSON: {error.msg} at column {error.colno}.",
            "Give one JSON object a line.",
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON that can be read: {error}.") from error
    if not isinstance(value, dict):
        raise InputError(f"{where}: {kind_of(value)} where an object is needed.")
    return cast("Row", _whole(value)) if _SURROGATE.search(line) else value


def _whole(value: object) -> object:
    """Join surrogate pairs and put U+FFFD for a half that has lost the other."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")
