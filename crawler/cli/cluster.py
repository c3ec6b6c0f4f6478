"""`wiretrace cluster`: the second leg of a run, or the clustering alone on anybody's texts."""

from pathlib import Path
from typing import BinaryIO

import click

from crawler.cli.command import Command, json_option
from crawler.cli.output import binary_stdout
from crawler.cli.progress import progress_of
from crawler.cli.session import session_of
from crawler.cli.summary import do
from crawler.engines.local import cluster_articles
from crawler.errors import UsageError
from crawler.provenance import hear, survey, trace
from crawler.report import export_clusters, export_pairs, form_of, read_articles

OUT = click.Path(path_type=Path, dir_okay=False, allow_dash=True)


@click.command(
    cls=Command,
    examples=(
        "wiretrace cluster",
        "wiretrace cluster --input articles.jsonl.gz --output clusters.jsonl --pairs pairs.jsonl",
        "wiretrace extract pages/*.html | wiretrace cluster --input - > clusters.jsonl",
    ),
)
@click.option(
    "--input",
    "source",
    type=OUT,
    help='Articles as JSON lines, gzip or not; "-" is standard input. Without it: the store.',
)
@click.option("--output", type=OUT, help="Where the clusters go, with --input.  [default: stdout]")
@click.option("--pairs", type=OUT, help="Where the compared pairs go, with --input.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    source: Path | None,
    output: Path | None,
    pairs: Path | None,
    *,
    as_json: bool,
) -> int:
    """Group articles into clusters of copies, each verified against its medoid.

    Without --input the stored articles are clustered into the store. With it, any articles are:
    one object a line with at least "id" and "text" (docs/schema.md has the fields).
    """
    if source is None:
        if output or pairs:
            raise UsageError("--output and --pairs go with --input.", "For the store see export.")
        # Here alone: the crawl's libraries take a second to load, and files need none of them.
        from crawler import runs  # noqa: PLC0415 - see above

        return do(context, runs.cluster, required=False, as_json=as_json).exit_code
    return _cluster_file(context, source, output or Path("-"), pairs)


def _target(path: Path) -> Path | BinaryIO:
    return binary_stdout() if str(path) == "-" else path


def _cluster_file(context: click.Context, source: Path, output: Path, pairs: Path | None) -> int:
    # Here alone: extraction's libraries take a second to load, and the agencies are its data.
    from crawler.extraction.spellings import agency_names, agency_sites  # noqa: PLC0415 - see above

    session = session_of(context)
    config = session.config()
    forms = {
        path: "jsonl" if str(path) == "-" else form_of(path) for path in (output, pairs) if path
    }
    articles = list(read_articles(source))
    with progress_of(quiet=session.quiet) as progress:
        progress.start("cluster", len(articles))
        found = cluster_articles(
            articles,
            config.fingerprint,
            config.clustering,
            lambda n: progress.advance("cluster", n),
        )
        progress.done("cluster")
    known = survey(
        hear(articles, agency_names()),
        networks={network.name: network.sites for network in config.networks},
        agency_sites=agency_sites(),
    )
    by_id = {article.id: article for article in articles}
    traced = [trace(cluster, by_id, known) for cluster in found.clusters]
    export_clusters(
        (cluster for cluster, _ in traced),
        {article.id: article.url for article in articles},
        _target(output),
        form=forms[output],
        provenance={each.cluster_id: each for _, each in traced if each is not None},
        networks=known.networks,
    )
    if pairs:
        export_pairs(found.pairs, _target(pairs), form=forms[pairs])
    groups = sum(len(cluster.members) > 1 for cluster in found.clusters)
    session.remark(
        f"{len(articles)} articles, {groups} clusters of copies, {len(found.pairs)} pairs"
    )
    return 0
