"""Articles, clusters and pairs as JSON lines: the form in which others give and take them.

What arrives is a stream of bytes (UTF-8, one object a line, plain or gzip) or our records; what
leaves is the other of the two. Whatever an input says that we do not know is kept in
`Article.extra` and written out again.
"""

import gzip
import io
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TypeVar, cast

from crawler.errors import InputError, InputMissing
from crawler.items import Article, Cluster, Evidence, Pair, Published, Removed
from crawler.urls import site_of

Row = dict[str, Any]
"""One record ready for `json.dumps`."""
T = TypeVar("T", Evidence, Removed, Published)

GZIP_MAGIC = b"\x1f\x8b"
# A longer line is a JSON array or another format read by mistake; the largest real article bodies
# (court rulings run in full) stay below 2 MB.
MAX_LINE_BYTES = 64_000_000
# json.loads lets halves of surrogate pairs through, which no UTF-8 file can hold.
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")

_REQUIRED = ("id", "text")
_TEXT = ("id", "url", "site", "title", "text")
_TEXT_OR_NULL = (
    "published",
    "published_source",
    "modified",
    "canonical_url",
    "language",
    "author",
    "agency",
    "fetched",
    "source",
)
_TIMES = ("published", "modified", "fetched")
UNREADABLE = "_unreadable"
_LISTS = ("times", "evidence", "removed")
KNOWN_FIELDS = frozenset((*_TEXT, *_TEXT_OR_NULL, *_LISTS, "status"))


def article_to_json(article: Article) -> Row:
    """Give an article as a JSON object: the fields of the input format first, `extra` last.

    Every known field is there, `null` where nothing is known, so that a reader of the lines needs
    no special case. A field of `extra` never hides a known one.
    """
    row: Row = {
        "id": article.id,
        "url": article.url,
        "site": article.site,
        "title": article.title,
        "text": article.text,
        "published": article.published,
        "published_source": article.published_source,
        "modified": article.modified,
        "times": [asdict(time) for time in article.times],
        "canonical_url": article.canonical_url,
        "language": article.language,
        "author": article.author,
        "agency": article.agency,
        "evidence": [asdict(piece) for piece in article.evidence],
        "removed": [asdict(piece) for piece in article.removed],
        "fetched": article.fetched,
        "status": article.status,
        "source": article.source,
    }
    return row | {name: value for name, value in article.extra.items() if name not in row}


def article_from_json(row: Mapping[str, Any], *, where: str = "the article") -> Article:
    """Read an article from a JSON object; the inverse of `article_to_json`.

    A time that is none (`26-FEB-1987 15:01`) must not keep a corpus out: the article then has no
    such time, and what was given is kept under `published_unreadable` (`modified_`, `fetched_`).

    Args:
        row: the object; only `id` and `text` must be there.
        where: how a message names the record, such as `articles.jsonl, line 7`.

    Raises:
        InputError: a required field is missing or empty, or a field has the wrong type.
    """
    for name in _REQUIRED:
        if row.get(name) is None:
            _refuse(where, name, "is missing")
    if not row["id"]:
        _refuse(where, "id", "is empty")
    text = {name: _text(row, name, where) or "" for name in _TEXT}
    known = {name: _text(row, name, where) or None for name in _TEXT_OR_NULL}
    extra = {name: value for name, value in row.items() if name not in KNOWN_FIELDS}
    for name in _TIMES:
        value = known[name]
        if value is not None and not _is_time(value):
            known[name], extra[name + UNREADABLE] = None, value
    status = row.get("status")
    if status is not None and (isinstance(status, bool) or not isinstance(status, int)):
        _refuse(where, "status", f"must be a whole number, not {_kind(status)}")
    return Article(
        id=text["id"],
        url=text["url"],
        site=text["site"] or site_of(text["url"]),
        title=text["title"],
        text=text["text"],
        published=known["published"],
        published_source=known["published_source"],
        modified=known["modified"],
        times=_pieces(row, "times", Published, where),
        canonical_url=known["canonical_url"],
        language=known["language"],
        author=known["author"],
        agency=known["agency"],
        evidence=_pieces(row, "evidence", Evidence, where),
        removed=_pieces(row, "removed", Removed, where),
        fetched=known["fetched"],
        status=status,
        source=known["source"],
        extra=extra,
    )


