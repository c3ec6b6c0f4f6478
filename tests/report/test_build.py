"""The whole report as view data."""

from dataclasses import replace

from crawler.items import Cluster, Relation
from crawler.report import build_view
from crawler.report.build import SINGLES_PER_PAGE, singles_page
from tests.report.made_up import NOW, article, ferry, many, member


def test_numbers_of_the_whole_are_right() -> None:
    view = ferry().view()
    assert (view.articles, view.sites, view.copies) == (7, 6, 5)
    assert [cluster.id for cluster in view.clusters] == ["cfeed0000aa"]
    assert view.run is not None
    assert (view.run.outcome, view.run.started.text) == ("partly", "4 Mar 2026, 05:30")


def test_clusters_with_most_copies_come_first_whatever_the_order_of_arrival() -> None:
    made = many(3, 4)
    ids = [cluster.id for cluster in made.view().clusters]
    assert ids[0] == "cfeed0000aa"
    assert len(ids) == 4
    turned = replace(made, clusters=list(reversed(made.clusters)))
    assert turned.view() == made.view()


def test_single_articles_come_latest_first_and_those_without_a_time_last() -> None:
    articles = [
        article(1, "early"),
        article(2, "no time", published=None, fetched=None),
        article(3, "late", published="2026-03-03T08:00:00-05:00"),
    ]
    clusters = [
        Cluster(id=f"c{one.id}", medoid=one.id, members=(member(one, 1, Relation.IDENTICAL),))
        for one in articles
    ]
    view = build_view({one.id: one for one in articles}, clusters, [], now=NOW)
    assert [single.site for single in view.singles] == [
        "outlet3.example",
        "outlet1.example",
        "outlet2.example",
    ]
    assert view.clusters == ()
    assert view.run is None


def test_a_cluster_whose_articles_are_gone_is_passed_over_or_becomes_smaller() -> None:
    made = ferry()
    kept = {key: value for key, value in made.articles.items() if key in ("art0000", "art0047")}
    view = build_view(kept, made.clusters, made.pairs, now=NOW)
    (cluster,) = view.clusters
    assert [one.article_id for one in cluster.members] == ["art0000", "art0047"]
    assert cluster.members[0].reference
    assert view.singles == ()


def test_relatives_are_linked_to_the_page_that_has_them() -> None:
    (cluster,) = ferry().view().clusters
    (relative,) = cluster.relatives
    assert relative.page == "singles.html#a2"
    assert (relative.relation, relative.member) == (Relation.PARTIAL, 1)
    assert (relative.share_of_member, relative.share_of_relative) == (0.16, 0.6)


def test_single_articles_beyond_one_page_are_numbered_on() -> None:
    assert SINGLES_PER_PAGE > 1
    assert [singles_page(index) for index in (0, 1)] == ["singles.html", "singles-2.html"]
