"""One crawl of a small, difficult web, and what came of each thing in it."""

import gzip
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.items import Drop, Lead, LeadState, Run
from crawler.newsroom import politeness
from tests.spiders.crawls import crawl, leads_of, store_of, write_config
from tests.spiders.web import Answer, Page, Web, robots, rss, serve, story

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("watchlist")]

DELAY_S = 0.1
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
CONFIG = f"""
[crawl]
delay_s = {DELAY_S}
max_bytes = 300000
timeout_s = 5
max_retry_after_s = 5
[[source]]
name = "feed"
feed = "http://feed.example/rss.xml"
[[source]]
name = "sitemap"
sitemap = "http://map.example/index.xml"
[[source]]
name = "front"
section = "http://front.example/"
[[source]]
name = "closed"
section = "http://closed.example/"
[[source]]
name = "slow"
feed = "http://slow.example/rss.xml"
[[source]]
name = "busy"
feed = "http://busy.example/rss.xml"
[[source]]
name = "away"
feed = "http://away.example/rss.xml"
[[source]]
name = "gone"
feed = "http://feed.example/no-such-feed.xml"
[[source]]
name = "page"
feed = "http://feed.example/page-for-a-feed"
"""


def teaser(path: str, place: str) -> str:
    return f'<h3><a href="{path}">Night ferry to {place} runs onto a sandbank</a></h3>'


def front(*teasers: str, more: str = "") -> Answer:
    return Answer(body=f"<html><body>{''.join(teasers)}{more}</body></html>".encode())


def moved(to: str) -> Answer:
    return Answer(status=301, headers={"Location": to})


def busy(number: int) -> Answer:
    if number == 1:
        return Answer(status=429, headers={"Retry-After": "1"})
    return story("Busyhaven")


def feed_host() -> dict[str, Page]:
    paths = (
        "/a", "/moved", "/moved-too", "/far-1", "/far-2", "/private/b", "/404", "/loop", "/huge",
        "/film", "/empty", "/dead", "/away",
    )  # fmt: skip
    return {
        "/robots.txt": robots("\ufeffUser-agent: *\r\nDisallow: /private/\r\n"),
        "/rss.xml": rss(*paths, host="feed.example"),
        "/page-for-a-feed": story("Pagehaven"),
        "/a": story("Ashhaven"),
        "/moved": moved("/target"),
        "/moved-too": moved("/target"),
        "/target": story("Targethaven"),
        "/private/b": story("Secrethaven"),
        "/loop": moved("/loop"),
        "/huge": Answer(body=b"<html>" + b"x" * 400_000),
        "/film": Answer(body=b"\x00" * 5000, kind="video/mp4"),
        "/empty": Answer(body=b""),
        "/dead": moved("/"),
        "/far-1": moved("http://slow.example/3"),
        "/far-2": moved("http://slow.example/4"),
        "/away": moved("http://closed.example/secret"),
    }


def map_host() -> dict[str, Page]:
    entry = (
        "<url><loc>http://map.example/m1</loc><news:news><news:publication_date>2026-03-02T09:00:00Z"
        "</news:publication_date><news:title>Ferry</news:title></news:news></url>"
        "<url><loc>http://map.example/tag/ferry</loc></url>"
    )
    inner = f"<urlset {NEWS}>{entry}</urlset>"
    index = "<sitemapindex><sitemap><loc>/news.xml.gz</loc></sitemap></sitemapindex>"
    return {
        "/index.xml": Answer(body=index.encode(), kind="application/xml"),
        "/news.xml.gz": Answer(body=gzip.compress(inner.encode()), kind="application/gzip"),
        "/m1": story("Maphaven"),
        "/tag/ferry": story("Taghaven"),
    }


def front_host() -> dict[str, Page]:
    second = '<p><a href="/latest/">More news</a></p>'
    return {
        "/robots.txt": Answer(body=b"<html>Disallow: /</html>"),
        "/": front(teaser("/r/1001", "Onehaven"), teaser("/r/1002", "Twohaven"), more=second),
        "/latest/": front(teaser("/r/1002", "Twohaven"), teaser("/r/1003", "Threehaven")),
        "/r/1001": story("Onehaven"),
        "/r/1002": story("Twohaven"),
        "/r/1003": story("Threehaven"),
    }


