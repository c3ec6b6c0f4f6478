"""Two publishers on loopback, and a clock that the test moves."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.config import Config, load_config
from crawler.newsroom import Newsroom, NewsroomServer
from crawler.schedule.plan import written
from tests.runs.conftest import proxied

START = datetime(2026, 3, 3, 12, 0, 30, tzinfo=UTC)
WATCHLIST = """\
[crawl]
delay_s = 0.01
retries = 0

[[source]]
name = "courier"
feed = "http://harbour-courier.example/feed.xml"

[[source]]
name = "gone"
feed = "http://harbour-courier.example/nothing-here.xml"
"""


@dataclass
class HandClock:
    """Shows what it is set to."""

    time: datetime = START
    slept: list[float] = field(default_factory=list)

    def now(self) -> str:
        return written(self.time)

    def pass_by(self, **span: float) -> None:
        self.time += timedelta(**span)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def newsroom() -> Newsroom:
    return Newsroom.build(START)


@pytest.fixture
def config(tmp_path: Path, newsroom: Newsroom) -> Config:
    feeds = {
        seed.url
        for publisher in newsroom.publishers
        for seed in publisher.seeds
        if seed.kind == "feed" and publisher.host == "harbour-courier.example"
    }
    [feed] = feeds
    file = tmp_path / "wiretrace.toml"
    file.write_text(WATCHLIST.replace("http://harbour-courier.example/feed.xml", feed))
    return load_config(file, environ={})


@pytest.fixture
def server(newsroom: Newsroom) -> Iterator[NewsroomServer]:
    with newsroom.serve() as opened, proxied(opened):
        yield opened
