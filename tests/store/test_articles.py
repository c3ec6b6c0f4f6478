"""Articles: one of an id, and nothing left of an article that went."""

from crawler.items import Pair, Relation
from crawler.store import Store
from tests.store.records import LATER, NOW, article, cluster, page, put_clusters, signature


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


def test_a_deleted_article_leaves_nothing_behind(store: Store) -> None:
    for name in ("a", "b", "c"):
        store.save_article(article(name), page_id=None)
    store.keep_signatures([signature("b")])
    pair = Pair(
        a="a", b="b", relation=Relation.EDITED, jaccard=0.5, containment_a=0.6, containment_b=0.7
    )
    put_clusters(store, [cluster("c01", "a", "b"), cluster("c02", "c")], [pair], now=NOW)
    store.delete_article("b")
    assert list(store.pairs()) == []
    assert list(store.signatures("abc")) == []
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


def test_another_text_from_another_fetch_leaves_a_revision(store: Store) -> None:
    first = store.save_page(page("https://courier.example/a"))
    second = store.save_page(page("https://courier.example/a", fetched=LATER))
    store.save_article(article("a", text="Ten were hurt.", fetched=NOW), page_id=first)
    store.save_article(article("a", text="Twelve were hurt.", fetched=LATER), page_id=second)
    [former] = store.revisions("a")
    assert (former.number, former.text, former.fetched) == (1, "Ten were hurt.", NOW)


def test_the_same_text_or_a_better_extraction_of_one_fetch_is_no_revision(store: Store) -> None:
    first = store.save_page(page("https://courier.example/a"))
    second = store.save_page(page("https://courier.example/a", fetched=LATER))
    store.save_article(article("a", text="Ten were hurt. Share this!"), page_id=first)
    store.save_article(article("a", text="Ten were hurt."), page_id=first)
    store.save_article(article("a", text="Ten were hurt.", title="Ten hurt"), page_id=second)
    assert store.revisions("a") == []
