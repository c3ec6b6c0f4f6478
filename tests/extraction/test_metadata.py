"""Headline, names, addresses, language and times of a page."""

import json

import pytest

from crawler.config.model import ExtractionLimits
from crawler.extraction import extract
from crawler.extraction.document import parse
from crawler.extraction.language import SAMPLE, SHORT_SAMPLE, find_language
from crawler.items import Article
from crawler.urls import article_id
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import HEADLINE, story_page

LIMITS = ExtractionLimits()


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def read(make_page: MakePage, head: str = "", **fields: object) -> Article:
    before = str(fields.pop("before", ""))
    return extract(make_page(story_page(head=head, before=before), **fields), LIMITS)


def test_the_headline_has_neither_site_nor_section(make_page: MakePage) -> None:
    head = (
        f'<meta property="og:title" content="{HEADLINE} - Town Post">'
        '<meta property="og:site_name" content="Town Post">'
    )
    assert read(make_page, head).title == HEADLINE


def test_the_headline_on_which_places_agree_beats_a_logo_in_h1(make_page: MakePage) -> None:
    head = f'<meta property="og:title" content="{HEADLINE}">' + ld(
        {"@type": "NewsArticle", "headline": HEADLINE}
    )
    page = story_page(head=head).replace("<nav>", "<h1>The Post</h1><nav>")
    assert extract(make_page(page), LIMITS).title == HEADLINE


def test_markup_in_a_headline_stays_plain_text(make_page: MakePage) -> None:
    page = story_page().replace(HEADLINE, "&lt;script&gt;alert(1)&lt;/script&gt; explained here")
    assert extract(make_page(page), LIMITS).title == "<script>alert(1)</script> explained here"


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (ld({"@type": "NewsArticle", "author": [{"name": "Ada Fields"}, {"name": "Ben Walker"}]}),
         "Ada Fields; Ben Walker"),
        (ld({"@type": "NewsArticle", "author": "Ada Fields and Ben Walker"}),
         "Ada Fields; Ben Walker"),
        ('<meta name="author" content="By Ada Fields">', "Ada Fields"),
        ('<meta property="article:author" content="https://face.example/ada">', None),
        (ld({"@type": "NewsArticle", "author": {"name": "Town Post"},
             "publisher": {"name": "Town Post"}}) + '<meta name=author content="Ada Fields">',
         "Ada Fields"),
        (ld({"@type": "NewsArticle", "author": {"name": "Town Post"},
             "publisher": {"name": "Town Post"}}), "Town Post"),
        ('<meta name="author" content="Ada Fields, Ben Walker and Cy Young">',
         "Ada Fields; Ben Walker; Cy Young"),
        ('<meta name="author" content="Ada Fields, Political Editor, Northport">', "Ada Fields"),
        ('<meta name="author" content="Ada Fields, Chefredakteurin">', "Ada Fields"),
        ('<meta name="author" content="Von Ada Fields und Ben Walker, dpa">',
         "Ada Fields; Ben Walker; dpa"),
        ('<meta name="author" content="Fields, Ada">', "Fields, Ada"),
        ('<meta name="author" content="Ada Fields (afi)">', "Ada Fields"),
        ('<meta name="author" content="Ada Fields, 2 March 2026, 10:00">', "Ada Fields"),
        ('<meta name="author" content="Автор: Ада Филд">', "Ада Филд"),
        ('<meta name="author" content="김아다 기자">', "김아다"),
        ('<meta name="author" content="记者 王小明">', "王小明"),
        ('<meta name="author" content="By">', None),
    ],
)  # fmt: skip
def test_authors_are_names(head: str, author: str | None, make_page: MakePage) -> None:
    assert read(make_page, head).author == author


@pytest.mark.parametrize(
    "signed",
    [
        "<p class=ArticleAuthor>By <a href=/ada>Ada Fields</a>, Town Post</p>",
        "<span class=author__name>Ada Fields</span>",
        "<span itemprop=author>Ada Fields</span>",
        "<a rel=author href=/ada>Ada Fields</a> <div class=author>Ben Walker</div>",
    ],
)
def test_an_author_may_be_named_by_the_markup_alone(signed: str, make_page: MakePage) -> None:
    page = story_page().replace("</h1>", f"</h1>{signed}")
    assert extract(make_page(page), LIMITS).author == "Ada Fields"


def test_the_canonical_address_is_absolute_and_apart(make_page: MakePage) -> None:
    article = read(make_page, '<link rel=canonical href="/news/bridge-2?utm_source=x">')
    assert article.canonical_url == "https://town.example/news/bridge-2"
    assert article.url == "https://town.example/news/bridge"
    assert article.site == "town.example"


def test_the_text_decides_on_the_language(make_page: MakePage) -> None:
    page = story_page().replace("lang=en", "lang=de")
    article = extract(make_page(page), LIMITS)
    piece = article.evidence[-1]
    assert article.language == "en"
    assert (piece.supports, piece.value, piece.where) == ("language", "en", "text")
    assert piece.weight > 0.9
    assert "against the page's de" in piece.reason


