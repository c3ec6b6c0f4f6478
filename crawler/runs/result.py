"""What a pass reports while it runs, and when it ends."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from crawler.items import Run

Clock = Callable[[], str]
"""Gives the present UTC time as the records write it."""

EXIT_CODES = {"done": 0, "failed": 1, "partly": 3}
"""Exit code of each outcome of a pass."""


class Progress(Protocol):
    """Where a pass says how far it is."""

    def start(self, stage: str, total: int | None) -> None:
        """Begin a stage of `total` units, None where that is not known."""

    def advance(self, stage: str, n: int = 1, **counts: int) -> None:
        """Count `n` more units; `counts` are running totals to show beside them."""

    def note(self, line: str) -> None:
        """Say one line."""

    def done(self, stage: str) -> None:
        """End a stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """How a pass ended."""

    run: Run
    """Its record, as the store keeps it."""
    exit_code: int
    """For the process: see `EXIT_CODES`."""
    report: Path | None
    """The report's first page, if one was written."""
    clusters: int
    """Clusters of two or more copies."""
    copies: int
    """Articles in them."""
    articles: int
    """Articles in the store."""
    idle: bool = False
    """Whether nothing was due, so that nothing was done."""
