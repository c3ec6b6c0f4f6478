"""Whole passes over the newsroom: what is reached, what is kept, what a second pass adds."""

import hashlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from crawler.config import Config
from crawler.items import LeadState
from crawler.newsroom import Newsroom, NewsroomServer, score
from crawler.runs import extract_again, publish, run
from crawler.runs.lock import CRAWL_LOCK, held
from crawler.store import Store
from tests.runs.conftest import QUIET, Finished, configured, now, proxied

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("finished")]


T = TypeVar("T")


def reading(config: Config, read: Callable[[Store], T]) -> T:
    with Store.open(config.store_path, read_only=True) as store:
        return read(store)


def articles(config: Config) -> dict[str, str]:
    """Give address -> text of all stored articles."""
    return reading(config, lambda store: {one.url: one.text for one in store.articles()})


def report_bytes(config: Config) -> dict[str, str]:
    """Give name -> digest of each file of the report."""
    return {
        str(path.relative_to(config.report_dir)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(config.report_dir.rglob("*"))
        if path.is_file()
    }


def test_every_reachable_copy_is_found_and_nothing_forbidden_is_asked(finished: Finished) -> None:
    with Store.open(finished.config.store_path, read_only=True) as store:
        found = score(
            finished.newsroom.truth(), store.articles(), store.clusters(), finished.server.log
        )
    assert found.missed == ()
    assert found.forbidden == ()
    assert found.impure == ()
    assert (found.pair_precision, found.pair_recall) == (1.0, 1.0)


def test_an_article_of_several_pages_is_one_and_has_every_paragraph_once(
    finished: Finished,
) -> None:
    parted = [page for page in finished.newsroom.truth().pages if page.parts]
    with Store.open(finished.config.store_path, read_only=True) as store:
        articles = {article.url: article for article in store.articles()}
    assert len(parted) == 5
    for page in parted:
        lines = articles[page.url].text.split("\n")
        assert [lines.count(paragraph) for paragraph in page.text.split("\n")] == [
            1 for _ in page.text.split("\n")
        ]
        assert articles[page.url].partial is None
        assert not {*page.parts, *page.variants} & articles.keys()


def test_amp_and_print_pages_of_known_articles_are_not_asked_for(finished: Finished) -> None:
    asked = {f"http://{one.host}{one.path}" for one in finished.server.log}
    pages = [
        page for page in finished.newsroom.truth().pages if page.host == "metro-ledger.example"
    ]
    forms = {url for page in pages for url in page.variants}
    assert len(forms) == 2 * len(pages)
    assert not forms & asked
    assert finished.result.run.counts["left-out:variant"] == len(forms)


def test_a_failed_source_makes_the_pass_partly_done_and_is_named(finished: Finished) -> None:
    assert (finished.result.run.outcome, finished.result.exit_code) == ("partly", 3)
    failed = [outcome for outcome in finished.result.run.sources if outcome.failures]
    assert [outcome.source for outcome in failed] == ["blackmoor-times-feed"]
    assert "503" in (failed[0].error or "")


def test_a_second_pass_adds_nothing_and_fetches_no_article_again(finished: Finished) -> None:
    before = articles(finished.config)
    asked = len(finished.server.log)
    again = run(finished.config, now=now, progress=QUIET)
    assert articles(finished.config) == before
    assert again.run.counts.get("pages", 0) == 0
    fetched = {f"http://{entry.host}{entry.path}" for entry in finished.server.log[asked:]}
    assert not fetched & {page.url for page in finished.newsroom.truth().pages}


def test_the_same_store_gives_the_same_report(finished: Finished) -> None:
    publish(finished.config, now=now, progress=QUIET)
    before = report_bytes(finished.config)
    publish(finished.config, now=now, progress=QUIET)
    assert len(before) > 10
    assert report_bytes(finished.config) == before


def test_extracting_the_stored_pages_again_gives_the_same_articles(finished: Finished) -> None:
    before = articles(finished.config)
    asked = len(finished.server.log)
    result = extract_again(finished.config, now=now, progress=QUIET)
    assert articles(finished.config) == before
    # Each page that gave one, further pages of an article included.
    assert result.run.counts["articles"] == finished.result.run.counts["articles"]
    assert len(finished.server.log) == asked


def begun(config: Config, server: NewsroomServer) -> "subprocess.Popen[bytes]":
    """Start a pass in a process of its own and come back once it is in the middle of its crawl."""
    process = subprocess.Popen(
        [sys.executable, "-m", "crawler", "-q", "-c", str(config.file), "run"]
    )
    until = time.monotonic() + 30
    while len(server.log) < 60 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(server.log) >= 60
    return process


def test_a_killed_pass_goes_on_where_it_was(
    newsroom: Newsroom, finished: Finished, tmp_path: Path
) -> None:
    config = configured(tmp_path, newsroom)
    with newsroom.serve() as server, proxied(server):
        with begun(config, server) as first:
            first.kill()
        stored = articles(config)
        run(config, now=now, progress=QUIET)
    assert stored.items() <= articles(config).items()
    assert articles(config) == articles(finished.config)
    assert reading(config, lambda store: store.lead_counts()).get(LeadState.CLAIMED, 0) == 0
    outcomes = {one.outcome for one in reading(config, lambda store: store.runs())}
    assert outcomes == {"partly", "interrupted"}


def test_without_its_parent_a_crawl_asks_for_nothing_more(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    config = configured(tmp_path, newsroom)
    with newsroom.serve() as server, proxied(server):
        with begun(config, server) as first:
            first.kill()
        # Free once the crawl's own process is gone, too.
        with held(config.output, CRAWL_LOCK, patience_s=5.0):
            asked = len(server.log)
            time.sleep(1.0)
            assert len(server.log) == asked


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_pass_ends_in_order_and_says_so(
    number: signal.Signals, newsroom: Newsroom, tmp_path: Path
) -> None:
    config = configured(tmp_path, newsroom)
    with newsroom.serve() as server, proxied(server):
        with begun(config, server) as first:
            first.send_signal(number)
        assert first.returncode == 130
        with held(config.output, CRAWL_LOCK):
            pass
    assert [one.outcome for one in reading(config, lambda s: s.runs())] == ["interrupted"]
    assert reading(config, lambda store: store.lead_counts()).get(LeadState.CLAIMED, 0) == 0
    assert reading(config, lambda store: store.check()) == []


def test_a_watched_story_is_fetched_alone_and_the_rest_is_left_out_with_reasons(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    truth = newsroom.truth()
    story = max(truth.stories, key=lambda one: len(one.urls))
    verbatim = next(page for page in truth.pages if page.url == story.urls[0])
    (tmp_path / "story.txt").write_text(verbatim.text, encoding="utf-8")
    config = configured(tmp_path, newsroom, '\n[[story]]\nname = "watched"\ntext = "story.txt"\n')
    with newsroom.serve() as server, proxied(server):
        result = run(config, now=now, progress=QUIET)
    stored = articles(config)
    assert set(story.urls) <= stored.keys()
    left_out = reading(config, lambda store: list(store.leads(LeadState.LEFT_OUT)))
    assert len(left_out) > len(stored)
    assert {lead.reason for lead in left_out} == {"off-story", "variant"}
    assert result.report is not None
    assert "watched" in result.report.read_text(encoding="utf-8")
    assert len(list(config.report_dir.glob("clusters/*.html"))) == 1


def test_a_story_given_by_an_address_is_read_first(newsroom: Newsroom, tmp_path: Path) -> None:
    address = newsroom.truth().stories[0].urls[0]
    config = configured(tmp_path, newsroom, f'\n[[story]]\nname = "one"\nurl = "{address}"\n')
    # A few sources are enough: what matters is that their other stories are left out.
    config = replace(config, sources=config.sources[:3])
    with newsroom.serve() as server, proxied(server):
        run(config, now=now, progress=QUIET)
    assert address in articles(config)
    assert reading(config, lambda store: store.lead_counts()).get(LeadState.LEFT_OUT, 0) > 0
