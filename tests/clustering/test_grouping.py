"""Clusters hold every copy of one text and nothing else, whatever the order of arrival."""

import random
from collections.abc import Sequence
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.clustering.groups import group
from crawler.clustering.links import link
from crawler.clustering.words import Constraints
from crawler.config import ClusteringParams, FingerprintParams
from crawler.engines.local import Clustering, cluster_articles
from crawler.items import Article, Pair, Relation
from tests.clustering.made_up import article, cut, edit, story
from tests.store.records import signature


def clustered(articles: Sequence[Article]) -> Clustering:
    return cluster_articles(articles, FingerprintParams(), ClusteringParams())


def groups(articles: Sequence[Article]) -> set[frozenset[str]]:
    return {
        frozenset(member.article_id for member in found.members)
        for found in clustered(articles).clusters
    }


A, B, C = story(1), story(2), story(3, 120)
COPIES_OF_A = [
    article("a1", A, published="2026-03-02T08:00:00Z"),
    article("a2", edit(A, 12, 1), published="2026-03-02T09:00:00+02:00"),
    article("a3", cut(A, 0.4), published="2026-03-02T10:00:00Z"),
    article("a4", A + "\n" + story(10, 120), published="2026-03-03"),
    article("a5", A),
]
COPIES_OF_B = [article("b1", B), article("b2", edit(B, 15)), article("b3", cut(B, 0.5))]
ALL_A = frozenset(one.id for one in COPIES_OF_A)
ALL_B = frozenset(one.id for one in COPIES_OF_B)


def test_copies_find_each_other_and_strangers_stay_apart() -> None:
    strangers = [article("x1", story(20)), article("x2", story(21))]
    assert groups([*COPIES_OF_A, *COPIES_OF_B, *strangers]) == {
        ALL_A,
        ALL_B,
        frozenset({"x1"}),
        frozenset({"x2"}),
    }


def test_a_page_with_two_whole_stories_joins_neither() -> None:
    bridge = article("bridge", A + "\n" + B)
    assert groups([*COPIES_OF_A, *COPIES_OF_B, bridge]) == {ALL_A, ALL_B, frozenset({"bridge"})}


def test_a_roundup_joins_nothing_and_is_partial_to_each() -> None:
    beginnings = "\n".join([cut(A, 0.3), cut(B, 0.3), story(30, 60)])
    found = clustered([*COPIES_OF_A, *COPIES_OF_B, article("roundup", beginnings)])
    assert [len(one.members) for one in found.clusters] == [5, 3, 1]
    relations = {
        pair.relation
        for pair in found.pairs
        if "roundup" in (pair.a, pair.b) and "a1" in (pair.a, pair.b)
    }
    assert relations == {Relation.PARTIAL}


def test_a_short_story_quoted_far_down_in_a_long_article_does_not_take_it_in() -> None:
    carrier = article("carrier", story(40, 400) + "\n" + C + "\n" + story(41, 200))
    shorts = [article("c1", C), article("c2", edit(C, 20))]
    assert groups([*shorts, carrier]) == {frozenset({"c1", "c2"}), frozenset({"carrier"})}


def test_a_brief_that_begins_as_the_whole_story_does_is_a_copy() -> None:
    whole = story(50, 600)
    assert groups([article("whole", whole), article("brief", cut(whole, 0.15))]) == {
        frozenset({"whole", "brief"})
    }


def test_a_greeting_that_unrelated_pages_begin_with_takes_none_of_them() -> None:
    greeting = story(90, 60)
    pages = [article(f"g{n}", greeting + "\n" + story(91 + n, 400)) for n in range(3)]
    assert all(len(group) == 1 for group in groups([article("greeting", greeting), *pages]))


def test_a_brief_on_many_sites_takes_in_the_whole_stories_it_was_cut_from() -> None:
    whole = story(50, 600)
    articles = [article(f"brief{n}", cut(whole, 0.15)) for n in range(4)]
    articles += [article("whole1", whole), article("whole2", edit(whole, 15))]
    assert groups(articles) == {frozenset(one.id for one in articles)}


