"""How commands print: tables for people, plain lines for pipes, JSON for programs; to stdout.

Titles and addresses come from the web and may hold anything: what a terminal would obey is taken
out here, whatever the command.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.cli.fitting import GAP, Column, fit
from crawler.report import plain


def on_terminal() -> bool:
    """Tell whether a person reads stdout directly."""
    return sys.stdout.isatty()


def console() -> Console:
    """Give rich's view of stdout; it honours NO_COLOR and TERM itself."""
    return Console(highlight=False, markup=False, emoji=False)


def print_table(
    columns: Sequence[Column], rows: Iterable[Sequence[object]], *, titled: bool = False
) -> None:
    """Print a table on a terminal; elsewhere a heading and lines with tabs between the cells.

    Args:
        columns: what is in it.
        rows: cells; None is an empty one.
        titled: whether it is one part of a longer page: set apart, and left out when empty.
    """
    texts = [["" if cell is None else plain(str(cell)) for cell in row] for row in rows]
    if titled and not texts:
        return
    if titled:
        click.echo()
    if not on_terminal():
        for line in [[column.title for column in columns], *texts]:
            click.echo("\t".join(line))
        return
    screen = console()
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    shown = fit(columns, texts, screen.width)
    for index, width in shown:
        column = columns[index]
        table.add_column(
            Text(column.title),
            justify="right" if column.right else "left",
            style=column.style,
            overflow="fold",
            width=width,
        )
    for row in texts:
        table.add_row(*(Text(row[index]) for index, _ in shown))
    screen.print(table)


def print_text(text: str) -> None:
    """Print a story, its paragraphs set apart."""
    for paragraph in text.split("\n"):
        click.echo()
        print_line(plain(paragraph))


def print_line(text: str) -> None:
    """Print a line that `plain` has made safe; on a terminal it is broken between words."""
    if on_terminal():
        console().print(Text(text))
    else:
        click.echo(text)


def print_pairs(pairs: Iterable[tuple[str, object]]) -> None:
    """Print names and values, aligned on a terminal, with a tab between them elsewhere."""
    rows = [(name, plain(str(value))) for name, value in pairs if value not in (None, "")]
    width = max((len(name) for name, _ in rows), default=0)
    for name, value in rows:
        click.echo(f"{name:<{width}}  {value}" if on_terminal() else f"{name}\t{value}")


def print_json(value: Any) -> None:  # noqa: ANN401 - anything json.dumps takes
    """Print one JSON document in UTF-8, whatever the terminal's encoding is."""
    stream = binary_stdout()
    text = json.dumps(value, ensure_ascii=False, indent=2)
    # A half of a surrogate pair, as broken pages hold, becomes the JSON escape it came from.
    stream.write(text.encode("utf-8", "backslashreplace") + b"\n")
    stream.flush()


def binary_stdout() -> BinaryIO:
    """Give stdout for bytes, after what was printed before."""
    sys.stdout.flush()
    return sys.stdout.buffer
