"""`wiretrace schedule`: runs, one after the other, until somebody ends it."""

import time

import click

from crawler.cli.command import Command
from crawler.cli.progress import progress_of
from crawler.cli.session import session_of, utc_now
from crawler.config import Config
from crawler.errors import ConfigError
from crawler.schedule import Stop, keep_schedule, run_due, utc_clock


@click.command(
    cls=Command,
    examples=(
        "wiretrace schedule",
        "WIRETRACE_SCHEDULE_EVERY_S=300 wiretrace schedule",
        "wiretrace --config bridge.toml schedule -q 2>> wires.log",
    ),
)
@click.pass_context
def command(context: click.Context) -> None:
    """Run at once, and then every `schedule.every_s` seconds, in the foreground.

    Each run crawls what is due. The watchlist is read again before each. A run that fails is told
    and does not end the schedule; runs missed while the machine slept are noticed and kept. Ctrl-C
    or SIGTERM ends it after the run at work; given again, it stops the run, too.
    """
    session = session_of(context)

    def configure() -> Config:
        config = session.config(required=True)
        if not config.sources:
            raise ConfigError(f"{config.file} names no source.", "Add a [[source]] to it.")
        return config

    def say(line: str) -> None:
        # Errors are said even with -q.
        if line.startswith("error["):
            click.echo(line, err=True)
        else:
            session.remark(line)

    def run(config: Config) -> None:
        with progress_of(quiet=session.quiet) as progress:
            result = run_due(config, now=utc_now, progress=progress)
        if not result.idle:
            counts = result.run.counts
            click.echo(
                f"{result.run.id}\t{result.run.outcome}\t{counts.get('pages', 0)} pages\t"
                f"{counts.get('articles', 0)} articles"
            )

    stop = Stop(say)
    with stop.listening():
        keep_schedule(configure, run, clock=utc_clock, sleep=time.sleep, say=say, stop=stop)
