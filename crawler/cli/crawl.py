"""`wiretrace crawl`: fetch and extract, the first leg of a run."""

from functools import partial

import click

from crawler.cli.command import Command, json_option
from crawler.cli.summary import do
from crawler.cli.wanted import wanted_of, wanted_options
from crawler.schedule import crawl_due


@click.command(
    cls=Command,
    examples=(
        "wiretrace crawl",
        "wiretrace crawl --all",
        "wiretrace crawl --source harbour-news -v 2> crawl.log",
        "wiretrace crawl --json",
    ),
)
@wanted_options
@json_option
@click.pass_context
def command(context: click.Context, *, every: bool, sources: tuple[str, ...], as_json: bool) -> int:
    """Read the sources that are due, fetch what they lead to and take the stories out.

    Clusters and the report stay as they are until `wiretrace cluster` and `wiretrace report`.
    """
    wanted = wanted_of(every=every, sources=sources)
    leg = partial(crawl_due, wanted=wanted)
    return do(context, leg, required=True, as_json=as_json).exit_code