def test_a_chain_of_follow_ups_is_not_one_cluster() -> None:
    """Each shares half with the next, the first and the last share nothing."""
    parts = [story(60 + n, 160) for n in range(5)]
    links = [article(f"f{n}", parts[n] + "\n" + parts[n + 1]) for n in range(4)]
    assert all(len(group) == 1 for group in groups(links))


def test_a_prompt_under_every_article_of_a_site_glues_nothing() -> None:
    prompt = story(70, 60)
    articles = [
        article(f"p{n}", story(80 + n, 90) + "\n" + prompt, site="s.example") for n in range(6)
    ]
    assert all(len(group) == 1 for group in groups(articles))


def test_identical_copies_of_a_roundup_are_a_cluster_of_their_own() -> None:
    both = A + "\n" + B
    roundups = [article("r1", both), article("r2", both)]
    assert groups([*COPIES_OF_A, *COPIES_OF_B, *roundups]) == {
        ALL_A,
        ALL_B,
        frozenset({"r1", "r2"}),
    }


def test_members_stand_in_order_of_time_with_one_first_and_numbered_versions() -> None:
    cluster = clustered(COPIES_OF_A).clusters[0]
    assert [member.article_id for member in cluster.members] == ["a2", "a1", "a3", "a4", "a5"]
    assert [member.first for member in cluster.members] == [True, False, False, False, False]
    versions = {member.article_id: member.version for member in cluster.members}
    assert versions["a1"] == versions["a5"]
    assert len(set(versions.values())) == 4


def test_without_any_time_nobody_is_first() -> None:
    cluster = clustered(COPIES_OF_B).clusters[0]
    assert not any(member.first for member in cluster.members)


def test_members_are_measured_against_the_medoid() -> None:
    cluster = clustered(COPIES_OF_A).clusters[0]
    by_id = {member.article_id: member for member in cluster.members}
    assert by_id[cluster.medoid].relation is Relation.IDENTICAL
    assert by_id["a3"].relation is Relation.ABRIDGED
    assert by_id["a3"].containment_in_medoid == 1.0
    assert 0.35 < by_id["a3"].containment_of_medoid < 0.45


def test_a_cluster_keeps_its_id_when_later_copies_arrive() -> None:
    before = clustered(COPIES_OF_A[:3]).clusters[0]
    after = clustered(COPIES_OF_A).clusters[0]
    assert before.id == after.id
    assert len(before.id) == 11


def test_empty_texts_are_singletons() -> None:
    assert groups([article("e1", ""), article("e2", ""), article("e3", "A few words.")]) == {
        frozenset({"e1"}),
        frozenset({"e2"}),
        frozenset({"e3"}),
    }


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_result_does_not_depend_on_the_order_of_arrival(rng: random.Random) -> None:
    articles = [
        *COPIES_OF_A,
        *COPIES_OF_B,
        article("bridge", A + "\n" + B),
        article("x", story(20)),
    ]
    expected = clustered(articles)
    rng.shuffle(articles)
    assert clustered(articles) == expected


def test_equal_texts_weigh_the_same_in_whatever_order_their_pairs_come() -> None:
    """Added up one by one, .76, .77 and .82 are more in one order than in another."""
    twins, shares = ("a", "b"), {"x": 0.76, "y": 0.77, "z": 0.82}
    pairs = [
        Pair(
            a=twin,
            b=other,
            relation=Relation.EDITED,
            jaccard=share,
            containment_a=share,
            containment_b=share,
            shared_a=share,
            shared_b=share,
            whole=True,
        )
        for twin in twins
        for other, share in shares.items()
    ]
    texts = {name: signature(name) for name in (*twins, *shares)}
    found = [
        group(texts, link(order), (), Constraints(), ClusteringParams())
        for order in permutations(pairs)
    ]
    assert all(each == {"a": ["a", "x", "y", "z"], "b": ["b"]} for each in found)


def test_what_only_the_medoid_holds_together_is_not_a_cluster() -> None:
    """Five texts share most of a hub, each another part of it, and little with each other."""
    parts = [story(300 + n, 60) for n in range(10)]
    hub = article("hub", "\n".join(parts))
    spokes = [
        article(f"s{n}", "\n".join([*parts[2 * n : 2 * n + 2], story(400 + n, 70)]))
        for n in range(5)
    ]
    sizes = sorted(len(group) for group in groups([hub, *spokes]))
    assert sizes[-1] <= 2
