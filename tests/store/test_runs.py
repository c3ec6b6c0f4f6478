"""Runs: numbers add up, drops are kept, the newest come first."""

import pytest

from crawler.errors import StoreError
from crawler.items import Drop, SourceOutcome
from crawler.store import Store
from tests.store.records import LATER, NOW


def outcome(documents: int) -> SourceOutcome:
    return SourceOutcome(source="courier", documents=documents, leads=0, new_leads=0, failures=0)


def test_counts_add_up_and_a_drop_is_one_of_them(store: Store) -> None:
    store.count("run-1", "pages")
    store.count("run-1", "pages", 4)
    drop = Drop(source="courier", reason="duplicate-address", url="https://courier.example/2")
    store.drop("run-1", drop)
    store.drop("run-1", drop)
    assert store.runs()[0].counts == {"pages": 5, "drop:duplicate-address": 2}
    assert list(store.drops()) == [drop, drop]


def test_drops_of_one_run_are_told_from_those_of_another(store: Store) -> None:
    store.drop("run-1", Drop(source="courier", reason="first"))
    store.begin_run("run-2", now=LATER)
    store.drop("run-2", Drop(source="courier", reason="second"))
    assert [drop.reason for drop in store.drops("run-2")] == ["second"]
    assert [drop.reason for drop in store.drops()] == ["first", "second"]


def test_the_last_outcome_of_a_source_in_a_run_counts(store: Store) -> None:
    store.source_outcome("run-1", outcome(1))
    store.source_outcome("run-1", outcome(2))
    assert store.runs()[0].sources == (outcome(2),)


def test_runs_come_newest_first_and_no_more_than_asked_for(store: Store) -> None:
    store.end_run("run-1", outcome="done", now=NOW)
    store.begin_run("run-2", now=LATER)
    assert [(run.id, run.outcome, run.ended) for run in store.runs()] == [
        ("run-2", "running", None),
        ("run-1", "done", NOW),
    ]
    assert [run.id for run in store.runs(limit=1)] == ["run-2"]


def test_a_number_of_a_run_that_never_began_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        store.count("run-9", "pages")


def test_an_outcome_that_nobody_knows_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="CHECK"):
        store.end_run("run-1", outcome="splendid", now=NOW)
