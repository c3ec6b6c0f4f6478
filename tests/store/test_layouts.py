"""Layouts: kept with their article, the newest few of a section, thrown away together."""

from crawler.items import Template
from crawler.store import Store
from crawler.store.layouts import KEPT
from tests.store.records import article

LAYOUT = Template(
    host="town.example",
    section="news",
    container=("div story", "article"),
    best=("p", "div story"),
    main=frozenset({("p", "div story")}),
    kept=frozenset({("p", "div story"), ("h2", "div story")}),
    scope="article post",
    language="en",
)


def keep(store: Store, name: str, fetched: str) -> None:
    store.save_article(article(name), page_id=None)
    store.save_layout(name, LAYOUT, fetched=fetched)


def test_a_layout_comes_back_as_it_went_in(store: Store) -> None:
    keep(store, "a", "2026-03-02T09:30:00Z")
    assert list(store.layouts()) == [LAYOUT]


def test_the_oldest_of_a_section_go(store: Store) -> None:
    for n in range(KEPT + 5):
        keep(store, f"a{n:02d}", f"2026-03-02T09:{n:02d}:00Z")
    assert len(list(store.layouts())) == KEPT


def test_a_layout_goes_with_its_article_and_with_all(store: Store) -> None:
    keep(store, "a", "2026-03-02T09:30:00Z")
    keep(store, "b", "2026-03-02T09:30:00Z")
    store.delete_article("a")
    assert len(list(store.layouts())) == 1
    store.forget_layouts()
    assert list(store.layouts()) == []
