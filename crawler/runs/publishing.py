"""The publishing leg: what is stored -> the report in `output/report/`."""

from pathlib import Path

from crawler.config import Config
from crawler.items import Cluster, Run
from crawler.report import build_report, build_view
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
        run = _last_crawl(store, run_id)
        articles = {article.id: article for article in store.articles()}
        clusters: list[Cluster] = list(store.clusters())
        if config.stories:
            by_story = clusters_of_stories(config, store, articles, clusters)
            wanted = {cluster.id for found in by_story.values() for cluster in found}
            clusters = [cluster for cluster in clusters if cluster.id in wanted]
        view = build_view(
            articles,
            clusters,
            store.pairs(),
            now=now(),
            run=run,
            drops=store.drops(run.id) if run else (),
            leads=store.leads(),
            page_failures=store.failed_pages(),
            stories=[story.name for story in config.stories],
        )
    index = build_report(view, config.report_dir)
    progress.advance(STAGE, len(clusters))
    progress.done(STAGE)
    return index


def _last_crawl(store: Store, run_id: str) -> Run | None:
    crawled = store.last_crawl()
    return crawled or next((run for run in store.runs() if run.id == run_id), None)
