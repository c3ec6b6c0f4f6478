"""`wiretrace quarantine`: pages that killed the workers which read them."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict

import click

from crawler.cli.command import Command, json_option
from crawler.cli.fitting import Column
from crawler.cli.output import binary_stdout, print_json, print_table
from crawler.cli.session import session_of
from crawler.cli.summary import do
from crawler.errors import NotFound, UsageError
from crawler.items import Quarantined
from crawler.store import Store
from crawler.urls import canonical

COLUMNS = (
    Column(title="quarantined", folds=True, least=20),
    Column(title="reason"),
    Column(title="deaths", right=True),
    Column(title="since", folds=True, least=11),
    Column(title="last tried", folds=True, least=11, spare=1),
    Column(title="bytes", right=True),
    Column(title="source", folds=True, least=12, spare=2),
    Column(title="detail", folds=True, least=20, spare=3),
)


@click.command(
    cls=Command,
    examples=(
        "wiretrace quarantine",
        "wiretrace quarantine --again",
        "wiretrace quarantine https://www.example.com/news/endless > endless.html",
        "wiretrace quarantine --json | jq -r '.[].url'",
    ),
)
@click.argument("url", required=False)
@click.option("--again", is_flag=True, help="Try them once more, without fetching.")
@json_option
@click.pass_context
def command(context: click.Context, url: str | None, *, again: bool, as_json: bool) -> int:
    """List the pages that killed two workers, or print the bytes of the one at URL.

    Their documents are kept and read no more, whatever address serves them. With --again they are
    tried; those that give an article, or another reason, leave.
    """
    if again and url is not None:
        raise UsageError("--again tries them all.", "Give URL or --again, not both.")
    if again:
        # Here alone: the crawl's libraries take a second to load, and the list needs none of them.
        from crawler import runs  # noqa: PLC0415 - see above

        return do(context, runs.retry_quarantined, required=False, as_json=as_json).exit_code
    with closing(session_of(context).read_store()) as store:
        if url is not None:
            stream = binary_stdout()
            stream.write(body_of(store, url))
            stream.flush()
        elif as_json:
            print_json([asdict(one) for one in store.quarantined()])
        else:
            print_quarantine(store.quarantined())
    return 0


def body_of(store: Store, url: str) -> bytes:
    """Give the document in quarantine that an address served.

    Raises:
        NotFound: there is none.
    """
    wanted = {url, canonical(url)}
    for _, page in store.quarantined_pages():
        if page.url in wanted or page.requested_url in wanted:
            return page.body
    raise NotFound(f"{url} is not in quarantine.", "`wiretrace quarantine` lists what is.")


def print_quarantine(quarantined: Iterable[Quarantined]) -> None:
    """Print the table; nothing where nothing is in quarantine."""
    rows = [
        (
            *(one.url, one.reason, one.deaths, one.since, one.last),
            *(f"{one.bytes:,}", one.source, one.detail),
        )
        for one in quarantined
    ]
    print_table(COLUMNS, rows, titled=True)
