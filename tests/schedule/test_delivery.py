"""Events reach a receiver at most once, whatever the receiver and the process do."""

import hashlib
import hmac
import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from crawler.config import Config, NotifyParams
from crawler.errors import ConfigError
from crawler.items import Event, EventCopy
from crawler.schedule import run_due
from crawler.schedule.delivery import BATCH, check_notify, deliver, signature
from crawler.store import Store
from tests.runs.conftest import QUIET
from tests.schedule.conftest import HandClock

NOW = "2026-03-03T12:00:30Z"


def event(number: int) -> Event:
    copy = EventCopy(
        article_id=f"a{number}",
        url=f"https://courier.example/{number}",
        site="courier.example",
        title="Ferry “leaves” on time",
        published=None,
        relation="identical",
    )
    return Event(
        id=f"00000000-0000-0000-0000-{number:012}",
        kind="new-copy",
        cluster="c0123456789",
        run_id="run-1",
        found=NOW,
        title=copy.title,
        stories=(),
        copies=(copy,),
    )


@dataclass
class Desk:
    """A receiver: answers what it is told to, and keeps what it got."""

    answers: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def events(self) -> list[str]:
        return [one["id"] for _, body in self.got for one in json.loads(body)["events"]]


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    desk = Desk()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = desk.answers.pop(0) if desk.answers else 204
            if status == 0:
                self.close_connection = True  # it took it, and died before it said so
                desk.got.append((dict(self.headers), body))
                return
            if status < 300:
                desk.got.append((dict(self.headers), body))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", f"http://127.0.0.1:{desk.port}/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        desk.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield desk
        server.shutdown()
        thread.join()


@pytest.fixture
def told(tmp_path: Path, desk: Desk) -> Config:
    return Config(
        output=tmp_path / "output",
        notify=NotifyParams(
            webhook=f"http://127.0.0.1:{desk.port}/news", webhook_secret_env="DESK", timeout_s=5.0
        ),
        webhook_secret="quiet as a press",
    )


@pytest.fixture
def store(told: Config) -> Iterator[Store]:
    with Store.open(told.store_path) as opened:
        opened.begin_run("run-1", now=NOW)
        for number in (1, 2):
            opened.add_event(event(number), channels=["webhook"])
        yield opened


def go(config: Config, store: Store, clock: HandClock) -> None:
    deliver(config, store, now=clock.now, sleep=clock.slept.append)


def test_events_are_sent_once_signed_and_named(
    told: Config, store: Store, clock: HandClock, desk: Desk
) -> None:
    go(told, store, clock)
    go(told, store, clock)
    [(headers, body)] = desk.got
    assert json.loads(body)["events"][0] == json.loads(json.dumps(_plain(event(1))))
    wanted = hmac.new(
        b"quiet as a press", headers["Wiretrace-Timestamp"].encode() + b"." + body, hashlib.sha256
    )
    assert headers["Wiretrace-Signature"] == f"sha256={wanted.hexdigest()}"
    assert (
        signature("other", headers["Wiretrace-Timestamp"], body) != (headers["Wiretrace-Signature"])
    )
    assert store.delivery_counts() == {("webhook", "sent"): 2}


def _plain(one: Event) -> dict[str, object]:
    return {
        name: getattr(one, name)
        for name in ("id", "kind", "cluster", "run_id", "found", "title", "stories")
    } | {"copies": [{name: getattr(one.copies[0], name) for name in one.copies[0].__slots__}]}


def test_what_is_refused_for_the_moment_is_tried_again_at_once_and_later(
    told: Config, store: Store, clock: HandClock, desk: Desk
) -> None:
    desk.answers = [503, 503, 503]
    go(told, store, clock)
    assert clock.slept == [1.0, 4.0]
    assert store.delivery_counts() == {("webhook", "pending"): 2}
    go(told, store, clock)  # too early
    assert desk.events == []
    clock.pass_by(minutes=2)
    desk.answers = [500]
    go(told, store, clock)
    assert desk.events == [event(1).id, event(2).id]
    assert store.delivery_counts() == {("webhook", "sent"): 2}