def hosts() -> dict[str, dict[str, Page]]:
    return {
        "feed.example": feed_host(),
        "map.example": map_host(),
        "front.example": front_host(),
        "closed.example": {"/robots.txt": robots("", 503), "/": front(teaser("/r/1", "Xhaven"))},
        "slow.example": {
            "/robots.txt": robots("User-agent: *\nCrawl-delay: 1\n"),
            "/rss.xml": rss("/1", "/2", host="slow.example"),
            "/1": story("Slowhaven"),
            "/2": story("Latehaven"),
            "/3": story("Farhaven"),
            "/4": story("Fartherhaven"),
        },
        "busy.example": {
            "/rss.xml": rss("/1", host="busy.example"),
            "/1": busy,
        },
        "away.example": {
            "/rss.xml": rss("/rest", host="away.example"),
            "/rest": lambda _: Answer(status=503, headers={"Retry-After": "3600"}),
        },
    }


@dataclass(frozen=True)
class Crawled:
    web: Web
    folder: Path
    log: str
    leads: dict[str, Lead]
    run: Run
    drops: list[Drop]

    def fate(self, url: str) -> tuple[str, str | None]:
        lead = self.leads[url]
        return lead.state.value, lead.reason


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    folder = tmp_path_factory.mktemp("crawl")
    write_config(folder, CONFIG)
    web = Web(hosts())
    with serve(web) as proxy:
        log = crawl(folder, proxy, "watchlist")
    with store_of(folder) as store:
        run, drops = store.runs()[0], list(store.drops())
    return Crawled(web=web, folder=folder, log=log, leads=leads_of(folder), run=run, drops=drops)


def test_every_kind_of_source_leads_to_its_articles(crawled: Crawled) -> None:
    with store_of(crawled.folder) as store:
        titles = {article.title for article in store.articles()}
    places = (
        "Ash",
        "Target",
        "Map",
        "One",
        "Two",
        "Three",
        "Slow",
        "Late",
        "Busy",
        "Far",
        "Farther",
    )
    assert titles == {f"Night ferry to {place}haven runs onto a sandbank" for place in places}


def test_a_page_keeps_where_it_was_found_and_what_the_feed_said(crawled: Crawled) -> None:
    lead = crawled.leads["feed.example/a"]
    assert (lead.source, lead.kind, lead.found_on) == (
        "feed",
        "feed",
        "http://feed.example/rss.xml",
    )
    assert (lead.title, lead.published) == (
        "Ferry 0 is late once more",
        "2026-03-02T09:00:00+01:00",
    )


def test_robots_txt_is_asked_first_and_obeyed(crawled: Crawled) -> None:
    for host in hosts():
        assert crawled.web.paths(host)[0] == "/robots.txt"
    assert "/private/b" not in crawled.web.paths("feed.example")
    assert crawled.fate("feed.example/private/b") == ("refused", "robots-denied")


def test_a_host_whose_robots_txt_fails_is_not_crawled(crawled: Crawled) -> None:
    assert set(crawled.web.paths("closed.example")) == {"/robots.txt"}
    outcome = next(each for each in crawled.run.sources if each.source == "closed")
    assert outcome.failures == 1
    assert outcome.error is not None
    assert outcome.error.startswith("robots-unreachable")


def test_a_redirect_is_checked_on_the_host_it_leads_to(crawled: Crawled) -> None:
    assert crawled.fate("feed.example/away") == ("new", "robots-unreachable")


def test_a_web_page_in_the_place_of_robots_txt_forbids_nothing(crawled: Crawled) -> None:
    assert crawled.fate("front.example/r/1001") == ("done", None)


def test_a_host_is_never_asked_faster_than_its_delay(crawled: Crawled) -> None:
    assert min(crawled.web.gaps("feed.example")) >= DELAY_S
    assert min(crawled.web.gaps("front.example")) >= DELAY_S
    # The gap after robots.txt itself comes before the delay is known.
    assert min(crawled.web.gaps("slow.example")[1:]) >= 1


def test_by_the_servers_log_nobody_has_anything_to_complain_of(crawled: Crawled) -> None:
    found = politeness(
        crawled.web.requests(),
        delay_s=DELAY_S,
        delays_s={"slow.example": 1.0},
        denied=[("feed.example", "/private/"), ("closed.example", "/")],
    )
    assert found.perfect, found
    assert sum(one.waits for one in found.hosts) == 2
    assert {one.host for one in found.hosts} == set(hosts())


