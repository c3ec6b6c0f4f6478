"""Migrations: in order, whole or not at all, and never backwards."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.errors import StoreError, StoreTooNew
from crawler.store import Store, schema
from crawler.store.opening import require_current
from crawler.store.schema import Step, migrate, shipped_steps, statements, version_of
from tests.store.records import NOW, article, lead

SECOND = Step(
    version=2,
    name="0002_mood.sql",
    script="""
        ALTER TABLE articles ADD COLUMN mood TEXT;  -- a comment; with a semicolon
        UPDATE articles SET mood = 'calm; so far';
    """,
)
FIRST = article("a")
BROKEN = Step(version=2, name="0002_broken.sql", script=SECOND.script + "UPDATE nothing SET a = 1;")


@pytest.fixture
def first_version(path: Path) -> Path:
    """Give a store of version 1 with something in it, as the first release wrote it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        migrate(opened, path, shipped_steps()[:1])
        opened.execute("INSERT INTO runs VALUES ('run-1', ?, NULL, 'running')", (NOW,))
        opened.execute(
            "INSERT INTO leads (url, host, source, kind, found_on, found, priority, state,"
            " attempts, found_in) VALUES ('https://courier.example/1', 'courier.example',"
            " 'courier', 'feed', 'https://courier.example/feed', ?, 0, 'new', 0, 'run-1')",
            (NOW,),
        )
        opened.execute(
            "INSERT INTO articles (id, url, site, title, text, times, evidence, removed, extra)"
            " VALUES ('a', ?, ?, ?, ?, '[]', '[]', '[]', '{}')",
            (FIRST.url, FIRST.site, FIRST.title, FIRST.text),
        )
    return path


@pytest.fixture
def connection(first_version: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(first_version, isolation_level=None)
    yield opened
    opened.close()


def test_the_shipped_steps_are_numbered_from_one_without_a_gap() -> None:
    assert [step.version for step in shipped_steps()] == list(range(1, len(shipped_steps()) + 1))


def test_an_old_file_is_brought_up_to_date_with_all_it_holds(
    connection: sqlite3.Connection, path: Path
) -> None:
    steps = (*shipped_steps()[:1], SECOND)
    assert migrate(connection, path, steps) == 1
    assert version_of(connection, path, 2) == 2
    assert connection.execute("SELECT id, mood FROM articles").fetchall() == [("a", "calm; so far")]
    assert migrate(connection, path, steps) == 0


def test_a_file_of_version_one_opens_in_this_version_and_loses_nothing(first_version: Path) -> None:
    with Store.open(first_version) as store:
        assert store.article("a") == article("a")
        assert list(store.leads()) == [lead("https://courier.example/1")]
        assert store.check() == []


def test_a_step_that_fails_leaves_the_version_before(
    connection: sqlite3.Connection, path: Path
) -> None:
    steps = shipped_steps()[:1]
    with pytest.raises(sqlite3.OperationalError, match="nothing"):
        migrate(connection, path, (*steps, BROKEN))
    assert version_of(connection, path, 2) == 1
    columns = [row[1] for row in connection.execute("PRAGMA table_info(articles)")]
    assert "mood" not in columns
    assert migrate(connection, path, (*steps, SECOND)) == 1


def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(
    connection: sqlite3.Connection, path: Path
) -> None:
    connection.execute("PRAGMA user_version = 999")
    for read_only in (False, True):
        with pytest.raises(StoreTooNew, match="version 999"):
            Store.open(path, read_only=read_only)
    assert connection.execute("PRAGMA user_version").fetchone() == (999,)


def test_a_reader_asks_for_a_writer_where_the_file_is_old(path: Path) -> None:
    with pytest.raises(StoreError, match="older wiretrace") as caught:
        require_current(1, 2, path)
    assert "wiretrace run" in caught.value.todo


def test_statements_are_split_behind_triggers_and_not_inside() -> None:
    trigger = "CREATE TRIGGER t AFTER DELETE ON a\nBEGIN\n  DELETE FROM b;\n  DELETE FROM c;\nEND;"
    assert list(statements(f"SELECT 1;\n{trigger}\nSELECT 2")) == ["SELECT 1;", trigger, "SELECT 2"]


def test_the_file_tells_whose_it_is(connection: sqlite3.Connection) -> None:
    (number,) = connection.execute("PRAGMA application_id").fetchone()
    assert number == schema.APPLICATION_ID
    assert number.to_bytes(4, "big") == b"wiTr"
