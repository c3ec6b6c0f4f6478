"""`run`, `crawl`, `report` and `probe` from the outside, against publishers on loopback."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.newsroom import Newsroom, NewsroomServer, TruePage


@pytest.mark.parametrize("command", ["run", "crawl"])
def test_without_a_watchlist_or_a_source_nothing_is_begun(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([command]) == 2
    assert "error[config-missing]" in capsys.readouterr().err
    Path("wiretrace.toml").write_text("[crawl]\ndelay_s = 0.1\n")
    assert main([command]) == 2
    assert "names no source" in capsys.readouterr().err
    assert not Path("output").exists()


@pytest.mark.usefixtures("folder")
def test_the_report_is_written_again_and_its_path_comes_last(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["report", "-q"]) == 0
    name, path = capsys.readouterr().out.splitlines()[-1].split("\t")
    assert name == "report"
    assert Path(path).name == "index.html"
    assert Path(path).exists()


@pytest.mark.usefixtures("folder")
def test_the_store_is_clustered_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cluster", "--json", "-q"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["clusters"], told["copies"], told["articles"]) == (1, 4, 5)
    assert told["run"]["outcome"] == "done"


@pytest.fixture
def newsroom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Newsroom, NewsroomServer]]:
    room = Newsroom.build(datetime(2026, 3, 2, 12, tzinfo=UTC))
    monkeypatch.chdir(tmp_path)
    with room.serve() as server:
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, server.proxy_url)
        for name in [name for name in os.environ if name.lower() == "no_proxy"]:
            monkeypatch.delenv(name)
        yield room, server


def a_copy(newsroom: Newsroom) -> TruePage:
    return next(
        page for page in newsroom.pages if page.kind == "copy" and page.reachable and page.agency
    )


@pytest.mark.slow
def test_a_page_is_explained_and_nothing_is_stored(
    newsroom: tuple[Newsroom, NewsroomServer], capsys: pytest.CaptureFixture[str]
) -> None:
    page = a_copy(newsroom[0])
    assert main(["probe", page.url, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["robots"] == "allowed"
    assert told["page"]["status"] == 200
    assert told["article"]["title"] == page.title
    assert told["article"]["agency"]
    assert not Path("output").exists()
    assert main(["probe", page.url]) == 0
    text = capsys.readouterr().out
    assert f"title\t{page.title}" in text
    assert "removed because\ttext" in text
    assert "supports\tvalue\tweight\twhere\tquoted\tbecause" in text
    credit = next(p for p in told["article"]["evidence"] if p["supports"] == "agency")
    assert credit["reason"]
    assert "\t".join((credit["quote"], credit["reason"])) in text
    assert f"agency\t{told['article']['agency']} ({credit['where']}" in text
    assert "time\tkind\tzone\tread from\tflaw\tas printed" in text


@pytest.mark.slow
def test_a_forbidden_page_is_not_asked_for(
    newsroom: tuple[Newsroom, NewsroomServer], capsys: pytest.CaptureFixture[str]
) -> None:
    room, server = newsroom
    page = next(page for page in room.pages if page.blocked == "robots-denied")
    assert main(["probe", page.url]) == 1
    assert "robots.txt\trobots-denied" in capsys.readouterr().out
    assert {request.path for request in server.log} == {"/robots.txt"}


def test_all_sources_and_some_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--all", "--source", "courier"]) == 2
    assert "either --all or --source" in capsys.readouterr().err


def test_what_is_no_address_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe", "example"]) == 2
    assert "http://" in capsys.readouterr().err


@pytest.mark.slow
def test_one_feed_is_run_to_its_report(
    newsroom: tuple[Newsroom, NewsroomServer], capsys: pytest.CaptureFixture[str]
) -> None:
    feed = next(
        seed.url
        for publisher in newsroom[0].publishers
        for seed in publisher.seeds
        if seed.kind == "feed" and publisher.robots not in ("broken", "private")
    )
    Path("wiretrace.toml").write_text(f'[[source]]\nfeed = "{feed}"\n[crawl]\ndelay_s = 0.02\n')
    assert main(["run", "--json", "-q"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["articles"] > 0
    assert Path(told["report"]).exists()
    assert main(["run", "-q"]) == 0  # the feed was read just now
    assert "nothing was due" in capsys.readouterr().out
    assert main(["run", "--all", "-q"]) == 0  # again: nothing new, nothing lost
    assert f"articles\t{told['articles']}" in capsys.readouterr().out
