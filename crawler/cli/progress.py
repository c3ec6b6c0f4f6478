"""Progress of long work, on stderr: bars on a terminal, a line now and then elsewhere.

These are the implementations of `crawler.runs.Progress`. Counts given to `advance` are running
totals to show, such as `articles=110`.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click
from rich import progress as rich_progress
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from crawler.runs import Progress

# Seconds between two lines of a stage: a log of an hour's run stays below 400 lines.
LINE_EVERY_S = 10.0
# Seconds before the first line, so that a short stage says nothing but its end.
FIRST_LINE_S = 2.0


@contextmanager
def progress_of(*, quiet: bool) -> "Iterator[Progress]":
    """Give the progress that fits: silent with -q, bars on a terminal, lines elsewhere."""
    if quiet:
        yield SilentProgress()
    elif sys.stderr.isatty():
        bars = BarProgress()
        with bars.bars:
            yield bars
    else:
        yield LineProgress(lambda line: click.echo(line, err=True))


class SilentProgress:
    """Says nothing."""

    def start(self, stage: str, total: int | None) -> None:
        """Take note of nothing."""

    def advance(self, stage: str, n: int = 1, **counts: int) -> None:
        """Take note of nothing."""

    def note(self, line: str) -> None:
        """Take note of nothing."""

    def done(self, stage: str) -> None:
        """Take note of nothing."""


@dataclass(slots=True)
class Stage:
    """How far one stage has come."""

    total: int | None
    """Units in all, if known."""
    began: float
    """Clock time of the start, seconds."""
    spoke: float
    """Clock time of the last line, seconds."""
    done: int = 0
    """Units so far."""
    counts: dict[str, int] = field(default_factory=dict)
    """Totals shown beside them."""

    def tell(self, name: str, now: float) -> str:
        """Give the line: units, rate, remaining time where it can be known, totals."""
        elapsed = max(now - self.began, 1e-6)
        rate = self.done / elapsed
        of_total = f" of {self.total}" if self.total else ""
        line = f"{name}: {self.done}{of_total}, {rate:.1f}/s"
        if self.total and self.done and self.total > self.done:
            line += f", {span((self.total - self.done) / rate)} left"
        return line + told(self.counts)


class LineProgress:
    """Says a line every few seconds, and one at the end of each stage.

    Args:
        say: where lines go.
        clock: seconds that only grow.
    """

    def __init__(
        self, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._say = say
        self._clock = clock
        self._stages: dict[str, Stage] = {}

    def start(self, stage: str, total: int | None) -> None:
        """Begin a stage."""
        now = self._clock()
        first = now + FIRST_LINE_S - LINE_EVERY_S
        self._stages[stage] = Stage(total=total, began=now, spoke=first)

    def advance(self, stage: str, n: int = 1, **counts: int) -> None:
        """Count units; speak when it is time."""
        known = self._stages[stage]
        known.done += n
        known.counts |= counts
        now = self._clock()
        if now - known.spoke >= LINE_EVERY_S:
            known.spoke = now
            self._say(known.tell(stage, now))

    def note(self, line: str) -> None:
        """Say a line at once."""
        self._say(line)

    def done(self, stage: str) -> None:
        """End a stage."""
        known = self._stages.pop(stage, None)
        if known:
            now = self._clock()
            self._say(
                f"{stage}: done, {known.done} in {span(now - known.began)}{told(known.counts)}"
            )


class BarProgress:
    """Shows a bar for each stage, with rate and remaining time."""

    def __init__(self) -> None:
        console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        self.bars = rich_progress.Progress(
            rich_progress.SpinnerColumn(),
            rich_progress.TextColumn("{task.description:<10}"),
            rich_progress.BarColumn(bar_width=24),
            UnitsColumn(),
            rich_progress.TimeRemainingColumn(compact=True),
            rich_progress.TextColumn("{task.fields[told]}"),
            console=console,
        )
        self._tasks: dict[str, rich_progress.TaskID] = {}
        self._counts: dict[str, dict[str, int]] = {}

    def start(self, stage: str, total: int | None) -> None:
        """Show a new bar; without a total it pulses."""
        self._tasks[stage] = self.bars.add_task(stage, total=total, told="")
        self._counts[stage] = {}

    def advance(self, stage: str, n: int = 1, **counts: int) -> None:
        """Move the bar."""
        self._counts[stage] |= counts
        shown = told(self._counts[stage]).removeprefix("; ")
        self.bars.update(self._tasks[stage], advance=n, told=shown)

    def note(self, line: str) -> None:
        """Print a line above the bars."""
        self.bars.console.print(Text(line))

    def done(self, stage: str) -> None:
        """Fill the bar and let it stand."""
        task = self._tasks.get(stage)
        if task is not None:
            completed = self.bars.tasks[self.bars.task_ids.index(task)].completed
            self.bars.update(task, total=completed or 1, completed=completed or 1)


class UnitsColumn(rich_progress.ProgressColumn):
    """Units so far, of how many, and how many a second."""

    def render(self, task: rich_progress.Task) -> Text:
        """Give the cell."""
        of_total = f"/{int(task.total)}" if task.total else ""
        rate = f" {task.speed:.1f}/s" if task.speed else ""
        return Text(f"{int(task.completed)}{of_total}{rate}")


def told(counts: dict[str, int]) -> str:
    """Give totals as the end of a line: `; articles 110, failed 3`."""
    return "; " + ", ".join(f"{name} {n}" for name, n in counts.items()) if counts else ""


def span(seconds: float) -> str:
    """Give a span of time as a clock shows it: `0:09`, `2:05:00`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
