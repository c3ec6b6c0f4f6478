"""Local publishers with known truth: the demo's web and the end-to-end tests'.

    newsroom = Newsroom.build(now)
    with newsroom.serve() as server:
        ...  # crawl watchlist(newsroom) through server.proxy_url
    result = score(newsroom.truth(), articles, clusters, server.log)

The publishers, their stories and everybody in them are invented.
"""

from crawler.newsroom.faults import FAULTS, Fault, fault_watchlist, with_faults
from crawler.newsroom.newsroom import Newsroom
from crawler.newsroom.politeness import HostPoliteness, Politeness, politeness
from crawler.newsroom.records import (
    Document,
    Publisher,
    Request,
    Seed,
    TruePage,
    TrueStory,
    Truth,
)
from crawler.newsroom.scoring import Score, score
from crawler.newsroom.server import NewsroomServer
from crawler.newsroom.watchlist import watchlist

__all__ = [
    "FAULTS",
    "Document",
    "Fault",
    "HostPoliteness",
    "Newsroom",
    "NewsroomServer",
    "Politeness",
    "Publisher",
    "Request",
    "Score",
    "Seed",
    "TruePage",
    "TrueStory",
    "Truth",
    "fault_watchlist",
    "politeness",
    "score",
    "watchlist",
    "with_faults",
]
