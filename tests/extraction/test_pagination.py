"""Which page of an article a page is, and what is no pagination of an article."""

import json

import pytest

from crawler.config import ExtractionLimits
from crawler.extraction import extract
from crawler.extraction.document import parse
from crawler.extraction.numbered import numbers_of
from crawler.extraction.pagination import find_pages
from crawler.items import Page, PageLink

HOST = "https://courier.example"
STORY = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Boat"}</script>'


def page(url: str, body: str, head: str = STORY) -> Page:
    return Page(
        url=url if "://" in url else f"{HOST}{url}",
        requested_url=url,
        source="s",
        status=200,
        content_type="text/html; charset=utf-8",
        body=f"<html><head>{head}</head><body><h1>Boat</h1>{body}</body></html>".encode(),
        fetched="2026-03-02T10:00:00Z",
    )


def pages(url: str, body: str, head: str = STORY) -> tuple[int | None, list[tuple[int, str]]]:
    found = find_pages(parse(page(url, body, head), ExtractionLimits()))
    return found.part, [(link.number or 0, link.url.removeprefix(HOST)) for link in found.links]


def pager(*links: tuple[str, str]) -> str:
    return f"<nav>{''.join(f'<a href={url!r}>{text}</a>' for text, url in links)}</nav>"


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("/world/night-boat", "/world/night-boat/2", "/world/night-boat/3"),
        ("/world/night-boat/", "/world/night-boat/page/2/", "/world/night-boat/page/3/"),
        ("/night-boat.html", "/night-boat-2.html", "/night-boat-3.html"),
        ("/night-boat.html", "/night-boat,2.html", "/night-boat,3.html"),
        ("/night-boat.html", "/night-boat_p2.html", "/night-boat_p3.html"),
        ("/night-boat", "/night-boat?page=2", "/night-boat?page=3"),
        ("/boot/a-4711123", "/boot/a-4711123-2", "/boot/a-4711123-3"),
        ("/boot-faehrt", "/boot-faehrt/seite-2", "/boot-faehrt/seite-3"),
        ("/story.php?id=99", "/story.php?id=99&page=2", "/story.php?id=99&page=3"),
        ("/amp/night-boat", "/amp/night-boat/2", "/amp/night-boat/3"),
    ],
)
def test_numbered_pages_are_found_from_each_of_them(first: str, second: str, third: str) -> None:
    bar = pager(("1", first), ("2", second), ("3", third))
    assert pages(first, bar) == (1, [(2, second), (3, third)])
    assert pages(third, bar) == (3, [(1, first), (2, second)])


@pytest.mark.parametrize(
    "label",
    ["Next", "next page »", "Weiter", "Nächste Seite", "Seite 2", "Page 2 of 5", "Siguiente",
     "Page suivante", "Volgende", "Следующая", "下一页", "Seite 2: Was der Kapitän sagt"],
)  # fmt: skip
def test_a_pager_may_say_next_in_many_languages(label: str) -> None:
    found = pages("/night-boat", pager((label, "/night-boat/2")))
    assert found == (1, [(2, "/night-boat/2")])


def test_declared_neighbours_are_enough() -> None:
    head = f'{STORY}<link rel="next" href="/night-boat/3"><link rel="prev" href="/night-boat/1">'
    assert pages("/night-boat/2", "", head) == (2, [(1, "/night-boat/1"), (3, "/night-boat/3")])


def test_pages_may_be_counted_from_nought() -> None:
    bar = pager(("1", "/night-boat"), ("2", "/night-boat?page=1"), ("3", "/night-boat?page=2"))
    assert pages("/night-boat", bar) == (
        1,
        [(2, "/night-boat?page=1"), (3, "/night-boat?page=2")],
    )


