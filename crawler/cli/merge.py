"""`wiretrace merge`: make one cluster of several, for good."""

from typing import TYPE_CHECKING

import click

from crawler.cli.command import Command, json_option
from crawler.cli.deciding import carry_out, clock, log_option, undo_option
from crawler.cli.session import session_of

if TYPE_CHECKING:
    from crawler.runs.deciding import Decided


@click.command(
    cls=Command,
    examples=(
        "wiretrace merge c0123456789 c9876543210 --why 'the evening version'",
        "wiretrace merge --undo",
        "wiretrace merge --undo 7",
        "wiretrace merge --log",
    ),
)
@click.argument("clusters", nargs=-1)
@click.option("--why", help="A note for the log.")
@undo_option
@log_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    clusters: tuple[str, ...],
    why: str | None,
    undo: int | None,
    *,
    shows_log: bool,
    as_json: bool,
) -> None:
    """Say that CLUSTERS carry one text; every later run keeps their articles together."""

    def decide() -> "Decided":
        from crawler.runs import deciding  # noqa: PLC0415 - the help of a command needs no engine

        return deciding.merge(session_of(context).config(), clusters, why=why, now=clock)

    carry_out(
        context,
        "merge",
        decide if clusters else None,
        number=undo,
        shows_log=shows_log,
        as_json=as_json,
    )
