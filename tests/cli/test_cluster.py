"""`wiretrace cluster --input` works on anybody's texts, with no store and no watchlist."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.cli import main


def test_copies_are_grouped_and_singles_are_there(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cluster", "--input", str(corpus)]) == 0
    told = capsys.readouterr()
    rows = [json.loads(line) for line in told.out.splitlines()]
    assert sorted(row["first"] for row in rows) == [False, False, False, True, True]
    assert len({row["cluster"] for row in rows}) == 2
    assert "5 articles, 1 clusters of copies" in told.err


def test_files_are_written_and_gzip_is_read(corpus: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed"
    packed.write_bytes(gzip.compress(corpus.read_bytes()))
    clusters, pairs = tmp_path / "c.jsonl", tmp_path / "p.jsonl"
    options = ["--output", str(clusters), "--pairs", str(pairs), "-q"]
    assert main(["cluster", "--input", str(packed), *options]) == 0
    assert len(clusters.read_text().splitlines()) == 5
    pair = json.loads(pairs.read_text().splitlines()[0])
    measured = {"jaccard", "containment_a", "containment_b", "shared_a", "shared_b", "passages"}
    assert set(pair) == {"a", "b", "relation", *measured}
    first = [json.loads(line) for line in clusters.read_text().splitlines()]
    assert {row["certainty"] for row in first} == {"certain", None}
    assert [row["first_score"] for row in first if row["first"] and row["first_score"]] == [1.0]


def test_articles_come_from_stdin(
    corpus: Path, give_stdin: Callable[[bytes], None], capsys: pytest.CaptureFixture[str]
) -> None:
    give_stdin(corpus.read_bytes())
    assert main(["cluster", "--input", "-", "-q"]) == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 5
    assert told.err == ""


@pytest.mark.parametrize(
    ("content", "slug", "words"),
    [
        (None, "input-missing", "articles.jsonl"),
        (b'{"id": "a"}\n', "input-invalid", "line 1"),
        (b'{"id": "a", "text": "x"}\n{"id"\n', "input-invalid", "line 2"),
    ],
)
def test_bad_input_is_one_line_that_names_the_place(
    content: bytes | None,
    slug: str,
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "articles.jsonl"
    if content is not None:
        path.write_bytes(content)
    assert main(["cluster", "--input", str(path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"error[{slug}]")
    assert words in error
    assert error.count("\n") == 1


def test_a_failed_input_leaves_the_old_output(tmp_path: Path) -> None:
    output = tmp_path / "c.jsonl"
    output.write_text("old\n")
    bad = tmp_path / "bad.jsonl"
    bad.write_text("[]\n")
    assert main(["cluster", "--input", str(bad), "--output", str(output)]) == 2
    assert output.read_text() == "old\n"


def test_output_without_input_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cluster", "--output", "x.jsonl"]) == 2
    assert "--input" in capsys.readouterr().err
