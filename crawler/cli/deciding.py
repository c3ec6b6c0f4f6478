"""What `split`, `merge` and `label` have in common: taking back, the log, what is printed."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.fitting import Column
from crawler.cli.output import print_json, print_table
from crawler.cli.session import session_of
from crawler.errors import UsageError

if TYPE_CHECKING:
    from crawler.items import Decision
    from crawler.runs.deciding import Decided

LOG = (
    Column(title="#", right=True),
    Column(title="time", folds=True, least=12),
    Column(title="articles", right=True),
    Column(title="note", folds=True, least=16),
    Column(title="taken back", folds=True, least=10),
)
LAST = 0
"""Value of a bare `--undo`: the last decision that holds."""


def undo_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--undo [NUMBER]`."""
    return click.option(
        "--undo",
        type=int,
        is_flag=False,
        flag_value=LAST,
        metavar="[NUMBER]",
        help="Take back the last one, or the one of this number in the log.",
    )(function)


def log_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--log`."""
    return click.option("--log", "shows_log", is_flag=True, help="List what was decided so far.")(
        function
    )


def clock() -> str:
    """Give the time of a decision."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def carry_out(
    context: click.Context,
    kind: str,
    decide: "Callable[[], Decided] | None",
    *,
    number: int | None,
    shows_log: bool,
    as_json: bool,
) -> None:
    """Decide, take back or list, whichever was asked for.

    Raises:
        UsageError: nothing was asked for, or two things at once.
    """
    from crawler.runs import deciding  # noqa: PLC0415 - the help of a command needs no engine

    config = session_of(context).config()
    asked = sum((decide is not None, number is not None, shows_log))
    if asked != 1:
        raise UsageError(
            f"Say what to {kind}, or give --undo or --log.",
            f"`wiretrace {kind} --help` has examples.",
        )
    if shows_log:
        _print_log(deciding.decisions(config, kind), as_json=as_json)
    elif decide is not None:
        _print_decided(decide(), "decided", as_json=as_json)
    else:
        done = deciding.undo(config, kind, number or None, now=clock)
        _print_decided(done, "taken back", as_json=as_json)


def _print_log(found: "list[Decision]", *, as_json: bool) -> None:
    if as_json:
        print_json([asdict(each) for each in found])
        return
    rows = [
        (
            str(each.id),
            each.at,
            str(len(each.articles) + len(each.others)),
            each.label or "",
            each.undone or "",
        )
        for each in found
    ]
    print_table(LOG, rows, titled=True)


def _print_decided(done: "Decided", verb: str, *, as_json: bool) -> None:
    if as_json:
        clusters = {
            cluster.id: [member.article_id for member in cluster.members]
            for cluster in done.clusters
        }
        print_json({"decision": asdict(done.decision), "clusters": clusters})
        return
    click.echo(f"{done.decision.kind} {done.decision.id} {verb}")
    for cluster in done.clusters:
        name = f"  {cluster.label}" if cluster.label else ""
        click.echo(f"{cluster.id}  {len(cluster.members)} copies{name}")
