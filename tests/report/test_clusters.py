"""One cluster as view data."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Evidence, Relation
from crawler.report import build_cluster
from crawler.report.clusters import page_of
from tests.report.made_up import ferry

MADE = ferry()
CLUSTER = MADE.clusters[0]


def test_copies_keep_the_order_numbers_and_shares_of_the_clustering() -> None:
    view = build_cluster(CLUSTER, MADE.articles)
    assert [(one.number, one.site, one.version) for one in view.members] == [
        (1, "outlet0.example", 1),
        (2, "outlet12.example", 1),
        (3, "outlet47.example", 2),
        (4, "outlet95.example", 3),
        (5, "outlet12.example", 1),
    ]
    assert [one.number for one in view.members if one.first] == [1]
    assert [one.number for one in view.members if one.reference] == [2]
    assert (view.members[2].in_reference, view.members[2].of_reference) == (1.0, 0.52)
    assert view.sites == (
        "outlet0.example",
        "outlet12.example",
        "outlet47.example",
        "outlet95.example",
    )


def test_credit_evidence_and_removed_text_stay_with_their_copy() -> None:
    view = build_cluster(CLUSTER, MADE.articles)
    assert view.agencies == (("Meridian Wire", 2),)
    assert view.members[0].evidence[0].quote == "KALVIK (Meridian Wire) —"
    assert [claim.kind for claim in view.members[0].claims] == ["published", "modified"]
    assert [piece.reason for piece in view.members[1].removed] == ["related-list", "share-prompt"]


def test_a_publisher_is_no_credit() -> None:
    """A page that names its publisher only is uncredited, and is said to be."""
    view = build_cluster(CLUSTER, MADE.articles)
    publisher = Evidence(
        supports="publisher", value="Kalvik Press", quote="p", where="json-ld", weight=0.9
    )
    assert view.members[0].is_credited
    assert not replace(view.members[0], evidence=(publisher,)).is_credited


def test_a_version_has_the_copies_with_the_same_words() -> None:
    view = build_cluster(CLUSTER, MADE.articles)
    assert [(one.number, one.reference, len(one.members)) for one in view.versions] == [
        (1, True, 3),
        (2, False, 1),
        (3, False, 1),
    ]
    assert view.versions[0].sites == ("outlet0.example", "outlet12.example")
    assert view.versions[1].text == MADE.articles["art0047"].text


def test_a_first_copy_that_nobody_named_is_unknown() -> None:
    unnamed = replace(CLUSTER, members=tuple(replace(one, first=False) for one in CLUSTER.members))
    view = build_cluster(unnamed, MADE.articles)
    assert (view.first, view.lead_s) == (None, None)
    assert any("unknown" in sentence for sentence in view.summary)


def test_a_single_article_is_a_cluster_too() -> None:
    view = build_cluster(MADE.clusters[1], MADE.articles)
    assert len(view.members) == 1
    assert view.weakest.relation is Relation.IDENTICAL


def test_a_cluster_of_which_nothing_is_left_is_an_error() -> None:
    with pytest.raises(KeyError, match="cfeed0000aa"):
        build_cluster(CLUSTER, {})


@given(st.text())
def test_no_id_leads_out_of_the_folder(cluster_id: str) -> None:
    assert re.fullmatch(r"clusters/[A-Za-z0-9_-]{1,64}\.html", page_of(cluster_id))


def test_ids_of_ours_name_their_page() -> None:
    assert page_of("c0123456789") == "clusters/c0123456789.html"