def test_retry_after_is_waited_for(crawled: Crawled) -> None:
    times = [asked.at for asked in crawled.web.log if asked.path == "/1" and asked.host[0] == "b"]
    assert len(times) == 2
    assert times[1] - times[0] >= 1
    assert crawled.fate("busy.example/1") == ("done", None)


def test_a_host_that_asks_for_an_hour_is_left_alone(crawled: Crawled) -> None:
    asked = crawled.web.paths("away.example")
    assert asked[-1] == "/rest"
    assert asked.count("/rest") == 1
    assert crawled.fate("away.example/rest") == ("new", "http-503")


def test_no_address_is_fetched_twice(crawled: Crawled) -> None:
    for host in ("feed.example", "map.example", "front.example", "slow.example"):
        good = [
            asked.path for asked in crawled.web.log if (asked.host, asked.status) == (host, 200)
        ]
        assert len(good) == len(set(good)), good


def test_two_leads_to_one_page_keep_it_once(crawled: Crawled) -> None:
    fates = {crawled.fate("feed.example/moved"), crawled.fate("feed.example/moved-too")}
    assert fates == {("done", None), ("done", "duplicate-address")}
    with store_of(crawled.folder) as store:
        pages = [page for _, page in store.pages() if page.url.endswith("/target")]
    assert len(pages) == 1
    assert pages[0].requested_url.startswith("http://feed.example/moved")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("404", "http-404"),
        ("loop", "redirect-loop"),
        ("huge", "page-too-large"),
        ("film", "page-not-html"),
        ("dead", "redirected-home"),
    ],
)
def test_what_gives_no_page_is_given_up_under_its_reason(
    crawled: Crawled, path: str, reason: str
) -> None:
    assert crawled.fate(f"feed.example/{path}") == ("failed", reason)
    assert crawled.run.counts[f"drop:{reason}"] >= 1
    assert any(drop.reason == reason and path in (drop.url or "") for drop in crawled.drops)


def test_an_empty_page_is_kept_with_its_reason(crawled: Crawled) -> None:
    assert crawled.fate("feed.example/empty") == ("done", None)
    with store_of(crawled.folder) as store:
        failed = {url: reason for url, _, reason, _ in store.failed_pages()}
    assert failed["http://feed.example/empty"] == "page-empty"


def test_lists_in_a_sitemap_are_no_leads(crawled: Crawled) -> None:
    assert "map.example/tag/ferry" not in crawled.leads


@pytest.mark.parametrize(("source", "slug"), [("gone", "http-404"), ("page", "feed-broken")])
def test_a_broken_source_is_one_line_and_the_others_go_on(
    crawled: Crawled, source: str, slug: str
) -> None:
    lines = [line for line in crawled.log.splitlines() if f"(source {source})" in line]
    assert len(lines) == 1
    assert f"[{slug}]" in lines[0]
    outcome = next(each for each in crawled.run.sources if each.source == source)
    assert (outcome.documents, outcome.failures) == (0, 1)


def test_the_run_counts_what_came_of_it(crawled: Crawled) -> None:
    counts = crawled.run.counts
    assert (crawled.run.outcome, counts["articles"], counts["pages"]) == ("partly", 11, 12)
    feed = next(each for each in crawled.run.sources if each.source == "feed")
    assert (feed.documents, feed.leads, feed.new_leads, feed.failures) == (1, 13, 13, 0)
    assert not any(lead.state is LeadState.CLAIMED for lead in crawled.leads.values())


def test_the_user_agent_names_us_and_a_contact(crawled: Crawled) -> None:
    agents = {asked.agent for asked in crawled.web.log}
    assert len(agents) == 1
    assert agents.pop().startswith("wiretrace/")


def test_a_second_crawl_asks_for_no_page_again(crawled: Crawled) -> None:
    again = Web(hosts())
    with serve(again) as proxy:
        crawl(crawled.folder, proxy, "watchlist")
    assert [path for path in again.paths("front.example") if path.startswith("/r/")] == []
    assert again.paths("feed.example").count("/404") == 0
