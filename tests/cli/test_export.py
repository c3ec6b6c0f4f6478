"""`wiretrace export` writes what is stored, whole or not at all."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from crawler.cli import main


@pytest.mark.usefixtures("folder")
def test_clusters_go_to_stdout_as_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "clusters"]) == 0
    told = capsys.readouterr()
    rows = [json.loads(line) for line in told.out.splitlines()]
    assert len(rows) == 5
    assert {"id", "url", "cluster", "version", "first", "relation"} <= set(rows[0])
    assert all(row["url"].startswith("https://") for row in rows)
    assert told.err == "5 rows written\n"


@pytest.mark.usefixtures("folder")
def test_the_name_tells_the_form() -> None:
    assert main(["export", "articles", "--to", "out/articles.jsonl.gz", "-q"]) == 0
    lines = gzip.decompress(Path("out/articles.jsonl.gz").read_bytes()).splitlines()
    assert len(lines) == 5
    assert main(["export", "pairs", "--to", "pairs.csv", "-q"]) == 0
    rows = list(csv.DictReader(Path("pairs.csv").read_text(encoding="utf-8").splitlines()))
    assert rows
    assert set(rows[0]) == {"a", "b", "relation", "jaccard", "containment_a", "containment_b"}


@pytest.mark.usefixtures("folder")
def test_provenance_is_one_line_a_cluster_of_copies(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "provenance"]) == 0
    [row] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["certainty"], row["origin"]) == ("likely", "AP")
    assert row["candidates"][0]["reasons"]
    assert [gap["reason"] for gap in row["gaps"]] == ["source-unread"]
    assert main(["export", "provenance", "--to", "p.csv", "-q"]) == 0
    [flat] = list(csv.DictReader(Path("p.csv").read_text(encoding="utf-8").splitlines()))
    assert json.loads(flat["branches"]) == row["branches"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("articles", "--to", "x.doc"), ".jsonl"),
        (("articles", "--format", "parquet"), "--to"),
        (("stories",), "'articles'"),
    ],
)
def test_wrong_use_is_told(
    arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("kind", "nodes"), [("versions", 3), ("outlets", 4)])
def test_graphs_are_graphml_whatever_the_name(
    kind: str, nodes: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", kind, "--to", "out.graphml"]) == 0
    assert capsys.readouterr().err == f"the graph of {kind} written to out.graphml\n"
    text = Path("out.graphml").read_text(encoding="utf-8")
    assert text.count("<node ") == nodes
    assert main(["export", kind, "-q"]) == 0
    assert capsys.readouterr().out == text


@pytest.mark.usefixtures("folder")
def test_a_graph_has_no_other_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "outlets", "--format", "csv"]) == 2
    assert "GraphML" in capsys.readouterr().err
