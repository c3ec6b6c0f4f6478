"""The scheduler in the foreground: one run after the other, at fixed times of the wall clock.

A loop of our own and not a library's: there is one job, it may not overlap itself, and what matters
(a machine that slept, a run that took too long, a signal in the middle of one) is a few lines each.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import FrameType

from crawler.config import Config
from crawler.errors import WiretraceError
from crawler.items import MissedRuns
from crawler.schedule.plan import written
from crawler.store import Store

# How long the loop sleeps at a stretch: how late it may notice a signal, or a clock that was set.
NAP_S = 1.0
ASLEEP = "asleep"
OVERRUN = "overrun"


class Stop:
    """Whether somebody wants the loop to end.

    The first SIGTERM or Ctrl-C lets the run at work come to its end; the second one stops it, in
    order, as it would a single `wiretrace run`.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self.asked = False
        self._say = say

    def ask(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Ask for the end; also the handler of signals.

        Raises:
            KeyboardInterrupt: it was asked for before.
        """
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        self._say("Stopping after the run at work; a second signal stops the run as well.")

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear SIGTERM and SIGINT inside the block."""
        before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
        for number in before:
            signal.signal(number, self.ask)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def keep_schedule(
    configure: Callable[[], Config],
    run: Callable[[Config], None],
    *,
    clock: Callable[[], datetime],
    sleep: Callable[[float], None],
    say: Callable[[str], None],
    stop: Stop,
) -> None:
    """Run at once, and then every `schedule.every_s` seconds until somebody asks for the end.

    A run that fails does not end the loop, nor does a watchlist that cannot be read: the one
    before it holds on.

    Args:
        configure: reads the watchlist; called before each run, so that changes count at once.
        run: does one run.
        clock: gives the present time, with its zone; may stand still or jump, as machines sleep.
        sleep: waits for so many seconds.
        say: tells the person a line.
        stop: whether to end.

    Raises:
        ConfigError: the watchlist cannot be read when the loop begins.
    """
    config = configure()
    due = clock()
    while not stop.asked:
        every = timedelta(seconds=config.schedule.every_s)
        due = min(due, clock())  # a clock that was set back
        late = clock() - due
        if late >= every:
            _miss(config, due, late // every, ASLEEP, clock(), say)
            due += every * (late // every)
        _try(lambda: run(config), say)  # noqa: B023 - called at once
        config = _reread(configure, config, say)
        due = _next(config, due, clock, say)
        _wait(due, clock, sleep, stop, timedelta(seconds=config.schedule.every_s))


def _next(
    config: Config, due: datetime, clock: Callable[[], datetime], say: Callable[[str], None]
) -> datetime:
    """Give the time of the next run; what the last one ran over is missed."""
    every = timedelta(seconds=config.schedule.every_s)
    due += every
    over = clock() - due
    if over > timedelta(0):
        missed = over // every + 1
        _miss(config, due, missed, OVERRUN, clock(), say)
        due += every * missed
    return due


def _wait(
    due: datetime,
    clock: Callable[[], datetime],
    sleep: Callable[[float], None],
    stop: Stop,
    every: timedelta,
) -> None:
    """Sleep until a time of the wall clock; one that was set back does not hold up the loop."""
    while not stop.asked:
        left = due - clock()
        if left <= timedelta(0) or left > every:
            return
        sleep(min(NAP_S, left.total_seconds()))


def _miss(
    config: Config,
    expected: datetime,
    runs: int,
    reason: str,
    noticed: datetime,
    say: Callable[[str], None],
) -> None:
    say(f"{runs} runs were missed from {written(expected)} on ({reason}).")
    missed = MissedRuns(
        expected=written(expected), noticed=written(noticed), runs=runs, reason=reason
    )

    def keep() -> None:
        with Store.open(config.store_path) as store:
            store.miss_runs(missed)

    _try(keep, say)


def _reread(configure: Callable[[], Config], old: Config, say: Callable[[str], None]) -> Config:
    config = old

    def read() -> None:
        nonlocal config
        config = configure()

    _try(read, say)
    return config


def _try(act: Callable[[], None], say: Callable[[str], None]) -> None:
    """Do something whose failure is told and does not end the loop."""
    try:
        act()
    except WiretraceError as error:
        say(f"error[{error.slug}]: {error}")


def utc_clock() -> datetime:
    """Give the machine's time."""
    return datetime.now(UTC)
