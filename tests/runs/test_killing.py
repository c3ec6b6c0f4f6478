"""`kill -9` at twenty random points of real runs loses nothing and leaves nothing half."""

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from crawler.config import Config
from crawler.items import LeadState
from crawler.newsroom import Newsroom
from crawler.runs.lock import CRAWL_LOCK
from crawler.store import Store
from tests.runs.conftest import Finished, configured, proxied

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("finished")]

KILLS = 20
# From Python's own start to somewhere in the crawl, the clustering or the report, as the work
# gets on; on a quick machine a whole run takes 8 s.
EARLIEST_S, LATEST_S = 0.4, 3.2
SEED = 20


def start(config: Config) -> subprocess.Popen[bytes]:
    """Begin a run, as a timer does."""
    command = [sys.executable, "-m", "crawler", "-c", str(config.file), "run", "--all", "-q"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def crawl_of(config: Config, parent: int) -> int | None:
    """Give the crawl's own process, if it is alive and a child of this run's."""
    lock = config.output / CRAWL_LOCK
    found = re.search(r"process (\d+)", lock.read_text()) if lock.exists() else None
    with suppress(OSError):
        number = int(found.group(1)) if found else 0
        status = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        if number and int(status[1]) == parent:
            return number
    return None


def kill(process: subprocess.Popen[bytes], config: Config, *, crawl_first: bool) -> bool:
    """Kill the run, its crawl before or behind it; say whether it was still at work."""
    alive = process.poll() is None
    crawl = crawl_of(config, process.pid)
    pids = [process.pid, crawl] if not crawl_first else [crawl, process.pid]
    for number in pids:
        if alive and number is not None:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
    process.wait(timeout=60)
    return alive


def clusters_of(store: Store) -> set[frozenset[str]]:
    return {frozenset(one.article_id for one in found.members) for found in store.clusters()}


def rows(config: Config, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(config.store_path)) as store:
        return store.execute(query).fetchall()


def written(config: Config) -> Iterator[Path]:
    """Check every output file that stands there, and give those that did."""
    for path in sorted(config.output.rglob("*")):
        text = path.read_text("utf-8", errors="replace") if path.is_file() else ""
        if path.suffix == ".html":
            assert text.rstrip().endswith("</html>"), path
            yield path
        elif path.suffix == ".xml":
            ET.fromstring(text)
            yield path
        elif path.suffix == ".json":
            json.loads(text)
            yield path


def test_runs_killed_at_twenty_points_end_where_an_uninterrupted_one_does(
    finished: Finished, newsroom: Newsroom, tmp_path: Path
) -> None:
    config = configured(tmp_path, newsroom)
    chance = random.Random(SEED)
    killed = 0
    with newsroom.serve() as server, proxied(server):
        for number in range(KILLS):
            process = start(config)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=chance.uniform(EARLIEST_S, LATEST_S))
            killed += kill(process, config, crawl_first=number % 2 == 1)
            list(written(config))
        assert start(config).wait(timeout=120) == 3  # as uninterrupted: one source is broken
        asked = [one.path for one in server.log if one.status == 200]
    assert killed >= KILLS // 2
    with (
        Store.open(config.store_path) as store,
        Store.open(finished.config.store_path, read_only=True) as whole,
    ):
        assert store.check() == []
        assert {one.url: one.text for one in store.articles()} == {
            one.url: one.text for one in whole.articles()
        }
        assert clusters_of(store) == clusters_of(whole)
        counts = store.lead_counts()
        assert counts == whole.lead_counts()
        assert counts[LeadState.CLAIMED] == 0
        outcomes = [run.outcome for run in store.runs(100)]
    assert set(outcomes) <= {"partly", "failed", "interrupted"}
    for table, key in (("pages", "url"), ("leads", "url"), ("articles", "url")):
        assert rows(config, f"SELECT {key} FROM {table} GROUP BY {key} HAVING COUNT(*) > 1") == []
    # Lost are at most the requests in flight: each kill costs a few pages anew, never all of them.
    articles = len(rows(config, "SELECT id FROM pages"))
    documents = {path for path in asked if asked.count(path) > KILLS // 2}
    again = len([path for path in asked if path not in documents]) - articles
    assert again < killed * len(newsroom.publishers) * 3
    assert config.report_dir / "index.html" in list(written(config))
    left = [path.name for path in config.output.iterdir() if path.suffix in (".new", ".old")]
    assert left == []
