"""A run crawls what is due and nothing else; a person may ask for more, or for it sooner."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.config import Config
from crawler.errors import NotFound
from crawler.newsroom import NewsroomServer
from crawler.runs.quiet import Quiet
from crawler.schedule import Wanted, health_of, refresh, reset, run_due
from crawler.schedule.due import check_names, held_sources, take_in
from crawler.store import Store
from tests.schedule.conftest import HandClock

QUIET = Quiet()


def asked(server: NewsroomServer, since: int) -> set[str]:
    return {entry.path for entry in server.log[since:]}


@pytest.mark.slow
def test_only_what_is_due_is_asked_for(
    config: Config, server: NewsroomServer, clock: HandClock
) -> None:
    first = run_due(config, now=clock.now, progress=QUIET)
    assert {one.source for one in first.run.sources} == {"courier", "gone"}
    assert first.run.counts["pages"] > 0
    [courier] = [one for one in first.run.sources if one.source == "courier"]
    assert (courier.pages, courier.articles) == (first.run.counts["pages"], first.articles)
    assert courier.bytes == first.run.counts["bytes"]

    clock.pass_by(minutes=5)
    before = len(server.log)
    idle = run_due(config, now=clock.now, progress=QUIET)
    assert (idle.idle, idle.exit_code, idle.run.sources) == (True, 0, ())
    assert idle.clusters == first.clusters
    assert len(server.log) == before

    clock.pass_by(minutes=15)  # the failed one is tried again after a quarter of an hour
    second = run_due(config, now=clock.now, progress=QUIET)
    assert [one.source for one in second.run.sources] == ["gone"]
    assert asked(server, before) == {"/robots.txt", "/nothing-here.xml"}

    before = len(server.log)
    third = run_due(config, now=clock.now, progress=QUIET, wanted=Wanted(sources=("courier",)))
    assert [one.source for one in third.run.sources] == ["courier"]
    everything = run_due(config, now=clock.now, progress=QUIET, wanted=Wanted(every=True))
    assert {one.source for one in everything.run.sources} == {"courier", "gone"}

    with Store.open(config.store_path) as store:
        schedules, health = health_of(config, store)
        assert schedules["gone"].error_streak == 3
        assert [one.error_streak for one in health] == [0, 3]
        assert health[0].next_due is not None
        reset(config, store, ["gone"])
        refresh(config, store, ["courier"])
        assert take_in(config, store)["gone"].error_streak == 0
    again = run_due(config, now=clock.now, progress=QUIET)
    assert {one.source for one in again.run.sources} == {"courier", "gone"}


def test_a_name_that_nobody_knows_is_refused_before_anything_begins(
    config: Config, clock: HandClock
) -> None:
    with pytest.raises(NotFound, match="'nobody'"):
        run_due(config, now=clock.now, progress=QUIET, wanted=Wanted(sources=("nobody",)))
    assert not config.output.exists()
    check_names(config, ["courier"])


@pytest.mark.slow
def test_a_source_that_spent_its_requests_is_not_tried_again_on_the_same_day(
    config: Config, server: NewsroomServer, clock: HandClock
) -> None:
    courier = replace(config.sources[0], max_requests_per_day=5)
    config = replace(config, sources=(courier,))
    first = run_due(config, now=clock.now, progress=QUIET)
    assert first.run.counts["put-off:daily-budget"] > 0
    with Store.open(config.store_path) as store:
        schedules, health = health_of(config, store)
    midnight = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}T00:00:00Z"
    assert (health[0].error_streak, health[0].next_due) == (0, midnight)
    before = len(server.log)
    asked_anyway = run_due(config, now=clock.now, progress=QUIET, wanted=Wanted(every=True))
    assert (asked_anyway.exit_code, len(server.log)) == (0, before)
    with Store.open(config.store_path) as store:
        assert health_of(config, store)[0] == schedules
        # Whoever allows more need not wait.
        wider = replace(config, sources=(replace(courier, max_requests_per_day=500),))
        assert held_sources(config, store) == {"courier": midnight}
        assert held_sources(wider, store) == {}


def test_a_source_that_was_never_read_stands_in_the_health(config: Config) -> None:
    with Store.open(config.store_path) as store:
        _, health = health_of(config, store)
    assert [(one.source, one.last_success) for one in health] == [("courier", None), ("gone", None)]
