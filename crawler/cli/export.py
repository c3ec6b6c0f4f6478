"""`wiretrace export`: what is stored, for other programs."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import click

from crawler.cli.clusters import articles_of
from crawler.cli.command import Command
from crawler.cli.output import binary_stdout
from crawler.cli.session import session_of
from crawler.errors import UsageError
from crawler.report import (
    Form,
    build_cluster,
    export_articles,
    export_clusters,
    export_pairs,
    export_provenance,
    form_of,
    outlet_graph,
    replacing_file,
    version_graph,
)
from crawler.report.export import FORMS
from crawler.report.news import FEWEST_COPIES
from crawler.report.view import ClusterView
from crawler.store import Store

KINDS = ("articles", "clusters", "pairs", "provenance", "versions", "outlets")


@click.command(
    cls=Command,
    examples=(
        "wiretrace export clusters",
        "wiretrace export articles --to articles.jsonl.gz",
        "wiretrace export clusters --to clusters.csv",
        "wiretrace export pairs --to pairs.parquet",
        "wiretrace export provenance --to provenance.jsonl",
        "wiretrace export articles --format csv | head",
        "wiretrace export versions --to versions.graphml",
        "wiretrace export outlets --to flow.graphml",
    ),
)
@click.argument("kind", type=click.Choice(KINDS))
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default=Path("-"),
    help="File to write; its name tells the form.  [default: stdout]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="Form, when the file's name does not tell it.",
)
@click.pass_context
def command(context: click.Context, kind: str, to: Path, form: Form | None) -> None:
    """Write the stored articles, clusters, pairs or provenance, or two graphs.

    Provenance is one line a cluster of copies: who may have been first and why, what was not seen,
    and the version tree.

    The graphs are GraphML (.graphml): `versions` has the tree of each cluster's versions, `outlets`
    who ran later what whom had first.

    JSON lines (.jsonl), CSV (.csv) or Parquet (.parquet); JSON lines and CSV are packed when the
    name ends in .gz. A file is replaced only when the new one is whole.
    """
    stdout = str(to) == "-"
    if kind in GRAPHS:
        _write_graph(context, kind, to, form)
        return
    chosen = form or ("jsonl" if stdout else form_of(to))
    if stdout and chosen == "parquet":
        raise UsageError("Parquet is no stream.", "Name a file with --to.")
    target = binary_stdout() if stdout else to
    session = session_of(context)
    with closing(session.read_store()) as store:
        count = WRITERS[kind](store, target, chosen)
    session.remark(f"{count} {kind if kind in ('articles', 'pairs') else 'rows'} written" + _to(to))


def _write_graph(context: click.Context, kind: str, to: Path, form: Form | None) -> None:
    if form is not None:
        raise UsageError(f"A graph is no {form}.", "Leave --format out: graphs are GraphML.")
    with closing(session_of(context).read_store()) as store:
        document = GRAPHS[kind](_groups(store))
    if str(to) == "-":
        binary_stdout().write(document)
        return
    with replacing_file(to) as file:
        file.write(document)
    session_of(context).remark(f"the graph of {kind} written to {to}")


def _groups(store: Store) -> Iterator[ClusterView]:
    """Give the clusters of two and more, largest first; articles are read one cluster at a time."""
    for cluster in store.clusters():
        if len(cluster.members) < FEWEST_COPIES:
            return
        articles = articles_of(store, (member.article_id for member in cluster.members))
        if articles:
            yield build_cluster(cluster, articles, provenance=store.provenance(cluster.id))


def _to(to: Path) -> str:
    return "" if str(to) == "-" else f" to {to}"


def _articles(store: Store, target: Path | BinaryIO, form: Form) -> int:
    return export_articles(store.articles(), target, form=form)


def _clusters(store: Store, target: Path | BinaryIO, form: Form) -> int:
    urls = {article.id: article.url for article in store.articles()}
    return export_clusters(
        store.clusters(),
        urls,
        target,
        form=form,
        provenance=store.provenances(),
        networks=store.networks(),
    )


def _pairs(store: Store, target: Path | BinaryIO, form: Form) -> int:
    return export_pairs(store.pairs(), target, form=form)


def _provenance(store: Store, target: Path | BinaryIO, form: Form) -> int:
    return export_provenance(store.provenances().values(), target, form=form)


WRITERS: dict[str, Callable[[Store, Path | BinaryIO, Form], int]] = {
    "articles": _articles,
    "clusters": _clusters,
    "pairs": _pairs,
    "provenance": _provenance,
}
"""How each kind is written."""
GRAPHS: dict[str, Callable[[Iterable[ClusterView]], bytes]] = {
    "versions": version_graph,
    "outlets": outlet_graph,
}
"""How each graph is made."""
