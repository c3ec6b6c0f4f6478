"""`wiretrace clusters`: who copied what, one line a cluster."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, replace
from itertools import islice
from typing import Any

import click

from crawler.cli.command import Command, json_option
from crawler.cli.fitting import Column
from crawler.cli.output import print_json, print_table
from crawler.cli.session import session_of
from crawler.config import Config
from crawler.errors import NotFound
from crawler.items import Article
from crawler.report import build_cluster, cluster_lines
from crawler.report.terminal import ClusterLine, owner_count
from crawler.report.view import ClusterView
from crawler.store import Store
from crawler.urls import site_of

COLUMNS = (
    Column(title="cluster", style="cyan"),
    Column(title="copies", right=True),
    Column(title="outlets", right=True, spare=2),
    Column(title="owners", right=True, spare=6),
    Column(title="first", folds=True, least=26),
    Column(title="time", folds=True, least=12, spare=1),
    Column(title="lead", folds=True, least=10, spare=4),
    Column(title="credits", folds=True, least=8, spare=3),
    Column(title="headline", folds=True, least=28),
)
LIMIT = 50
"""Lines shown unless more are asked for: two screens."""


@click.command(
    cls=Command,
    examples=(
        "wiretrace clusters",
        "wiretrace clusters --min-copies 5 --site example.org",
        "wiretrace clusters --story 'bridge reopened'",
        "wiretrace clusters --words bridge --json | jq -r '.[].id'",
        "wiretrace clusters --limit 0 > all.tsv",
    ),
)
@click.option("--min-copies", default=2, show_default=True, help="Fewest copies; 1 shows singles.")
@click.option("--words", help="Only clusters that have all these words in a headline.")
@click.option("--story", help="Only clusters that carry this [[story]] of the watchlist.")
@click.option("--site", help="Only clusters with a copy on this site.")
@click.option("--limit", default=LIMIT, show_default=True, help="Most lines; 0 is all.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    min_copies: int,
    words: str | None,
    story: str | None,
    site: str | None,
    limit: int,
    *,
    as_json: bool,
) -> None:
    """List the clusters, most copies first: who was first, by how much, on whose authority.

    "owners" counts the outlets of one network once. "first" is the outlet that ran it first; with a
    ~ it most likely did, "a or b" is one of these.
    "lead" is the time from the first copy that can be trusted to the next one.
    """
    session = session_of(context)
    with closing(session.read_store()) as store:
        only = None if story is None else _ids_of_story(session.config(), store, story)
        found = _matching(_views(store, min_copies, only), words, site)
        views = list(islice(found, limit or None))
        more = limit and next(found, None) is not None
    if as_json:
        print_json([as_record(view) for view in views])
        return
    print_table(COLUMNS, map(row_of, cluster_lines(views)))
    if more:
        session.remark(f"There are more: --limit 0 shows all, --limit {limit * 2} the next ones.")


def _views(store: Store, min_copies: int, only: set[str] | None) -> Iterator[ClusterView]:
    """Give the clusters, largest first; articles are read one cluster at a time."""
    networks = store.networks()
    for cluster in store.clusters():
        if len(cluster.members) < min_copies:
            return
        if only is not None and cluster.id not in only:
            continue
        articles = articles_of(store, (member.article_id for member in cluster.members))
        if articles:
            yield build_cluster(
                cluster, articles, provenance=store.provenance(cluster.id), networks=networks
            )


def _ids_of_story(config: Config, store: Store, name: str) -> set[str]:
    # Here alone: the crawl's libraries take a second to load, and a plain list needs none.
    from crawler.runs.stories import clusters_with_stories  # noqa: PLC0415 - see above

    wanted = tuple(story for story in config.stories if story.name == name)
    if not wanted:
        known = ", ".join(repr(story.name) for story in config.stories) or "none"
        raise NotFound(f"The watchlist has no story {name!r}.", f"It has: {known}.")
    return set(clusters_with_stories(replace(config, stories=wanted), store)[name])


def view_of(store: Store, name: str) -> ClusterView:
    """Give a cluster by its id or its beginning, with relatives and provenance.

    Raises:
        NotFound: there is none, or more than one.
    """
    cluster = store.cluster(name)
    ids = [member.article_id for member in cluster.members]
    pairs = list(store.pairs(ids))
    others = {identity for pair in pairs for identity in (pair.a, pair.b)}
    return build_cluster(
        cluster,
        articles_of(store, {*ids, *others}),
        pairs,
        provenance=store.provenance(cluster.id),
        networks=store.networks(),
    )


def articles_of(store: Store, ids: Iterable[str]) -> dict[str, Article]:
    """Give stored articles by id."""
    return {article.id: article for article in store.articles(list(ids))}


def _matching(
    views: Iterator[ClusterView], words: str | None, site: str | None
) -> Iterator[ClusterView]:
    wanted = (words or "").casefold().split()
    home = site and (site_of(site) if "://" in site else site.casefold())
    for view in views:
        headlines = " ".join(headline.text for headline in view.headlines).casefold()
        if all(word in headlines for word in wanted) and (not home or home in view.sites):
            yield view


def row_of(line: ClusterLine) -> tuple[object, ...]:
    """Give a cluster's cells."""
    return (
        line.cluster,
        line.copies,
        line.outlets,
        line.owners,
        line.first,
        line.time,
        line.lead,
        line.credit,
        line.headline,
    )


def as_record(view: ClusterView) -> dict[str, Any]:
    """Give a cluster as `--json` prints it."""
    first = view.first
    answer = view.provenance.first if view.provenance else None
    return {
        "id": view.id,
        "headline": view.headline,
        "copies": len(view.members),
        "sites": list(view.sites),
        "owners": owner_count(view),
        "first": first and {"id": first.article_id, "site": first.site, "time": first.time.iso},
        "certainty": answer and answer.certainty.value,
        "candidates": [{"id": each.article_id, "score": each.score} for each in answer.candidates]
        if answer
        else [],
        "origin": answer and answer.origin,
        "lead_s": view.lead_s,
        "lead_low_s": answer and answer.lead_low_s,
        "lead_high_s": answer and answer.lead_high_s,
        "gaps": [asdict(gap) for gap in answer.gaps] if answer else [],
        "span_s": view.span_s,
        "agencies": dict(view.agencies),
        "versions": len(view.versions),
    }