@pytest.mark.parametrize(
    "body",
    [
        pager(("Next", "/fishing-rights"), ("Previous", "/harbour-dues")),
        '<a rel="next" href="/2026/03/03/fishing-rights">Next</a>',
        f'<section class="comments">{pager(("2", "/night-boat?page=2"))}</section>',
        f'<div id="disqus_thread">{pager(("Next", "/night-boat/2"))}</div>',
        pager(("2", "/night-boat?page=2#comments")),
        pager(("2", "/night-boat?cpage=2")),
        pager(("2", "/night-boat/comment-page-2")),
        pager(("The second boat", "/night-boat-2")),
        pager(("12", "/night-boat/2026")),
        pager(("2", "/boats/2"), ("3", "/boats/3")),
        pager(("2", "https://other.example/night-boat/2")),
    ],
)
def test_neighbours_comments_and_strangers_are_no_pages_of_the_article(body: str) -> None:
    assert pages("/night-boat", body) == (None, [])


def test_a_front_has_no_pages_of_an_article() -> None:
    front = '<meta property="og:type" content="website">'
    assert pages("/sport/", pager(("2", "/sport/page/2"), ("3", "/sport/page/3")), front) == (
        None,
        [],
    )
    assert pages("/", pager(("2", "/page/2")), front) == (None, [])


def test_an_article_with_a_number_in_its_address_is_no_page_of_another() -> None:
    """The tenth of a series has neighbours, but no first page with its words."""
    assert pages("/boats/top-10", pager(("Next", "/boats/top-11"))) == (None, [])
    assert pages("/2026/03/02", pager(("1", "/2026/03/01"), ("3", "/2026/03/03"))) == (None, [])


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("View as a single page", "/night-boat?page=all"),
        ("Auf einer Seite lesen", "/night-boat/komplettansicht"),
        ("Read on one page", "/night-boat/full.html"),
        ("All", "/night-boat?view=all"),
    ],
)
def test_the_page_that_has_all_is_named(text: str, url: str) -> None:
    body = pager(("2", "/night-boat/2"), (text, url))
    found = find_pages(parse(page("/night-boat", body), ExtractionLimits()))
    assert PageLink(kind="whole", url=f"{HOST}{url}") in found.links


def test_a_view_of_everything_alone_makes_no_pages() -> None:
    assert pages("/night-boat", pager(("View all", "/boats"))) == (None, [])


@pytest.mark.parametrize(
    ("url", "stem", "number"),
    [
        ("https://a.example/x/2", "a.example/x", 2),
        ("https://a.example/x/page-3", "a.example/x", 3),
        ("https://a.example/x-4.html", "a.example/x.html", 4),
        ("https://a.example/x/2.html", "a.example/x", 2),
        ("https://a.example/x?id=7&seite=2", "a.example/x?id=7", 2),
    ],
)
def test_addresses_are_read_as_numbered_pages(url: str, stem: str, number: int) -> None:
    assert (stem, number) in numbers_of(url)


PARAGRAPHS = [
    "The night boat to Listhaven left the quay of Northport two hours late on Monday evening.",
    "Its captain waited for a spare part that the yard had promised for the morning already.",
    "Some ninety people slept in the waiting hall, where the harbour office served them soup.",
    "The company will pay half of the fare back to whoever had a ticket for this crossing.",
    "A second boat is under repair until April, so that a delay of one is a delay of all.",
    "Islanders ask for a boat of their own, which the council is to vote on in the summer.",
]


def test_what_the_data_hold_as_a_whole_need_not_be_fetched() -> None:
    shown = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:3])
    bar = pager(("2", "/night-boat/2"))
    data = {"@type": "NewsArticle", "headline": "Night boat is late",
            "articleBody": "\n".join(PARAGRAPHS)}  # fmt: skip
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    body = f"<article>{shown}</article>{bar}".replace("Boat", "Night boat is late")
    article = extract(page("/night-boat", body, head), ExtractionLimits())
    assert article.text.split("\n") == PARAGRAPHS
    assert (article.part, article.links) == (None, ())


def test_without_such_data_the_article_is_the_page_and_names_the_others() -> None:
    shown = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:3])
    body = f"<article>{shown}</article>{pager(('1', '/night-boat'), ('2', '/night-boat/2'))}"
    article = extract(page("/night-boat", body), ExtractionLimits())
    assert article.text.split("\n") == PARAGRAPHS[:3]
    assert article.part == 1
    assert article.links == (PageLink(kind="part", url=f"{HOST}/night-boat/2", number=2),)
