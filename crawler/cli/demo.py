"""`wiretrace demo`: the whole job on publishers that live in this package, with no network."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from crawler import runs
from crawler.cli.clusters import articles_of
from crawler.cli.command import Command, json_option
from crawler.cli.fitting import Column
from crawler.cli.output import print_json, print_table
from crawler.cli.progress import progress_of
from crawler.cli.session import session_of, utc_now
from crawler.cli.summary import PARTLY, as_record
from crawler.config import Config, load_config
from crawler.config.reader import FILE_NAME
from crawler.errors import InputError
from crawler.newsroom import Newsroom, Request, Score, Truth, politeness, score, watchlist
from crawler.report import build_cluster
from crawler.report.sentences import said
from crawler.report.view import ClusterView
from crawler.report.wording import RELATION_WORDS
from crawler.store import Store

COLUMNS = (
    Column(title="copies", right=True),
    Column(title="outlets", right=True, spare=2),
    Column(title="first", style="cyan", folds=True, least=26),
    Column(title="time", folds=True, least=12, spare=1),
    Column(title="copies are", folds=True, least=16),
    Column(title="story", folds=True, least=24),
)
PROXIES = ("http_proxy", "https_proxy", "no_proxy", "all_proxy")


@click.command(
    cls=Command,
    examples=(
        "wiretrace demo",
        "wiretrace demo --keep /tmp/newsroom",
        "wiretrace -c output/demo/wiretrace.toml clusters    after it, to look around",
    ),
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the watchlist, the store and the report.  [default: output/demo]",
)
@json_option
@click.pass_context
def command(context: click.Context, keep: Path | None, *, as_json: bool) -> int:
    """Crawl invented publishers on this machine, cluster their stories, write the report.

    A dozen publishers are served on loopback with feeds, sitemaps, fronts and robots.txt; they
    carry wire stories verbatim, cut, edited, expanded and re-led, and traps. What was found is
    measured against what is true. Nothing leaves this machine. Each demo begins afresh. Ends with
    1 when a copy that can be reached was not found.
    """
    session = session_of(context)
    newsroom = Newsroom.build(datetime.now(UTC))
    config = _prepare(keep or (session.output_dir or Path("output")) / "demo", watchlist(newsroom))
    truth = newsroom.truth()
    with newsroom.serve() as server:
        session.remark(f"{len(newsroom.publishers)} publishers are open on {server.proxy_url}")
        with _proxied(server.proxy_url), progress_of(quiet=session.quiet) as progress:
            result = runs.run(config, now=utc_now, progress=progress)
    if result.exit_code not in (0, PARTLY):
        return result.exit_code
    views, found = _look(config, truth, server.log)
    manners = politeness(
        server.log,
        delay_s=config.crawl.delay_s,
        delays_s=truth.crawl_delay_s,
        denied=truth.denied,
    )
    if as_json:
        print_json(
            {**as_record(result), "score": score_record(found), "politeness": asdict(manners)}
        )
    else:
        print_table(COLUMNS, (_row(view) for view in views))
        click.echo(f"\n{manners.summary()}\n{found.summary()}")
        session.remark(f"Look around: wiretrace -c {config.file} clusters")
        click.echo(result.report)
    return 0 if found.reached == found.reachable and not found.impure else 1


def _prepare(folder: Path, text: str) -> Config:
    """Write the watchlist into a folder that is empty or an earlier demo's, and read it back."""
    file = folder / FILE_NAME
    first_line = text.splitlines()[0]
    if folder.exists() and any(folder.iterdir()):
        ours = file.is_file() and file.read_text(errors="replace").startswith(first_line)
        if not ours:
            raise InputError(
                f"{folder} holds something else than a demo.", "Name an empty folder with --keep."
            )
        # Yesterday's articles would stand beside today's: the stories are always two days old.
        shutil.rmtree(folder / "output", ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    # The demo is the same everywhere, whatever the person has set for their own crawls.
    return load_config(file, environ={})


@contextmanager
def _proxied(address: str) -> Iterator[None]:
    """Point every crawl of this process at the newsroom, whatever the machine's proxy is."""
    names = [spelling for name in PROXIES for spelling in (name, name.upper())]
    before = {name: os.environ.pop(name) for name in names if name in os.environ}
    os.environ |= {"http_proxy": address, "https_proxy": address}
    try:
        yield
    finally:
        for name in ("http_proxy", "https_proxy"):
            os.environ.pop(name, None)
        os.environ |= before


def _look(config: Config, truth: Truth, log: list[Request]) -> tuple[list[ClusterView], Score]:
    with closing(Store.open(config.store_path, read_only=True)) as store:
        clusters = list(store.clusters())
        views = [
            build_cluster(
                cluster, articles_of(store, (member.article_id for member in cluster.members))
            )
            for cluster in clusters
            if len(cluster.members) > 1
        ]
        return views, score(truth, store.articles(), clusters, log)


def _row(view: ClusterView) -> tuple[object, ...]:
    relations = Counter(
        "reference" if member.reference else RELATION_WORDS[member.relation]
        for member in view.members
    )
    return (
        len(view.members),
        len(view.sites),
        view.first.site if view.first else "unknown",
        said(view.first.time) if view.first else "",
        ", ".join(f"{n} {name}" for name, n in relations.most_common()),
        view.headline,
    )


def score_record(found: Score) -> dict[str, Any]:
    """Give the measure as `--json` prints it."""
    return {**asdict(found), "pair_f1": found.pair_f1}
