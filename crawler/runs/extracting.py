"""Extraction of stored pages, in worker processes, without fetching."""

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from crawler.config import Config
from crawler.errors import PageError, WorkError
from crawler.extraction import extract
from crawler.items import Article, Drop, Page
from crawler.runs.result import Clock, Progress
from crawler.store import Store
from crawler.urls import article_id
from crawler.workers import WorkerPool, worker_count

if TYPE_CHECKING:
    from concurrent.futures import Future

STAGE = "extract"
# Pages that wait for each worker: enough that none is idle, few enough that memory stays flat.
AHEAD = 4

Job = tuple[int, Page, "Future[Article]"]


def extract_stored(config: Config, run_id: str, now: Clock, progress: Progress) -> None:
    """Extract the latest fetch of every page again; a page that fails loses its old article."""
    del now  # Nothing here depends on the present time: an article keeps the time of its fetch.
    limits = config.extraction
    with (
        Store.open(config.store_path) as store,
        WorkerPool(worker_count(limits.workers), limits.deadline_s) as pool,
    ):
        progress.start(STAGE, store.page_count())
        for page_id, page, job in _jobs(store, pool, config):
            try:
                store.save_article(pool.result_of(job), page_id=page_id)
                store.count(run_id, "articles")
            except (PageError, WorkError) as error:
                with store.transaction():
                    store.delete_article(article_id(page.url))
                    store.fail_page(page_id, error.slug, str(error))
                    store.drop(
                        run_id,
                        Drop(
                            source=page.source,
                            reason=error.slug,
                            url=page.url,
                            detail=str(error),
                        ),
                    )
            progress.advance(STAGE)
        progress.done(STAGE)


def _jobs(store: Store, pool: WorkerPool, config: Config) -> Iterator[Job]:
    """Keep the workers busy a few pages ahead; give the jobs in the order of the pages."""
    waiting: deque[Job] = deque()
    for page_id, page in store.pages():
        waiting.append((page_id, page, pool.submit(extract, page, config.extraction)))
        if len(waiting) > AHEAD * pool.processes:
            yield waiting.popleft()
    yield from waiting
