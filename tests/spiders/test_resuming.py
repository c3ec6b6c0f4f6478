"""A crawl that is killed, stopped, bounded or out of disk loses nothing."""

import resource
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.errors import NotFound
from crawler.items import LeadState
from tests.spiders.crawls import (
    ROOT,
    command,
    crawl,
    environment,
    in_state,
    leads_of,
    store_of,
    write_config,
)
from tests.spiders.web import Answer, Page, Web, rss, serve, story

pytestmark = pytest.mark.slow

PAGES = 12
FEED = """
[crawl]
delay_s = {delay}
run_pages = {pages}
[[source]]
name = "feed"
feed = "http://feed.example/rss.xml"
"""


def hosts() -> dict[str, dict[str, Page]]:
    paths = [f"/{number}" for number in range(PAGES)]
    pages: dict[str, Page] = {path: story(f"Haven {path[1:]}") for path in paths}
    return {"feed.example": {"/rss.xml": rss(*paths, host="feed.example"), **pages}}


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "nothing happened for a minute"
        time.sleep(0.05)


def cut_short(folder: Path, proxy: str, web: Web, signal_number: int) -> int:
    """Begin a crawl and send it a signal once a third of the pages has been fetched."""
    process = subprocess.Popen(
        command("feeds"), cwd=ROOT, env=environment(folder, proxy), stderr=subprocess.DEVNULL
    )
    wait_for(lambda: len(web.log) > PAGES // 3)
    process.send_signal(signal_number)
    return process.wait(timeout=60)


@pytest.mark.parametrize("signal_number", [signal.SIGKILL, signal.SIGINT])
def test_a_crawl_cut_short_goes_on_where_it_was(tmp_path: Path, signal_number: int) -> None:
    write_config(tmp_path, FEED.format(delay=0.3, pages=1000))
    web = Web(hosts())
    with serve(web) as proxy:
        cut_short(tmp_path, proxy, web, signal_number)
        done_before = in_state(tmp_path, LeadState.DONE)
        with store_of(tmp_path) as store:
            (cut,) = store.runs()
        assert len(done_before) < PAGES
        assert cut.outcome == ("running" if signal_number == signal.SIGKILL else "interrupted")
        crawl(tmp_path, proxy, "feeds")
    assert len(in_state(tmp_path, LeadState.DONE)) == PAGES
    with store_of(tmp_path) as store:
        assert store.article_count() == PAGES
        assert [run.outcome for run in store.runs()] == ["done", "interrupted"]
    for url in done_before:
        assert web.paths("feed.example").count(f"/{url.rpartition('/')[2]}") == 1


def test_the_rest_waits_when_the_run_has_had_its_pages(tmp_path: Path) -> None:
    write_config(tmp_path, FEED.format(delay=0.01, pages=5))
    with serve(Web(hosts())) as proxy:
        log = crawl(tmp_path, proxy, "feeds")
        assert "run_pages is reached" in log
        assert len(in_state(tmp_path, LeadState.DONE)) == 5
        assert len(in_state(tmp_path, LeadState.NEW)) == PAGES - 5
        # The newest come first.
        assert leads_of(tmp_path)["feed.example/9"].state is LeadState.DONE
        crawl(tmp_path, proxy, "feeds")
    assert len(in_state(tmp_path, LeadState.DONE)) == 10


def test_a_full_disk_ends_the_crawl_with_one_line_and_keeps_what_was_stored(
    tmp_path: Path,
) -> None:
    """The disk is "full" once no file of the crawl's own process may grow any more."""
    write_config(tmp_path, FEED.format(delay=0.3, pages=1000))
    web = Web(hosts())
    log = tmp_path / "log"
    with serve(web) as proxy:
        with log.open("w") as stream:
            process = subprocess.Popen(
                command("feeds"), cwd=ROOT, env=environment(tmp_path, proxy), stderr=stream
            )
            wait_for(lambda: len(web.log) > PAGES // 3 and stored_articles(tmp_path) > 1)
            sizes = [file.stat().st_size for file in (tmp_path / "out").iterdir()]
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (max(sizes), max(sizes)))
            process.wait(timeout=60)
        kept = stored_articles(tmp_path)
        text = log.read_text()
        assert "Traceback" not in text, text
        assert text.count("error[disk-full]") == 1
        assert "'finish_reason': 'disk-full'" in text
        assert 1 < kept < PAGES
        crawl(tmp_path, proxy, "feeds")
    assert stored_articles(tmp_path) == PAGES
    with store_of(tmp_path) as store:
        assert store.check() == []


def test_a_host_that_keeps_failing_is_left_alone(tmp_path: Path) -> None:
    write_config(tmp_path, "[crawl]\nretries = 0\ndelay_s = 0.2\n")
    paths = [f"/{number}" for number in range(PAGES)]
    failing: dict[str, Page] = dict.fromkeys(paths, Answer(status=500))
    feed = {"/rss.xml": rss(*paths, host="feed.example")}
    web = Web({"feed.example": failing | feed})
    with serve(web) as proxy:
        log = crawl(tmp_path, proxy, "feeds", "-a", "url=http://feed.example/rss.xml")
    assert log.count("it is left alone until") == 1
    # Four failures; what was in the host's queue by then is not sent any more.
    assert len([asked for asked in web.log if asked.status == 500]) == 4
    leads = leads_of(tmp_path)
    assert {lead.state for lead in leads.values()} == {LeadState.NEW}
    assert {lead.reason for lead in leads.values()} == {"http-500", "host-rests"}


def test_a_missing_story_file_is_one_line_and_no_crawl(tmp_path: Path) -> None:
    config = FEED.format(delay=0.01, pages=9) + '[[story]]\nname = "s"\ntext = "nowhere.txt"\n'
    write_config(tmp_path, config)
    web = Web(hosts())
    with serve(web) as proxy:
        log = crawl(tmp_path, proxy, "feeds")
    assert log.count("error[input-missing]") == 1
    assert web.log == []


def stored_articles(folder: Path) -> int:
    """Count what is stored so far; 0 before there is a store."""
    try:
        with store_of(folder) as store:
            return store.article_count()
    except NotFound:
        return 0
