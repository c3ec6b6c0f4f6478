"""`wiretrace crawl`: fetch and extract, the first leg of a run."""

import click

from crawler import runs
from crawler.cli.command import Command, json_option
from crawler.cli.summary import do


@click.command(
    cls=Command,
    examples=("wiretrace crawl", "wiretrace crawl -v 2> crawl.log", "wiretrace crawl --json"),
)
@json_option
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> int:
    """Read the sources, fetch the pages that are due and take the stories out of them.

    Clusters and the report stay as they are until `wiretrace cluster` and `wiretrace report`.
    """
    return do(context, runs.crawl, required=True, as_json=as_json).exit_code
