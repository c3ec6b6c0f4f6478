"""Pages that really kill their workers, one by time and one by memory: the crawl goes on."""

import signal
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from crawler.config import Config, ExtractionLimits
from crawler.items import Article, LeadState, Quarantined, Run
from crawler.runs import extract_again, retry_quarantined
from crawler.runs.quiet import Quiet
from crawler.store import Store
from tests.spiders.crawls import ROOT, command, crawl, environment, leads_of, store_of
from tests.spiders.web import Answer, Page, Web, rss, serve, story

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("poison")]

HOST = "feed.example"
# trafilatura's time grows with the square of a row's cells: these take twenty seconds and more, and
# little memory. The guard would refuse them; here its limit is lifted.
ENDLESS = b"<html><body><table><tr>" + b"<td>Some cell</td>" * 70_000 + b"</tr></table>"
# Two million elements take a second to parse and more memory than is allowed below.
HUGE = b"<html><body>" + b"<p>a" * 2_000_000
CONFIG = f"""
output = "out"
[extraction]
workers = 1
deadline_s = 6
max_memory_mb = 450
max_elements = 10_000_000
[crawl]
delay_s = 0.01
[[source]]
name = "feed"
feed = "http://{HOST}/rss.xml"
"""
NOW = "2099-03-05T10:00:00Z"


def web() -> Web:
    pages: dict[str, Page] = {
        "/endless": Answer(body=ENDLESS),
        "/huge": Answer(body=HUGE),
        **{f"/{number}": story(f"Haven {number}") for number in range(4)},
    }
    more = "/endless-again"

    def feed(number: int) -> Answer:
        """Give one address more from the third reading on."""
        return rss(*pages, *([more] if number > 2 else []), host=HOST)

    return Web({HOST: {"/rss.xml": feed, **pages, more: Answer(body=ENDLESS)}})


@dataclass(frozen=True)
class Crawled:
    logs: list[str]
    runs: list[Run]
    quarantined: dict[str, Quarantined]
    articles: list[Article]
    folder: Path


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Crawl thrice; the first crawl is killed while a worker is busy with the endless page."""
    folder = tmp_path_factory.mktemp("poison")
    (folder / "wiretrace.toml").write_text(CONFIG, encoding="utf-8")
    served = web()
    with serve(served) as proxy:
        process = subprocess.Popen(
            command("feeds"), cwd=ROOT, env=environment(folder, proxy), stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60
        while "/endless" not in served.paths(HOST) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=60)
        logs = [crawl(folder, proxy, "feeds") for _ in range(2)]
    with store_of(folder) as store:
        return Crawled(
            logs=logs,
            runs=store.runs()[:2],
            quarantined={one.url.rpartition("/")[2]: one for one in store.quarantined()},
            articles=list(store.articles()),
            folder=folder,
        )


def limits(folder: Path, **changes: int) -> Config:
    """Give the crawl's configuration with other limits."""
    standard = replace(ExtractionLimits(), workers=1, **changes)
    return Config(output=folder / "out", extraction=standard)


def test_the_crawl_goes_on_behind_both(crawled: Crawled) -> None:
    assert len(crawled.articles) == 4
    assert {lead.state for lead in leads_of(crawled.folder).values()} == {LeadState.DONE}


def test_a_page_that_dies_twice_is_in_quarantine_with_reason_and_deaths(crawled: Crawled) -> None:
    told = {name: (one.reason, one.deaths) for name, one in crawled.quarantined.items()}
    assert told["huge"] == ("work-crashed", 2)
    assert told["endless"] == ("work-timeout", 2)
    assert "max_memory_mb" in crawled.quarantined["huge"].detail
    assert crawled.quarantined["endless"].since <= crawled.quarantined["endless"].last
    assert crawled.logs[0].count("[work-crashed]: it asked for more memory") == 2
    assert crawled.runs[1].counts["quarantined"] == 2


def test_the_same_bytes_under_another_address_kill_nobody(crawled: Crawled) -> None:
    assert crawled.quarantined["endless-again"].deaths == 2
    assert crawled.logs[0].count("[work-timeout]: killed after 6 s") == 2
    assert "[work-timeout]" not in crawled.logs[1]
    assert crawled.runs[0].counts["quarantined"] == 1


def test_the_bytes_are_kept(crawled: Crawled) -> None:
    with store_of(crawled.folder) as store:
        kept = {page.url.rpartition("/")[2]: page.body for _, page in store.quarantined_pages()}
    assert kept == {"endless": ENDLESS, "endless-again": ENDLESS, "huge": HUGE}


def test_trying_again_counts_deaths_and_lets_out_what_lives(crawled: Crawled) -> None:
    config = limits(crawled.folder, max_elements=10_000_000, max_memory_mb=450)
    with Store.open(config.store_path) as store:
        for number, page in store.quarantined_pages():
            if page.url.endswith("/endless"):
                store.fail_page(number, "no-story", "read by hand")
    result = retry_quarantined(config, now=lambda: NOW, progress=Quiet())
    assert result.run.counts == {"quarantined": 1, "drop:work-crashed": 1}
    with Store.open(config.store_path) as store:
        [ill] = store.quarantined()
    assert (ill.deaths, ill.last) == (4, NOW)
    assert ill.since < ill.last
    # What the guard refuses has a reason of its own, and is ill no more.
    extract_again(limits(crawled.folder), now=lambda: NOW, progress=Quiet())
    with Store.open(config.store_path) as store:
        assert store.quarantined() == []
        reasons = [reason for _, _, reason, _ in store.failed_pages()]
        assert reasons == ["page-too-complex"] * 3
        assert store.article_count() == 4
