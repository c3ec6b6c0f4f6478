"""What anybody's labelled files may look like, and what is said of those that cannot be meant."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from crawler.errors import InputError, InputMissing
from crawler.items import Relation
from crawler.quality import find_sets, read_set
from crawler.quality.truth import PairLabel


def write(path: Path, *rows: dict[str, Any]) -> Path:
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def article(name: str, **truth: Any) -> dict[str, Any]:
    return {"id": name, "text": f"text of {name}", **truth}


def test_the_truth_stands_in_the_articles(tmp_path: Path) -> None:
    path = write(
        tmp_path / "mine.articles.jsonl.gz",
        article("a", cluster="story", kind="original"),
        article("b", group=7, cut=0.4, of="a", relation="abridged"),
        article("c"),
    )
    found = read_set(path)
    assert found.name == "mine"
    assert found.truths["a"].cluster == "story"
    assert found.truths["b"].cluster == "7"
    assert (found.truths["b"].cut, found.truths["b"].of) == (0.4, "a")
    assert found.truths["b"].relation is Relation.ABRIDGED
    assert found.truths["c"].cluster is None


def test_judged_pairs_stand_beside_the_articles_in_either_order(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.articles.jsonl", *map(article, "abc"))
    write(
        tmp_path / "mine.pairs.jsonl.gz",
        {"a": "b", "b": "a", "label": "copy", "relation": "abridged", "cov_short": 0.9},
        {"a": "b", "b": "c", "label": "partial"},
        {"a": "c", "b": "elsewhere", "label": "copy"},
    )
    found = read_set(path)
    assert found.pairs["a", "b"] == PairLabel(label="copy", relation=Relation.EXPANDED)
    assert found.pairs["b", "c"] == PairLabel(label="partial")
    assert found.pairs_aside == 1


def test_a_limit_takes_the_first_articles_and_leaves_pairs_aside(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.articles.jsonl", *(article(name, group="g") for name in "abc"))
    write(tmp_path / "mine.pairs.jsonl", {"a": "b", "b": "c", "label": "copy"})
    found = read_set(path, limit=2)
    assert [one.id for one in found.articles] == ["a", "b"]
    assert found.pairs_aside == 1


def test_sets_are_found_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b.articles.jsonl", "a.articles.jsonl.gz", "a.pairs.jsonl", "notes.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in find_sets(tmp_path)] == [
        "a.articles.jsonl.gz",
        "b.articles.jsonl",
    ]
    assert find_sets(tmp_path / "notes.txt") == [tmp_path / "notes.txt"]


def test_a_folder_without_a_set_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputMissing, match=r"holds no NAME\.articles\.jsonl"):
        find_sets(tmp_path)


@pytest.mark.parametrize(
    ("articles", "pair", "told"),
    [
        ([article("a")], None, "says nowhere what is true"),
        ([article("a", cluster=["x"])], None, 'field "cluster" must be text, not a list'),
        ([article("a", cluster="x", cut="half")], None, 'field "cut" must be a number, not text'),
        ([article("a", cluster="x", relation="cousin")], None, "is none of identical"),
        ([article("a")], {"a": "a", "b": "c"}, 'line 1: a pair needs "a", "b" and "label"'),
        ([article("a")], {"a": "a", "b": "a", "label": "copy"}, "name the same article"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_place(
    articles: list[dict[str, Any]], pair: dict[str, Any] | None, told: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "mine.articles.jsonl", *articles)
    if pair is not None:
        write(tmp_path / "mine.pairs.jsonl", pair)
    with pytest.raises(InputError, match=told):
        read_set(path)
