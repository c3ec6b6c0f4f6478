"""`wiretrace sources`: what is tried, found, imported and exported."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.config import load_config
from crawler.newsroom import Document, NewsroomServer
from tests.runs.conftest import proxied

HOST = "tide-post.example"
RSS = (
    '<rss version="2.0"><channel><title>Tide</title>'
    + "".join(
        f"<item><title>Ferry {number} leaves</title><link>http://{HOST}/news/{number}-ferry</link>"
        f"<pubDate>Mon, 0{number} Mar 2026 09:00:00 GMT</pubDate></item>"
        for number in (1, 2, 3)
    )
    + "</channel></rss>"
).encode()
FRONT = (
    b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    b'<link rel="alternate" type="application/rss+xml" href="/gone.xml"></head>'
    b"<body><h1>Tide Post</h1></body></html>"
)
HTML = {"Content-Type": "text/html"}
DOCUMENTS = {
    (HOST, "/"): Document(headers=HTML, body=FRONT),
    (HOST, "/feed.xml"): Document(headers={"Content-Type": "application/rss+xml"}, body=RSS),
    (HOST, "/robots.txt"): Document(
        headers={"Content-Type": "text/plain"},
        body=f"User-agent: *\nSitemap: http://{HOST}/sitemap.xml\n".encode(),
    ),
    (HOST, "/sitemap.xml"): Document(
        headers={"Content-Type": "application/xml"},
        body=f"<urlset><url><loc>http://{HOST}/news/9-ferry-sinks</loc></url></urlset>".encode(),
    ),
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("wiretrace.toml").write_text("[crawl]\ndelay_s = 0.01\nretries = 0\n")
    return tmp_path


@pytest.fixture
def server(home: Path) -> Iterator[NewsroomServer]:
    assert home.is_dir()
    with NewsroomServer(DOCUMENTS, host="127.0.0.1", port=0) as opened, proxied(opened):
        yield opened


def named() -> list[tuple[str, str]]:
    config = load_config(Path("wiretrace.toml"), environ={})
    return [(source.name, source.location) for source in config.sources]


@pytest.mark.slow
def test_a_sites_feeds_and_sitemaps_are_found_tried_and_added(
    server: NewsroomServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sources", "add", f"http://{HOST}/"]) == 0
    told = capsys.readouterr()
    assert f"{HOST}-feed\tfeed\t3\t2026-03-03T09:00:00" in told.out
    assert "http-404" in told.out
    assert "2 sources added" in told.err
    assert named() == [
        (f"{HOST}-feed", f"http://{HOST}/feed.xml"),
        (f"{HOST}-sitemap", f"http://{HOST}/sitemap.xml"),
    ]
    assert not [one for one in server.log if one.path.startswith("/news/")]
    assert not Path("output").exists()
    assert main(["sources", "test", f"{HOST}-feed", "--json"]) == 0
    [record] = json.loads(capsys.readouterr().out)
    assert (record["leads"], record["titles"][0]) == (3, "Ferry 1 leaves")


@pytest.mark.slow
@pytest.mark.usefixtures("server")
def test_a_feed_that_cannot_be_read_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "test", f"http://{HOST}/gone.xml"]) == 1
    assert "http-404" in capsys.readouterr().out


@pytest.mark.usefixtures("home")
def test_lists_are_imported_once_and_exported(capsys: pytest.CaptureFixture[str]) -> None:
    outlines = "".join(f'<outline xmlUrl="https://{name}.example/rss"/>' for name in "ab")
    Path("feeds.opml").write_text(f"<opml><body>{outlines}</body></opml>")
    assert main(["sources", "import", "feeds.opml", "--dry-run"]) == 0
    assert capsys.readouterr().out.count("[[source]]") == 2
    assert named() == []
    assert main(["sources", "import", "feeds.opml"]) == 0
    assert main(["sources", "import", "feeds.opml"]) == 0
    assert "0 sources added, 2 were there" in capsys.readouterr().err
    assert named() == [
        ("a.example-feed", "https://a.example/rss"),
        ("b.example-feed", "https://b.example/rss"),
    ]
    assert main(["sources", "export"]) == 0
    Path("again.opml").write_text(capsys.readouterr().out)
    Path("wiretrace.toml").write_text("")
    assert main(["sources", "import", "again.opml"]) == 0
    assert [location for _, location in named()] == [f"https://{x}.example/rss" for x in "ab"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("arguments", "slug"),
    [
        (["test", "nobody"], "not-found"),
        (["add", "nobody"], "usage"),
        (["add"], "usage"),
        (["import", "nowhere.opml"], "input-missing"),
    ],
)
def test_what_cannot_be_meant_is_told(
    arguments: list[str], slug: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sources", *arguments]) == 2
    assert f"error[{slug}]" in capsys.readouterr().err
