"""Templates and clocks."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.newsroom import Newsroom
from crawler.newsroom.clock import local, printed, rfc822, stamped
from crawler.newsroom.edition import slugify
from crawler.newsroom.themes import Html, Theme, theme

PARTS = ("shell", "navlink", "front", "card", "pager", "article", "related")
INSTANT = local(datetime(2026, 3, 3, 8, 5, tzinfo=UTC), -330)


def test_every_theme_has_the_parts_of_a_site(newsroom: Newsroom) -> None:
    for publisher in newsroom.publishers:
        assert all(part in theme(publisher.theme).parts for part in PARTS), publisher.theme


def test_every_theme_says_in_its_footer_that_it_is_invented(newsroom: Newsroom) -> None:
    words = re.compile(
        "invent|fiction|ma[dk]e.(up|believe)|imagina|no existe|erfunden|gibt es nicht"
    )
    for publisher in newsroom.publishers:
        shell = theme(publisher.theme).parts["shell"].template
        assert words.search(shell), publisher.theme


@given(st.text())
def test_words_stay_words_and_markup_stays_markup(text: str) -> None:
    filled = Theme({"p": theme("variants").parts["p"]}).fill("p", text=text)
    assert filled.count("<") == 2
    assert Theme(theme("variants").parts).fill("p", text=Html("<b>x</b>")) == "<p><b>x</b></p>"


def test_a_part_that_a_theme_lacks_is_empty_and_a_lacking_value_an_error() -> None:
    assert theme("variants").fill("inset") == ""
    with pytest.raises(KeyError):
        theme("variants").fill("p")


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("offset", "2026-03-03T02:35:00-05:30"),
        ("utc", "2026-03-03T08:05:00Z"),
        ("compact", "2026-03-03T02:35:00-0530"),
        ("zoneless", "2026-03-03T02:35:00"),
    ],
)
def test_machines_are_told_the_time_in_each_style(style: str, text: str) -> None:
    assert stamped(INSTANT, style) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "3 March 2026, 02:35"),
        ("es", "3 de marzo de 2026, 02:35 h"),
        ("de", "3. März 2026, 02:35 Uhr"),
        ("fr", "3 mars 2026 à 02h35"),
    ],
)
def test_readers_are_told_the_time_in_their_language(language: str, text: str) -> None:
    assert printed(INSTANT, language) == text


def test_rss_has_its_own_way_of_telling_time() -> None:
    assert rfc822(INSTANT) == "Tue, 03 Mar 2026 02:35:00 -0530"


@given(st.text())
def test_a_slug_is_made_of_plain_words(title: str) -> None:
    slug = slugify(title)
    assert slug == slugify(slug.replace("-", " "))
    assert slug.count("-") < 9
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
