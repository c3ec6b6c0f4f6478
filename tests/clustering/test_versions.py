"""Versions: identical copies, in order, with what each added."""

from collections.abc import Sequence

from crawler.config import ClusteringParams, FingerprintParams
from crawler.engines.local import cluster_articles
from crawler.items import Article, Cluster, Relation
from tests.clustering.made_up import article, cut, edit, story

A = story(1, 300)
NEWS = story(7, 40).replace("\n", " ")


def clustered(articles: Sequence[Article]) -> Cluster:
    return cluster_articles(articles, FingerprintParams(), ClusteringParams()).clusters[0]


def hour(number: int) -> str:
    return f"2026-03-02T{number:02}:00:00Z"


def test_identical_copies_are_one_version_in_order_of_time() -> None:
    found = clustered(
        [
            article("late", A, published=hour(9)),
            article("early", A, published=hour(7)),
            article("edited", edit(A, 20), published=hour(8)),
        ]
    )
    assert [each.members for each in found.versions] == [("early", "late"), ("edited",)]
    assert [each.number for each in found.versions] == [1, 2]
    assert (found.versions[0].based_on, found.versions[0].added) == (None, 0)


def test_an_update_that_several_sites_carry_is_a_write_through() -> None:
    update = f"{NEWS}\n{A}"
    found = clustered(
        [
            article("a1", A, published=hour(7)),
            article("a2", A, published=hour(8)),
            article("b1", update, published=hour(9)),
            article("b2", update, published=hour(10)),
        ]
    )
    second = found.versions[1]
    assert (second.based_on, second.relation, second.write_through) == (1, Relation.EDITED, True)
    assert (second.added, second.dropped) == (40, 0)
    assert [(each.start_a, each.words) for each in second.additions] == [(0, 40)]


def test_an_insert_of_one_site_is_its_own_and_a_cut_adds_nothing() -> None:
    found = clustered(
        [
            article("a1", A, published=hour(7)),
            article("a2", A, published=hour(7)),
            article("local", f"{A}\n{NEWS}", published=hour(8)),
            article("brief", cut(A, 0.4), published=hour(9)),
        ]
    )
    local, brief = found.versions[1:]
    assert (local.added, local.write_through) == (40, False)
    assert (brief.added, brief.based_on, brief.relation) == (0, 1, Relation.ABRIDGED)
    assert (brief.words, brief.dropped) == (119, 181)


def test_the_weakest_tie_is_named() -> None:
    found = clustered(
        [article("a1", A), article("a2", edit(A, 40)), article("a3", edit(A, 9)), article("a4", A)]
    )
    assert found.weakest == "a3"
    assert 0.6 < found.weakest_share < 0.95


def test_furniture_is_no_addition() -> None:
    prompt = story(70, 30)
    other = [
        article(f"s{n}", story(80 + n) + "\n" + prompt, site="s.example", published=hour(1))
        for n in range(3)
    ]
    found = clustered(
        [
            *other,
            article("a1", A, published=hour(7)),
            article("a2", edit(A, 30), published=hour(7)),
            article("a3", f"{A}\n{prompt}", site="s.example", published=hour(8)),
        ]
    )
    assert [each.members for each in found.versions] == [("a1", "a3"), ("a2",)]
