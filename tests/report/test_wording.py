"""The words of the report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Relation
from crawler.report.wording import (
    DISTANCE,
    RELATION_MEANING,
    RELATION_WORDS,
    counted,
    headline_of,
    link_of,
    listed,
    percent,
    shown,
)


def test_every_relation_has_a_word_a_meaning_and_a_distance() -> None:
    assert set(RELATION_WORDS) == set(RELATION_MEANING) == set(DISTANCE) == set(Relation)


@pytest.mark.parametrize(
    ("share", "words"),
    [(1, "100 %"), (0.999, "99 %"), (0.5, "50 %"), (0.01, "1 %"), (0.001, "< 1 %"), (0, "0 %")],
)
def test_all_and_nothing_are_said_only_where_they_are_exact(share: float, words: str) -> None:
    assert percent(share) == words


def test_numbers_take_their_noun_and_words_their_and() -> None:
    assert [counted(n, "copy", "copies") for n in (0, 1, 1200)] == [
        "0 copies",
        "1 copy",
        "1,200 copies",
    ]
    assert [listed(list(words)) for words in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_an_article_without_title_is_called_by_its_opening_words() -> None:
    assert headline_of(" Ferry\nsails ", "text") == "Ferry sails"
    assert headline_of("", "One two three.") == "One two three."
    assert headline_of("", "w " * 50) == "w w w w w w w w w w w w …"
    assert headline_of("", "  ") == "(no words)"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//host/path",
        "https:///path",
        "https://host/\npath",
        "https://host/\u202epath",
        " https://host/",
        "https://[broken/",
        "java\tscript:alert(1)",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert link_of(url) == ""


def test_web_addresses_become_links_as_they_are() -> None:
    for url in (
        "https://news.example/a?b=c&d=e",
        "http://münchen.example/ü",
        "HTTP://news.example/",
    ):
        assert link_of(url) == url


@given(st.text())
def test_nothing_shown_can_steer_a_browser_or_terminal(text: str) -> None:
    found = shown(text)
    assert not any(character < " " and character not in "\t\n" for character in found)
    assert not any("\x7f" <= character <= "\x9f" for character in found)
    assert not any(character in found for character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2069")
    assert shown(found) == found
