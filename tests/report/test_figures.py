"""Lead, span, weakest copy, headlines."""

from crawler.items import Article, Cluster, Relation
from crawler.report import build_cluster
from crawler.report.view import ClusterView
from tests.report.made_up import article, member


def view_of(*articles: Article, relation: Relation = Relation.EDITED) -> ClusterView:
    members = tuple(
        member(
            one, number, relation if number > 1 else Relation.IDENTICAL, 0.9, 0.8, first=number == 1
        )
        for number, one in enumerate(articles, start=1)
    )
    cluster = Cluster(id="c1", medoid=articles[0].id, members=members)
    return build_cluster(cluster, {one.id: one for one in articles})


def test_the_lead_is_the_gap_to_the_next_copy_across_zones() -> None:
    view = view_of(
        article(0, "t", published="2026-03-03T06:00:00+01:00"),
        article(1, "t", published="2026-03-03T05:20:00Z"),
        article(2, "t", published="2026-03-03T09:00:00+01:00"),
    )
    assert (view.lead_s, view.span_s) == (20 * 60, 3 * 3600)
    assert (view.start.iso, view.end.iso) == (
        "2026-03-03T06:00:00+01:00",
        "2026-03-03T09:00:00+01:00",
    )


def test_a_time_without_zone_or_hour_makes_no_lead() -> None:
    for published in ("2026-03-03T07:00:00", "2026-03-03", None):
        assert view_of(article(0, "t"), article(1, "t", published=published)).lead_s is None
        assert view_of(article(0, "t", published=published), article(1, "t")).lead_s is None


def test_our_first_sight_stretches_no_span_while_a_claim_is_there() -> None:
    view = view_of(article(0, "t"), article(30, "t"), article(2, "t", published=None))
    assert view.span_s == 30 * 60
    seen = view_of(article(0, "t", published=None), article(1, "t", published=None))
    assert (seen.span_s, seen.start.basis) == (0, "first seen by us")


def test_claims_that_do_not_compare_still_give_the_days() -> None:
    view = view_of(article(0, "t", published="2026-03-02"), article(1, "t", published="2026-03-05"))
    assert (view.start.text, view.end.text, view.span_s) == ("2 Mar 2026", "5 Mar 2026", None)


def test_a_copy_that_claims_to_be_earlier_than_the_first_makes_no_lead() -> None:
    assert view_of(article(30, "t"), article(0, "t")).lead_s is None


def test_the_weakest_copy_is_the_farthest_in_relation() -> None:
    one, two, three = article(0, "t"), article(1, "t"), article(2, "t")
    cluster = Cluster(
        id="c1",
        medoid=one.id,
        members=(
            member(one, 1, Relation.IDENTICAL),
            member(two, 2, Relation.ABRIDGED, 1.0, 0.5),
            member(three, 3, Relation.EDITED, 0.4, 0.4),
        ),
    )
    view = build_cluster(cluster, {a.id: a for a in (one, two, three)})
    assert view.weakest.number == 2


def test_headlines_are_told_apart_by_their_words_most_used_first() -> None:
    view = view_of(
        article(0, "t", title="Ferry sails"),
        article(1, "t", title="Boat!"),
        article(2, "t", title="Boat! "),
    )
    assert [(one.text, one.sites) for one in view.headlines] == [
        ("Boat!", ("outlet1.example", "outlet2.example")),
        ("Ferry sails", ("outlet0.example",)),
    ]
