"""Files for other programs: JSON lines, CSV, Parquet."""

import csv
import gzip
import importlib
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.errors import StoreFull, UsageError
from crawler.items import Article
from crawler.report import (
    Form,
    export_articles,
    export_clusters,
    export_pairs,
    export_provenance,
    form_of,
    read_articles,
)
from tests.report.made_up import ferry

MADE = ferry()
ARTICLES = list(MADE.articles.values())
URLS = {one.id: one.url for one in ARTICLES}


def one(**changes: Any) -> Article:
    return Article(**({"id": "x", "url": "", "site": "", "title": "", "text": ""} | changes))


def test_json_lines_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "articles.jsonl"
    assert export_articles(ARTICLES, file) == len(ARTICLES)
    assert list(read_articles(file)) == ARTICLES
    assert [path.name for path in file.parent.iterdir()] == ["articles.jsonl"]


def test_a_name_that_ends_in_gz_is_packed_and_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        export_articles(ARTICLES, tmp_path / name)
    first, second = ((tmp_path / name).read_bytes() for name in ("a.jsonl.gz", "b.jsonl.gz"))
    assert first == second
    assert len(gzip.decompress(first).splitlines()) == len(ARTICLES)


def test_a_half_surrogate_does_not_stop_an_export() -> None:
    stream = io.BytesIO()
    export_articles([one(text="half \ud83d")], stream)
    assert json.loads(stream.getvalue())["text"] == "half \ud83d"
    assert export_articles([one(text="half \ud83d")], io.BytesIO(), form="csv") == 1


def test_csv_gives_every_cell_back_but_for_the_apostrophe(tmp_path: Path) -> None:
    file = tmp_path / "articles.csv"
    articles = [
        one(id="1", title='said "yes", then\nno', text="line\r\nline\rline"),
        one(id="2", title="=1+1", text="@SUM(A1)", author="-2", agency="＝A1"),
    ]
    export_articles(articles, file, form="csv")
    raw = file.read_bytes()
    assert raw.startswith(b"id,url,site,title,")
    assert raw.count(b"\r\n") == 1 + 2 + 1  # header, rows, and one inside a quoted cell
    with file.open(encoding="utf-8", newline="") as stream:
        first, second = csv.DictReader(stream)
    assert (first["title"], first["text"]) == (articles[0].title, articles[0].text)
    assert (second["title"], second["text"]) == ("'=1+1", "'@SUM(A1)")
    assert (second["author"], second["agency"]) == ("'-2", "'＝A1")


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_no_cell_of_a_table_starts_a_formula(start: str) -> None:
    stream = io.BytesIO()
    export_articles([one(title=f"{start}cmd")], stream, form="csv")
    (row,) = csv.DictReader(io.StringIO(stream.getvalue().decode(), newline=""))
    assert row["title"] == f"'{start}cmd"


def test_a_negative_number_is_a_number_and_truth_is_a_word() -> None:
    stream = io.BytesIO()
    assert export_clusters(MADE.clusters, URLS, stream, form="csv") == 7
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))
    assert (rows[0]["first"], rows[1]["first"]) == ("true", "false")
    assert float(rows[3]["containment_of_medoid"]) == 0.861


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_every_kind_has_every_form(form: Form, tmp_path: Path) -> None:
    def written(export: Callable[[Path], int]) -> int:
        file = tmp_path / f"x.{form}"
        count = export(file)
        assert form_of(file) == form
        assert file.stat().st_size > 0
        return count

    assert written(lambda file: export_articles(ARTICLES, file, form=form)) == 7
    assert written(lambda file: export_clusters(MADE.clusters, URLS, file, form=form)) == 7
    assert written(lambda file: export_pairs(MADE.pairs, file, form=form)) == 2


def test_parquet_keeps_types_and_lists() -> None:
    parquet = importlib.import_module("pyarrow.parquet")
    stream = io.BytesIO()
    export_articles([*ARTICLES, one(text="half \ud83d")], stream, form="parquet")
    rows = parquet.read_table(io.BytesIO(stream.getvalue())).to_pylist()
    assert [row["id"] for row in rows[:7]] == list(MADE.articles)
    assert json.loads(rows[0]["evidence"])[0]["value"] == "Meridian Wire"
    assert rows[0]["status"] is None
    assert rows[7]["text"] == "half ?"


def test_parquet_without_its_library_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"wiretrace\[parquet\]"):
        export_articles(ARTICLES, tmp_path / "a.parquet", form="parquet")
    assert not list(tmp_path.iterdir())


def test_a_name_tells_the_form_or_is_refused() -> None:
    names = ("a.jsonl", "a.ndjson.gz", "a.csv", "a.csv.gz", "a.parquet")
    assert [form_of(Path(name)) for name in names] == ["jsonl", "jsonl", "csv", "csv", "parquet"]
    for name in ("a.xlsx", "a", "a.gz"):
        with pytest.raises(UsageError, match="does not tell the form"):
            form_of(Path(name))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_a_full_disk_is_said_in_one_line(form: Form) -> None:
    with pytest.raises(StoreFull, match="No space is left for /dev/full"):
        export_articles(ARTICLES * 1000, Path("/dev/full"), form=form)


def test_an_error_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    export_articles(ARTICLES[:1], file)
    before = file.read_bytes()
    reading = read_articles(io.BytesIO(before + b"nonsense"))
    with pytest.raises(Exception, match="not JSON"):
        export_articles(reading, file)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["articles.jsonl"]


def test_the_columns_of_flat_tables_are_documented_as_parquet_has_them() -> None:
    parquet = importlib.import_module("pyarrow.parquet")
    words = (Path(__file__).parents[2] / "docs" / "schema.md").read_text("utf-8")
    rows = re.findall(r"^\| (\w+) \| (`.*`) \| `(\w+)`(?:, JSON)? \|$", words, re.MULTILINE)
    writers: dict[str, Callable[[io.BytesIO], int]] = {
        "articles": lambda stream: export_articles([], stream, form="parquet"),
        "clusters": lambda stream: export_clusters([], {}, stream, form="parquet"),
        "provenance": lambda stream: export_provenance([], stream, form="parquet"),
        "pairs": lambda stream: export_pairs([], stream, form="parquet"),
    }
    for table, write in writers.items():
        stream = io.BytesIO()
        write(stream)
        schema = parquet.read_schema(io.BytesIO(stream.getvalue()))
        told = [
            (column, kind)
            for name, columns, kind in rows
            if name == table
            for column in re.findall(r"`(\w+)`", columns)
        ]
        assert told == [(field.name, str(field.type)) for field in schema], table
