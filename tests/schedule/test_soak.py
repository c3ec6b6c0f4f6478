"""Thirty days of hourly runs: nothing is lost, nothing is told twice, nothing grows."""

import json
import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from statistics import median

import pytest

from crawler.config import Config, load_config
from crawler.newsroom import NewsroomServer
from crawler.runs.child import Ended, Order
from crawler.runs.result import Progress
from crawler.schedule import run_due
from crawler.schedule.plan import written
from crawler.store import Store
from tests.runs.conftest import QUIET, in_memory, proxied
from tests.schedule.month import DAYS, HOSTS, Month, time_at
from tests.schedule.resident import Usage, resident, usage

WATCHLIST = """
[crawl]
delay_s = 0.0
max_crawl_delay_s = 0.02
revisit_hours = [24.0]
retries = 0

[schedule]
first_interval_s = 21_600
max_interval_s = 86_400

[notify]
webhook = "http://127.0.0.1:{port}/"
timeout_s = 10
"""
# Stories of the last day may not have been seen by all sources when the month is over.
SETTLED_HOURS = 24 * (DAYS - 1)
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """What one run cost."""

    idle: bool
    cpu_s: float
    crawl_cpu_s: float
    new_articles: int
    outcome: str


@dataclass
class Soak:
    """The month as it went."""

    config: Config
    month: Month
    hours: list[Hour] = field(default_factory=list)
    told: list[dict[str, object]] = field(default_factory=list)
    memory: dict[int, tuple[int, int]] = field(default_factory=dict)
    requests: Counter[str] = field(default_factory=Counter)


