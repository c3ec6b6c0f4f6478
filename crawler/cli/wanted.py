"""`--all` and `--source`: what a person wants read, of the commands that crawl."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from crawler.schedule import Wanted

Function = TypeVar("Function", bound=Callable[..., Any])


def wanted_options(function: Function) -> Function:
    """Add both options to a command."""
    for option in (
        click.option(
            "--source",
            "sources",
            multiple=True,
            metavar="NAME",
            help="Read this source and no other, due or not; may be given again.",
        ),
        click.option("--all", "every", is_flag=True, help="Read all sources, due or not."),
    ):
        function = option(function)
    return function


def wanted_of(*, every: bool, sources: tuple[str, ...]) -> Wanted:
    """Give what they say.

    Raises:
        UsageError: both were given.
    """
    if every and sources:
        raise click.UsageError("Give either --all or --source, not both.")
    return Wanted(every=every, sources=sources)
