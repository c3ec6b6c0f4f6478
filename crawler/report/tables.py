"""Write rows into a stream as JSON lines, CSV or Parquet.

Rows and their columns arrive; bytes leave, and the number of rows. A column is `text` (may be
null), `whole`, `truth`, `share` (0 to 1), or `json`: a list or an object as JSON text.
"""

import csv
import importlib
import io
import json
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, BinaryIO

from crawler.errors import UsageError
from crawler.report.records import Row

# Spreadsheets run a cell that begins so as a formula (OWASP, "CSV Injection"); the full-width
# forms count as the plain ones in East Asian editions.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Rows of a Parquet row group held in memory at once: 1,000 articles are a few MB.
PARQUET_BATCH = 1000


def json_line(row: Mapping[str, Any]) -> bytes:
    """Give a row as one line of JSON, UTF-8, with its newline.

    A half of a surrogate pair, which a page can smuggle in through an escape and UTF-8 cannot
    hold, is written as the JSON escape it was.
    """
    try:
        return json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(row, allow_nan=False).encode() + b"\n"


def write_jsonl(rows: Iterable[Row], _columns: Mapping[str, str], stream: BinaryIO) -> int:
    """Write one JSON object a line; every field of a row, whatever the columns."""
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the last number is the count
        stream.write(json_line(row))
    return count


def write_csv(rows: Iterable[Row], columns: Mapping[str, str], stream: BinaryIO) -> int:
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


def pyarrow() -> tuple[Any, Any]:
    """Load pyarrow and its Parquet part, which only this form needs.

    Raises:
        UsageError: it is not installed.
    """
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise UsageError(
            "Parquet needs the library pyarrow, which is not installed.",
            "Install it with: pip install 'wiretrace[parquet]'",
        ) from error


def write_parquet(rows: Iterable[Row], columns: Mapping[str, str], stream: BinaryIO) -> int:
    """Write Parquet in row groups, so that no more than one is held in memory."""
    arrow, parquet = pyarrow()
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
