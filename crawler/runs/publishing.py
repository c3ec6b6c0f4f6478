"""The publishing leg: what is stored -> the report in `output/report/`."""

from collections.abc import Collection
from pathlib import Path

from crawler.config import Config
from crawler.items import Article, Cluster, Run
from crawler.report import ArticleDigest, ReportSource, atom_feed, build_report, replacing_file
from crawler.runs.result import Clock, Progress
from crawler.runs.stories import clusters_of_stories
from crawler.store import Store

STAGE = "report"


def publish_report(config: Config, run_id: str, now: Clock, progress: Progress) -> Path:
    """Write the report and give the path of its first page.

    With watched stories it is about their clusters alone. The run it tells of is the last one that
    crawled: a report made again later says what was not seen then.
    """
    progress.start(STAGE, None)
    with Store.open(config.store_path, read_only=True) as store:
        source = report_source(config, store, run_id, now())
        index = build_report(source, config.report_dir)
    progress.advance(STAGE, len(source.clusters))
    progress.done(STAGE)
    return index


def report_source(config: Config, store: Store, run_id: str, now: str) -> ReportSource:
    """Give what a report is made of; texts are read from the store as they are asked for."""
    run = _last_crawl(store, run_id)
    clusters: list[Cluster] = list(store.clusters())
    stories: dict[str, list[str]] = {}
    if config.stories:
        articles = {article.id: article for article in store.articles()}
        by_story = clusters_of_stories(config, store, articles, clusters)
        stories = {name: [cluster.id for cluster in found] for name, found in by_story.items()}
        wanted = {cluster_id for ids in stories.values() for cluster_id in ids}
        clusters = [cluster for cluster in clusters if cluster.id in wanted]
    return ReportSource(
        clusters=clusters,
        digests={
            article_id: ArticleDigest(record, words)
            for article_id, record, words in store.article_digests()
        },
        articles=lambda ids: _by_id(store, ids),
        now=now,
        pairs=store.pairs_across(),
        run=run,
        # A report made again is a run, too, and says nothing about what was seen.
        runs=[each for each in store.runs() if each.sources],
        health=store.source_health(),
        missed_runs=store.missed_runs(),
        drops=store.drops(run.id) if run else (),
        leads=store.leads(),
        page_failures=store.failed_pages(),
        stories=stories,
        provenance=store.provenances(),
        networks=store.networks(),
        bridges=store.bridges(),
    )


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
