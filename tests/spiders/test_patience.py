"""Hosts in trouble: slower, then left alone, by this run and the next; and budgets for a day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.discovery import utc_text
from crawler.items import HostState, LeadState
from crawler.store import Store
from tests.spiders.crawls import crawl, in_state, leads_of, store_of, write_config
from tests.spiders.web import Answer, Page, Web, rss, serve, story

pytestmark = pytest.mark.slow

HOST = "feed.example"
CONFIG = '[crawl]\ndelay_s = {delay}\nretries = {retries}\n[[source]]\nname = "feed"\nfeed = "http://feed.example/rss.xml"\n'


def web_of(pages: dict[str, Page]) -> Web:
    return Web({HOST: {"/rss.xml": rss(*pages, host=HOST), **pages}})


def known(folder: Path) -> list[HostState]:
    with store_of(folder) as store:
        return store.hosts()


def test_a_busy_host_is_asked_more_slowly_from_then_on(tmp_path: Path) -> None:
    def busy(number: int) -> Answer:
        return (
            Answer(status=429, headers={"Retry-After": "1"}) if number == 1 else story("Bayhaven")
        )

    pages: dict[str, Page] = {"/1": story("Ashhaven"), "/2": story("Elmhaven"), "/9": busy}
    web = web_of(pages)
    write_config(tmp_path, CONFIG.format(delay=0.3, retries=2))
    with serve(web) as proxy:
        crawl(tmp_path, proxy, "watchlist", "-s", "WIRETRACE_SEED=5")
    assert len(in_state(tmp_path, LeadState.DONE)) == 3
    at = next(number for number, asked in enumerate(web.log) if asked.status == 429)
    assert min(web.gaps(HOST)[at + 1 :]) >= 0.59  # twice the delay; the clock's grain aside
    (state,) = known(tmp_path)
    assert (state.host, state.delay_s, state.rest_until) == (HOST, 0.6, None)


def test_a_host_that_keeps_failing_rests_and_the_next_run_knows(tmp_path: Path) -> None:
    pages: dict[str, Page] = {f"/{n}": Answer(status=500) for n in range(8)}
    web = web_of(pages)
    write_config(tmp_path, CONFIG.format(delay=0.01, retries=0))
    with serve(web) as proxy:
        crawl(tmp_path, proxy, "watchlist")
        asked = len(web.log)
        (state,) = known(tmp_path)
        crawl(tmp_path, proxy, "watchlist")
        assert len(web.log) == asked  # not even robots.txt
        with Store.open(tmp_path / "out" / "wiretrace.sqlite") as store:
            store.save_host(
                HostState(
                    host=HOST,
                    delay_s=0,
                    failures=1,
                    rest_until=utc_text(datetime.now(UTC) - timedelta(seconds=1)),
                )
            )
        web.hosts = {HOST: {"/rss.xml": Answer(status=500)}}
        crawl(tmp_path, proxy, "watchlist")
    # Its rest is over: one try, and it rests again, twice as long.
    assert web.paths(HOST)[asked:] == ["/robots.txt", "/rss.xml"]
    assert state.failures == 1
    assert state.reason is not None
    assert state.reason.startswith("http-500")
    (later,) = known(tmp_path)
    assert later.failures == 2
    assert rest_of(later) > timedelta(minutes=29)


def rest_of(state: HostState) -> timedelta:
    assert state.rest_until is not None
    return datetime.fromisoformat(state.rest_until) - datetime.now(UTC)


def test_a_host_that_recovers_has_nothing_held_against_it(tmp_path: Path) -> None:
    web = web_of({"/1": story("Ashhaven")})
    write_config(tmp_path, CONFIG.format(delay=0.01, retries=0))
    past = utc_text(datetime.now(UTC) - timedelta(hours=1))
    with Store.open(tmp_path / "out" / "wiretrace.sqlite") as store:
        store.save_host(HostState(host=HOST, delay_s=0, failures=3, rest_until=past))
    with serve(web) as proxy:
        crawl(tmp_path, proxy, "watchlist")
    assert known(tmp_path) == []
    assert in_state(tmp_path, LeadState.DONE) == {f"{HOST}/1"}


def test_a_source_has_so_many_requests_a_day(tmp_path: Path) -> None:
    web = web_of({f"/{n}": story(f"Haven {n}") for n in range(9)})
    write_config(tmp_path, CONFIG.format(delay=0.01, retries=0) + "max_requests_per_day = 6\n")
    with serve(web) as proxy:
        crawl(tmp_path, proxy, "watchlist")
        assert len(web.log) == 6  # robots.txt and the feed among them
        crawl(tmp_path, proxy, "watchlist")
    assert len(web.log) == 6
    waiting = [lead for lead in leads_of(tmp_path).values() if lead.state is LeadState.NEW]
    assert {(lead.reason, lead.attempts) for lead in waiting} == {("daily-budget", 0)}
    assert len(waiting) == 5
    with store_of(tmp_path) as store:
        first = store.runs()[-1]
    assert first.counts["put-off:daily-budget"] == 5
    with store_of(tmp_path) as store:
        second = store.runs()[0]
    assert second.outcome == "done"
    assert second.counts["drop:daily-budget"] == 1
    (outcome,) = second.sources
    assert (outcome.documents, outcome.failures) == (0, 0)
    assert (outcome.error or "").startswith("daily-budget: feed has had its 6 requests of")


def test_one_sources_budget_stops_no_other_source_of_its_host(tmp_path: Path) -> None:
    web = web_of({"/1": story("Ashhaven")})
    second = '[[source]]\nname = "poor"\nfeed = "http://feed.example/rss.xml?poor"\n'
    config = CONFIG.format(delay=0.01, retries=0)
    write_config(tmp_path, f"{config}{second}max_requests_per_day = 1\n")
    with Store.open(tmp_path / "out" / "wiretrace.sqlite") as store:
        store.count_requests("poor", f"{datetime.now(UTC):%Y-%m-%d}", 1)
    with serve(web) as proxy:
        # Whichever of the two asks for robots.txt first.
        crawl(tmp_path, proxy, "watchlist")
    assert sorted(web.paths(HOST)) == ["/1", "/robots.txt", "/rss.xml"]
    with store_of(tmp_path) as store:
        outcomes = {one.source: one for one in store.runs()[0].sources}
    assert {name: (one.documents, one.failures) for name, one in outcomes.items()} == {
        "feed": (1, 0),
        "poor": (0, 0),
    }