@contextmanager
def desk(told: list[dict[str, object]]) -> Iterator[int]:
    """Receive events; every ninth time the receiver says that it is busy."""
    turns = iter(range(1, 10**6))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            busy = next(turns) % 9 == 0
            if not busy:
                told.extend(json.loads(body)["events"])
            self.send_response(503 if busy else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def soak() -> Iterator[Soak]:
    month, told = Month(), list[dict[str, object]]()
    logging.getLogger().setLevel(logging.ERROR)
    with (
        in_memory() as folder,
        desk(told) as port,
        NewsroomServer(month, host="127.0.0.1", port=0) as server,
        proxied(server),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("no_proxy", "127.0.0.1")
        patch.setattr("crawler.schedule.passes.time.sleep", lambda _seconds: None)
        done = Soak(config=configured(folder, port), month=month, told=told)
        with resident() as line:
            spent: list[Usage] = [Usage(cpu_s=0.0, memory_bytes=0)]

            def crawl(order: Order, _progress: Progress) -> Ended:
                line.send((order, written(time_at(month.hour))))
                ended, used = line.recv()
                spent.append(used)
                return ended  # type: ignore[no-any-return]  # a pipe has no types

            patch.setattr("crawler.runs.crawling.run_order", crawl)
            for month.hour in range(24 * DAYS):
                one_hour(done, spent)
        done.requests.update(f"{one.host}{one.path}" for one in server.log)
        yield done


def configured(folder: Path, port: int) -> Config:
    text = WATCHLIST.format(port=port)
    for host in HOSTS:
        text += f'\n[[source]]\nname = "{host}"\nfeed = "http://{host}/feed.xml"\n'
    file = folder / "wiretrace.toml"
    file.write_text(text, encoding="utf-8")
    return load_config(file, environ={})


def one_hour(done: Soak, spent: list[Usage]) -> None:
    hour = done.month.hour
    before, crawled = usage(), spent[-1].cpu_s
    result = run_due(done.config, now=lambda: written(time_at(hour)), progress=QUIET)
    done.hours.append(
        Hour(
            idle=result.idle,
            cpu_s=usage().cpu_s - before.cpu_s,
            crawl_cpu_s=spent[-1].cpu_s - crawled,
            new_articles=result.run.counts.get("new-articles", 0),
            outcome=result.run.outcome,
        )
    )
    if hour in (10 * 24, 20 * 24, 24 * DAYS - 1):
        done.memory[hour] = (usage().memory_bytes, spent[-1].memory_bytes)


pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("soak")]


def test_every_story_is_found(soak: Soak) -> None:
    with Store.open(soak.config.store_path, read_only=True) as store:
        found = {article.url for article in store.articles()}
    wanted = {one.url for one in soak.month.items.values() if one.hour < SETTLED_HOURS}
    assert len(wanted) > 300
    assert wanted - found == set()


def test_texts_that_changed_are_stored_as_they_became(soak: Soak) -> None:
    changed = [
        one
        for one in soak.month.items.values()
        if one.changes_at is not None and one.hour < SETTLED_HOURS - 24
    ]
    with Store.open(soak.config.store_path, read_only=True) as store:
        texts = {article.url: article.text for article in store.articles()}
    assert len(changed) > 20
    assert [one.url for one in changed if "Correction:" not in texts[one.url]] == []


def test_copies_are_together_and_told_once(soak: Soak) -> None:
    stories = {one.url: one.story for one in soak.month.items.values()}
    with Store.open(soak.config.store_path, read_only=True) as store:
        urls = {article.id: article.url for article in store.articles()}
        groups = [
            {stories[urls[member.article_id]] for member in cluster.members}
            for cluster in store.clusters()
            if len(cluster.members) > 1
        ]
        counts = store.delivery_counts()
    assert all(len(group) == 1 for group in groups)
    ids = [event["id"] for event in soak.told]
    assert len(ids) == len(set(ids))
    copies = Counter(
        copy["article_id"]
        for event in soak.told
        for copy in event["copies"]  # type: ignore[attr-defined]  # JSON
    )
    assert set(copies.values()) == {1}
    told = {urls[article_id] for article_id in copies}
    wanted = {
        one.url
        for one in soak.month.items.values()
        if one.story.startswith("wire-") and one.hour < SETTLED_HOURS
    }
    assert wanted <= told
    assert set(counts) == {("webhook", "sent")}
    assert {event["kind"] for event in soak.told} == {"new-cluster", "new-copy"}


def test_feeds_are_asked_far_less_than_hourly_and_articles_hardly_again(soak: Soak) -> None:
    for host in HOSTS:
        assert 25 <= soak.requests[f"{host}/feed.xml"] <= 24 * DAYS / 8
    assert sum(hour.idle for hour in soak.hours) > len(soak.hours) / 2
    times = [n for path, n in soak.requests.items() if path.endswith(".html")]
    assert max(times) <= 3  # at first, when it was busy, and a day later


def test_failing_servers_are_reported_and_recover(soak: Soak) -> None:
    with Store.open(soak.config.store_path, read_only=True) as store:
        schedules = store.schedules()
    assert "partly" in {hour.outcome for hour in soak.hours}
    assert {hour.outcome for hour in soak.hours} <= {"done", "partly"}
    assert [schedules[host].error_streak for host in HOSTS] == [0, 0, 0]
    assert "http-503" in (schedules[HOSTS[2]].last_error or "")
    assert "feed-broken" in (schedules[HOSTS[1]].last_error or "")


def test_an_idle_run_costs_the_same_on_the_first_day_and_on_the_last(soak: Soak) -> None:
    idle = [hour.cpu_s for hour in soak.hours if hour.idle]
    third = len(idle) // 3
    assert median(idle[-third:]) < 1.5 * median(idle[:third]) + 0.01


def test_a_crawl_costs_what_is_new_and_no_more(soak: Soak) -> None:
    crawls = [hour for hour in soak.hours if hour.crawl_cpu_s > 0][5:]
    third = len(crawls) // 3

    def cost(hours: list[Hour]) -> float:
        spent = sum(hour.crawl_cpu_s for hour in hours)
        return spent / (len(hours) + sum(hour.new_articles for hour in hours))

    assert cost(crawls[-third:]) < 1.5 * cost(crawls[:third])


def test_memory_does_not_grow(soak: Soak) -> None:
    (_, ours, crawl), (_, ours_later, crawl_later) = (
        (hour, *sizes) for hour, sizes in (min(soak.memory.items()), max(soak.memory.items()))
    )
    assert ours_later - ours < 60 * MEGABYTE
    assert crawl_later - crawl < 30 * MEGABYTE
