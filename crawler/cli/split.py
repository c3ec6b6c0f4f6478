"""`wiretrace split`: take articles out of a cluster, for good."""

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
        "wiretrace split c0123456789 3 4 --why 'another flood'",
        "wiretrace split c01 https://courier.example/flood",
        "wiretrace split --undo",
        "wiretrace split --undo 7",
        "wiretrace split --log",
    ),
)
@click.argument("cluster", required=False)
@click.argument("articles", nargs=-1)
@click.option("--why", help="A note for the log.")
@undo_option
@log_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    cluster: str | None,
    articles: tuple[str, ...],
    why: str | None,
    undo: int | None,
    *,
    shows_log: bool,
    as_json: bool,
) -> None:
    """Say that ARTICLES are no copies of the others in CLUSTER; every later run keeps to it.

    An article is named by its number as `show` lists it, its id or its address. Those split off
    together stay together.
    """
    if cluster is not None and not articles:
        raise UsageError(
            f"Say which articles of {cluster} to split off.",
            f"`wiretrace show {cluster}` numbers them.",
        )

    def decide() -> "Decided":
        from crawler.runs import deciding  # noqa: PLC0415 - the help of a command needs no engine

        config = session_of(context).config()
        return deciding.split(config, str(cluster), articles, why=why, now=clock)

    carry_out(
        context,
        "split",
        decide if cluster is not None else None,
        number=undo,
        shows_log=shows_log,
        as_json=as_json,
    )
