"""Opening: what is not there, not ours or not allowed is told apart, and never changed."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.errors import NotFound, StoreCorrupt, StoreError
from crawler.store import Store
from tests.store.records import article, page


def overwrite(path: Path, *, start: int) -> None:
    length = path.stat().st_size - start
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * length)


def test_the_folder_and_the_file_are_made_when_missing(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "wiretrace.sqlite"
    with Store.open(path) as store:
        assert store.article_count() == 0
    assert path.is_file()


def test_what_was_stored_is_there_again(path: Path) -> None:
    with Store.open(path) as store:
        store.save_article(article("a"), page_id=None)
    with Store.open(path) as store:
        assert store.article("a") == article("a")


def test_a_closed_store_leaves_one_file(path: Path) -> None:
    with Store.open(path) as store:
        store.save_article(article("a"), page_id=None)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_reader_makes_no_file(path: Path) -> None:
    with pytest.raises(NotFound, match="no store") as caught:
        Store.open(path, read_only=True)
    assert "wiretrace run" in caught.value.todo
    assert not path.parent.exists()


def test_a_reader_finds_nothing_in_an_empty_file(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with pytest.raises(NotFound, match="nothing in"):
        Store.open(path, read_only=True)


def test_a_reader_cannot_write(store: Store, path: Path) -> None:
    store.save_article(article("a"), page_id=None)
    with Store.open(path, read_only=True) as reader:
        assert reader.article_count() == 1
        with pytest.raises(StoreError, match="readonly"):
            reader.save_article(article("b"), page_id=None)


def test_a_reader_sees_what_is_written_meanwhile(store: Store, path: Path) -> None:
    with Store.open(path, read_only=True) as reader:
        store.save_article(article("a"), page_id=None)
        assert reader.article_count() == 1


def test_a_reader_is_not_kept_waiting_by_a_long_transaction(store: Store, path: Path) -> None:
    with Store.open(path, read_only=True) as reader, store.transaction():
        store.save_article(article("a"), page_id=None)
        assert reader.article_count() == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_store_in_a_folder_that_cannot_be_written_is_readable(path: Path) -> None:
    with Store.open(path) as store:
        store.save_article(article("a"), page_id=None)
    path.parent.chmod(0o500)
    try:
        with Store.open(path, read_only=True) as reader:
            assert reader.article_count() == 1
    finally:
        path.parent.chmod(0o700)


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Dear reader, this is a letter and not a database.\n" * 30)
    before = path.read_bytes()
    with pytest.raises(StoreCorrupt, match="not a database"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_database_of_another_application_is_refused_and_left_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreCorrupt, match="another application"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_folder_in_the_place_of_the_file_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreError, match="unable to open"):
        Store.open(path)


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "output").touch()
    with pytest.raises(StoreError, match=r"cannot be opened"):
        Store.open(tmp_path / "output" / "wiretrace.sqlite")


def test_damage_behind_a_sound_schema_is_told_when_it_is_read(path: Path) -> None:
    with Store.open(path) as store, store.transaction():
        # Enough of them that the second half of the file is rows.
        for number in range(2000):
            store.save_page(page(f"https://courier.example/{number}"))
    overwrite(path, start=path.stat().st_size // 2)
    with Store.open(path) as store, pytest.raises(StoreCorrupt, match="damaged"):
        list(store.pages())


def test_damage_to_the_schema_is_told_at_once(path: Path) -> None:
    with Store.open(path) as store:
        store.save_article(article("a"), page_id=None)
    # Its first page is sound, and so is what `file` would say of it.
    overwrite(path, start=4096)
    with pytest.raises(StoreCorrupt, match="damaged"):
        Store.open(path)
