"""Provenance: kept with its cluster and gone with it; networks replaced as a whole."""

from dataclasses import replace

import pytest

from crawler.items import Network
from crawler.store import Store
from tests.store.records import LATER, NOW, article, cluster, lead, page, provenance, put_clusters

GALE = Network(name="Gale", sites=("courier.example", "echo.example"), reasons=("Both say so.",))
HILL = Network(name="Hill", sites=("hill.example", "vale.example"), reasons=())


@pytest.fixture
def filled(store: Store) -> Store:
    """Give a store of three articles, two of them copies."""
    for name in "abc":
        store.save_article(article(name), page_id=None)
    put_clusters(store, [cluster("c1", "a", "b"), cluster("c2", "c")], now=NOW)
    return store


def test_what_is_kept_comes_back_whole(filled: Store) -> None:
    given = provenance("c1", "a", "b")
    filled.save_provenance([given])
    assert filled.provenance("c1") == given
    assert filled.provenances() == {"c1": given}
    assert filled.provenance("c2") is None


def test_answers_are_found_by_the_time_of_their_first_copy(filled: Store) -> None:
    given = provenance("c1", "a", "b")
    best = replace(given.first.candidates[0], latest="2026-03-02T08:00:00Z")
    dated = replace(given, first=replace(given.first, candidates=(best,)))
    filled.save_provenance([dated])
    assert filled.provenances_since("2026-03-02T07:00:00Z") == [dated]
    assert filled.provenances_since("2026-03-02T09:00:00Z") == []


def test_a_new_answer_takes_the_place_of_the_old_one(filled: Store) -> None:
    filled.save_provenance([provenance("c1", "a", "b")])
    filled.save_provenance([provenance("c1", "b")])
    assert filled.provenance("c1") == provenance("c1", "b")


def test_an_answer_goes_with_its_cluster(filled: Store) -> None:
    filled.save_provenance([provenance("c1", "a", "b")])
    put_clusters(filled, [cluster("c3", "a", "b")], now=LATER)
    assert filled.provenances() == {}


def test_networks_are_replaced_as_a_whole(store: Store) -> None:
    store.replace_networks([HILL, GALE])
    assert store.networks() == (HILL, GALE)
    store.replace_networks([GALE])
    assert store.networks() == (GALE,)


def test_an_article_was_seen_first_when_its_address_was_first_known(store: Store) -> None:
    url = "https://courier.example/a"
    store.add_leads([lead(url, found="2026-03-01T08:00:00Z")], run_id="run-1")
    store.save_page(page(url, fetched="2026-03-01T09:00:00Z"))
    store.save_page(page("https://courier.example/b", fetched="2026-03-01T11:00:00Z"))
    store.save_page(page("https://courier.example/b", fetched="2026-03-01T10:00:00Z"))
    for name in "abc":
        store.save_article(article(name), page_id=None)
    assert store.first_seen() == {"a": "2026-03-01T08:00:00Z", "b": "2026-03-01T10:00:00Z"}
