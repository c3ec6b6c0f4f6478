"""A newsroom on loopback with a watchlist for it, and a pass over it made once."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from crawler.config import Config, load_config
from crawler.newsroom import Newsroom, NewsroomServer, watchlist
from crawler.runs import RunResult, run
from crawler.runs.quiet import Quiet

NOW = datetime(2026, 3, 3, 12, 0, 30, tzinfo=UTC)
QUIET = Quiet()
# A month of runs leaves some tens of megabytes; containers often have 64 in all.
NEEDED_BYTES = 1_000_000_000


def now() -> str:
    """Give the tests' present."""
    return "2026-03-03T12:00:30Z"


@contextmanager
def in_memory() -> Iterator[Path]:
    """Give a folder in memory where the system has room for one, else on disk.

    Hundreds of runs wait longer for the disk than they work. That the disk has what was written
    matters where the power fails, which no test lets happen; a process that is killed leaves the
    same here as there.
    """
    memory = Path("/dev/shm")
    has_room = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > NEEDED_BYTES
    with TemporaryDirectory(prefix="wiretrace-", dir=memory if has_room else None) as folder:
        yield Path(folder)


@contextmanager
def proxied(server: NewsroomServer) -> Iterator[None]:
    """Point the crawls of this process at the newsroom."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.lower() in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
                patch.delenv(name)
        patch.setenv("http_proxy", server.proxy_url)
        patch.setenv("https_proxy", server.proxy_url)
        yield


def configured(folder: Path, newsroom: Newsroom, more: str = "") -> Config:
    """Write the newsroom's watchlist into a folder and read it."""
    file = folder / "wiretrace.toml"
    file.write_text(watchlist(newsroom) + more, encoding="utf-8")
    return load_config(file, environ={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """One whole pass."""

    newsroom: Newsroom
    server: NewsroomServer
    config: Config
    result: RunResult


@pytest.fixture(scope="session")
def newsroom() -> Newsroom:
    return Newsroom.build(NOW)


@pytest.fixture(scope="session")
def finished(newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finished]:
    config = configured(tmp_path_factory.mktemp("finished"), newsroom)
    with newsroom.serve() as server, proxied(server):
        result = run(config, now=now, progress=QUIET)
        yield Finished(newsroom=newsroom, server=server, config=config, result=result)
