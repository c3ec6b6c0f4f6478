"""What the store notes of changes, for reports that follow upon former ones."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.items import Bridge, Pair, Relation
from crawler.store import Store, changes
from tests.store.records import NOW, article, cluster, provenance, put_clusters


@pytest.fixture
def filled(store: Store) -> Store:
    """Give a store with the clusters c1 (a, b) and c2 (c)."""
    for name in ("a", "b", "c"):
        store.save_article(article(name), page_id=None)
    put_clusters(store, [cluster("c1", "a", "b"), cluster("c2", "c")], now=NOW)
    return store


def pair(one: str, other: str) -> Pair:
    return Pair(
        a=one, b=other, relation=Relation.PARTIAL, jaccard=0.2, containment_a=0.3, containment_b=0.4
    )


def given_again(store: Store) -> None:
    put_clusters(store, [replace(cluster("c1", "a", "b"), label="Ferry")], now=NOW)


CASES: dict[str, tuple[Callable[[Store], None], set[str]]] = {
    "nothing": (lambda _: None, set()),
    "an article's words": (
        lambda store: store.save_article(article("c", title="Other"), page_id=None),
        {"c2"},
    ),
    "an article that is gone": (lambda store: store.delete_article("b"), {"c1"}),
    "a cluster's only article": (lambda store: store.delete_article("c"), {"c2"}),
    "a name, and a cluster that is no more": (given_again, {"c1", "c2"}),
    "the first copy": (
        lambda store: store.mark_first(
            [
                replace(
                    one, members=tuple(replace(each, first=not each.first) for each in one.members)
                )
                for one in [cluster("c2", "c")]
            ]
        ),
        {"c2"},
    ),
    "an answer": (lambda store: store.save_provenance([provenance("c1", "a")]), {"c1"}),
    "a pair that crosses": (lambda store: store.replace_pairs([], [pair("a", "c")]), {"c1", "c2"}),
    "a pair inside": (lambda store: store.replace_pairs([], [pair("a", "b")]), set()),
    "a refused article": (
        lambda store: store.settle(
            [], [], [Bridge(article_id="c", reason="loose", beside=("b",))], [], now=NOW
        ),
        {"c1", "c2"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_whatever_a_page_shows_is_noted(filled: Store, case: str) -> None:
    change, expected = CASES[case]
    mark = filled.change_mark()
    change(filled)
    assert filled.changed_clusters(mark) == expected
    assert filled.changed_clusters(filled.change_mark()) == set()


def test_clusters_that_share_a_passage_are_beside_each_other(filled: Store) -> None:
    filled.replace_pairs([], [pair("b", "c"), pair("a", "b")])
    assert filled.clusters_beside({"c2"}) == {"c1"}
    assert filled.clusters_beside({"c1"}) == {"c2"}
    assert list(filled.pairs_across(["c1", "c2"])) == [pair("b", "c")]
    assert filled.homes(["a", "c", "gone"]) == {"a": "c1", "c": "c2"}


@pytest.mark.parametrize("mark", ["", "1", "x:y", "999999:1", "1:12345", ":"])
def test_a_mark_of_elsewhere_tells_nothing(filled: Store, mark: str) -> None:
    assert filled.changed_clusters(mark) is None


def test_a_copy_that_was_brought_back_is_not_taken_for_the_store(
    filled: Store, path: Path, tmp_path: Path
) -> None:
    """Both went on by as many changes, but not by the same."""
    filled.close()
    shutil.copy(path, tmp_path / "copy.sqlite")
    marks = []
    for place in (path, tmp_path / "copy.sqlite"):
        with Store.open(place) as store:
            store.save_article(article("a", title=place.name), page_id=None)
            marks.append(store.change_mark())
    first, second = marks
    assert first.partition(":")[0] == second.partition(":")[0]
    with Store.open(tmp_path / "copy.sqlite") as store:
        assert store.changed_clusters(second) == set()
        assert store.changed_clusters(first) is None


def test_old_changes_are_forgotten_and_numbers_go_on(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "KEPT_CHANGES", 2)
    old = filled.change_mark()
    for title in ("One", "Two", "Three"):
        filled.save_article(article("a", title=title), page_id=None)
    new = filled.change_mark()
    filled.forget_changes()
    assert filled.changed_clusters(old) is None
    filled.save_article(article("a", title="Four"), page_id=None)
    assert filled.changed_clusters(new) == {"c1"}


def test_who_carries_a_story_is_told_once_for_each_text(filled: Store) -> None:
    assert filled.untold("s") == ["a", "b", "c"]
    filled.remember_carriers("s", {"a": True, "b": False, "c": True})
    assert (filled.untold("s"), filled.carriers("s")) == ([], {"a", "c"})
    assert filled.clusters_with(filled.carriers("s")) == ["c1", "c2"]
    filled.save_article(article("a", title="Another"), page_id=None)
    filled.save_article(article("b", site="other.example"), page_id=None)
    assert (filled.untold("s"), filled.carriers("s")) == (["a"], {"c"})
    filled.remember_carriers("t", {"a": True})
    filled.forget_carriers(["t"])
    assert (filled.carriers("s"), filled.carriers("t")) == (set(), {"a"})
