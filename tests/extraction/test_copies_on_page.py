"""What a page holds twice for browsers without scripts, or in frames, stands in the text once."""

import html

import pytest

from crawler.config import ExtractionLimits
from crawler.errors import NoStory
from crawler.extraction import extract
from crawler.items import Page

TITLE = "Council buys the old lighthouse for one crown"
LINES = [
    "The council of Aldering has bought the old lighthouse on the north pier for a single crown.",
    "Its former owner, the harbour company, would have had to pay for a new roof this summer.",
    "A keeper has lived there since the lamp went out, and may stay for as long as she likes.",
    "Pupils of the school are to paint the stairs, of which there are one hundred and twelve.",
    "The lamp itself will be lit again on the first of May, said the mayor, if it can be found.",
]
CAPTION = "The lighthouse of Aldering in the morning, seen from the deck of the ferry to Quay."


def paragraphs(lines: list[str] = LINES) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def text_of(body: str, head: str = "", *, frameset: bool = False) -> str:
    inner = body if frameset else f"<body>{body}</body>"
    page = Page(
        url="https://courier.example/aldering/lighthouse-sold",
        requested_url="https://courier.example/aldering/lighthouse-sold",
        source="s",
        status=200,
        content_type="text/html; charset=utf-8",
        body=f"<html><head><title>{TITLE}</title>{head}</head>{inner}</html>".encode(),
        fetched="2026-03-02T10:00:00Z",
    )
    return extract(page, ExtractionLimits()).text


STORY = "\n".join(LINES)


def article(inside: str) -> str:
    return f"<main><article><h1>{TITLE}</h1>{inside}</article></main>"


@pytest.mark.parametrize(
    "body",
    [
        # The whole story again, for browsers without scripts.
        article(paragraphs()) + f"<noscript><article>{paragraphs()}</article></noscript>",
        f"<noscript><div>{paragraphs()}</div></noscript>" + article(paragraphs()),
        article(f"<noscript>{paragraphs()}</noscript>{paragraphs()}"),
        # Each paragraph again, beside the one that a script fades in.
        article("".join(f"<p>{line}</p><noscript><p>{line}</p></noscript>" for line in LINES)),
        # As markup in text, which some templates leave.
        article(paragraphs() + f"<noscript>{html.escape(paragraphs())}</noscript>"),
        # Pictures that load late have their caption twice.
        article(
            f'<figure><img data-src="a.jpg"><noscript><img src="a.jpg" alt="{CAPTION}"></noscript>'
            f"<figcaption>{CAPTION}</figcaption></figure>{paragraphs()}"
        ),
        article(
            f'{paragraphs(LINES[:2])}<div class="lazy"><noscript><figure><img src="a.jpg">'
            f"<figcaption>{CAPTION}</figcaption></figure></noscript></div>{paragraphs(LINES[2:])}"
        ),
        # AMP puts what it draws itself beside a copy for others.
        article(
            f'<amp-img src="a.jpg"><noscript><img src="a.jpg" alt="{CAPTION}"></noscript></amp-img>'
            f"{paragraphs()}"
        ),
        # Frames with the story, or with something else.
        article(paragraphs() + f'<iframe srcdoc="{html.escape(paragraphs())}"></iframe>'),
        f'<iframe srcdoc="{html.escape(article(paragraphs()))}"></iframe>' + article(paragraphs()),
        article(f"{paragraphs()}<iframe src='/box'>{paragraphs()}</iframe>"),
        article(f"{paragraphs()}<iframe src='/box'><p>Your browser shows no frames.</p></iframe>"),
        # A copy for the script that draws the page.
        article(paragraphs()) + f"<template><article>{paragraphs()}</article></template>",
        article(paragraphs()) + f"<textarea hidden>{html.escape(paragraphs())}</textarea>",
    ],
)
def test_no_line_stands_twice(body: str) -> None:
    assert text_of(body) == STORY


@pytest.mark.parametrize(
    "body",
    [
        # Nothing but the copy for browsers without scripts.
        f'<div id="app"></div><noscript><h1>{TITLE}</h1><main>{paragraphs()}</main></noscript>',
        # The copy of a frame, which browsers show in place of what the frame's address has.
        f'<h1>{TITLE}</h1><iframe srcdoc="{html.escape(article(paragraphs()))}"></iframe>',
    ],
)
def test_a_story_that_stands_there_alone_is_read(body: str) -> None:
    assert text_of(body) == STORY


def test_a_frameset_gives_what_it_shows_without_frames() -> None:
    frames = (
        '<frameset cols="20%,80%"><frame src="/menu.html"><frame src="/story.html">'
        f"<noframes><body>{article(paragraphs())}</body></noframes></frameset>"
    )
    assert text_of(frames, frameset=True) == STORY


def test_a_frameset_without_a_story_gives_none() -> None:
    frames = (
        '<frameset cols="20%,80%"><frame src="/menu.html"><frame src="/story.html">'
        "<noframes><body>Please get a browser that shows frames.</body></noframes></frameset>"
    )
    with pytest.raises(NoStory):
        text_of(frames, frameset=True)


def test_a_notice_for_browsers_without_scripts_is_no_story() -> None:
    notice = "Please switch on JavaScript in the settings of your browser to read our stories. " * 5
    with pytest.raises(NoStory):
        text_of(f'<div id="app"></div><noscript><p>{notice}</p></noscript>')
