"""`wiretrace run`: the whole pass, made to be called again and again by cron."""

from functools import partial

import click

from crawler.cli.command import Command, json_option
from crawler.cli.summary import do
from crawler.cli.wanted import wanted_of, wanted_options
from crawler.schedule import run_due


@click.command(
    cls=Command,
    examples=(
        "wiretrace run",
        "wiretrace run --all",
        "wiretrace run --source harbour-news --source example.org-sitemap",
        "wiretrace --config bridge.toml run --json",
        "wiretrace run -q || mail -s 'wiretrace' desk@example.org < /dev/null",
    ),
)
@wanted_options
@json_option
@click.pass_context
def command(context: click.Context, *, every: bool, sources: tuple[str, ...], as_json: bool) -> int:
    """Crawl what is due, cluster, publish the report.

    Each source is due at an interval of its own, learnt from how much it publishes; where none is,
    the run ends at once. Safe to kill and to run again: it goes on where it was. Ends with 3 when
    some sources failed (the report says which) and with 4 when another run is at work.
    """
    wanted = wanted_of(every=every, sources=sources)
    leg = partial(run_due, wanted=wanted)
    return do(context, leg, required=True, as_json=as_json).exit_code
