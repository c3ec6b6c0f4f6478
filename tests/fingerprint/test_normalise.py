"""Typography never hides a copy, and quotations are told from prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fingerprint import read_words


def quoted(text: str) -> list[str]:
    words, marks = read_words(text)
    return [word for word, mark in zip(words, marks, strict=True) if mark]


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("The mayor’s ﬁnal oﬀer", "The mayor's final offer"),
        ("co\u00adoper\u00adation", "cooperation"),
        ("ＡＢＣ １２３", "abc 123"),
        ("GROSSE Straße", "grosse STRASSE"),
        ("zero\u200bwidth", "zerowidth"),
        ("wait — now", "wait - now"),
        ("don`t", "dont"),
    ],
)
def test_typography_does_not_change_the_words(printed: str, plain: str) -> None:
    assert read_words(printed)[0] == read_words(plain)[0]


def test_scripts_without_spaces_give_a_word_a_character() -> None:
    assert read_words("首脳会談 in 東京")[0] == ["首", "脳", "会", "談", "in", "東", "京"]
    assert read_words("서울 회담")[0] == ["서울", "회담"]


@pytest.mark.parametrize(
    "text",
    [
        'She said "we will stay" and left.',
        "She said “we will stay” and left.",
        "Sie sagte „we will stay“ und ging.",
        "Elle a dit « we will stay » avant de partir.",
        "彼は「we will stay」と述べた。",
        "Она сказала «we will stay» и ушла.",
    ],
)
def test_quotations_are_found_in_every_style(text: str) -> None:
    assert quoted(text) == ["we", "will", "stay"]


def test_a_quotation_over_two_paragraphs_is_one() -> None:
    assert quoted("“First part.\n“Second part,” he said.") == ["first", "part", "second", "part"]


def test_a_stray_mark_does_not_turn_prose_into_quotation() -> None:
    assert quoted('A 12" pipe broke.\nThe street was closed.') == []
    assert quoted("“ " + "word " * 200 + "”") == []


@given(st.text())
def test_any_text_gives_one_mark_a_word(text: str) -> None:
    words, marks = read_words(text)
    assert len(words) == len(marks)
    assert all(word for word in words)
