"""The watchlist that the demo crawls."""

import tomllib

from crawler.config import SOURCE_KINDS
from crawler.newsroom import Newsroom, watchlist


def test_it_is_toml_that_names_every_seed_once(newsroom: Newsroom) -> None:
    table = tomllib.loads(watchlist(newsroom))
    sources = table["source"]
    given = {(kind, source[kind]) for source in sources for kind in SOURCE_KINDS if kind in source}
    assert given == {
        (seed.kind, seed.url) for publisher in newsroom.publishers for seed in publisher.seeds
    }
    assert len({source["name"] for source in sources}) == len(sources) == len(given)
    assert all(set(source) - {"name"} <= set(SOURCE_KINDS) for source in sources)


def test_it_sets_a_short_delay_and_a_contact(newsroom: Newsroom) -> None:
    crawl = tomllib.loads(watchlist(newsroom))["crawl"]
    assert 0 < crawl["delay_s"] <= 0.1
    assert crawl["contact"].startswith("https://")
