"""Articles: one of an id, and nothing left of an article that went."""

from crawler.items import Pair, Relation
from crawler.store import Store
from tests.store.records import NOW, article, cluster, page, signature


def test_an_article_replaces_the_one_with_its_id_and_keeps_its_page(store: Store) -> None:
    kept = page("https://courier.example/a")
    store.save_article(article("a", title="First headline"), page_id=store.save_page(kept))
    store.save_article(article("a", title="Second headline"), page_id=None)
    assert store.article_count() == 1
    assert [each.title for each in store.articles()] == ["Second headline"]
    assert store.page_of("a") == kept


def test_articles_are_given_as_named_and_absent_ones_skipped(store: Store) -> None:
    for name in ("a", "b", "c"):
        store.save_article(article(name), page_id=None)
    assert [each.id for each in store.articles(["c", "x", "a"])] == ["c", "a"]
    assert list(store.articles([])) == []
    assert store.article("x") is None


def test_a_signature_goes_when_the_words_change_and_stays_when_they_do_not(store: Store) -> None:
    store.save_article(article("a"), page_id=None)
    store.save_signatures([signature("a")])
    store.save_article(article("a", agency="AP"), page_id=None)
    assert [each.article_id for each in store.signatures()] == ["a"]
    store.save_article(article("a", text="The ferry never left."), page_id=None)
    assert list(store.signatures()) == []


def test_a_deleted_article_leaves_nothing_behind(store: Store) -> None:
    for name in ("a", "b", "c"):
        store.save_article(article(name), page_id=None)
    store.save_signatures([signature("b")])
    pair = Pair(
        a="a", b="b", relation=Relation.EDITED, jaccard=0.5, containment_a=0.6, containment_b=0.7
    )
    store.replace_clusters([cluster("c01", "a", "b"), cluster("c02", "c")], [pair], now=NOW)
    store.delete_article("b")
    assert list(store.pairs()) == []
    assert list(store.signatures()) == []
    assert [member.article_id for member in store.cluster("c01").members] == ["a"]
    store.delete_article("c")
    assert [each.id for each in store.clusters()] == ["c01"]
    assert store.check() == []


def test_an_article_is_found_by_its_own_address_before_one_that_led_to_another(
    store: Store,
) -> None:
    moved = page("https://courier.example/new", requested_url="https://courier.example/old")
    store.save_article(article("a", url=moved.url), page_id=store.save_page(moved))
    found = store.article_at("https://courier.example/old")
    assert found is not None
    assert found.id == "a"
    store.save_article(article("b", url="https://courier.example/old"), page_id=None)
    found = store.article_at("https://courier.example/old")
    assert found is not None
    assert found.id == "b"
    assert store.article_at("https://courier.example/never") is None
