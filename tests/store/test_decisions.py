"""A person's word is kept, taken back and never lost."""

import pytest

from crawler.errors import NotFound
from crawler.store import Store
from tests.store.records import LATER, NOW


def test_decisions_are_numbered_and_kept_when_taken_back(store: Store) -> None:
    split = store.decide("split", ["a"], others=["b", "c"], label="another flood", now=NOW)
    merge = store.decide("merge", ["a"], others=["d"], now=NOW)
    assert (split.id, merge.id) == (1, 2)
    taken_back = store.undo("split", None, now=LATER)
    assert taken_back.undone == LATER
    assert store.decisions() == [taken_back, merge]


def test_undo_takes_the_last_of_its_kind_that_holds_or_the_one_named(store: Store) -> None:
    for name in "abc":
        store.decide("label", [name], label=name, now=NOW)
    assert store.undo("label", None, now=NOW).articles == ("c",)
    assert store.undo("label", None, now=NOW).articles == ("b",)
    assert store.undo("label", 1, now=NOW).articles == ("a",)


def test_what_does_not_hold_cannot_be_taken_back(store: Store) -> None:
    store.decide("merge", ["a"], others=["b"], now=NOW)
    with pytest.raises(NotFound, match="no last split"):
        store.undo("split", None, now=NOW)
    with pytest.raises(NotFound, match="no split 1"):
        store.undo("split", 1, now=NOW)
    store.undo("merge", 1, now=NOW)
    with pytest.raises(NotFound, match="no merge 1"):
        store.undo("merge", 1, now=NOW)
