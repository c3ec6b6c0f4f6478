"""What `run` and its legs say when they end: numbers, failures, and the report's path last."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

import click

from crawler.cli.output import print_json, print_pairs
from crawler.cli.progress import progress_of
from crawler.cli.records import run_record
from crawler.cli.session import session_of, utc_now
from crawler.config import Config
from crawler.errors import ConfigError

# Only to check types: the crawl's libraries take a second to load.
if TYPE_CHECKING:
    from crawler.runs import Progress, RunResult

PARTLY = 3
"""Exit code when some sources, or some files, failed and others did not."""


class Leg(Protocol):
    """A pass of `crawler.runs`, or one leg of it."""

    def __call__(
        self, config: Config, *, now: Callable[[], str], progress: "Progress"
    ) -> "RunResult":
        """Do it."""


def do(context: click.Context, leg: Leg, *, required: bool, as_json: bool) -> "RunResult":
    """Run a leg with progress and print its summary.

    Args:
        context: of the command.
        leg: what to do.
        required: whether a watchlist must be there.
        as_json: whether to print for programs.
    """
    session = session_of(context)
    config = session.config(required=required)
    if required and not config.sources:
        raise ConfigError(f"{config.file} names no source.", "Add a [[source]] to it.")
    with progress_of(quiet=session.quiet) as progress:
        result = leg(config, now=utc_now, progress=progress)
    if as_json:
        print_json(as_record(result))
    else:
        print_summary(result)
    return result


def as_record(result: "RunResult") -> dict[str, Any]:
    """Give a result as `--json` prints it."""
    return {
        "run": run_record(result.run),
        "exit_code": result.exit_code,
        "idle": result.idle,
        "articles": result.articles,
        "clusters": result.clusters,
        "copies": result.copies,
        "report": None if result.report is None else str(result.report),
    }


def print_summary(result: "RunResult") -> None:
    """Print the numbers a person looks for first, failures next, the report's path last."""
    counts = result.run.counts
    dropped = {
        name.removeprefix("drop:"): n for name, n in counts.items() if name.startswith("drop:")
    }
    failed = [outcome for outcome in result.run.sources if outcome.error]
    if result.idle:
        print_pairs([("run", f"{result.run.id} (nothing was due)")])
        return
    print_pairs(
        [
            ("run", f"{result.run.id} ({result.run.outcome})"),
            ("fetched", counts.get("pages")),
            ("articles", result.articles),
            ("clusters", f"{result.clusters} with {result.copies} copies"),
            ("dropped", ", ".join(f"{n} {name}" for name, n in sorted(dropped.items()))),
            *((f"source {outcome.source}", outcome.error) for outcome in failed),
            ("report", result.report),
        ]
    )
