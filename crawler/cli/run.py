"""`wiretrace run`: the whole pass, made to be called again and again by cron."""

import click

from crawler import runs
from crawler.cli.command import Command, json_option
from crawler.cli.summary import do


@click.command(
    cls=Command,
    examples=(
        "wiretrace run",
        "wiretrace --config bridge.toml run --json",
        "wiretrace run -q || mail -s 'wiretrace' desk@example.org < /dev/null",
    ),
)
@json_option
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> int:
    """Crawl what is due, cluster, publish the report.

    Safe to kill and to run again: it goes on where it was. Ends with 3 when some sources failed
    (the report says which) and with 4 when another run is at work.
    """
    return do(context, runs.run, required=True, as_json=as_json).exit_code
