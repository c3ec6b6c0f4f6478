"""`wiretrace init`: write a commented watchlist to fill in."""

import sys
from pathlib import Path

import click

from crawler.cli.command import Command
from crawler.cli.session import session_of
from crawler.config.model import CrawlLimits
from crawler.config.reader import FILE_NAME
from crawler.config.template import template
from crawler.errors import InputError


@click.command(
    cls=Command,
    examples=(
        "wiretrace init",
        "wiretrace init --contact news-desk@example.org",
        "wiretrace init stories/bridge.toml --force",
    ),
)
@click.argument("file", default=FILE_NAME, type=click.Path(path_type=Path))
@click.option("--contact", help="URL or mail address under which a site's owner finds you.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.pass_context
def command(context: click.Context, file: Path, contact: str | None, *, force: bool) -> None:
    """Write FILE (wiretrace.toml by default) with every setting, its default and its reason.

    On a terminal it asks for the contact that goes into the user agent; elsewhere it asks nothing.
    """
    if not force and file.exists():
        raise InputError(f"{file} exists already.", "Give another name, or --force to replace it.")
    session = session_of(context)
    if contact is None and sys.stdin.isatty() and sys.stderr.isatty() and not session.quiet:
        contact = click.prompt(
            "Contact for site owners (URL or mail address)", default=CrawlLimits().contact, err=True
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("w" if force else "x", encoding="utf-8") as stream:
            stream.write(template(contact))
    except FileExistsError:
        raise InputError(f"{file} exists already.", "Give another name.") from None
    click.echo(file)
    session.remark("Name your sources in it, then: wiretrace run")
