"""Articles outside a cluster that share something with a copy in it."""

from crawler.items import Bridge, Pair, Relation
from crawler.report import build_cluster
from crawler.report.relatives import MAX_RELATIVES
from tests.report.made_up import article, ferry

MADE = ferry()
CLUSTER = MADE.clusters[0]


def pair(a: str, b: str, relation: Relation, of_a: float, of_b: float) -> Pair:
    return Pair(a=a, b=b, relation=relation, jaccard=0.1, containment_a=of_a, containment_b=of_b)


def test_the_copy_that_shares_most_is_named_and_pairs_inside_are_not() -> None:
    view = build_cluster(
        CLUSTER,
        MADE.articles,
        [
            pair("art0000", "art0300", Relation.PARTIAL, 0.1, 0.6),
            pair("art0047", "art0300", Relation.PARTIAL, 0.3, 0.6),
            pair("art0000", "art0012", Relation.IDENTICAL, 1, 1),
            pair("art0000", "art0301", Relation.NONE, 0, 0),
            pair("art0000", "gone", Relation.PARTIAL, 0.5, 0.5),
        ],
    )
    (relative,) = view.relatives
    assert (relative.site, relative.member, relative.share_of_member) == (
        "outlet300.example",
        3,
        0.3,
    )


def test_a_relation_is_read_from_the_relative_to_the_copy() -> None:
    outside = {"aaa": article(5, "t", id="aaa"), "zzz": article(6, "t", id="zzz")}
    view = build_cluster(
        CLUSTER,
        MADE.articles | outside,
        [
            pair("aaa", "art0000", Relation.ABRIDGED, 0.9, 0.2),
            pair("art0000", "zzz", Relation.ABRIDGED, 0.9, 0.2),
        ],
    )
    found = {one.site: (one.relation, one.share_of_relative) for one in view.relatives}
    assert found == {
        "outlet5.example": (Relation.ABRIDGED, 0.9),
        "outlet6.example": (Relation.EXPANDED, 0.2),
    }


def test_only_the_closest_are_listed() -> None:
    outside = {f"z{n:03}": article(n, "t", id=f"z{n:03}") for n in range(MAX_RELATIVES + 10)}
    pairs = [
        pair("art0000", name, Relation.PARTIAL, number / 100, 0.5)
        for number, name in enumerate(outside)
    ]
    view = build_cluster(CLUSTER, MADE.articles | outside, pairs)
    assert len(view.relatives) == MAX_RELATIVES
    assert view.relatives[0].share_of_member == (MAX_RELATIVES + 9) / 100


def test_articles_that_were_refused_are_named_with_the_reason() -> None:
    bridges = [
        Bridge(article_id="art0300", reason="composite", beside=("art0012", "art0301")),
        Bridge(article_id="art0301", reason="loose", beside=("elsewhere",)),
        Bridge(article_id="gone", reason="loose", beside=("art0012",)),
        Bridge(article_id="art0095", reason="loose", beside=("art0012",)),
    ]
    view = build_cluster(CLUSTER, MADE.articles, bridges=bridges)
    assert [(one.site, one.reason) for one in view.refused] == [("outlet300.example", "composite")]
