"""The spiders `urls`, `archives` and `sections`, alone and with a watched story."""

import asyncio
import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.config import Config, Source
from crawler.items import Drop, LeadState, Page, SourceOutcome
from spiders.watchlist import WatchlistSpider
from tests.spiders.crawls import (
    ROOT,
    crawl,
    environment,
    in_state,
    leads_of,
    store_of,
    write_config,
)
from tests.spiders.web import Answer, Web, rss, serve, story

pytestmark = pytest.mark.slow


def record(kind: str, place: str, content: bytes) -> bytes:
    """Write one WARC record by hand."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://old.example{place}\r\n"
        f"WARC-Date: 2026-03-02T09:30:00Z\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def answer(place: str, status: str, kind: str, body: bytes) -> bytes:
    return record(
        "response", place, f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    )


def write_warc(path: Path, *, gzipped: bool) -> None:
    """Write an archive: five stories, a picture, a redirect, an error, a request record."""
    stories = [answer(f"/{n}", "200 OK", "text/html", story(f"Haven {n}").body) for n in range(5)]
    records = [
        *stories[:2],
        answer("/p.png", "200 OK", "image/png", b"\x89PNG"),
        answer("/old", "301 Moved", "text/html", b"moved"),
        answer("/gone", "404 Not Found", "text/html", b"gone"),
        *stories[2:],
        record("request", "/0", b"GET /0 HTTP/1.1\r\nHost: old.example\r\n\r\n"),
    ]
    path.write_bytes(b"".join(gzip.compress(each) if gzipped else each for each in records))


def test_an_archive_gives_its_pages_without_a_network(tmp_path: Path) -> None:
    path = tmp_path / "old.warc.gz"
    write_warc(path, gzipped=True)
    write_config(tmp_path, "")
    web = Web({})
    with serve(web) as proxy:
        crawl(tmp_path, proxy, "archives", "-a", f"url={path}")
        crawl(tmp_path, proxy, "archives", "-a", f"url={path}")
    assert web.log == []
    with store_of(tmp_path) as store:
        second, first = store.runs()
        pages = [page for _, page in store.pages(latest=False)]
    assert len(pages) == 5
    assert {page.fetched for page in pages} == {"2026-03-02T09:30:00Z"}
    assert first.counts["articles"] == 5
    assert {name for name in first.counts if name.startswith("drop:")} == {
        "drop:page-not-html", "drop:http-301", "drop:http-404",
    }  # fmt: skip
    assert second.counts["drop:known-page"] == 5


def outputs_of(kind: str, path: Path) -> list[object]:
    """Give all that a reader yields of a file, without a crawl."""
    source = Source(name="mine", kind=kind, location=str(path))
    spider = WatchlistSpider(config=Config(sources=(source,)))

    async def gather() -> list[object]:
        return [output async for output in spider.start()]

    return asyncio.run(gather())


def outcome_in(outputs: list[object]) -> SourceOutcome:
    return next(output for output in outputs if isinstance(output, SourceOutcome))


@pytest.mark.parametrize("gzipped", [True, False])
def test_both_forms_of_an_archive_are_read_record_by_record(tmp_path: Path, gzipped: bool) -> None:
    path = tmp_path / "old.warc"
    write_warc(path, gzipped=gzipped)
    outputs = outputs_of("archive", path)
    pages = [output for output in outputs if isinstance(output, Page)]
    assert [page.url for page in pages] == [f"http://old.example/{n}" for n in range(5)]
    assert pages[0].body == story("Haven 0").body
    assert outcome_in(outputs).failures == 0


@pytest.mark.parametrize("gzipped", [True, False])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.8, 0.97, 0.99])
def test_a_cut_archive_gives_what_is_whole_and_one_line(
    tmp_path: Path, gzipped: bool, share: float
) -> None:
    path = tmp_path / "old.warc"
    write_warc(path, gzipped=gzipped)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    outputs = outputs_of("archive", path)
    bodies = [output.body for output in outputs if isinstance(output, Page)]
    assert bodies == [story(f"Haven {n}").body for n in range(len(bodies))]
    broken = [
        each for each in outputs if isinstance(each, Drop) and each.reason == "archive-broken"
    ]
    assert len(broken) == 1
    outcome = outcome_in(outputs)
    assert (outcome.documents, outcome.failures) == (1, 1)
    assert outcome.error is not None
    assert outcome.error.startswith("archive-broken: ")


def test_a_file_that_is_no_archive_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    path.write_text("no archive at all\n" * 50)
    drop, outcome = outputs_of("archive", path)
    assert isinstance(drop, Drop)
    assert drop.reason == "archive-broken"
    assert isinstance(outcome, SourceOutcome)


@pytest.mark.parametrize("kind", ["archive", "urls"])
def test_a_missing_file_is_one_drop_and_a_failed_source(tmp_path: Path, kind: str) -> None:
    drop, outcome = outputs_of(kind, tmp_path / "nowhere")
    assert isinstance(drop, Drop)
    assert drop.reason == "input-missing"
    assert isinstance(outcome, SourceOutcome)
    assert (outcome.documents, outcome.failures) == (0, 1)


def test_addresses_are_read_from_stdin(tmp_path: Path) -> None:
    write_config(tmp_path, "[crawl]\ndelay_s = 0.01")
    text = "# mine\n\nhttp://list.example/a?utm_source=x\nno address\nhttp://list.example/a\n"
    with serve(Web({"list.example": {"/a": story("Listhaven")}})) as proxy:
        crawl(tmp_path, proxy, "urls", "-a", "url=-", text=text)
    assert in_state(tmp_path, LeadState.DONE) == {"list.example/a"}
    with store_of(tmp_path) as store:
        assert store.runs()[0].counts["drop:address-unusable"] == 1


def test_a_story_watched_by_its_address_chooses_the_leads(tmp_path: Path) -> None:
    other = "Town council votes on parking fees"
    feed = (
        "<rss version='2.0'><channel>"
        "<item><title>Sandbank stops ferry to Listhaven</title><link>/copy</link></item>"
        f"<item><title>{other}</title><link>/other</link></item>"
        "<item><title>Ferry to Listhaven</title><link>/old</link>"
        "<pubDate>Mon, 02 Feb 2026 09:00:00 +0000</pubDate></item></channel></rss>"
    )
    write_config(
        tmp_path,
        '[crawl]\ndelay_s = 0.01\n[[source]]\nname = "f"\nfeed = "http://f.example/rss"\n'
        '[[story]]\nname = "ferry"\nurl = "http://s.example/ferry-listhaven"\n'
        "since = 2026-03-01T00:00:00Z\n",
    )
    hosts = {
        "f.example": {"/rss": Answer(body=feed.encode()), "/copy": story("Listhaven")},
        "s.example": {"/ferry-listhaven": story("Listhaven")},
    }
    with serve(Web(hosts)) as proxy:
        crawl(tmp_path, proxy, "watchlist")
    leads = leads_of(tmp_path)
    assert in_state(tmp_path, LeadState.DONE) == {"f.example/copy", "s.example/ferry-listhaven"}
    assert leads["f.example/other"].reason == "off-story"
    assert leads["f.example/old"].reason == "before-window"
    assert leads["s.example/ferry-listhaven"].kind == "story"


def test_one_source_can_be_chosen_by_name(tmp_path: Path) -> None:
    write_config(
        tmp_path,
        "[crawl]\ndelay_s = 0.01\n"
        '[[source]]\nname = "one"\nfeed = "http://one.example/rss"\n'
        '[[source]]\nname = "two"\nfeed = "http://two.example/rss"\ndelay_s = 0.4\n',
    )
    hosts = {
        "one.example": {"/rss": rss("/1", host="one.example"), "/1": story("Onehaven")},
        "two.example": {
            "/rss": rss("/1", "/2", host="two.example"),
            "/1": story("Twohaven"),
            "/2": story("Duohaven"),
        },
    }
    web = Web(hosts)
    with serve(web) as proxy:
        crawl(tmp_path, proxy, "feeds", "-a", "source=two")
    assert web.paths("one.example") == []
    # A source's own delay counts for its whole host.
    assert min(web.gaps("two.example")) >= 0.4


def test_the_project_lists_its_spiders_and_opens_a_shell(tmp_path: Path) -> None:
    write_config(tmp_path, "")
    with serve(Web({"shell.example": {"/": story("Shellhaven")}})) as proxy:
        environ = environment(tmp_path, proxy)
        spiders = subprocess.run(
            [sys.executable, "-m", "scrapy", "list"],
            cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=True,
        ).stdout.split()  # fmt: skip
        shell = subprocess.run(
            [sys.executable, "-m", "scrapy", "shell", "http://shell.example/", "-c", "response"],
            cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=True,
        ).stdout  # fmt: skip
    assert spiders == ["archives", "feeds", "sections", "sitemaps", "urls", "watchlist"]
    assert "<200 http://shell.example/>" in shell
    assert not (tmp_path / "out").exists()
