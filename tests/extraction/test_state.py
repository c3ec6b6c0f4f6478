"""Pages that a script would draw: the story stands in their data."""

import json

import pytest

from crawler.config.model import ExtractionLimits
from crawler.errors import NoStory
from crawler.extraction import extract
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import HEADLINE, PARAGRAPHS

LIMITS = ExtractionLimits()
MARKUP = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
CAPTION = "<div class=caption><p>The ferry at its landing, on a morning with fog.</p></div>"
OTHER = "".join(
    f"<p>{n} ways to bake a cake that nobody has tried before in this kitchen.</p>"
    for n in range(30)
)
ITEMS = [{"type": "text", "content": f"<b>{text[:9]}</b>{text[9:]}"} for text in PARAGRAPHS]
RICH = [
    {"_type": "block", "children": [{"text": text[:30]}, {"text": text[30:]}]}
    for text in PARAGRAPHS
]


def drawn_page(script: str) -> str:
    """Make a page that shows its menu and nothing else."""
    return (
        f"<html lang=en><head><title>{HEADLINE} | Town Post</title>"
        f'<meta property="og:title" content="{HEADLINE}"></head>'
        f"<body><nav><a href=/>Home</a></nav><div id=app></div>{script}</body></html>"
    )


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NEXT_DATA__" type="application/json">'
        + json.dumps({"props": {"pageProps": {"story": {"body": MARKUP}, "next": {"body": OTHER}}}})
        + "</script>",
        '<script type="application/json" id="__NUXT_DATA__">'
        + json.dumps([["Reactive", 1], {"story": 2}, HEADLINE, MARKUP, OTHER])
        + "</script>",
        "<script>window.Fusion=window.Fusion||{};Fusion.globalContent="
        + json.dumps({"content_elements": [*ITEMS, {"type": "image", "caption": "A bridge"}]})
        + ";Fusion.x=1;</script>",
        f"<script>window.__STATE__ = {json.dumps({'article': {'blocks': RICH}})}</script>",
        f"<script>var s = {json.dumps({'plain': chr(10).join(PARAGRAPHS)})};</script>",
        "<script>self.__next_f.push([1,"
        + json.dumps('5:I[1,[],""]\n' * 30)
        + "])</script><script>self.__next_f.push("
        + json.dumps([1, MARKUP.replace("</p>", "</p>$$AD$$", 1) + CAPTION])
        + ")</script>",
        "<script>window.q = window.q || []; window.q.push("
        + json.dumps({"queries": [{"state": {"data": {"text": MARKUP}}}]})
        + ")</script>",
        '<script type="application/ld+json">'
        + json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(PARAGRAPHS)})
        + "</script>",
    ],
    ids=["next", "nuxt", "fusion", "rich text", "plain", "pieces", "calls", "json-ld"],
)
def test_the_story_is_read_from_the_data(script: str, make_page: MakePage) -> None:
    article = extract(make_page(drawn_page(script)), LIMITS)
    assert article.text.split("\n") == list(PARAGRAPHS)
    assert article.title == HEADLINE


@pytest.mark.parametrize(
    "script",
    [
        f"<script>var s = {json.dumps({'body': OTHER})}</script>",
        "<script>var s = " + '{"body": "' + PARAGRAPHS[0] * 20,
        "<script>" + "a = [" * 5000 + "</script>",
        "<script type='application/json'>" + "[" * 100_000 + "</script>",
    ],
    ids=["another story", "cut off", "assignments", "nesting"],
)
def test_data_without_the_story_gives_none(script: str, make_page: MakePage) -> None:
    with pytest.raises(NoStory):
        extract(make_page(drawn_page(script)), LIMITS)


def test_a_page_that_shows_its_story_is_read_from_there(make_page: MakePage) -> None:
    data = json.dumps({"body": MARKUP + "<p>A paragraph that the page does not show at all.</p>"})
    shown = f"<article><h1>{HEADLINE}</h1><div class=story>{MARKUP}</div></article>"
    page = drawn_page(f"{shown}<script>var s = {data}</script>")
    assert extract(make_page(page), LIMITS).text.split("\n") == list(PARAGRAPHS)