def cluster_rows(clusters: Iterable[Cluster], urls: Mapping[str, str]) -> Iterator[Row]:
    """Give one row for each article of each cluster, singletons too, in the clusters' order.

    Args:
        clusters: as the clustering gave them.
        urls: article id to address; an id that is not in it gets an empty one.
    """
    for cluster in clusters:
        for member in cluster.members:
            yield {
                "id": member.article_id,
                "url": urls.get(member.article_id, ""),
                "cluster": cluster.id,
                "version": member.version,
                "first": member.first,
                "relation": member.relation.value,
                "containment_in_medoid": member.containment_in_medoid,
                "containment_of_medoid": member.containment_of_medoid,
            }


def pair_rows(pairs: Iterable[Pair]) -> Iterator[Row]:
    """Give one row for each compared pair."""
    for pair in pairs:
        yield {
            "a": pair.a,
            "b": pair.b,
            "relation": pair.relation.value,
            "jaccard": pair.jaccard,
            "containment_a": pair.containment_a,
            "containment_b": pair.containment_b,
        }


def read_articles(source: Path | str | BinaryIO) -> Iterator[Article]:
    """Read articles from a file, a stream or (`-`) stdin, one JSON object a line.

    Gzip is known by its first bytes, whatever the name says. Empty lines are passed over. Only the
    ids are held in memory, so that a corpus may be larger than it.

    Raises:
        InputMissing: the file does not exist or may not be read.
        InputError: names the line, and the field where there is one: not UTF-8, not JSON, a
            missing or mistyped field, an id that was there before, a broken gzip stream.
    """
    lines_of_ids: dict[str, int] = {}
    with _opened(source) as (stream, name):
        for number, line in _lines(stream, name):
            where = f"{name}, line {number}"
            article = article_from_json(_parse(line, where), where=where)
            earlier = lines_of_ids.setdefault(article.id, number)
            if earlier != number:
                _refuse(where, "id", f"is the same as in line {earlier}: {article.id!r}")
            yield article


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
        raise InputError(f"{where}: {_kind(value)} where an object is needed.")
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


def _text(row: Mapping[str, Any], name: str, where: str) -> str | None:
    value = row.get(name)
    if value is None or isinstance(value, str):
        return value
    return _refuse(where, name, f"must be text, not {_kind(value)}")


def _is_time(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _pieces(row: Mapping[str, Any], name: str, kind: type[T], where: str) -> tuple[T, ...]:
    """Read a list of small records whose fields are all text, but for evidence's weight."""
    values = row.get(name)
    if values is None:
        return ()
    if not isinstance(values, list):
        _refuse(where, name, f"must be a list, not {_kind(values)}")
    pieces = []
    for index, value in enumerate(values):
        place = f"{name}[{index}]"
        if not isinstance(value, dict):
            _refuse(where, place, f"must be an object, not {_kind(value)}")
        pieces.append(kind(**_piece(value, kind, where, place)))
    return tuple(pieces)


def _piece(value: Row, kind: type[T], where: str, place: str) -> Row:
    names = [field.name for field in fields(kind)]
    for name in names:
        item = value.get(name)
        if name == "weight":
            if isinstance(item, bool) or not isinstance(item, int | float):
                _refuse(where, f"{place}.{name}", f"must be a number, not {_kind(item)}")
        elif not isinstance(item, str):
            _refuse(where, f"{place}.{name}", f"must be text, not {_kind(item)}")
    return {name: value[name] for name in names}


def _refuse(where: str, name: str, problem: str) -> NoReturn:
    raise InputError(f'{where}: field "{name}" {problem}.')


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def _kind(value: object) -> str:
    """Name a JSON type as its readers know it."""
    if value is None:
        return "null"
    names = {bool: "true or false", str: "text", list: "a list", dict: "an object"}
    return names.get(type(value), "a number")
