"""Render `examples/report/` from the demo's publishers: `python -m tests.report.example FOLDER`.

The demo itself crawls over HTTP, by the clock of the machine. Here the same pages are taken from
the newsroom as it stands at a fixed time, so that the report is the same on every machine.
"""

import shutil
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from crawler.config import Config
from crawler.errors import PageError
from crawler.extraction import extract, file_article
from crawler.items import Page, SourceOutcome
from crawler.newsroom import Newsroom
from crawler.report import build_report, former_report
from crawler.report.state import STATE
from crawler.runs.clustering import cluster_store
from crawler.runs.publishing import report_source
from crawler.runs.quiet import Quiet
from crawler.store import Store

BUILT = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
RUN = "20260304T060000Z-demo"
# The first report is made of what was out by this time; so the second has something new to tell.
FIRST_PART = BUILT - timedelta(hours=20)


def render(folder: Path) -> None:
    """Write the report of a fixed morning into a folder, without what only the next one needs."""
    newsroom = Newsroom.build(BUILT)
    with tempfile.TemporaryDirectory(prefix="wiretrace-example-") as place:
        config = Config(output=Path(place))
        with Store.open(config.store_path) as store:
            store.begin_run(RUN, now=_said(BUILT))
        for now in (FIRST_PART, BUILT):
            with Store.open(config.store_path) as store:
                _store(newsroom, store, config, now)
            cluster_store(config, RUN, partial(_said, now), Quiet())
            with Store.open(config.store_path, read_only=True) as store:
                former = former_report(config.report_dir)
                source = report_source(config, store, RUN, _said(now), former)
                build_report(source, config.report_dir, former)
        shutil.rmtree(config.report_dir / STATE)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(config.report_dir, folder)


def _store(newsroom: Newsroom, store: Store, config: Config, now: datetime) -> None:
    """Store the pages that a polite crawl reaches and that were out by a time."""
    known = {article.url for article in store.articles()}
    for true in newsroom.truth().pages:
        if true.blocked or true.url in known or datetime.fromisoformat(true.published) > now:
            continue
        # One publisher's AMP pages as well, which a list of addresses may name.
        forms = [url for url in true.variants if "/amp/" in url]
        for url in (true.url, *true.parts, *forms):
            page = _page(newsroom, url, f"{true.host} feed", now)
            page_id = store.save_page(page)
            try:
                article = extract(page, config.extraction)
            except PageError as error:
                store.fail_page(page_id, error.slug, str(error))
                continue
            most = config.crawl.article_pages
            file_article(store, article, page_id=page_id, lead=None, most=most)
    for publisher in newsroom.publishers:
        outcome = SourceOutcome(
            source=f"{publisher.host} feed", documents=1, leads=6, new_leads=6, failures=0
        )
        store.source_outcome(RUN, outcome)
    store.end_run(RUN, outcome="done", now=_said(now))


def _page(newsroom: Newsroom, url: str, source: str, now: datetime) -> Page:
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    document = newsroom.documents[str(parts.hostname), path]
    return Page(
        url=url,
        requested_url=url,
        source=source,
        status=200,
        content_type=document.headers["Content-Type"],
        body=document.body,
        fetched=_said(now),
    )


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


if __name__ == "__main__":
    render(Path(sys.argv[1]))
