"""Schedules come back as they were; each result is taken in once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import MissedRuns, SourceOutcome, SourceSchedule
from crawler.store import Store
from tests.store.records import LATER, NOW, lead, schedules
from tests.store.test_round_trips import emptied, shared

__all__ = ["shared"]


@settings(max_examples=40, deadline=None)
@given(st.lists(schedules, unique_by=lambda one: one.source, max_size=4))
def test_schedules_come_back_as_they_were(shared: Store, given_ones: list[SourceSchedule]) -> None:
    with emptied(shared):
        shared.save_schedules(given_ones)
        assert shared.schedules() == {one.source: one for one in given_ones}


def outcome(source: str, error: str | None = None) -> SourceOutcome:
    return SourceOutcome(
        source=source, documents=1, leads=4, new_leads=2, failures=0, error=error, refresh_s=600
    )


def test_results_are_given_until_they_are_taken_in_oldest_first(store: Store) -> None:
    store.source_outcome("run-1", outcome("courier"))
    store.begin_run("run-2", now=LATER)
    store.source_outcome("run-2", outcome("courier"))
    found = store.unplanned_results()
    assert [(one.run_id, one.started) for one in found] == [("run-1", NOW), ("run-2", LATER)]
    assert found[0].outcome == outcome("courier")
    store.save_schedules([], planned=True)
    assert store.unplanned_results() == []
    store.source_outcome("run-2", outcome("echo"))
    assert [one.outcome.source for one in store.unplanned_results()] == ["echo"]


def test_missed_runs_are_kept_and_counted(store: Store) -> None:
    for runs in (3, 4):
        store.miss_runs(MissedRuns(expected=NOW, noticed=LATER, runs=runs, reason="asleep"))
    assert [one.runs for one in store.missed_runs()] == [4, 3]
    assert store.missed_count() == 7


def test_runs_in_which_nothing_was_due_can_be_left_out(store: Store) -> None:
    store.source_outcome("run-1", outcome("courier"))
    store.begin_run("run-2", now=LATER, kind="run")
    store.count("run-2", "idle")
    assert [run.id for run in store.runs()] == ["run-2", "run-1"]
    assert [run.id for run in store.runs(idle=False)] == ["run-1"]
    assert store.idle_count() == 1
    last = store.last_crawl()
    assert last is not None
    assert last.id == "run-1"


def test_a_lead_that_waits_for_its_time_is_not_waiting_before_it(store: Store) -> None:
    assert not store.has_waiting(NOW)
    store.add_leads([lead("https://courier.example/1")], run_id="run-1")
    assert store.has_waiting(NOW)
    store.requeue_lead("https://courier.example/1", not_before=LATER, reason="timeout")
    assert not store.has_waiting(NOW)
    assert store.has_waiting(LATER)
