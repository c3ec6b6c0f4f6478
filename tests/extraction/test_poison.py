"""Inputs whose cost grows with the square of their size end quickly, with a story or a reason."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from crawler.config.model import ExtractionLimits
from crawler.errors import PageError, PageTooComplex, PageTooDeep
from crawler.extraction import read_article
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import PARAGRAPHS, story_page

LIMITS = ExtractionLimits()
MANY = 100_000
# Half of the deadline, of the processor's time: other work on the machine does not count.
MOST_S = LIMITS.deadline_s / 2
SENTENCE = "The council of the town met on Tuesday evening and talked about the bridge for hours."


def in_row(cell: str) -> str:
    return f"<table><tr>{cell * MANY}</tr></table>"


REFUSED = {
    "equal paragraphs": f"<p>{SENTENCE}</p>" * MANY,
    "list": "<ul>" + "<li>Some item of a list</li>" * MANY + "</ul>",
    "rows": "<table>" + "<tr><td>Some cell</td></tr>" * MANY + "</table>",
    "one row": in_row("<td>Some cell</td>"),
    "tables": "<table><tr><td>Some cell</td></tr></table>" * MANY,
    "attributes": "<p " + " ".join(f'a{at}="x y"' for at in range(MANY)) + ">text</p>",
    "bare attributes": "<p " + " ".join(f"a{at}" for at in range(MANY)) + ">text</p>",
    "wide and deep": "<div>" * 300 + "<p>Words of a story that go on</p>" * 20_000 + "</div>" * 300,
    "nested links": "<a><div>" * 300 + "<p>x</p>" * 5_000,
}
TOO_DEEP = {
    "lists": "<ul><li>x" * MANY,
    "tables": "<table><tr><td>x" * MANY,
    "boxes": "<section><input>" * MANY,
}
READ = {
    "line breaks": "<br>" * MANY,
    "verse": "<p>" + "A line of text here.<br>" * 30_000 + "</p>",
    "spans": "<p>" + "<span>w</span> " * MANY + "</p>",
    "links": "<p>" + "<a href=/a>w</a> " * MANY + "</p>",
    "marks": "<p>" + "<b><i>w</i></b> " * MANY + "</p>",
    "entities": "<p>" + "&amp;" * (10 * MANY) + "</p>",
    "one line": "<p>" + "word " * (3 * MANY) + "</p>",
    "one word": "<p>" + "w" * (20 * MANY) + "</p>",
    "white space": "<p>" + " \n" * (20 * MANY) + "x</p>",
    "comments": "<!-- x -->" * MANY,
    "dashes": "<p>" + "— " * MANY + "</p>",
    "quotes": "<p>" + "“said " * MANY + "</p>",
    "credits": "<p>" + "LONDON (AP) " * MANY + "</p>",
    "names": "<p>By " + "John Smith and " * MANY + "</p>",
    "dates": "<p>" + "1 March 2026, 10:00 " * MANY + "</p>",
    "class": "<p class='" + "share-related " * MANY + "'>x</p>",
}
HEADS = {
    "escapes": '<script type="application/ld+json">{"headline":"' + '\\"' * MANY + '"}</script>',
    "scripts": '<script type="application/ld+json">{"@type":"Person"}</script>' * 20_000,
    "graph": '<script type="application/ld+json">{"@graph":['
    + '{"@type":"Person","name":"x"},' * MANY
    + "{}]}</script>",
    "authors": "<meta property='article:author' content='A B'>" * 20_000,
    "title": "<meta property='og:title' content='" + "a | " * MANY + "'>",
    "state": '<script>self.__next_f.push([1,"x"])</script>' * 20_000,
}
# As many as the guard lets through, of what costs most.
JUST_BELOW = {
    "equal paragraphs": f"<p>{SENTENCE}</p>" * 29_000,
    "paragraphs": "".join(f"<p>{at} {SENTENCE}</p>" for at in range(29_000)),
    "list": "<ul>" + "<li>Some item of a list</li>" * 29_000 + "</ul>",
    "one row": "<table><tr>" + "<td>Some cell</td>" * 29_000 + "</tr></table>",
    "wide and deep": "<div>" * 300 + "<p>Words of a story</p>" * 5_000 + "</div>" * 300,
}


@pytest.fixture
def in_time() -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < MOST_S


def cases(named: dict[str, str]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return pytest.mark.parametrize("markup", named.values(), ids=named.keys())


@pytest.mark.usefixtures("in_time")
@cases(REFUSED)
def test_too_much_of_anything_is_refused_by_name(markup: str, make_page: MakePage) -> None:
    with pytest.raises(PageTooComplex, match=r"town\.example"):
        read_article(make_page(story_page(middle=markup)), LIMITS)


@pytest.mark.usefixtures("in_time")
@cases(TOO_DEEP)
def test_too_deep_is_refused_by_name(markup: str, make_page: MakePage) -> None:
    with pytest.raises(PageTooDeep):
        read_article(make_page(story_page(middle=markup)), LIMITS)


@pytest.mark.slow
@pytest.mark.usefixtures("in_time")
@cases(READ)
def test_what_grows_inside_a_block_does_not_cost_the_story(
    markup: str, make_page: MakePage
) -> None:
    article, _ = read_article(make_page(story_page(middle=markup)), LIMITS, learn=True)
    assert PARAGRAPHS[0] in article.text
    assert PARAGRAPHS[3] in article.text


@pytest.mark.usefixtures("in_time")
@cases(HEADS)
def test_what_grows_in_the_head_does_not_cost_the_story(markup: str, make_page: MakePage) -> None:
    article, _ = read_article(make_page(story_page(head=markup)), LIMITS)
    assert PARAGRAPHS[0] in article.text


@pytest.mark.slow
@cases(JUST_BELOW)
def test_what_the_guard_lets_through_ends_before_the_deadline(
    markup: str, make_page: MakePage
) -> None:
    started = time.process_time()
    with suppress(PageError):
        read_article(make_page(story_page(middle=markup)), LIMITS, learn=True)
    assert time.process_time() - started < LIMITS.deadline_s


def test_a_rich_tag_of_a_real_page_is_none_of_a_hundred_thousand(make_page: MakePage) -> None:
    data = " ".join(f"data-x{at}='{{\"a b\": 1}}'" for at in range(200))
    style = "style='" + "color: red; " * 5_000 + "'"
    page = make_page(story_page(middle=f"<p {data} {style}>A note.</p>"))
    assert PARAGRAPHS[0] in read_article(page, LIMITS)[0].text


def test_flattened_text_keeps_its_words_and_their_order(make_page: MakePage) -> None:
    words = [f"word{at}" for at in range(4_000)]
    line = " ".join(f"<b><i>{word}</i></b>" for word in words)
    article, _ = read_article(make_page(story_page(middle=f"<p>{line}</p>")), LIMITS)
    assert " ".join(words) in article.text
