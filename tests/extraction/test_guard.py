"""What is refused before any parser, and how quickly."""

import time

import pytest

from crawler.config.model import ExtractionLimits
from crawler.errors import NoStory, PageEmpty, PageNotHtml, PageTooDeep, PageTooLarge
from crawler.extraction import extract
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import PARAGRAPHS, story_page

LIMITS = ExtractionLimits()


@pytest.mark.parametrize(
    ("body", "content_type", "error"),
    [
        (b" \r\n\t", "text/html", PageEmpty),
        (b"", "text/html", PageEmpty),
        (b"<!-- nothing -->", "text/html", PageEmpty),
        (b"a" * (LIMITS.max_bytes + 1), "text/html", PageTooLarge),
        (b"<div>" * 20_000 + b"text", "text/html", PageTooDeep),
        (b"%PDF-1.7 <a>", "text/html", PageNotHtml),
        (b"{'a': '<b>'}", "application/json", PageNotHtml),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "text/xml", PageNotHtml),
        (b"<p>\x00\x01\x00\x02" * 50, "text/html", PageNotHtml),
        (b"plain words", "text/plain", PageNotHtml),
        (b"<html><body><p>Too short.</p></body></html>", "text/html", NoStory),
    ],
)
def test_pages_without_a_story_are_refused_by_kind(
    body: bytes, content_type: str, error: type[Exception], make_page: MakePage
) -> None:
    with pytest.raises(error, match=r"town\.example"):
        extract(make_page(body, content_type=content_type), LIMITS)


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type":"Article","headline":"' + '\\"' * 24_000,
        '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
        "<title>" + "a - " * 20_000 + "</title>",
        '<meta name=author content="' + "a and " * 20_000 + '">',
    ],
)
def test_hostile_heads_cost_no_time(head: str, make_page: MakePage) -> None:
    closed = head if head.endswith((">", "]")) else head + '"}</script>'
    started = time.process_time()
    article = extract(make_page(story_page(head=closed)), LIMITS)
    assert time.process_time() - started < 2
    assert PARAGRAPHS[0] in article.text


@pytest.mark.parametrize("body", [b"<script>" * 100_000, b"<!--" * 100_000 + b"<p>x"])
def test_unclosed_scripts_and_comments_cost_no_time(body: bytes, make_page: MakePage) -> None:
    started = time.process_time()
    with pytest.raises((PageEmpty, NoStory)):
        extract(make_page(body), LIMITS)
    assert time.process_time() - started < 2


def test_a_hundred_thousand_line_breaks_are_survived(make_page: MakePage) -> None:
    started = time.process_time()
    article = extract(make_page(story_page(middle="<br>" * 100_000)), LIMITS)
    assert time.process_time() - started < 8
    assert PARAGRAPHS[3] in article.text


def test_tags_inside_scripts_and_comments_do_not_nest(make_page: MakePage) -> None:
    noise = "<script>var t = '" + "<div>" * 900 + "';</script><!--" + "<b>" * 900 + "-->"
    assert PARAGRAPHS[0] in extract(make_page(story_page(head=noise)), LIMITS).text


def test_stray_nuls_are_dropped(make_page: MakePage) -> None:
    body = story_page().encode().replace(b"council", b"coun\x00cil", 1)
    assert "\x00" not in extract(make_page(body), LIMITS).text
