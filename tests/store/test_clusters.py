"""Clusters: replaced as a whole, found by the beginning of an id."""

import pytest

from crawler.errors import NotFound, StoreError
from crawler.items import Bridge, ClusterEvent, Pair, Relation
from crawler.store import Store
from tests.store.records import LATER, NOW, article, cluster, put_clusters, signature


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
    put_clusters(filled, given, [], now=NOW)
    assert list(filled.clusters()) == [given[1], given[2], given[0]]


def test_new_clusters_replace_the_old_ones_and_their_pairs(filled: Store) -> None:
    put_clusters(filled, [cluster("c1", "a", "b")], [pair("a", "b")], now=NOW)
    put_clusters(filled, [cluster("c2", "b", "a")], [pair("a", "c")], now=LATER)
    assert [each.id for each in filled.clusters()] == ["c2"]
    assert list(filled.pairs()) == [pair("a", "c")]


def test_a_cluster_found_again_keeps_the_time_it_was_formed(filled: Store) -> None:
    put_clusters(filled, [cluster("c1", "a")], [], now=NOW)
    put_clusters(filled, [cluster("c1", "a", "b"), cluster("c2", "c")], [], now=LATER)
    rows = filled._connection.execute("SELECT id, formed, confirmed FROM clusters ORDER BY id")
    assert [tuple(row) for row in rows] == [("c1", NOW, LATER), ("c2", LATER, LATER)]


def test_clusters_that_contradict_each_other_leave_the_former_ones(filled: Store) -> None:
    before = [cluster("c1", "a", "b")]
    put_clusters(filled, before, [pair("a", "b")], now=NOW)
    with pytest.raises(StoreError, match="UNIQUE"):
        put_clusters(filled, [cluster("c2", "a"), cluster("c3", "a")], [], now=LATER)
    assert list(filled.clusters()) == before
    assert list(filled.pairs()) == [pair("a", "b")]


def test_a_cluster_is_found_by_the_beginning_of_its_id_if_only_one_begins_so(
    filled: Store,
) -> None:
    put_clusters(
        filled, [cluster("c12", "a"), cluster("c129", "b"), cluster("c13", "c")], [], now=NOW
    )
    assert filled.cluster("c13").medoid == "c"
    assert filled.cluster("c12").medoid == "a"
    with pytest.raises(NotFound, match="More than one"):
        filled.cluster("c1")
    with pytest.raises(NotFound, match="no cluster"):
        filled.cluster("c%")


def test_pairs_of_named_articles_come_once_each_with_partners_outside(filled: Store) -> None:
    pairs = [pair("a", "b"), pair("b", "c"), pair("d", "e")]
    put_clusters(filled, [], pairs, now=NOW)
    assert list(filled.pairs(["a", "b"])) == pairs[:2]
    assert list(filled.pairs([])) == []


def test_clusters_of_other_articles_stay_when_some_are_settled(filled: Store) -> None:
    put_clusters(filled, [cluster("c1", "a", "b"), cluster("c2", "c", "d")])
    filled.settle(["a", "b", "e"], [cluster("c1", "a", "e"), cluster("c3", "b")], [], [], now=LATER)
    assert [each.id for each in filled.clusters()] == ["c1", "c2", "c3"]
    assert [since for since, _ in filled.clusters_of(["a", "b", "c"])] == [NOW, NOW, LATER]


def test_what_lost_a_neighbour_or_its_cluster_is_unsettled_until_it_is_settled(
    filled: Store,
) -> None:
    put_clusters(filled, [cluster("c1", "a", "b", "c")], [pair("b", "f")])
    filled.keep_signatures(signature(name) for name in "abcf")
    assert filled.unsettled() == {"f"}
    filled.delete_article("b")
    assert filled.unsettled() == {"a", "c", "f"}
    filled.settle("acf", [cluster("c1", "a", "c"), cluster("c2", "f")], [], [], now=LATER)
    assert filled.unsettled() == set()


def test_bridges_go_when_their_article_is_settled_anew(filled: Store) -> None:
    bridge = Bridge(article_id="a", reason="composite", beside=("b", "c"))
    filled.settle("abc", [], [bridge], [], now=NOW)
    assert filled.bridges() == [bridge]
    filled.settle("a", [], [], [], now=NOW)
    assert filled.bridges() == []


def test_a_cluster_that_was_merged_says_into_which(filled: Store) -> None:
    event = ClusterEvent(at=NOW, kind="merged", cluster="c9", other="c1", members=2)
    filled.settle("ab", [cluster("c1", "a", "b")], [], [event], now=NOW)
    assert list(filled.cluster_events()) == [event]
    assert filled.known_cluster_ids(["c1", "c9", "c8"]) == {"c1", "c9"}
    with pytest.raises(NotFound, match="merged into c1"):
        filled.cluster("c9")
