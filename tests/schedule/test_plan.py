"""What is due when: intervals follow what sources publish, failures wait, nothing is forgotten."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import ScheduleParams, Source
from crawler.items import SourceOutcome, SourceResult, SourceSchedule
from crawler.schedule.plan import (
    Plan,
    after,
    due_at,
    learn,
    limits_of,
    pause_s,
    plan,
    written,
)

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
PARAMS = ScheduleParams()
FEED = Source(name="courier", kind="feed", location="https://courier.example/rss")
HOUR = 3_600.0


def at(hours: float) -> str:
    return written(START + timedelta(hours=hours))


def result(
    hours: float, new: int = 10, entries: int = 20, source: str = "courier", **more: object
) -> SourceResult:
    fields: dict[str, object] = {
        "source": source,
        "documents": 1,
        "leads": entries,
        "new_leads": new,
        "failures": 0,
    }
    outcome = SourceOutcome(**(fields | more))  # type: ignore[arg-type]  # the test names the fields
    return SourceResult(run_id=f"run-{hours}", started=at(hours), outcome=outcome)


def failure(hours: float) -> SourceResult:
    return result(hours, documents=0, leads=0, new_leads=0, failures=1, error="timeout: slow")


def learnt(results: Iterable[SourceResult], source: Source = FEED) -> SourceSchedule:
    return learn({}, results, [source], PARAMS)[source.name]


def due(schedules: dict[str, SourceSchedule], now: str, *sources: Source, **changed: str) -> Plan:
    return plan(sources or (FEED,), schedules, now, PARAMS, changed)


def test_what_was_never_read_is_due() -> None:
    assert due({}, at(0)) == Plan(due=("courier",), waiting={})


def test_a_first_reading_in_which_all_is_new_says_nothing_about_the_interval() -> None:
    assert learnt([result(0, new=20)]).interval_s == PARAMS.first_interval_s


@pytest.mark.parametrize("new", [7, 10, 13])
def test_between_a_third_and_two_thirds_new_the_interval_stays(new: int) -> None:
    assert learnt([result(0), result(1, new=new)]).interval_s == HOUR


def test_where_most_is_new_the_interval_is_the_one_that_would_have_shown_half() -> None:
    assert learnt([result(0), result(1, new=20)]).interval_s == HOUR / 2


def test_where_little_is_new_it_grows_and_doubles_at_most() -> None:
    assert learnt([result(0), result(1, new=6)]).interval_s == pytest.approx(HOUR / 0.6)
    assert learnt([result(0), result(1, new=0)]).interval_s == 2 * HOUR


def test_a_reading_soon_after_the_last_one_does_not_lengthen_the_interval() -> None:
    assert learnt([result(0), result(0.02, new=0)]).interval_s == HOUR


def test_all_new_after_a_long_gap_does_not_lengthen_it_either() -> None:
    assert learnt([result(0), result(100, new=20)]).interval_s == HOUR


def test_an_unchanged_document_counts_the_entries_it_had() -> None:
    assert learnt([result(0), result(1, leads=0, new_leads=0)]).interval_s == 2 * HOUR


@pytest.mark.parametrize("a_day", [5, 40, 200, 1500])
def test_the_interval_settles_where_a_third_to_two_thirds_are_new(a_day: int) -> None:
    """A feed of 30 entries at a steady rate, unless the limits forbid."""
    state, now, shares = None, 0.0, []
    for _ in range(40):
        gap = HOUR if state is None else pause_s(FEED, state, PARAMS)
        now += gap / HOUR
        new = min(30, round(a_day * gap / 86_400))
        state = after(
            state or SourceSchedule(source="courier", interval_s=HOUR),
            result(now, new=new, entries=30),
            limits_of(FEED, PARAMS),
        )
        shares.append(new / 30)
    assert state is not None
    fits = 30 * 86_400 / a_day  # seconds in which all entries are replaced
    if PARAMS.min_interval_s < fits / 2 < PARAMS.max_interval_s:
        assert all(0.3 <= share <= 0.7 for share in shares[-5:])
    else:
        assert state.interval_s in (PARAMS.min_interval_s, PARAMS.max_interval_s)


def test_a_source_is_due_a_little_early_so_that_a_timer_may_be_late() -> None:
    schedules = learn({}, [result(0)], [FEED], PARAMS)
    assert due(schedules, at(0.9)).due == ()
    assert due(schedules, at(0.97)).due == ("courier",)


def test_failures_wait_ever_longer_up_to_a_day_and_success_ends_it() -> None:
    state = learnt([result(0)])
    waits = []
    for hour in range(1, 14):
        state = after(state, failure(hour), limits_of(FEED, PARAMS))
        waits.append(pause_s(FEED, state, PARAMS))
    assert waits[:4] == [900, 1800, 3600, 7200]
    assert waits[-1] == PARAMS.max_backoff_s
    assert (state.error_streak, state.last_error) == (13, "timeout: slow")
    assert state.interval_s == HOUR
    state = after(state, result(20), limits_of(FEED, PARAMS))
    assert (state.error_streak, state.last_error) == (0, "timeout: slow")


@given(st.integers(min_value=1, max_value=10_000))
def test_a_source_that_always_failed_is_still_asked_once_a_day(streak: int) -> None:
    state = SourceSchedule(source="courier", interval_s=HOUR, last_tried=at(0), error_streak=streak)
    moment = due_at(FEED, state, PARAMS)
    assert moment is not None
    assert moment <= START + timedelta(seconds=PARAMS.max_backoff_s)


def test_a_run_that_never_came_to_the_source_teaches_nothing() -> None:
    state = learnt([result(0)])
    nothing = result(1, documents=0, leads=0, new_leads=0)
    assert after(state, nothing, limits_of(FEED, PARAMS)) == state


def test_a_source_that_had_its_requests_waits_for_the_next_day_and_did_not_fail() -> None:
    before = learnt([result(0), failure(1)])
    spent = result(2, documents=0, leads=0, new_leads=0, error="daily-budget: 6 requests")
    assert after(before, spent, limits_of(FEED, PARAMS)) == before
    assert due_at(FEED, before, PARAMS, held=at(9)) == START + timedelta(hours=9)
    # Neither who never was read nor whom a person asks for is asked sooner.
    for schedule in (None, SourceSchedule(source="courier", interval_s=HOUR, asked_for=True)):
        assert due_at(FEED, schedule, PARAMS, held=at(9)) == START + timedelta(hours=9)
    # An earlier day's budget holds nobody, and a file asks nobody.
    schedules = {"courier": before}
    assert plan([FEED], schedules, at(8), PARAMS, {}, {"courier": at(0)}).due == ("courier",)
    listed = Source(name="list", kind="urls", location="list.txt")
    assert plan([listed], {}, at(0), PARAMS, {}, {"list": at(9)}).due == ("list",)


def test_what_the_publisher_asks_for_is_kept_within_the_limits() -> None:
    assert pause_s(FEED, learnt([result(0, refresh_s=7200)]), PARAMS) == 7200
    assert pause_s(FEED, learnt([result(0, refresh_s=60)]), PARAMS) == HOUR
    unchanged = result(1, leads=0, new_leads=0)
    assert learnt([result(0, refresh_s=7200), unchanged]).refresh_s == 7200
    assert learnt([result(0, refresh_s=7200), result(1)]).refresh_s is None
    year = learnt([result(0, refresh_s=31_536_000)])
    assert pause_s(FEED, year, PARAMS) == PARAMS.max_interval_s


def test_limits_of_a_source_win_over_the_general_ones() -> None:
    rare = Source(name="courier", kind="feed", location="x", min_interval_s=50_000)
    assert limits_of(rare, PARAMS) == (50_000, 50_000)
    keen = Source(name="courier", kind="feed", location="x", max_interval_s=60)
    assert limits_of(keen, PARAMS) == (60, 60)
    assert pause_s(keen, learnt([result(0)], keen), PARAMS) == 60


def test_what_a_person_asks_for_is_due_once() -> None:
    state = learnt([result(0)])
    asked = SourceSchedule(
        source="courier", interval_s=HOUR, last_tried=state.last_tried, asked_for=True
    )
    assert due({"courier": asked}, at(0.1)).due == ("courier",)
    assert not after(asked, result(0.1), limits_of(FEED, PARAMS)).asked_for


def test_a_file_is_due_when_it_has_changed() -> None:
    archive = Source(name="tape", kind="archive", location="pages.warc.gz")
    schedules = {"tape": SourceSchedule(source="tape", interval_s=HOUR, last_tried=at(0))}
    assert due(schedules, at(99), archive, tape=at(-1)) == Plan(due=(), waiting={})
    assert due(schedules, at(99), archive, tape=at(1)).due == ("tape",)


def test_a_file_that_failed_is_tried_again() -> None:
    archive = Source(name="tape", kind="archive", location="pages.warc.gz")
    schedules = {"tape": learnt([result(0, source="tape", documents=0, failures=1)], archive)}
    assert due(schedules, at(1), archive).due == ("tape",)


def test_standard_input_is_always_due() -> None:
    piped = Source(name="stdin-urls", kind="urls", location="-")
    schedules = {"stdin-urls": SourceSchedule(source="x", interval_s=HOUR, last_tried=at(0))}
    assert due(schedules, at(0), piped).due == ("stdin-urls",)


def test_the_plan_tells_when_the_rest_is_due() -> None:
    other = Source(name="echo", kind="feed", location="https://echo.example/rss")
    schedules = learn({}, [result(0), result(0.5, source="echo")], [FEED, other], PARAMS)
    found = due(schedules, at(0.6), FEED, other)
    assert found.due == ()
    assert found.next_due == found.waiting["courier"] < found.waiting["echo"]


@given(
    st.lists(
        st.tuples(
            st.floats(min_value=0.001, max_value=500),
            st.integers(min_value=0, max_value=50),
            st.booleans(),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_whatever_happens_a_source_is_due_again_within_the_limits(
    steps: list[tuple[float, int, bool]],
) -> None:
    hours, state = 0.0, SourceSchedule(source="courier", interval_s=HOUR)
    for gap, new, fails in steps:
        hours += gap
        one = failure(hours) if fails else result(hours, new=min(new, 20))
        state = after(state, one, limits_of(FEED, PARAMS))
        moment = due_at(FEED, state, PARAMS)
        assert moment is not None
        wait = moment - datetime.fromisoformat(one.started)
        assert timedelta(0) < wait <= timedelta(seconds=PARAMS.max_backoff_s)
