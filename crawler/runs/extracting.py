"""Extraction of stored pages, in worker processes, without fetching."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from crawler.config import Config, ExtractionLimits
from crawler.errors import PageError, WorkError
from crawler.extraction import file_article, read_article, take_out
from crawler.items import Article, Page, Template
from crawler.runs.result import Clock, Progress
from crawler.store import Store
from crawler.urls import article_id
from crawler.workers import DEATHS, WorkerPool, worker_count

if TYPE_CHECKING:
    from concurrent.futures import Future

STAGE = "extract"
# Pages that wait for each worker: enough that none is idle, few enough that memory stays flat.
AHEAD = 4
# Workers that die under a page before it is put aside.
TRIES = 2

Reading = tuple[Article, Template | None]

Job = tuple[int, Page, "Future[Reading]"]


def read_again(page: Page, limits: ExtractionLimits) -> "Reading":
    """Extract a page without a template, and say how it is laid out."""
    article, layout = read_article(page, limits, learn=True)
    return article, layout.template


def extract_stored(
    config: Config, run_id: str, now: Clock, progress: Progress, *, only_quarantined: bool = False
) -> None:
    """Extract the latest fetch of every page again; a page that fails loses its old article.

    Templates are thrown away and learned again from what comes out. What is in quarantine is tried
    as well: an upgrade, or another limit, may have made it harmless. With `only_quarantined`
    nothing else is, and the templates stay.
    """
    limits = config.extraction
    most = config.crawl.article_pages
    with (
        Store.open(config.store_path) as store,
        WorkerPool(worker_count(limits.workers), limits.deadline_s, limits.max_memory_mb) as pool,
    ):
        if not only_quarantined:
            store.forget_layouts()
        pages = store.quarantined_pages() if only_quarantined else store.pages()
        count = len(store.quarantined()) if only_quarantined else store.page_count()
        progress.start(STAGE, count)
        for page_id, page, job in _jobs(pages, pool, config):
            try:
                article, layout = _outcome(pool, page, job, limits)
                with store.transaction():
                    _file(store, run_id, article, page_id, page, most)
                    if layout is not None and store.has_article(article.id):
                        store.save_layout(article.id, layout, fetched=page.fetched)
                    store.count(run_id, "articles")
            except (PageError, WorkError) as error:
                died = isinstance(error, DEATHS)
                with store.transaction():
                    take_out(store, article_id(page.url), most=most)
                    store.put_aside(
                        run_id,
                        page_id,
                        page,
                        reason=error.slug,
                        detail=str(error),
                        deaths=TRIES if died else None,
                        now=now(),
                    )
                    if died:
                        store.count(run_id, "quarantined")
            progress.advance(STAGE)
        progress.done(STAGE)


def _file(store: Store, run_id: str, article: Article, page_id: int, page: Page, most: int) -> None:
    """Join an article with its other addresses; the next crawl fetches the pages that it lacks."""
    more = file_article(store, article, page_id=page_id, lead=page.lead, most=most)
    if more:
        store.count(run_id, "parts-wanted", store.add_leads(more, run_id=run_id))


def _jobs(pages: Iterable[tuple[int, Page]], pool: WorkerPool, config: Config) -> Iterator[Job]:
    """Keep the workers busy a few pages ahead; give the jobs in the order of the pages."""
    waiting: deque[Job] = deque()
    for page_id, page in pages:
        waiting.append((page_id, page, pool.submit(read_again, page, config.extraction)))
        if len(waiting) > AHEAD * pool.processes:
            yield waiting.popleft()
    yield from waiting


def _outcome(
    pool: WorkerPool, page: Page, job: "Future[Reading]", limits: ExtractionLimits
) -> Reading:
    """Wait for a job; one whose worker died is done once more, by another."""
    try:
        return pool.result_of(job)
    except DEATHS:
        return pool.result_of(pool.submit(read_again, page, limits))
