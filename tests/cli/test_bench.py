"""`wiretrace bench` makes a corpus and scores it, for people and for programs."""

import json
from pathlib import Path

import pytest

from crawler.cli import main


def make(folder: Path, *options: str) -> None:
    assert main(["bench", "corpus", "--articles", "60", "--out", str(folder), "-q", *options]) == 0


def test_a_corpus_is_made_and_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path, "--json")
    made = json.loads(capsys.readouterr().out)
    assert Path(made["articles"]).exists()
    assert sum(made["kinds"].values()) == sum(made["languages"].values()) == 60
    assert main(["bench", "quality", str(tmp_path), "-q", "--json"]) == 0
    scored = json.loads(capsys.readouterr().out)
    result = scored["mixed-60-seed1"]
    assert result["articles"] == 60
    for recipe in ("wiretrace", "plain"):
        assert {"pairs", "b_cubed", "adjusted_rand", "v_measure", "impure"} <= set(result[recipe])
    assert "relations" in result["wiretrace"]


def test_the_table_has_both_recipes_side_by_side(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path, "--short")
    capsys.readouterr()
    assert main(["bench", "quality", str(tmp_path), "-q", "--limit", "40", "--sweep"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "short-60-seed1: 40 articles"
    assert lines[1].split("\t") == ["measure", "wiretrace", "plain recipe"]
    assert any(line.startswith("pair F1\t") for line in lines)
    assert any(line.startswith("copy_share\t0.6\t*\t") for line in lines)


def test_misplaced_articles_are_written_out(tmp_path: Path) -> None:
    """Two labels on one text cannot both be right."""
    text = "The ferry left at noon with forty lorries and a brass band on its upper deck. " * 3
    path = tmp_path / "odd.articles.jsonl"
    rows = [{"id": name, "text": text, "cluster": name} for name in "ab"]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    told = tmp_path / "mistakes.jsonl"
    assert main(["bench", "quality", str(path), "-q", "--mistakes", str(told)]) == 0
    row = json.loads(told.read_text())
    assert (row["set"], row["mistake"], row["id"], row["with"]) == ("odd", "joined", "b", "a")
    assert row["relation"] == "identical"


def test_a_place_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "quality", str(tmp_path / "nowhere")]) == 2
    assert capsys.readouterr().err.startswith("error[input-missing]")
