"""Write articles, clusters and pairs for other programs: JSON lines, CSV, Parquet.

What arrives are our records; what leaves is a file put in place whole (or a stream), and the
number of rows in it.
"""

import csv
import gzip
import importlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from crawler.errors import UsageError
from crawler.items import Article, Cluster, Pair
from crawler.report.atomic import replacing_file
from crawler.report.records import Row, article_to_json, cluster_rows, pair_rows

Form = Literal["jsonl", "csv", "parquet"]
Target = Path | BinaryIO
FORMS: tuple[Form, ...] = ("jsonl", "csv", "parquet")

# Column names and their types, in order. Text columns may be null; `json` holds a list or object
# as JSON text, since neither CSV nor a flat table has a place for it.
ARTICLE_COLUMNS = {
    "id": "text",
    "url": "text",
    "site": "text",
    "title": "text",
    "text": "text",
    "published": "text",
    "published_source": "text",
    "modified": "text",
    "times": "json",
    "canonical_url": "text",
    "language": "text",
    "author": "text",
    "agency": "text",
    "evidence": "json",
    "removed": "json",
    "fetched": "text",
    "status": "whole",
    "source": "text",
    "extra": "json",
}
CLUSTER_COLUMNS = {
    "id": "text",
    "url": "text",
    "cluster": "text",
    "version": "whole",
    "first": "truth",
    "relation": "text",
    "containment_in_medoid": "share",
    "containment_of_medoid": "share",
}
PAIR_COLUMNS = {
    "a": "text",
    "b": "text",
    "relation": "text",
    "jaccard": "share",
    "containment_a": "share",
    "containment_b": "share",
}
# Spreadsheets run a cell that begins so as a formula (OWASP, "CSV Injection"); the full-width
# forms count as the plain ones in East Asian editions.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Rows of a Parquet row group held in memory at once: 1,000 articles are a few MB.
PARQUET_BATCH = 1000


def form_of(path: Path) -> Form:
    """Tell the form from a file's name; `.gz` after it is passed over.

    Raises:
        UsageError: the name ends in none of the known forms.
    """
    suffix = Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
    names: dict[str, Form] = {
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".csv": "csv",
        ".parquet": "parquet",
    }
    if suffix not in names:
        raise UsageError(
            f"The name {path.name} does not tell the form of the export.",
            f"Let it end in .jsonl, .csv or .parquet, or name the form ({', '.join(FORMS)}).",
        )
    return names[suffix]


def export_articles(articles: Iterable[Article], target: Target, *, form: Form = "jsonl") -> int:
    """Write articles and give their number; a `.gz` name is packed (JSON lines and CSV).

    Raises:
        StoreFull, ReportError: nothing was written, the old file is whole.
        UsageError: Parquet was asked for and pyarrow is not installed.
    """
    if form == "jsonl":
        return _write((article_to_json(article) for article in articles), {}, target, form)
    rows = (_flat_article(article) for article in articles)
    return _write(rows, ARTICLE_COLUMNS, target, form)


def export_clusters(
    clusters: Iterable[Cluster],
    urls: Mapping[str, str],
    target: Target,
    *,
    form: Form = "jsonl",
) -> int:
    """Write one row an article, singletons too; `urls` maps article id to address.

    Raises as `export_articles`.
    """
    return _write(cluster_rows(clusters, urls), CLUSTER_COLUMNS, target, form)


def export_pairs(pairs: Iterable[Pair], target: Target, *, form: Form = "jsonl") -> int:
    """Write one row a compared pair; raises as `export_articles`."""
    return _write(pair_rows(pairs), PAIR_COLUMNS, target, form)


def _flat_article(article: Article) -> Row:
    row = article_to_json(article)
    flat = {name: row[name] for name in ARTICLE_COLUMNS if name != "extra"}
    return flat | {"extra": dict(article.extra)}


def _write(rows: Iterable[Row], columns: Mapping[str, str], target: Target, form: Form) -> int:
    writers: dict[Form, Callable[[Iterable[Row], Mapping[str, str], BinaryIO], int]] = {
        "jsonl": _write_jsonl,
        "csv": _write_csv,
        "parquet": _write_parquet,
    }
    if form == "parquet":
        _pyarrow()  # before a file is made
    with _opened(target, packed=form != "parquet") as stream:
        return writers[form](rows, columns, stream)


@contextmanager
def _opened(target: Target, *, packed: bool) -> Iterator[BinaryIO]:
    """Open a path for replacement, packed if its name ends in `.gz`; pass a stream through."""
    if not isinstance(target, Path):
        yield target
        target.flush()
        return
    with replacing_file(target) as stream:
        if packed and target.suffix == ".gz":
            # No name and no time inside: equal input gives equal bytes.
            with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as zipped:
                yield cast("BinaryIO", zipped)
        else:
            yield stream


def json_line(row: Mapping[str, Any]) -> bytes:
    """Give a row as one line of JSON, UTF-8, with its newline.

    A half of a surrogate pair, which a page can smuggle in through an escape and UTF-8 cannot
    hold, is written as the JSON escape it was.
    """
    try:
        return json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(row, allow_nan=False).encode() + b"\n"


def _write_jsonl(rows: Iterable[Row], _columns: Mapping[str, str], stream: BinaryIO) -> int:
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the last number is the count
        stream.write(json_line(row))
    return count


def _write_csv(rows: Iterable[Row], columns: Mapping[str, str], stream: BinaryIO) -> int:
    """Write RFC 4180: a header line, CRLF between lines, cells quoted where they need it."""
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([csv_cell(row[name], kind) for name, kind in columns.items()])
        count += 1
    text.flush()
    text.detach()  # the stream is the caller's to close
    return count


def csv_cell(value: Any, kind: str) -> str:  # noqa: ANN401 - any JSON value
    """Give a cell's text; text that a spreadsheet would run as a formula gets an apostrophe."""
    if value is None:
        return ""
    if kind == "truth":
        return "true" if value else "false"
    if kind == "json":
        return json.dumps(value, ensure_ascii=False)
    if kind in ("whole", "share"):
        return str(value)
    return f"'{value}" if value.startswith(FORMULA_STARTS) else str(value)


def _pyarrow() -> tuple[Any, Any]:
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise UsageError(
            "Parquet needs the library pyarrow, which is not installed.",
            "Install it with: pip install 'wiretrace[parquet]'",
        ) from error


def _write_parquet(rows: Iterable[Row], columns: Mapping[str, str], stream: BinaryIO) -> int:
    arrow, parquet = _pyarrow()
    types = {
        "text": arrow.string(),
        "json": arrow.string(),
        "whole": arrow.int64(),
        "truth": arrow.bool_(),
        "share": arrow.float64(),
    }
    schema = arrow.schema([(name, types[kind]) for name, kind in columns.items()])
    count = 0
    rest = iter(rows)
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while batch := [_parquet_row(row, columns) for row in islice(rest, PARQUET_BATCH)]:
            writer.write_table(arrow.Table.from_pylist(batch, schema=schema))
            count += len(batch)
    return count


def _parquet_row(row: Row, columns: Mapping[str, str]) -> Row:
    return {name: _parquet_value(row[name], kind) for name, kind in columns.items()}


def _parquet_value(value: Any, kind: str) -> Any:  # noqa: ANN401 - any JSON value
    if kind == "json":
        return json.dumps(value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return value
