"""Which links of a front are articles, and which lead on."""

import time

import pytest

from crawler.discovery import Front, read_front
from crawler.discovery.links import LinkSigns, address_points, is_service, judge
from crawler.discovery.paging import MORE, page_number

URL = "http://harbour.example/"
HEADLINE = "Ferry runs aground off the northern pier at dawn"


def front(body: str, url: str = URL, limit: int = 100) -> Front:
    return read_front(f"<html><body>{body}</body></html>", url=url, limit=limit)


def links(body: str) -> list[str]:
    return [link.url.removeprefix(URL) for link in front(body).links]


@pytest.mark.parametrize(
    "teaser",
    [
        f'<h3><a href="/r/123456">{HEADLINE}</a></h3>',
        f'<div class="teaser"><a href="/r/123456"><img src="p.jpg"><h2>{HEADLINE}</h2></a></div>',
        f'<article><header><h2><a href="/r/123456">{HEADLINE}</a></h2></header></article>',
        f'<p><a href="/r/123456" title="{HEADLINE}"><img src="p.jpg"></a></p>',
        '<h2><a href="/r/123456">総理大臣が列車で首脳会談に向かう</a></h2>',
        f'<nav class="list"><article><h3><a href="/r/123456">{HEADLINE}</a></h3></article></nav>',
    ],
)
def test_a_headline_makes_an_article_of_an_address_that_says_nothing(teaser: str) -> None:
    assert links(teaser) == ["r/123456"]


@pytest.mark.parametrize(
    "path",
    [
        "2026/03/02/ferry-aground",
        "news/ferry-runs-aground-off-pier",
        "world/ferry-runs-aground-4711123.html",
        "themen/schiffe/faehre-laeuft-auf-grund-4711123",
    ],
)
def test_a_telling_address_makes_an_article_of_a_short_teaser(path: str) -> None:
    assert links(f'<ul><li><a href="/{path}">Ferry aground off pier</a></li></ul>') == [path]


@pytest.mark.parametrize(
    "link",
    [
        '<nav><a href="/world/us-elections">US elections</a></nav>',
        '<h2><a href="/sport/">Sport</a></h2>',
        '<h3><a href="/tag/ferries">All about our ferries and the lake</a></h3>',
        '<p><a href="/author/jane-doe">Jane Doe</a></p>',
        '<a href="/login?next=/">Log in to read all of our news</a>',
        '<footer><a href="/privacy-policy-and-cookies">Privacy policy and cookies</a></footer>',
        '<a href="/media/chart-of-the-whole-week.pdf">Chart of the whole week to print</a>',
        '<a href="#top">Back to the very top of this page</a>',
        '<a href="javascript:void(0)">Open the menu of all our sections</a>',
        '<a href="mailto:desk@harbour.example">Write to the desk about this story</a>',
        '<a href="/">Harbour Courier, the paper of the coast</a>',
        f'<a href="http://elsewhere.example/2026/03/02/ferry-aground-at-pier">{HEADLINE}</a>',
        '<div id="main-menu"><ul><li><a href="/harbour-coast-news">Harbour, coast</a></ul></div>',
    ],
)
def test_furniture_is_no_article(link: str) -> None:
    assert links(link) == []


def test_links_of_the_same_build_count_as_teasers() -> None:
    rows = "".join(
        f'<div class="r"><a href="/s/{n}a">Ferry number {n} is late once more</a></div>'
        for n in range(4)
    )
    assert len(links(rows)) == 4
    assert links('<div class="r"><a href="/s/1a">Ferry number one is late again</a></div>') == []


def test_one_article_has_one_link_with_its_headline() -> None:
    body = (
        '<article><a href="/2026/03/02/ferry-aground?utm_source=front"><img src="a.jpg"></a>'
        f'<h2><a href="/2026/03/02/ferry-aground">{HEADLINE}</a></h2>'
        '<a href="/2026/03/02/ferry-aground#comments">12 comments</a></article>'
    )
    (link,) = front(body).links
    assert (link.url, link.title) == (f"{URL}2026/03/02/ferry-aground", HEADLINE)


