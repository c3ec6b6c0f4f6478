"""Comparison of each site's articles: what the site repeats in many stories is no part of them."""

from crawler.config import Config
from crawler.extraction import drop_repeats
from crawler.runs.result import Clock, Progress
from crawler.store import Store

STAGE = "compare"


def compare_sites(config: Config, run_id: str, now: Clock, progress: Progress) -> None:
    """Take out of the stored articles what their site repeats, all sites that have enough of them.

    What is stored depends on the set of articles, not on the order in which they came.
    """
    del now  # Nothing here depends on the present time.
    with Store.open(config.store_path) as store:
        sites = store.sites()
        progress.start(STAGE, len(sites))
        for site in sites:
            for article in drop_repeats(store.articles_of_site(site)):
                store.save_article(article, page_id=None)
                store.count(run_id, "articles-cut")
            progress.advance(STAGE)
        progress.done(STAGE)
