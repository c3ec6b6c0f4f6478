"""What every command of one call shares: the configuration, the store, how much is said."""

import logging
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from crawler.config import Config, load_config

if TYPE_CHECKING:
    from crawler.store import Store

LEVELS = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO, 2: logging.DEBUG}
"""Log level for each count of -v less each -q."""


@dataclass(slots=True)
class Session:
    """Filled by the options of the group and of the command, read by the command."""

    config_path: Path | None = None
    """`--config`."""
    output_dir: Path | None = None
    """`--output-dir`."""
    verbose: int = 0
    """How often -v was given."""
    quiet: bool = False
    """Whether -q was given: no progress, no remarks, errors only."""

    def config(self, *, required: bool = False) -> Config:
        """Read the configuration; errors as in `load_config`."""
        return load_config(
            self.config_path, overrides={"output": self.output_dir}, required=required
        )

    def read_store(self) -> "Store":
        """Open the store of the configuration for reading only.

        Raises:
            NotFound: nothing was stored yet.
        """
        from crawler.store import Store  # noqa: PLC0415 - commands without a store skip sqlite3

        return Store.open(self.config().store_path, read_only=True)

    def start_logging(self) -> None:
        """Send log lines to stderr, at the level that -v and -q ask for."""
        level = LEVELS[max(-1, min(2, self.verbose - self.quiet))]
        handler = _StderrHandler()
        handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        root = logging.getLogger()
        for old in [one for one in root.handlers if isinstance(one, _StderrHandler)]:
            root.removeHandler(old)
        root.addHandler(handler)
        root.setLevel(level)

    def remark(self, line: str) -> None:
        """Say something to the person, beside the data: on stderr, unless -q was given."""
        if not self.quiet:
            click.echo(line, err=True)


class _StderrHandler(logging.StreamHandler[TextIO]):
    """Writes to what stderr is at the time: a progress bar on a terminal takes its place."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # looked up each time, never set
        """The process's stderr."""
        return sys.stderr


def session_of(context: click.Context) -> Session:
    """Give the session of this call."""
    return context.ensure_object(Session)


def utc_now() -> str:
    """Give the time by our own clock, UTC, as the records write it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
