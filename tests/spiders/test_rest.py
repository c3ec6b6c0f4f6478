"""A page whose story stands only in WordPress's REST interface, crawled over loopback."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.items import LeadState
from crawler.newsroom import Newsroom, fault_watchlist, with_faults
from crawler.runs import extract_again
from crawler.runs.quiet import Quiet
from tests.spiders.crawls import crawl, leads_of, store_of, write_config
from tests.spiders.test_poison import limits
from tests.spiders.web import STORY, Answer, Page, Web, robots, rss, serve, story

pytestmark = pytest.mark.slow

HOST = "press.example"
OTHER = "other.example"
CONFIG = f"""
[crawl]
delay_s = 0.4
retries = 0
[[source]]
name = "feed"
feed = "http://{HOST}/rss.xml"
"""
NOW = "2099-03-05T10:00:00Z"


def shell(number: int, link: str | None = None) -> Answer:
    """Give a page that a script fills."""
    rest = link or f"http://{HOST}/wp-json/wp/v2/posts/{number}"
    return Answer(
        body=(
            "<html><head><title>Night ferry | Press</title>"
            '<link rel="https://api.w.org/" href="/wp-json/">'
            f'<link rel="alternate" type="application/json" href="{rest}"></head>'
            '<body><div id="app"></div><script src="/app.js"></script></body></html>'
        ).encode()
    )


def post(number: int, text: str = STORY) -> Answer:
    paragraphs = "".join(
        f"<p>{line.format(place='Quay')}</p>\n" for line in text.strip().splitlines()
    )
    value = {
        "id": number,
        "date_gmt": "2026-03-02T08:30:00",
        "modified_gmt": "2026-03-02T09:00:00",
        "link": f"http://{HOST}/news/{number}",
        "title": {"rendered": "Night ferry &#8220;Quay&#8221; runs onto a sandbank"},
        "content": {"rendered": paragraphs, "protected": False},
    }
    return Answer(body=json.dumps(value).encode(), kind="application/json; charset=UTF-8")


def web() -> Web:
    pages: dict[str, Page] = {
        "/news/1": shell(1),
        "/news/2": shell(2),
        "/news/3": shell(3),
        "/news/4": shell(4, f"http://{OTHER}/wp-json/wp/v2/posts/4"),
        "/news/5": shell(5),
        "/news/6": story("Northport"),
    }
    rest: dict[str, Page] = {
        "/wp-json/wp/v2/posts/1": post(1),
        "/wp-json/wp/v2/posts/3": post(3),
        "/wp-json/wp/v2/posts/5": post(5, "Nothing."),
    }
    rules = robots("User-agent: *\nDisallow: /wp-json/wp/v2/posts/3\n")
    return Web(
        {
            HOST: {"/rss.xml": rss(*pages, host=HOST), "/robots.txt": rules, **pages, **rest},
            OTHER: {"/wp-json/wp/v2/posts/4": post(4)},
        }
    )


def test_the_story_comes_from_the_rest_link_of_the_same_host_by_all_rules(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    served = web()
    with serve(served) as proxy:
        crawl(tmp_path, proxy, "feeds")
    with store_of(tmp_path) as store:
        articles = {one.url.rpartition("/")[2]: one for one in store.articles()}
        [run] = store.runs()
        drops = {(drop.reason, drop.url) for drop in store.drops(run.id)}
        failed = {url.rpartition("/")[2]: reason for url, _, reason, _ in store.failed_pages()}
        bodies = [page.body for _, page in store.pages(latest=False) if page.url.endswith("/1")]
    assert set(articles) == {"1", "6"}
    assert articles["1"].title == "Night ferry “Quay” runs onto a sandbank"
    assert articles["1"].text.startswith("The night ferry to Quay ran onto a sandbank")
    assert articles["1"].published == "2026-03-02T08:30:00+00:00"
    assert articles["1"].modified == "2026-03-02T09:00:00+00:00"
    assert failed == dict.fromkeys("2345", "no-story")
    rest = f"http://{HOST}/wp-json/wp/v2/posts"
    assert {
        ("rest-http-404", f"{rest}/2"),
        ("rest-robots-denied", f"{rest}/3"),
        ("rest-no-story", f"{rest}/5"),
    } <= drops
    assert (run.counts["rest-asked"], run.counts["by-rest"]) == (4, 1)
    # Both documents are kept, as they came.
    assert [body[:6] for body in bodies] == [b"<html>", b'{"id":']
    assert {lead.state for lead in leads_of(tmp_path).values()} == {LeadState.DONE}
    asked = served.paths(HOST)
    assert "/wp-json/wp/v2/posts/3" not in asked
    assert asked.count("/wp-json/wp/v2/posts/1") == 1
    assert served.paths(OTHER) == []
    assert min(served.gaps(HOST)[1:]) >= 0.35
    # Without the network the same article comes of what is stored.
    extract_again(limits(tmp_path), now=lambda: NOW, progress=Quiet())
    with store_of(tmp_path) as store:
        assert {one.url.rpartition("/")[2]: one.text for one in store.articles()} == {
            name: one.text for name, one in articles.items()
        }


def test_the_newsrooms_scripted_publisher_gives_its_story(tmp_path: Path) -> None:
    write_config(tmp_path, fault_watchlist())
    newsroom = Newsroom.build(datetime(2026, 3, 3, 12, tzinfo=UTC))
    with with_faults(newsroom, ["healthy", "scripted"]).serve() as server:
        crawl(tmp_path, server.proxy_url, "feeds")
    with store_of(tmp_path) as store:
        articles = {one.url.rpartition("/")[2]: one for one in store.articles()}
    assert set(articles) == {"healthy.html", "scripted.html"}
    assert articles["scripted.html"].title == "The museum that kites built"
    assert articles["scripted.html"].text.count("the catalogue says only") == 8
