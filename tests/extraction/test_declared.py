"""What a page declares for machines: publisher, holder, source, original, readers, robots."""

import json

import pytest

from crawler.config.model import ExtractionLimits
from crawler.extraction import extract
from crawler.items import Article
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import story_page

LIMITS = ExtractionLimits()


def ld(*nodes: dict[str, object]) -> str:
    return f'<script type="application/ld+json">{json.dumps(list(nodes))}</script>'


def read(make_page: MakePage, head: str) -> Article:
    return extract(make_page(story_page(head=head)), LIMITS)


def pieces(article: Article) -> set[tuple[str, str, str]]:
    return {(piece.supports, piece.value, piece.where) for piece in article.evidence}


@pytest.mark.parametrize(
    ("node", "piece"),
    [
        ({"publisher": {"name": "Town Post"}}, ("publisher", "Town Post")),
        ({"publisher": {"name": "Town Post", "parentOrganization": {"name": "River Media"}}},
         ("holder", "River Media")),
        ({"copyrightHolder": {"@type": "Organization", "name": "River Media"}},
         ("holder", "River Media")),
        ({"sourceOrganization": "The Harbour Courier"}, ("source", "The Harbour Courier")),
        ({"provider": {"name": "Harbour News"}}, ("source", "Harbour News")),
        ({"isBasedOn": "https://courier.example/bridge"},
         ("original", "https://courier.example/bridge")),
        ({"isBasedOn": {"@type": "NewsArticle", "url": "https://courier.example/bridge"}},
         ("original", "https://courier.example/bridge")),
        ({"translationOfWork": {"name": "Der Rat stimmt ab"}},
         ("translation", "Der Rat stimmt ab")),
        ({"image": {"@type": "ImageObject", "creditText": "Tom Reed/AFP"}}, ("photo", "AFP")),
        ({"isAccessibleForFree": False}, ("paywall", "not free")),
        ({"isAccessibleForFree": "False"}, ("paywall", "not free")),
        ({"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "false"}},
         ("paywall", "not free")),
    ],
)  # fmt: skip
def test_structured_data(
    node: dict[str, object], piece: tuple[str, str], make_page: MakePage
) -> None:
    article = read(make_page, ld({"@type": "NewsArticle", **node}))
    assert (*piece, "json-ld") in pieces(article)
    assert article.agency is None


def test_a_reference_in_a_graph_is_followed(make_page: MakePage) -> None:
    """Many publishing systems name the publisher once and refer to it by its address."""
    house = "https://town.example/#organization"
    article = read(
        make_page,
        ld(
            {"@type": "NewsArticle", "publisher": {"@id": house}, "author": {"@id": "#ada"}},
            {"@type": "Organization", "@id": house, "name": "River Media"},
            {"@type": "Person", "@id": "#ada", "name": "Ada Fields"},
        ),
    )
    assert ("publisher", "River Media", "json-ld") in pieces(article)
    assert article.author == "Ada Fields"


@pytest.mark.parametrize(
    ("tag", "piece"),
    [
        ('<meta name="syndication-source" content="https://courier.example/a">',
         ("original", "https://courier.example/a", "meta")),
        ('<meta name="original-source" content="https://courier.example/a">',
         ("original", "https://courier.example/a", "meta")),
        ('<meta name="DC.Source" content="The Harbour Courier">',
         ("source", "The Harbour Courier", "meta")),
        ('<meta property="article:publisher" content="https://face.example/townpost">',
         ("publisher", "https://face.example/townpost", "meta")),
        ('<meta name="copyright" content="Copyright 2026 River Media, all rights reserved">',
         ("holder", "River Media", "meta")),
        ('<meta property="article:content_tier" content="locked">',
         ("paywall", "not free", "meta")),
        ('<meta name="robots" content="noindex, noarchive">', ("robots", "noarchive", "meta")),
        ('<link rel="canonical" href="https://courier.example/a">',
         ("canonical", "https://courier.example/a", "link")),
    ],
)  # fmt: skip
def test_tags(tag: str, piece: tuple[str, str, str], make_page: MakePage) -> None:
    article = read(make_page, tag)
    assert piece in pieces(article)
    assert article.agency is None


@pytest.mark.parametrize(
    "tag",
    [
        '<link rel="canonical" href="https://town.example/news/bridge?full=1">',
        '<link rel="canonical" href="https://amp.town.example/news/bridge">',
        '<meta name="syndication-source" content="https://town.example/news/bridge">',
        '<meta name="original-source" content="/news/bridge">',
        "<meta name=source content='Town Post'><meta property=og:site_name content='Town Post'>",
        '<meta name="robots" content="index, follow, max-snippet:-1">',
        '<meta property="article:content_tier" content="free">',
    ],
)
def test_what_a_page_says_of_itself_is_no_other_origin(tag: str, make_page: MakePage) -> None:
    supported = {piece.supports for piece in read(make_page, tag).evidence}
    assert not supported & {"canonical", "original", "source", "paywall", "robots"}


@pytest.mark.parametrize(
    ("head", "agency"),
    [
        (ld({"@type": "NewsArticle", "sourceOrganization": {"name": "Kyodo News"}}), "Kyodo"),
        (ld({"@type": "NewsArticle", "copyrightHolder": {"name": "Agencia EFE"}}), "EFE"),
        (ld({"@type": "NewsArticle", "isBasedOn": "https://www.reuters.com/a"}), "Reuters"),
        ('<meta name="dc.source" content="AFP">', "AFP"),
        ('<meta name="source" content="来源：新华网">', "Xinhua"),
        ('<meta name="syndication-source" content="https://apnews.com/a">', "AP"),
        # Agencies run texts of others on their own sites, and fact-checks that are no wire copy.
        ('<link rel="canonical" href="https://apnews.com/article/a">', None),
        (ld({"@type": "NewsArticle", "publisher": {"name": "Reuters"}}), None),
        ('<meta name="source" content="AFP, dpa">', None),
    ],
)
def test_declared_sources_name_the_agency(
    head: str, agency: str | None, make_page: MakePage
) -> None:
    assert read(make_page, head).agency == agency


def test_a_byline_tag_without_a_name_gives_way_to_the_next(make_page: MakePage) -> None:
    head = (
        '<meta name="author" content="https://face.example/ada">'
        '<meta name="sailthru.author" content="Ada Fields">'
    )
    assert read(make_page, head).author == "Ada Fields"


def test_buttons_beside_a_byline_are_no_part_of_the_name(make_page: MakePage) -> None:
    line = (
        "<div class=byline>By <a href=/ada>ITAR-TASS</a><a href=https://tw.example><span>Follow"
        "</span></a><span>Today 5:00 am</span></div>"
    )
    page = story_page().replace("<div class='story-body'>", f"{line}<div class='story-body'>")
    article = extract(make_page(page), LIMITS)
    assert (article.author, article.agency) == ("ITAR-TASS", "TASS")
