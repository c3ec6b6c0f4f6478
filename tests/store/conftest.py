"""A fresh store for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.store import Store
from tests.store.records import NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "output" / "wiretrace.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Give an open store in which a run has begun."""
    with Store.open(path) as opened:
        opened.begin_run("run-1", now=NOW)
        yield opened