def test_a_receiver_that_is_away_is_asked_so_often_and_no_more(
    told: Config, store: Store, clock: HandClock
) -> None:
    closed = replace(told, notify=replace(told.notify, webhook="http://127.0.0.1:9/", attempts=3))
    for _ in range(3):
        assert store.delivery_counts() == {("webhook", "pending"): 2}
        go(closed, store, clock)
        clock.pass_by(hours=1)
    assert store.delivery_counts() == {("webhook", "given-up"): 2}


@pytest.mark.parametrize("answer", [0, 302, 400, 410])
def test_what_may_have_been_taken_or_is_refused_for_good_is_not_tried_again(
    told: Config, store: Store, clock: HandClock, desk: Desk, answer: int
) -> None:
    desk.answers = [answer]
    go(told, store, clock)
    clock.pass_by(days=1)
    go(told, store, clock)
    assert len(desk.got) == (answer == 0)
    assert store.delivery_counts() == {("webhook", "given-up"): 2}


def test_a_process_that_died_while_sending_does_not_send_again(
    told: Config, store: Store, clock: HandClock, desk: Desk
) -> None:
    def die(_seconds: float) -> None:
        raise KeyboardInterrupt

    desk.answers = [503]
    with pytest.raises(KeyboardInterrupt):
        deliver(told, store, now=clock.now, sleep=die)
    assert store.delivery_counts() == {("webhook", "sending"): 2}
    store.add_event(event(3), channels=["webhook"])
    go(told, store, clock)
    assert desk.events == [event(3).id]
    assert store.delivery_counts() == {("webhook", "given-up"): 2, ("webhook", "sent"): 1}


def test_many_events_go_in_several_documents(
    told: Config, store: Store, clock: HandClock, desk: Desk
) -> None:
    for number in range(3, BATCH + 10):
        store.add_event(event(number), channels=["webhook"])
    go(told, store, clock)
    assert [len(json.loads(body)["events"]) for _, body in desk.got] == [BATCH, 9]
    assert len({headers["Wiretrace-Delivery"] for headers, _ in desk.got}) == 2


def test_an_event_that_is_found_again_is_not_sent_again(
    told: Config, store: Store, clock: HandClock, desk: Desk
) -> None:
    go(told, store, clock)
    store.add_event(event(1), channels=["webhook"])
    go(told, store, clock)
    assert desk.events == [event(1).id, event(2).id]


def commanding(config: Config, script: str, timeout_s: float = 20.0) -> Config:
    command = (sys.executable, "-c", script)
    return replace(config, notify=NotifyParams(command=command, timeout_s=timeout_s))


def test_a_program_gets_the_document_on_standard_input(
    told: Config, store: Store, clock: HandClock, tmp_path: Path
) -> None:
    store.add_event(event(3), channels=["command"])
    kept = tmp_path / "kept.json"
    script = (
        f"import sys, pathlib; pathlib.Path({str(kept)!r}).write_bytes(sys.stdin.buffer.read())"
    )
    go(commanding(told, script), store, clock)
    assert [one["id"] for one in json.loads(kept.read_bytes())["events"]] == [event(3).id]
    assert store.delivery_counts()["command", "sent"] == 1


@pytest.mark.parametrize(
    ("script", "timeout_s"), [("raise SystemExit(3)", 20.0), ("import time; time.sleep(9)", 0.5)]
)
def test_a_program_that_fails_or_hangs_is_not_started_again(
    told: Config, store: Store, clock: HandClock, script: str, timeout_s: float
) -> None:
    store.add_event(event(3), channels=["command"])
    go(commanding(told, script, timeout_s), store, clock)
    assert store.delivery_counts()["command", "given-up"] == 1


def test_a_program_that_is_not_there_is_tried_later(
    told: Config, store: Store, clock: HandClock
) -> None:
    store.add_event(event(3), channels=["command"])
    missing = replace(told, notify=NotifyParams(command=("/nowhere/tell",)))
    go(missing, store, clock)
    assert store.delivery_counts()["command", "pending"] == 1


def test_a_missing_secret_is_told_before_anything_begins(told: Config, clock: HandClock) -> None:
    check_notify(told)
    with pytest.raises(ConfigError, match="DESK"):
        run_due(replace(told, webhook_secret=None), now=clock.now, progress=QUIET)
