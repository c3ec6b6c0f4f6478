"""Crawls over HTTP of an article that has several pages, or several addresses."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.items import Article, LeadState
from tests.spiders.crawls import crawl, leads_of, store_of, write_config
from tests.spiders.web import Answer, Page, Web, rss, serve

pytestmark = pytest.mark.slow

HOST = "feed.example"
CONFIG = """
[crawl]
delay_s = 0.01
retries = 0
article_pages = 4
[[source]]
name = "feed"
feed = "http://feed.example/rss.xml"
"""
TITLE = "Night boat to Listhaven is late for the ninth time this winter"
TOPICS = (
    "the captain waits for a spare part that the yard has promised for the morning",
    "ninety people sleep in the hall of the harbour office, where they are given soup",
    "the council is to vote in the summer on a second boat of the islands' own",
    "the company pays half of the fare back to whoever has kept the ticket",
    "the lighthouse keeper has counted every boat since the year of the great frost",
)


def paragraphs(number: int) -> list[str]:
    topic = TOPICS[number - 1]
    return [
        f"In its part {number} of the story the Courier tells how {topic}, as it does each year.",
        f"Nobody on the quay was surprised to hear that {topic}, said the baker at pier {number}.",
        f"Whoever asks at office {number} is told that {topic}, and is asked to come back later.",
    ]


def part(number: int, links: str = "", last: int = 3) -> Answer:
    """Give a page of the article with a pager, its headline and a closing line on each page."""
    bar = "".join(f'<a href="{path(n)}">{n}</a>' for n in range(1, last + 1) if n != number)
    text = "".join(f"<p>{line}</p>" for line in paragraphs(number))
    body = f"""<html><head><title>{TITLE} - Courier</title>
        <script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}",
        "datePublished":"2026-03-02T09:0{number}:00Z"}}</script></head><body>
        <article><h1>{TITLE}</h1>{text}</article><nav>{bar}{links}</nav></body></html>"""
    return Answer(body=body.encode())


def path(number: int) -> str:
    return "/boat" if number == 1 else f"/boat/{number}"


def text_of(*numbers: int) -> str:
    return "\n".join(line for number in numbers for line in paragraphs(number))


def crawled(
    folder: Path, pages: dict[str, Page], *, feed: str = "/boat"
) -> tuple[Web, list[Article]]:
    """Crawl once; give the web with its log, and what is stored."""
    web = Web({HOST: {"/rss.xml": rss(*feed.split(), host=HOST), **pages}})
    with serve(web) as proxy:
        crawl(folder, proxy, "watchlist")
    with store_of(folder) as store:
        return web, list(store.articles())


def asked(web: Web) -> list[str]:
    return sorted(set(web.paths(HOST)) - {"/rss.xml", "/robots.txt"})


def test_all_pages_of_an_article_are_fetched_and_make_one(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    web, (article,) = crawled(tmp_path, {path(n): part(n) for n in (1, 2, 3)})
    assert article.text == text_of(1, 2, 3)
    assert (article.url, article.title) == (f"http://{HOST}/boat", TITLE)
    assert article.published == "2026-03-02T09:01:00+00:00"
    assert [(form.number, form.published) for form in article.forms] == [
        (2, "2026-03-02T09:02:00+00:00"),
        (3, "2026-03-02T09:03:00+00:00"),
    ]
    assert article.partial is None
    assert asked(web) == ["/boat", "/boat/2", "/boat/3"]
    with store_of(tmp_path) as store:
        assert store.runs()[0].counts["parts-wanted"] == 2
        assert store.runs()[0].counts["new-articles"] == 1


def test_a_later_run_joins_what_an_earlier_one_could_not_have(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    busy = Answer(status=503)
    _, (article,) = crawled(tmp_path, {"/boat": part(1), "/boat/2": busy, "/boat/3": part(3)})
    assert (article.text, article.partial) == (text_of(1, 3), "part-waiting")
    with store_of(tmp_path) as store:
        assert len(list(store.leads(LeadState.NEW))) == 1
    tell(tmp_path, "UPDATE leads SET not_before = NULL")
    web, (article,) = crawled(tmp_path, {path(n): part(n) for n in (1, 2, 3)})
    assert (article.text, article.partial) == (text_of(1, 2, 3), None)
    assert asked(web) == ["/boat/2"]


def test_a_page_that_changed_later_changes_the_article_and_its_former_text_is_kept(
    tmp_path: Path,
) -> None:
    write_config(tmp_path, CONFIG)
    pages = {path(n): part(n) for n in (1, 2, 3)}
    _, (before,) = crawled(tmp_path, {**pages})
    tell(tmp_path, "UPDATE leads SET revisit_at = '2026-01-01T00:00:00Z'")
    changed = pages["/boat/2"].body.replace(b"Nobody on the quay", b"No passenger at all")
    web, (after,) = crawled(tmp_path, {**pages, "/boat/2": Answer(body=changed)})
    assert asked(web) == ["/boat", "/boat/2", "/boat/3"]
    second = text_of(2).replace("Nobody on the quay", "No passenger at all")
    assert after.text == f"{text_of(1)}\n{second}\n{text_of(3)}"
    with store_of(tmp_path) as store:
        assert [one.text for one in store.revisions(after.id)] == [before.text]


def tell(folder: Path, statement: str) -> None:
    """Let time pass in the store."""
    with closing(sqlite3.connect(folder / "out" / "wiretrace.sqlite")) as store, store:
        store.execute(statement)


def test_a_page_that_is_gone_or_forbidden_leaves_the_article_partial(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    robots = Answer(body=b"User-agent: *\nDisallow: /boat/2\n", kind="text/plain")
    web, (article,) = crawled(
        tmp_path, {"/robots.txt": robots, "/boat": part(1), "/boat/2": part(2)}
    )
    assert (article.text, article.partial) == (text_of(1), "part-lost")
    assert [(form.number, form.missing) for form in article.forms] == [
        (2, "robots-denied"),
        (3, "http-404"),
    ]
    assert asked(web) == ["/boat", "/boat/3"]


def test_one_page_with_everything_is_asked_for_instead(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    link = '<a href="/boat?page=all">View as a single page</a>'
    whole = part(1).body.replace(
        b"</article>",
        "".join(f"<p>{line}</p>" for line in text_of(2, 3).split("\n")).encode() + b"</article>",
    )
    pages: dict[str, Page] = {path(n): part(n, link) for n in (1, 2, 3)}
    web, (article,) = crawled(tmp_path, {**pages, "/boat?page=all": Answer(body=whole)})
    assert (article.text, article.url) == (text_of(1, 2, 3), f"http://{HOST}/boat")
    assert asked(web) == ["/boat", "/boat?page=all"]
    assert [form.kind for form in article.forms] == ["whole"]


def test_the_pages_are_asked_for_where_the_one_page_is_gone(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    link = '<a href="/boat?page=all">View as a single page</a>'
    web, (article,) = crawled(tmp_path, {path(n): part(n, link) for n in (1, 2, 3)})
    assert (article.text, article.partial) == (text_of(1, 2, 3), None)
    assert asked(web) == ["/boat", "/boat/2", "/boat/3", "/boat?page=all"]


def test_an_endless_article_is_read_up_to_the_limit(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    web, (article,) = crawled(tmp_path, {path(n): part(n, last=5) for n in range(1, 6)})
    assert (article.text, article.partial) == (text_of(1, 2, 3, 4), "part-limit")
    assert "/boat/5" not in asked(web)


def test_of_the_spellings_that_a_feed_names_one_is_asked_for(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    names = "/amp/boat /boat /boat?print=1 /boat?utm_source=feed"
    page = part(1, last=1)
    web, (article,) = crawled(
        tmp_path, {"/boat": page, "/amp/boat": page, "/boat?print=1": page}, feed=names
    )
    assert article.url == f"http://{HOST}/boat"
    assert asked(web) == ["/boat"]
    left_out = {url: lead.reason for url, lead in leads_of(tmp_path).items() if lead.reason}
    assert left_out == {f"{HOST}/amp/boat": "variant", f"{HOST}/boat?print=1": "variant"}
    with store_of(tmp_path) as store:
        assert store.runs()[0].counts["left-out:variant"] == 2


def test_another_spelling_is_asked_for_where_the_plain_page_has_no_story(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    empty = Answer(body=b"<html><body><div id=app></div></body></html>")
    web, (article,) = crawled(
        tmp_path, {"/boat": empty, "/amp/boat": part(1, last=1)}, feed="/boat /amp/boat"
    )
    assert article.url == f"http://{HOST}/amp/boat"
    assert asked(web) == ["/amp/boat", "/boat"]


def test_an_address_in_an_amp_cache_is_its_publishers_and_no_cache_is_asked(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    feed = rss("/boat", "/amp/boat", host=HOST).body.replace(
        b"http://feed.example/amp", b"http://feed-example.cdn.ampproject.org/c/feed.example/amp"
    )
    pages: dict[str, Page] = {
        "/boat": part(1, last=1),
        "/rss.xml": Answer(body=feed, kind="text/xml"),
    }
    web, (article,) = crawled(tmp_path, pages)
    assert article.url == f"http://{HOST}/boat"
    assert asked(web) == ["/boat"]
    assert {each.host for each in web.log} == {HOST}
    assert {url: lead.reason for url, lead in leads_of(tmp_path).items()} == {
        f"{HOST}/boat": None,
        f"{HOST}/amp/boat": "variant",
    }
