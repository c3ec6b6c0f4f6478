"""`wiretrace label`: give a cluster a name."""

from typing import TYPE_CHECKING

import click

from crawler.cli.command import Command, json_option
from crawler.cli.deciding import carry_out, clock, log_option, undo_option
from crawler.cli.session import session_of
from crawler.errors import UsageError

if TYPE_CHECKING:
    from crawler.runs.deciding import Decided


@click.command(
    cls=Command,
    examples=(
        "wiretrace label c0123456789 'Harbour bridge, first report'",
        "wiretrace label --undo",
        "wiretrace label --log",
    ),
)
@click.argument("cluster", required=False)
@click.argument("name", required=False)
@undo_option
@log_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    cluster: str | None,
    name: str | None,
    undo: int | None,
    *,
    shows_log: bool,
    as_json: bool,
) -> None:
    """Give CLUSTER a NAME of your own; it stays with the cluster's text in every later run."""
    if cluster is not None and not name:
        raise UsageError(f"Say how to call {cluster}.", "`wiretrace label --help` has examples.")

    def decide() -> "Decided":
        from crawler.runs import deciding  # noqa: PLC0415 - the help of a command needs no engine

        return deciding.label(session_of(context).config(), str(cluster), str(name), now=clock)

    carry_out(
        context,
        "label",
        decide if cluster is not None else None,
        number=undo,
        shows_log=shows_log,
        as_json=as_json,
    )
