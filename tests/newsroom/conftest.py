"""One newsroom for the whole room's tests: it is frozen, so they can share it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crawler.newsroom import Newsroom, NewsroomServer

NOW = datetime(2026, 3, 3, 12, 0, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def newsroom() -> Newsroom:
    return Newsroom.build(NOW)


@pytest.fixture
def server(newsroom: Newsroom) -> Iterator[NewsroomServer]:
    with newsroom.serve() as running:
        yield running
