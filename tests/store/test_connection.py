"""Transactions: all or nothing, alone and nested, from any thread."""

import threading
from contextlib import suppress

import pytest

from crawler.errors import StoreError
from crawler.store import Store
from tests.store.records import article, lead


def ids(store: Store) -> list[str]:
    return [each.id for each in store.articles()]


def test_a_block_that_fails_keeps_nothing(store: Store) -> None:
    def block() -> None:
        with store.transaction():
            store.save_article(article("a"), page_id=None)
            store.add_leads([lead("https://courier.example/1")], run_id="run-1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        block()
    assert ids(store) == []
    assert list(store.leads()) == []


def test_an_inner_block_that_fails_undoes_only_itself(store: Store) -> None:
    def inner() -> None:
        with store.transaction():
            store.save_article(article("b"), page_id=None)
            raise ZeroDivisionError

    with store.transaction():
        store.save_article(article("a"), page_id=None)
        with pytest.raises(ZeroDivisionError):
            inner()
        store.save_article(article("c"), page_id=None)
    assert ids(store) == ["a", "c"]


def test_a_refused_record_inside_a_block_leaves_the_rest_of_it(store: Store) -> None:
    with store.transaction():
        store.save_article(article("a"), page_id=None)
        with pytest.raises(StoreError, match="FOREIGN KEY"):
            store.count("run-9", "pages")
    assert ids(store) == ["a"]


def test_another_thread_waits_for_the_end_of_a_block(store: Store) -> None:
    """Else its write would be part of a block that it knows nothing of, and be undone with it."""
    begun = threading.Event()
    failed = threading.Event()

    def failing_block() -> None:
        with suppress(ZeroDivisionError), store.transaction():
            store.save_article(article("mine"), page_id=None)
            begun.set()
            # The other thread gets time to barge in; it must not.
            failed.wait(0.1)
            raise ZeroDivisionError

    thread = threading.Thread(target=failing_block)
    thread.start()
    assert begun.wait(10)
    store.save_article(article("other"), page_id=None)
    failed.set()
    thread.join(10)
    assert ids(store) == ["other"]


def test_an_error_of_the_callers_own_passes_through_a_block_unchanged(store: Store) -> None:
    with pytest.raises(FileNotFoundError), store.transaction():
        raise FileNotFoundError
