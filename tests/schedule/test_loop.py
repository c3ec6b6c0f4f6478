"""The loop keeps its times, whatever the runs, the clock and the person do."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.config import Config, ScheduleParams, Source
from crawler.errors import ConfigError, CrawlFailed
from crawler.newsroom import NewsroomServer
from crawler.schedule import Stop, keep_schedule
from crawler.store import Store
from tests.schedule.conftest import START, HandClock

EVERY = timedelta(minutes=15)


@dataclass
class Scene:
    """A loop with a clock of its own; each run is noted and does what the test says."""

    config: Config
    clock: HandClock = field(default_factory=HandClock)
    runs: list[datetime] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    on_run: Callable[[int], None] = lambda _number: None
    on_nap: Callable[[], None] = lambda: None

    def go(self, runs: int) -> None:
        stop = Stop(self.said.append)

        def run(_config: Config) -> None:
            self.runs.append(self.clock.time)
            if len(self.runs) == runs:
                stop.ask()
            self.on_run(len(self.runs))

        def sleep(seconds: float) -> None:
            self.clock.pass_by(seconds=seconds)
            self.on_nap()

        keep_schedule(
            lambda: self.config,
            run,
            clock=lambda: self.clock.time,
            sleep=sleep,
            say=self.said.append,
            stop=stop,
        )

    @property
    def minutes(self) -> list[float]:
        return [(time - START).total_seconds() / 60 for time in self.runs]

    def missed(self) -> list[tuple[int, str]]:
        with Store.open(self.config.store_path) as store:
            return [(one.runs, one.reason) for one in store.missed_runs()]


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    feed = Source(name="courier", kind="feed", location="https://courier.example/rss")
    return Scene(Config(output=tmp_path / "output", sources=(feed,)))


def test_runs_begin_at_fixed_times_whatever_they_take(scene: Scene) -> None:
    scene.on_run = lambda number: scene.clock.pass_by(minutes=number)
    scene.go(4)
    assert scene.minutes == [0, 15, 30, 45]
    assert scene.missed() == []


def test_a_run_that_takes_too_long_misses_the_next_ones(scene: Scene) -> None:
    scene.on_run = lambda number: scene.clock.pass_by(minutes=40 if number == 1 else 0)
    scene.go(2)
    assert scene.minutes == [0, 45]
    assert scene.missed() == [(2, "overrun")]


def test_a_machine_that_slept_runs_at_once_and_keeps_what_was_missed(scene: Scene) -> None:
    naps = iter(range(10**6))
    scene.on_nap = lambda: scene.clock.pass_by(hours=3) if next(naps) == 100 else None
    scene.go(3)
    assert scene.minutes[0] == 0
    assert 180 < scene.minutes[1] < 183  # a hundred seconds and three hours later
    assert scene.minutes[2] == 195
    assert scene.missed() == [(11, "asleep")]


def test_a_clock_that_is_set_back_does_not_stop_the_runs_nor_hurry_them(scene: Scene) -> None:
    scene.on_run = lambda number: scene.clock.pass_by(hours=-5) if number == 1 else None
    scene.go(4)
    assert scene.minutes == [0, -300, -285, -270]


def test_a_run_that_fails_is_told_and_does_not_end_the_loop(scene: Scene) -> None:
    def fail(number: int) -> None:
        if number == 1:
            raise CrawlFailed("The crawl ended early.")

    scene.on_run = fail
    scene.go(2)
    assert scene.minutes == [0, 15]
    assert "error[crawl-failed]: The crawl ended early." in scene.said


def test_the_watchlist_is_read_again_and_a_broken_one_does_not_count(scene: Scene) -> None:
    configs = iter(
        [
            scene.config,
            replace(scene.config, schedule=ScheduleParams(every_s=300.0)),
            None,
            replace(scene.config, schedule=ScheduleParams(every_s=60.0)),
        ]
    )
    stop = Stop(scene.said.append)

    def configure() -> Config:
        config = next(configs)
        if config is None:
            raise ConfigError("wiretrace.toml is not valid TOML.")
        return config

    def run(_config: Config) -> None:
        scene.runs.append(scene.clock.time)
        if len(scene.runs) == 4:
            stop.asked = True

    configs_then_same = iter(configure, object())
    keep_schedule(
        lambda: next(configs_then_same) if len(scene.runs) < 4 else scene.config,
        run,
        clock=lambda: scene.clock.time,
        sleep=lambda seconds: scene.clock.pass_by(seconds=seconds),
        say=scene.said.append,
        stop=stop,
    )
    assert scene.minutes == [0, 5, 10, 11]
    assert "error[config-invalid]: wiretrace.toml is not valid TOML." in scene.said


def test_a_watchlist_that_cannot_be_read_at_all_ends_it_before_it_begins(scene: Scene) -> None:
    def configure() -> Config:
        raise ConfigError("nothing there")

    with pytest.raises(ConfigError):
        keep_schedule(
            configure,
            lambda _config: None,
            clock=lambda: scene.clock.time,
            sleep=lambda _seconds: None,
            say=scene.said.append,
            stop=Stop(scene.said.append),
        )


def test_a_second_signal_interrupts() -> None:
    stop = Stop(lambda _line: None)
    stop.ask()
    with pytest.raises(KeyboardInterrupt):
        stop.ask()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_after_the_run_at_work(
    config: Config, server: NewsroomServer, number: signal.Signals
) -> None:
    command = [sys.executable, "-m", "crawler", "-c", str(config.file), "schedule"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as process:
        until = time.monotonic() + 60
        while len(server.log) < 3 and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Stopping after the run at work" in err
    assert "\tpartly\t" in out  # one of its two sources is not there
    with Store.open(config.store_path, read_only=True) as store:
        assert [run.outcome for run in store.runs()] == ["partly"]
