"""Make the facts, the searchable words and the page of each cluster that changed.

Clusters arrive with a digest each; facts and words leave, and pages are written. Articles are read
in batches and handed to worker processes where there are many, so that a large report takes every
core and little memory.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from crawler.items import Article, Bridge, Cluster, Network, Pair, Provenance
from crawler.report.atomic import explained
from crawler.report.changes import Plan
from crawler.report.clusters import cluster_view, members_known
from crawler.report.facts import ArticleDigest, ClusterFacts, facts_of, searchable
from crawler.report.html import cluster_page
from crawler.report.ledger import as_json
from crawler.report.source import ReportSource
from crawler.report.views import day_page
from crawler.report.wording import shown
from crawler.workers import WorkerPool, worker_count

T = TypeVar("T")


class Made(NamedTuple):
    """A cluster that was made anew."""

    facts: ClusterFacts
    """What other pages tell of it."""
    words: str
    """Its searchable words, as JSON; empty for a single article."""
    size: int
    """Bytes of its page; 0 for a single article."""


# Clusters handed to a worker at once: some hundred articles, one or two MB.
BATCH = 50
# From this many changed clusters on, processes of their own pay for their start of a second.
PARALLEL_FROM = 400
# Far beyond what a batch takes (a second); a worker that hangs must not hold the run for ever.
DEADLINE_S = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One cluster with everything its page needs."""

    cluster: Cluster
    digest: str
    page: str
    """Where it is told; only clusters of two and more have a page of their own."""
    articles: Mapping[str, Article]
    digests: Mapping[str, ArticleDigest]
    pairs: Mapping[str, Sequence[Pair]]
    pages: Mapping[str, str]
    networks: Mapping[str, Network]
    provenance: Provenance | None
    bridges: Mapping[str, Sequence[Bridge]]


def made_anew(
    changed: Sequence[tuple[Cluster, str]],
    source: ReportSource,
    todo: Plan,
    pages: Mapping[str, str],
    folder: Path | None,
) -> Iterator[Made]:
    """Make the facts of changed clusters, and their pages where a folder is given."""
    batches = (
        _jobs(batch, source, todo, pages, with_relatives=folder is not None)
        for batch in _batches(changed, BATCH)
    )
    if folder is None or len(changed) < PARALLEL_FROM:
        for batch in batches:
            yield from make_batch(batch, folder)
        return
    processes = worker_count(0)
    with WorkerPool(processes, DEADLINE_S) as pool:
        waiting = []
        for batch in batches:
            waiting.append(pool.submit(make_batch, batch, folder))
            if len(waiting) > 2 * processes:  # what waits is held in memory
                yield from pool.result_of(waiting.pop(0))
        for future in waiting:
            yield from pool.result_of(future)


def _jobs(
    batch: Sequence[tuple[Cluster, str]],
    source: ReportSource,
    todo: Plan,
    pages: Mapping[str, str],
    *,
    with_relatives: bool,
) -> list[Job]:
    ids = {
        cluster.id: [one.article_id for one in cluster.members if one.article_id in source.digests]
        for cluster, _ in batch
    }
    members = {one for known in ids.values() for one in known}
    wanted = members | (_beside(members, todo) if with_relatives else set())
    articles = source.articles(wanted)
    jobs = []
    for cluster, digest in batch:
        own = [one for one in ids[cluster.id] if one in articles]
        if not own:
            continue  # deleted between the digest and now
        own_pairs = {one: todo.pairs[one] for one in own if one in todo.pairs}
        near = _beside(own, todo) if with_relatives else set()
        around = {one: articles[one] for one in {*own, *near} if one in articles}
        jobs.append(
            Job(
                cluster=cluster,
                digest=digest,
                page="" if with_relatives else day_page(articles[own[0]]),
                articles=around,
                digests={one: source.digests[one] for one in own},
                pairs=own_pairs if with_relatives else {},
                pages={one: pages[one] for one in near if one in pages},
                networks={
                    around[one].site: todo.networks[around[one].site]
                    for one in own
                    if around[one].site in todo.networks
                },
                provenance=source.provenance.get(cluster.id),
                bridges={one: todo.bridges[one] for one in own if one in todo.bridges},
            )
        )
    return jobs


def _beside(members: Iterable[str], todo: Plan) -> set[str]:
    """Give the articles outside that the pages of these members name."""
    known = list(members)
    pairs = [pair for one in known for pair in todo.pairs.get(one, ())]
    bridges = [bridge for one in known for bridge in todo.bridges.get(one, ())]
    return {name for pair in pairs for name in (pair.a, pair.b)} | {
        bridge.article_id for bridge in bridges
    }


def make_batch(jobs: Sequence[Job], folder: Path | None) -> list[Made]:
    """Make the facts of each cluster and, where a folder is given, its words and its page."""
    made = []
    for job in jobs:
        members = [
            member
            for member in members_known(job.cluster, job.articles)
            if member.article_id in job.digests
        ]
        view = cluster_view(
            job.cluster,
            members,
            job.articles,
            job.pairs,
            job.pages,
            provenance=job.provenance,
            networks=job.networks,
            bridges=job.bridges,
        )
        size, words = 0, ""
        if folder is not None:
            size = write_page(folder / view.page, cluster_page(view))
            words = as_json(shown(searchable(view)))
        facts = facts_of(view, job.digest, job.page or view.page, job.digests)
        made.append(Made(facts=facts, words=words, size=size))
    return made


def _batches(things: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch


def write_page(path: Path, page: str) -> int:
    """Write a page and give its bytes; half a surrogate pair, no UTF-8, becomes a question mark."""
    with explained(path):
        return path.write_bytes(page.encode("utf-8", "replace"))
