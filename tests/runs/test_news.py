"""News is what nobody was told of: once an article, whatever becomes of its cluster."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.config import Config, NotifyParams, Story
from crawler.items import Cluster, Event
from crawler.runs.news import NEW_CLUSTER, NEW_COPY, find_news
from crawler.runs.publishing import publish_news
from crawler.store import Store
from tests.store.records import NOW, article, cluster, put_clusters


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(
        output=tmp_path / "output", notify=NotifyParams(webhook="https://hooks.example.org/")
    )


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    with Store.open(config.store_path) as opened:
        opened.begin_run("run-1", now=NOW)
        for name in "abcdef":
            opened.save_article(article(name), page_id=None)
        yield opened


def news(config: Config, store: Store, *clusters: Cluster) -> list[Event]:
    """Replace the clusters and give what that is news of, oldest first."""
    known = {event.id for event in store.events(99)}
    put_clusters(store, clusters)
    find_news(config, "run-1", lambda: NOW)
    return [event for event in reversed(store.events(99)) if event.id not in known]


def told(events: list[Event]) -> list[tuple[str, str]]:
    return [(event.kind, "".join(copy.article_id for copy in event.copies)) for event in events]


def test_a_cluster_is_news_once_and_a_single_article_is_none(config: Config, store: Store) -> None:
    groups = (cluster("c1", "a", "b"), cluster("c2", "c"))
    assert told(news(config, store, *groups)) == [(NEW_CLUSTER, "ab")]
    assert news(config, store, *groups) == []
    assert store.runs()[0].counts["new-clusters"] == 1
    assert store.delivery_counts() == {("webhook", "pending"): 1}


def test_a_copy_that_joins_is_news_alone(config: Config, store: Store) -> None:
    news(config, store, cluster("c1", "a", "b"))
    found = news(config, store, cluster("c1", "a", "b", "c", "d"))
    assert told(found) == [(NEW_COPY, "c"), (NEW_COPY, "d")]
    assert store.runs()[0].counts["new-copies"] == 2


def test_a_cluster_that_is_renamed_split_or_merged_is_no_news(config: Config, store: Store) -> None:
    news(config, store, cluster("c1", "a", "b", "c", "d"), cluster("c2", "e", "f"))
    assert news(config, store, cluster("c9", "b", "a", "c", "d"), cluster("c8", "f", "e")) == []
    assert news(config, store, cluster("c1", "a", "b"), cluster("c2", "c", "d")) == []
    assert news(config, store, cluster("c3", "e", "f", "a", "b", "c", "d")) == []


def test_an_article_that_goes_and_comes_back_is_no_news(config: Config, store: Store) -> None:
    news(config, store, cluster("c1", "a", "b", "c"))
    store.delete_article("c")
    news(config, store, cluster("c1", "a", "b"))
    store.save_article(article("c"), page_id=None)
    assert news(config, store, cluster("c1", "a", "b", "c")) == []


def test_what_a_crash_left_unfound_is_found_later_and_under_the_same_id(
    config: Config, store: Store
) -> None:
    class CrashError(Exception):
        pass

    put_clusters(store, [cluster("c1", "a", "b")])

    def dies() -> str:
        raise CrashError

    with pytest.raises(CrashError):
        find_news(config, "run-1", dies)
    assert store.events(9) == []
    [event] = news(config, store, cluster("c1", "a", "b"))
    assert told([event]) == [(NEW_CLUSTER, "ab")]


def test_with_watched_stories_only_their_clusters_are_news_even_when_watched_later(
    config: Config, store: Store
) -> None:
    store.save_article(article("a", title="Bridge opens", text="The bridge opens."), page_id=None)
    watching = replace(config, stories=(Story(name="bridge", words=("bridge",)),))
    groups = [cluster("c1", "a", "b"), cluster("c2", "c", "d")]
    [event] = news(watching, store, *groups)
    assert (event.cluster, event.stories) == ("c1", ("bridge",))
    both = replace(watching, stories=(*watching.stories, Story(name="ferry", words=("ferry",))))
    assert news(both, store, *groups) == []
    [joined] = news(both, store, groups[0], cluster("c2", "c", "d", "e"))
    assert (joined.kind, joined.stories) == (NEW_COPY, ("ferry",))


def test_the_feed_stands_beside_the_report(config: Config, store: Store) -> None:
    [event] = news(config, store, cluster("c1", "a", "b"))
    publish_news(config, lambda: NOW)
    assert event.id in (config.output / "feed.xml").read_text()