def test_the_limit_keeps_the_surest_articles_in_the_order_of_the_page() -> None:
    weak = "".join(
        f'<li><a href="/x/{n}-ferry-late-again">Ferry late again</a></li>' for n in range(9)
    )
    sure = "".join(f'<h2><a href="/2026/03/0{n}/ferry">{HEADLINE}</a></h2>' for n in (1, 2))
    found = front(f"<ul>{weak}</ul>{sure}", limit=2)
    assert [link.url[-14:] for link in found.links] == ["26/03/01/ferry", "26/03/02/ferry"]


def test_links_resolve_against_the_declared_base() -> None:
    page = f'<html><head><base href="/de/"></head><h2><a href="r/1">{HEADLINE}</a></h2></html>'
    (link,) = read_front(page, url=URL, limit=9).links
    assert link.url == f"{URL}de/r/1"


def test_a_page_of_nested_tags_costs_little() -> None:
    deep = "<div>" * 20_000 + f'<h3><a href="/r/1">{HEADLINE}</a></h3>'
    begun = time.process_time()
    assert links(deep) == ["r/1"]
    assert time.process_time() - begun < 3


@pytest.mark.parametrize("body", [b"", b"\x00\xff\xfe", b"<", "<a href='http://[bad'>x</a>"])
def test_rubbish_is_an_empty_front(body: str | bytes) -> None:
    assert read_front(body, url=URL, limit=9) == Front(links=(), more=())


def test_further_fronts_come_surest_first() -> None:
    body = (
        '<nav><a href="/news/">News</a></nav><a href="/archive-of-all">Older posts</a>'
        '<a href="/page/2/">2</a><a href="/page/3/">3</a><a href="/page/97/">97</a>'
        '<a rel="next" href="/?paged=2">weiter</a><a href="http://other.example/page/2/">Next</a>'
    )
    assert front(body).more == tuple(
        f"{URL}{path}" for path in ("?paged=2", "page/2/", "page/3/", "archive-of-all", "news/")
    )


def test_numbered_pages_lead_forwards_only() -> None:
    body = '<a href="/page/2">Back</a><a href="/page/4">4</a><a href="/">First</a>'
    assert front(body, url=f"{URL}page/3").more == (f"{URL}page/4",)


@pytest.mark.parametrize(
    "text",
    [
        "More news",
        "older posts »",
        "Next page",
        "Weitere Meldungen",
        "Plus d'actualités",
        "Ver más noticias",
        "Mais notícias",
        "Altre notizie",
        "Meer nieuws",
        "Fler nyheter",
        "Все новости",
        "もっと見る",
        "更多新闻",
        "Show more stories",
    ],
)
def test_more_is_understood_in_many_languages(text: str) -> None:
    assert MORE.match(text)


@pytest.mark.parametrize(
    "text",
    [
        "More than 40 rescued from ferry",
        "All eyes on the summit",
        "Next year's budget is cut",
        "Latest ferry is late",
        "Todas las mujeres del puerto",
    ],
)
def test_a_headline_is_not_taken_for_more(text: str) -> None:
    assert not MORE.match(text)


def test_page_numbers_are_told_from_article_numbers() -> None:
    assert page_number(f"{URL}sport/page/2/") == 2
    assert page_number(f"{URL}?page=3") == 3
    assert page_number(f"{URL}?p=48211") is None
    assert page_number(f"{URL}page/news") is None


def test_points_rise_with_each_sign() -> None:
    bare = LinkSigns(text=HEADLINE)
    assert judge(f"{URL}x/y", LinkSigns(text=HEADLINE, in_heading=True)) > judge(f"{URL}x/y", bare)
    assert judge(f"{URL}x/y", LinkSigns(text=HEADLINE, in_furniture=True)) < judge(
        f"{URL}x/y", bare
    )
    assert address_points(f"{URL}2026/03/02/ferry-runs-aground-again.html") > address_points(
        f"{URL}x/y"
    )


def test_service_addresses_are_known_by_themselves() -> None:
    assert is_service(f"{URL}tag/ferry")
    assert is_service(f"{URL}")
    assert is_service(f"{URL}logo.png")
    assert not is_service(f"{URL}2026/03/02/ferry-aground")
    assert not is_service(f"{URL}a1b2")
