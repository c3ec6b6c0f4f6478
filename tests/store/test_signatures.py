"""Signatures: one an article, saved by thousands."""

from dataclasses import replace

import pytest

from crawler.errors import StoreError
from crawler.store import Store
from tests.store.records import article, signature


def test_a_new_signature_replaces_the_old_one(store: Store) -> None:
    store.save_article(article("a"), page_id=None)
    store.save_signatures([signature("a")])
    newer = replace(signature("a"), shingling="w5.2", hashvalues=b"\xff" * 12)
    store.save_signatures([newer])
    assert list(store.signatures()) == [newer]


def test_more_signatures_than_one_batch_are_all_given(store: Store) -> None:
    names = [f"{number:04}" for number in range(1201)]
    with store.transaction():
        for name in names:
            store.save_article(article(name), page_id=None)
    store.save_signatures(signature(name) for name in names)
    assert [each.article_id for each in store.signatures()] == names


def test_a_signature_of_an_unknown_article_is_refused_with_all_beside_it(store: Store) -> None:
    store.save_article(article("a"), page_id=None)
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        store.save_signatures([signature("a"), signature("unknown")])
    assert list(store.signatures()) == []
