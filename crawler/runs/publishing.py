"""The publishing leg: what is stored -> the report in `output/report/`."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.config import Config
from crawler.items import Article, Bridge, Cluster, Lead, LeadState, Network, Run
from crawler.report import (
    ArticleDigest,
    ReportSource,
    State,
    atom_feed,
    build_report,
    former_report,
    network_digests,
    replacing_file,
)
from crawler.runs.result import Clock, Progress
from crawler.runs.stories import clusters_with_stories, remember_stories
from crawler.store import Store

STAGE = "report"
# Leads that are told of; the others were fetched or wait.
NOT_SEEN = (LeadState.LEFT_OUT, LeadState.REFUSED, LeadState.FAILED)


def publish_report(config: Config, run_id: str, now: Clock, progress: Progress) -> Path:
    """Write the report and give the path of its first page.

    With watched stories it is about their clusters alone. The run it tells of is the last one that
    crawled: a report made again later says what was not seen then.
    """
    progress.start(STAGE, None)
    with Store.open(config.store_path) as store:
        remember_stories(config, store)
        store.forget_changes()
    with Store.open(config.store_path, read_only=True) as store:
        former = former_report(config.report_dir)
        source = report_source(config, store, run_id, now(), former)
        index = build_report(source, config.report_dir, former)
    progress.advance(STAGE, len(source.clusters) + len(source.unread))
    progress.done(STAGE)
    return index


def report_source(
    config: Config, store: Store, run_id: str, now: str, former: State | None = None
) -> ReportSource:
    """Give what a report is made of; texts are read from the store as they are asked for.

    After a `former` report of this store only the clusters are read that changed since, and those
    whose pages name one that did.
    """
    mark = store.change_mark()
    stories = clusters_with_stories(config, store)
    told = (
        {one for ids in stories.values() for one in ids} if config.stories else store.cluster_ids()
    )
    networks, bridges = store.networks(), store.bridges()
    changed = _changed_since(former, store, told, networks, bridges) if former else None
    if former is None or changed is None:
        read = _whole(store, told)
    else:
        read = _part(store, changed & told, told - changed, bridges)
    run = _last_crawl(store, run_id)
    return ReportSource(
        clusters=read.clusters,
        unread=read.unread,
        homes=read.homes,
        digests=read.digests,
        articles=lambda ids: _by_id(store, ids),
        now=now,
        mark=mark,
        pairs=store.pairs_across(read.named),
        run=run,
        # A report made again is a run, too, and says nothing about what was seen.
        runs=[each for each in store.runs() if each.sources],
        health=store.source_health(),
        missed_runs=store.missed_runs(),
        drops=store.drops(run.id) if run else (),
        leads=_not_seen(store),
        page_failures=store.failed_pages(),
        quarantined=store.quarantined(),
        stories=stories,
        provenance=store.provenances(read.named),
        networks=networks,
        bridges=bridges,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """Clusters that were read, and what their pages need."""

    clusters: list[Cluster]
    digests: dict[str, ArticleDigest]
    """Of their articles, and of those that are named beside them."""
    named: Collection[str] | None = None
    """Their ids; None where all were read."""
    unread: Collection[str] = ()
    """Ids of the clusters that stand as the former report tells them."""
    homes: dict[str, str]
    """Article id to cluster id, for what is named beside them."""


def _whole(store: Store, told: set[str]) -> _Read:
    """Read all clusters that are told of."""
    clusters = [one for one in store.clusters() if one.id in told]
    return _Read(clusters=clusters, digests=_digests(store, None), homes={})


def _part(
    store: Store, changed: set[str], kept: Collection[str], bridges: Collection[Bridge]
) -> _Read:
    """Read some clusters, and of others what the pages of these name."""
    found = (store.find_cluster(one) for one in sorted(changed))
    clusters = [one for one in found if one is not None]
    members = {member.article_id for one in clusters for member in one.members}
    pairs = store.pairs_across(changed)
    beside = {article_id for pair in pairs for article_id in (pair.a, pair.b)}
    beside |= {one.article_id for one in bridges if not members.isdisjoint(one.beside)}
    return _Read(
        clusters=clusters,
        digests=_digests(store, sorted(members | beside)),
        named=changed,
        unread=kept,
        homes=store.homes(beside - members),
    )


def _changed_since(
    former: State,
    store: Store,
    told: set[str],
    networks: Collection[Network],
    bridges: Collection[Bridge],
) -> set[str] | None:
    """Find the clusters that may have to be told otherwise than in the former report.

    None where all must be read: there is no former report that looks as those of now do, or the
    store cannot tell what changed since.
    """
    changed = store.changed_clusters(former.mark) if former.kept else None
    if changed is None:
        return None
    now = network_digests(networks).items()
    changed |= former.damaged
    changed |= store.clusters_on({site for site, _ in now ^ former.networks.items()})
    # What a story has won or lost gets a page or loses it, and those beside it link there.
    changed |= former.clusters.keys() ^ told
    changed |= store.clusters_beside(changed)
    refused = store.homes(one.article_id for one in bridges)
    near = {
        name for one in bridges if refused.get(one.article_id) in changed for name in one.beside
    }
    return changed | set(store.homes(near).values())


def _digests(store: Store, ids: Collection[str] | None) -> dict[str, ArticleDigest]:
    return {article_id: ArticleDigest(*given) for article_id, *given in store.article_digests(ids)}


def _not_seen(store: Store) -> Iterator[Lead]:
    for state in NOT_SEEN:
        yield from store.leads(state)


def _by_id(store: Store, ids: Collection[str]) -> dict[str, Article]:
    return {article.id: article for article in store.articles(ids)}


def _last_crawl(store: Store, run_id: str) -> Run | None:
    crawled = store.last_crawl()
    return crawled or next((run for run in store.runs() if run.id == run_id), None)


def publish_news(config: Config, now: Clock) -> None:
    """Write the last events to `output/feed.xml`."""
    with Store.open(config.store_path, read_only=True) as store:
        events = store.events(config.notify.feed_entries)
        origin = store.first_run_id() or ""
    with replacing_file(config.output / "feed.xml") as stream:
        stream.write(atom_feed(events, origin=origin, now=now()))
