"""What clustering keeps: read once, thrown away with the text it was read from."""

from dataclasses import replace

import pytest

from crawler.errors import StoreError
from crawler.items import Furniture, Words
from crawler.store import Store
from tests.store.records import article, signature


def words(name: str, period: int = 5, site: str = "courier.example") -> Words:
    return Words(
        article_id=name,
        site=site,
        period=period,
        when="",
        at=None,
        unit=1.0,
        words=bytes(24),
        quoted=b"\x40",
    )


def unread(store: Store, kind: str = "k") -> list[str]:
    return [each.id for each in store.unread(kind)]


@pytest.fixture
def read(store: Store) -> Store:
    """Give a store whose articles a, b and c were read and signed."""
    for name in "abc":
        store.save_article(article(name), page_id=None)
    store.keep_words([words(name) for name in "abc"], "k")
    store.keep_signatures([signature(name) for name in "abc"])
    return store


def test_an_article_is_read_once_in_each_kind(read: Store) -> None:
    assert unread(read) == []
    assert unread(read, "other thresholds") == ["a", "b", "c"]


def test_an_article_whose_signature_was_never_kept_is_read_again(read: Store) -> None:
    read.save_article(article("d"), page_id=None)
    read.keep_words([words("d")], "k")
    assert unread(read) == ["d"]


@pytest.mark.parametrize(
    "change",
    [{"text": "The ferry never left."}, {"published": "2026-03-01"}, {"site": "x.example"}],
)
def test_words_go_with_the_text_the_site_and_the_time_they_were_read_from(
    read: Store, change: dict[str, str]
) -> None:
    read.save_article(article("b", **change), page_id=None)
    assert unread(read) == ["b"]
    read.save_article(article("a", agency="AP", title="Another headline"), page_id=None)
    assert unread(read) == ["b"]


def test_words_are_given_by_site_and_period(read: Store) -> None:
    read.save_article(article("d"), page_id=None)
    read.keep_words([words("d", period=4), words("c", site="echo.example")], "k")
    assert [each.article_id for each in read.words_of("courier.example", [4, 5])] == ["d", "a", "b"]
    assert read.sites_of(5) == {"courier.example", "echo.example"}
    assert list(read.words(["c", "x"])) == [words("c", site="echo.example")]


def test_signatures_are_given_by_time_and_those_without_a_time_always(store: Store) -> None:
    for name, at in (("a", 10), ("b", 20), ("c", 30), ("d", None)):
        store.save_article(article(name), page_id=None)
        store.keep_signatures([signature(name, at)])
    assert [each.article_id for each in store.signatures_near(15, 30)] == ["b", "c", "d"]
    assert [each.article_id for each in store.signatures_near(None, 10)] == ["a", "d"]
    assert [each.article_id for each in store.signatures_near(None, None)] == ["a", "b", "c", "d"]


def test_a_new_signature_replaces_the_old_one(read: Store) -> None:
    newer = replace(signature("a"), length=7, hashvalues=b"\xff" * 12)
    read.keep_signatures([newer])
    assert list(read.signatures(["a"])) == [newer]


def test_more_signatures_than_one_batch_are_all_given(store: Store) -> None:
    names = [f"{number:04}" for number in range(1201)]
    with store.transaction():
        for name in names:
            store.save_article(article(name), page_id=None)
    store.keep_signatures(signature(name) for name in names)
    assert [each.article_id for each in store.signatures_near(None, None)] == names


def test_a_signature_of_an_unknown_article_is_refused_with_all_beside_it(store: Store) -> None:
    store.save_article(article("a"), page_id=None)
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        store.keep_signatures([signature("a"), signature("unknown")])
    assert list(store.signatures(["a"])) == []


def test_furniture_of_a_period_replaces_what_was_known_of_it(store: Store) -> None:
    def row(site: str, period: int) -> Furniture:
        return Furniture(site=site, period=period, articles=3, shingles=bytes(16))

    store.keep_furniture(1, [row("a.example", 1), row("b.example", 1)])
    store.keep_furniture(2, [row("a.example", 2)])
    store.keep_furniture(1, [row("b.example", 1)])
    assert store.furniture(1) == [row("b.example", 1)]
    assert store.furniture() == [row("a.example", 2), row("b.example", 1)]
