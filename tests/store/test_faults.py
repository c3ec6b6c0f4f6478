"""Faults of the disk: told as what they are, with all that was stored before."""

import errno
import multiprocessing
import resource
import sqlite3
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from crawler.errors import StoreCorrupt, StoreError, StoreFull, StoreLocked
from crawler.store import Store
from crawler.store.faults import explain, explain_os
from tests.store.records import article, page


def big_page(number: int) -> tuple[str, bytes]:
    # Bytes that do not compress: each page costs 20 KB.
    return f"https://courier.example/{number}", bytes(
        (number * 7 + place * place * 31 + (place >> 3)) % 251 for place in range(20_000)
    )


def fill(store: Store) -> int:
    """Save pages until there is no space, and give the number of those that were saved."""
    for number in range(10_000):
        url, body = big_page(number)
        try:
            store.save_page(page(url, body=body), compressed=body)
        except StoreFull:
            return number
    pytest.fail("the disk never filled up")


def test_a_full_disk_is_told_and_what_was_stored_before_is_whole(store: Store, path: Path) -> None:
    store._connection.execute("PRAGMA max_page_count = 300")
    saved = fill(store)
    assert saved > 10
    assert store.page_count() == saved
    assert store.check() == []
    store.close()
    with Store.open(path) as again:
        assert again.page_count() == saved
        again.save_article(article("a"), page_id=None)


def test_a_batch_that_meets_a_full_disk_is_undone_as_a_whole(store: Store) -> None:
    store.save_article(article("before"), page_id=None)
    store._connection.execute("PRAGMA max_page_count = 300")

    def batch() -> None:
        with store.transaction():
            for number in range(1000):
                url, body = big_page(number)
                store.save_page(page(url, body=body), compressed=body)

    with pytest.raises(StoreFull):
        batch()
    assert store.page_count() == 0
    assert [each.id for each in store.articles()] == ["before"]
    store.save_article(article("after"), page_id=None)


def test_a_batch_that_goes_on_after_a_full_disk_is_not_taken_for_kept(store: Store) -> None:
    """SQLite has undone the batch by then; its end must not pass as a success."""
    store._connection.execute("PRAGMA max_page_count = 300")

    def batch() -> None:
        with store.transaction():
            store.save_article(article("a"), page_id=None)
            fill(store)

    with pytest.raises(StoreError):
        batch()
    assert store.article_count() == 0


def fill_under_a_quota(path: Path, results: Connection) -> None:
    """Let the system itself refuse to make any file longer than 2 MB."""
    with Store.open(path) as store:
        store.save_article(article("before"), page_id=None)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
        results.send(fill(store))


def test_a_file_that_the_system_keeps_from_growing_is_told_as_full(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=fill_under_a_quota, args=(path, there))
    process.start()
    assert here.poll(30)
    saved = here.recv()
    process.join(30)
    with Store.open(path) as store:
        assert store.page_count() == saved
        assert store.article_count() == 1
        assert store.check() == []


def test_a_writer_that_never_lets_go_is_told_as_a_lock(store: Store, path: Path) -> None:
    with Store.open(path) as other:
        other._connection.execute("PRAGMA busy_timeout = 20")
        with store.transaction(), pytest.raises(StoreLocked):
            other.save_article(article("a"), page_id=None)
        other.save_article(article("a"), page_id=None)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, StoreFull),
        (sqlite3.SQLITE_IOERR_WRITE, StoreFull),
        (sqlite3.SQLITE_IOERR_SHMSIZE, StoreFull),
        (sqlite3.SQLITE_IOERR_READ, StoreError),
        (sqlite3.SQLITE_CORRUPT_INDEX, StoreCorrupt),
        (sqlite3.SQLITE_NOTADB, StoreCorrupt),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreLocked),
        (sqlite3.SQLITE_READONLY_DBMOVED, StoreError),
    ],
)
def test_codes_of_sqlite_become_errors_for_people(
    code: int, kind: type[Exception], path: Path, tmp_path: Path
) -> None:
    assert type(explain(code, "words", tmp_path / path.name)) is kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, StoreFull), (errno.EDQUOT, StoreFull), (errno.EACCES, StoreError)],
)
def test_errors_of_the_system_likewise(number: int, kind: type[Exception], path: Path) -> None:
    assert type(explain_os(OSError(number, "words"), path)) is kind
