"""Comparison of each site's articles: what the site repeats in many stories is no part of them."""

from crawler import __version__
from crawler.config import Config
from crawler.extraction import drop_repeats
from crawler.runs.result import Clock, Progress
from crawler.store import Store

STAGE = "compare"


def compare_sites(config: Config, run_id: str, now: Clock, progress: Progress) -> None:
    """Take out of the stored articles what their site repeats, of sites that have enough of them.

    Only sites whose articles changed are read: comparing the others again would change nothing.
    What is stored depends on the set of articles, not on the order in which they came.
    """
    del now  # Nothing here depends on the present time.
    with Store.open(config.store_path) as store:
        sites = store.uncompared_sites(__version__)
        progress.start(STAGE, len(sites))
        for site in sites:
            with store.transaction():
                for article in drop_repeats(store.articles_of_site(site)):
                    store.save_article(article, page_id=None)
                    store.count(run_id, "articles-cut")
                store.keep_compared(site, __version__)
            progress.advance(STAGE)
        progress.done(STAGE)
