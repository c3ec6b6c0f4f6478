"""Progress is one line now and then in a log, bars on a terminal, nothing with -q."""

import io
import itertools

import pytest
from rich.console import Console

from crawler.cli.progress import BarProgress, LineProgress, progress_of, span


class Clock:
    """Seconds that move when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_short_stage_says_only_its_end() -> None:
    lines: list[str] = []
    progress = LineProgress(lines.append, Clock())
    progress.start("crawl", 3)
    progress.advance("crawl", 3, articles=2)
    progress.done("crawl")
    assert lines == ["crawl: done, 3 in 0:00; articles 2"]


def test_a_long_stage_tells_rate_and_remaining_time_every_ten_seconds() -> None:
    lines: list[str] = []
    clock = Clock()
    progress = LineProgress(lines.append, clock)
    progress.start("crawl", 100)
    for clock.now in map(float, range(1, 24)):
        progress.advance("crawl", 2, articles=int(clock.now))
    assert lines == [
        "crawl: 4 of 100, 2.0/s, 0:48 left; articles 2",
        "crawl: 24 of 100, 2.0/s, 0:38 left; articles 12",
        "crawl: 44 of 100, 2.0/s, 0:28 left; articles 22",
    ]


def test_without_a_total_nothing_is_promised() -> None:
    lines: list[str] = []
    clock = Clock()
    progress = LineProgress(lines.append, clock)
    progress.start("crawl", None)
    clock.now = 4.0
    progress.advance("crawl", 8)
    assert lines == ["crawl: 8, 2.0/s"]


def test_bars_show_units_totals_and_notes_that_are_no_markup() -> None:
    progress = BarProgress()
    screen = io.StringIO()
    progress.bars.live.console = Console(file=screen, force_terminal=True, width=100, markup=False)
    with progress.bars:
        progress.start("crawl", None)
        progress.start("cluster", 10)
        progress.advance("crawl", 5, articles=4)
        progress.advance("cluster", 10)
        progress.note("[red]stopping[/red]")
        progress.done("crawl")
        progress.done("cluster")
    told = screen.getvalue()
    assert "articles 4" in told
    assert "10/10" in told
    assert "[red]stopping[/red]" in told
    assert all(task.finished for task in progress.bars.tasks)


def test_quiet_says_nothing_and_a_pipe_gets_lines(capsys: pytest.CaptureFixture[str]) -> None:
    for quiet in (True, False):
        with progress_of(quiet=quiet) as progress:
            progress.start("report", 1)
            progress.advance("report")
            progress.note("written")
            progress.done("report")
    assert capsys.readouterr().err.splitlines() == ["written", "report: done, 1 in 0:00"]


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0:00"), (9.4, "0:09"), (61, "1:01"), (7500, "2:05:00")]
)
def test_spans_read_like_a_clock(seconds: float, told: str) -> None:
    assert span(seconds) == told


def test_stages_may_overlap() -> None:
    lines: list[str] = []
    progress = LineProgress(lines.append, Clock())
    for stage, _ in itertools.product(("a", "b"), range(1)):
        progress.start(stage, 1)
    progress.advance("b")
    progress.done("a")
    progress.done("b")
    progress.done("b")
    assert [line.split(",")[0] for line in lines] == ["a: done", "b: done"]
