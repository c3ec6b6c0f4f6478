"""Clusters: replaced as a whole, found by the beginning of an id."""

import pytest

from crawler.errors import NotFound, StoreError
from crawler.items import Pair, Relation
from crawler.store import Store
from tests.store.records import LATER, NOW, article, cluster


def pair(a: str, b: str) -> Pair:
    return Pair(
        a=a, b=b, relation=Relation.PARTIAL, jaccard=0.1, containment_a=0.2, containment_b=0.3
    )


@pytest.fixture
def filled(store: Store) -> Store:
    """Give a store of articles a to f."""
    for name in "abcdef":
        store.save_article(article(name), page_id=None)
    return store


def test_clusters_come_largest_first_then_by_id(filled: Store) -> None:
    given = [cluster("c3", "a"), cluster("c2", "b", "c", "d"), cluster("c1", "e")]
    filled.replace_clusters(given, [], now=NOW)
    assert list(filled.clusters()) == [given[1], given[2], given[0]]


def test_new_clusters_replace_the_old_ones_and_their_pairs(filled: Store) -> None:
    filled.replace_clusters([cluster("c1", "a", "b")], [pair("a", "b")], now=NOW)
    filled.replace_clusters([cluster("c2", "b", "a")], [pair("a", "c")], now=LATER)
    assert [each.id for each in filled.clusters()] == ["c2"]
    assert list(filled.pairs()) == [pair("a", "c")]


def test_a_cluster_found_again_keeps_the_time_it_was_formed(filled: Store) -> None:
    filled.replace_clusters([cluster("c1", "a")], [], now=NOW)
    filled.replace_clusters([cluster("c1", "a", "b"), cluster("c2", "c")], [], now=LATER)
    rows = filled._connection.execute("SELECT id, formed, confirmed FROM clusters ORDER BY id")
    assert [tuple(row) for row in rows] == [("c1", NOW, LATER), ("c2", LATER, LATER)]


def test_clusters_that_contradict_each_other_leave_the_former_ones(filled: Store) -> None:
    before = [cluster("c1", "a", "b")]
    filled.replace_clusters(before, [pair("a", "b")], now=NOW)
    with pytest.raises(StoreError, match="UNIQUE"):
        filled.replace_clusters([cluster("c2", "a"), cluster("c3", "a")], [], now=LATER)
    assert list(filled.clusters()) == before
    assert list(filled.pairs()) == [pair("a", "b")]


def test_a_cluster_is_found_by_the_beginning_of_its_id_if_only_one_begins_so(
    filled: Store,
) -> None:
    filled.replace_clusters(
        [cluster("c12", "a"), cluster("c129", "b"), cluster("c13", "c")], [], now=NOW
    )
    assert filled.cluster("c13").medoid == "c"
    assert filled.cluster("c12").medoid == "a"
    with pytest.raises(NotFound, match="More than one"):
        filled.cluster("c1")
    with pytest.raises(NotFound, match="no cluster"):
        filled.cluster("c%")


def test_pairs_of_named_articles_come_once_each_with_partners_outside(filled: Store) -> None:
    pairs = [pair("a", "b"), pair("b", "c"), pair("d", "e")]
    filled.replace_clusters([], pairs, now=NOW)
    assert list(filled.pairs(["a", "b"])) == pairs[:2]
    assert list(filled.pairs([])) == []
