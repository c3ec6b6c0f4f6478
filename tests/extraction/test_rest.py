"""WordPress's REST interface: its address in a page, and its answer as a page."""

import json
import pickle
from dataclasses import replace
from typing import Any

import pytest
from lxml.html import document_fromstring

from crawler.config.model import ExtractionLimits
from crawler.errors import NoStory, PageNotHtml
from crawler.extraction import document, extract
from crawler.pipelines import read_page
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import PARAGRAPHS

LIMITS = ExtractionLimits()
HOST = "https://town.example"
POST = f"{HOST}/wp-json/wp/v2/posts/12"
JSON_LINK = '<link rel="alternate" type="application/json" href="{}">'
ROOT = '<link rel="https://api.w.org/" href="https://town.example/wp-json/">'


@pytest.mark.parametrize(
    ("head", "body", "address"),
    [
        (JSON_LINK.format(POST), "", POST),
        (JSON_LINK.format("/wp-json/wp/v2/articles/12"), "", f"{HOST}/wp-json/wp/v2/articles/12"),
        (
            JSON_LINK.format("/index.php?rest_route=/wp/v2/posts/12"),
            "",
            f"{HOST}/index.php?rest_route=%2Fwp%2Fv2%2Fposts%2F12",
        ),
        (ROOT + '<link rel=shortlink href="https://town.example/?p=12">', "", POST),
        (ROOT, "<body class='single postid-12 wide'>", POST),
        (ROOT, "<body class='home'>", None),
        ("", "<body class='single postid-12'>", None),
        (JSON_LINK.format("https://other.example/wp-json/wp/v2/posts/12"), "", None),
        (JSON_LINK.format("/wp-json/wp/v2/categories"), "", None),
        (JSON_LINK.format("/feed.json"), "", None),
        (JSON_LINK.format("javascript:alert(1)/wp-json/wp/v2/posts/1"), "", None),
    ],
)
def test_the_address_is_declared_or_composed_and_of_the_pages_own_host(
    head: str, body: str, address: str | None, make_page: MakePage
) -> None:
    page = make_page(f"<html><head>{head}</head>{body or '<body>'}<p>x</p></body></html>")
    with pytest.raises(NoStory) as caught:
        extract(page, LIMITS)
    assert caught.value.rest == address


def test_a_page_without_a_story_is_parsed_once(
    make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = []

    def parse_and_count(markup: bytes, **options: Any) -> Any:
        parsed.append(len(markup))
        return document_fromstring(markup, **options)

    monkeypatch.setattr(document, "document_fromstring", parse_and_count)
    head = JSON_LINK.format(POST)
    reading = read_page(make_page(f"<html><head>{head}</head><body><p>x</p></body></html>"), LIMITS)
    assert (reading.reason, reading.rest) == ("no-story", POST)
    assert len(parsed) == 1


def test_the_address_crosses_the_border_of_a_worker() -> None:
    error = pickle.loads(pickle.dumps(NoStory("Nothing here.", "Look there.", POST)))
    assert (error.what, error.todo, error.rest) == ("Nothing here.", "Look there.", POST)


def post(**changes: object) -> bytes:
    value: dict[str, object] = {
        "id": 12,
        "date_gmt": "2026-03-02T08:30:00",
        "modified_gmt": "2026-03-02T09:45:00",
        "link": f"{HOST}/news/bridge",
        "title": {"rendered": "Council &amp; ferry: <em>both</em> stay"},
        "content": {"rendered": "".join(f"<p>{text}</p>" for text in PARAGRAPHS)},
    }
    return json.dumps(value | changes).encode()


def test_a_post_gives_headline_text_and_times(make_page: MakePage) -> None:
    page = make_page(post(), content_type="application/json; charset=UTF-8")
    article = extract(page, LIMITS)
    assert article.title == "Council & ferry: both stay"
    assert article.text == "\n".join(PARAGRAPHS)
    assert article.published == "2026-03-02T08:30:00+00:00"
    assert article.modified == "2026-03-02T09:45:00+00:00"
    assert article.canonical_url == f"{HOST}/news/bridge"
    assert article.url == page.url


def test_a_time_or_link_that_is_none_is_left_out(make_page: MakePage) -> None:
    body = post(date_gmt='x"><script>', modified_gmt=None, link=["x"], title=None)
    article = extract(make_page(body, content_type="application/json"), LIMITS)
    assert article.published is None
    assert article.canonical_url is None


@pytest.mark.parametrize(
    "body", [b"{", b"[" * 200_000, b"[]", b'{"content": "x"}', b'{"content": {}}', b"nul"]
)
def test_json_that_is_no_post_is_no_page(body: bytes, make_page: MakePage) -> None:
    page = replace(make_page(b"x"), body=body, content_type="application/json")
    with pytest.raises(PageNotHtml):
        extract(page, LIMITS)