@pytest.mark.parametrize(
    ("declared", "usual", "chars"),
    [("en", None, SHORT_SAMPLE), ("de", "en", SHORT_SAMPLE), ("de", None, SAMPLE)],
)
def test_a_second_witness_makes_a_short_sample_enough(
    declared: str, usual: str | None, chars: int, make_page: MakePage
) -> None:
    english, german = "The council voted for the bridge. ", "Der Rat stimmte für die Brücke. "
    text = english * 5 + german * 40
    document = parse(make_page(f"<html lang={declared}><p>Text</p>"), LIMITS)
    piece = find_language(document, text, usual)
    assert piece is not None
    assert piece.value == ("en" if chars == SHORT_SAMPLE else "de")


def test_the_page_decides_on_the_language_of_a_short_text(make_page: MakePage) -> None:
    short = "Der Rat hat gestern nach langem Streit für die zweite Brücke über den Fluss gestimmt."
    page = (
        f"<html lang=de-AT><head><title>{HEADLINE}</title></head><body><article><h1>{HEADLINE}</h1>"
        f"<div class=text><p>{short}</p><p>Council votes for a second bridge, says he.</p></div>"
        "</article></body></html>"
    )
    article = extract(make_page(page), LIMITS)
    piece = article.evidence[-1]
    assert (article.language, piece.quote, piece.where) == ("de", "lang: de-AT", "meta")
    assert piece.weight == 0.5


META = '<meta property="article:published_time" content="{}">'
LD = '<script type="application/ld+json">{}</script>'
AT = "2026-03-02T08:00:00Z"
INSTANT = "2026-03-02T08:00:00+00:00"
GRAPH = {
    "@graph": [
        {"@type": "WebPage", "datePublished": "2026-03-01T00:00:00Z"},
        {"@type": ["Thing", "NewsArticle"], "datePublished": AT},
    ]
}
LIST = {
    "@type": "ItemList",
    "itemListElement": [{"@type": "NewsArticle", "datePublished": "2026-01-01T00:00:00Z"}],
}
TRAILING_COMMA = LD.format(f'{{"@type": "NewsArticle", "datePublished": "{AT}",}}')
BROKEN = LD.format(f'{{"a: broken "datePublished": "{AT}"')


@pytest.mark.parametrize(
    ("head", "feed", "value", "source"),
    [
        (ld({"@type": "NewsArticle", "datePublished": AT}), None, INSTANT, "json-ld"),
        (ld(GRAPH), None, INSTANT, "json-ld"),
        (TRAILING_COMMA, None, INSTANT, "json-ld"),
        (BROKEN, None, INSTANT, "json-ld"),
        (META.format(AT), "2026-03-02T10:00:00Z", INSTANT, "meta:article:published_time"),
        (META.format("2026-03-02"), AT, INSTANT, "feed"),
        (META.format("2026-03-02T08:00"), AT, INSTANT, "feed"),
        (META.format("9999-12-31T00:00:00Z"), None, None, None),
        (META.format("1970-01-01T00:00:00Z"), None, None, None),
        (ld(LIST), None, None, None),
    ],
)
def test_the_best_claim_of_time_wins_and_names_its_source(
    head: str, feed: str | None, value: str | None, source: str | None, make_page: MakePage
) -> None:
    article = read(make_page, head, feed_time=feed)
    assert (article.published, article.published_source) == (value, source)


def test_a_block_about_another_article_does_not_speak_for_this_one(make_page: MakePage) -> None:
    other = {"@type": "NewsArticle", "headline": "Other", "datePublished": "2026-01-01T00:00:00Z"}
    own = {"@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2026-03-02T08:00:00Z"}
    assert read(make_page, ld([other, own])).published == "2026-03-02T08:00:00+00:00"


def test_the_visible_time_and_the_time_element_count_near_the_headline(make_page: MakePage) -> None:
    page = story_page().replace("</h1>", "</h1><div class=date>2 March 2026 09:30</div>")
    article = extract(make_page(page), LIMITS)
    assert (article.published, article.published_source) == ("2026-03-02T09:30:00", "text")
    page = story_page().replace("</h1>", "</h1><time datetime=2026-03-02T09:30:00Z>today</time>")
    article = extract(make_page(page), LIMITS)
    assert (article.published, article.published_source) == ("2026-03-02T09:30:00+00:00", "time")


def test_modified_times_are_kept_apart(make_page: MakePage) -> None:
    head = META.format("2026-03-02T09:30:00Z") + (
        '<meta property="article:modified_time" content="2026-03-02T12:00:00Z">'
    )
    article = read(make_page, head)
    assert article.modified == "2026-03-02T12:00:00+00:00"
    assert {claim.kind for claim in article.times} == {"published", "modified"}


def test_a_page_with_no_time_at_all_claims_none(make_page: MakePage) -> None:
    article = read(make_page)
    assert article.published is None
    assert article.times == ()


def test_a_page_read_in_an_amp_cache_is_an_article_of_its_publisher(make_page: MakePage) -> None:
    head = '<link rel="canonical" href="https://town.example/news/bridge">'
    cached = "https://town-example.cdn.ampproject.org/c/s/town.example/amp/news/bridge"
    article = read(make_page, head, url=cached)
    assert (article.url, article.site) == ("https://town.example/amp/news/bridge", "town.example")
    assert article.id == article_id(cached) == article_id(article.url)
    assert not [piece for piece in article.evidence if piece.supports == "canonical"]
