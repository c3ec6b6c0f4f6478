"""The word diff: exact, quick, and readable."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.report import Segment, diff_words

# Few words and many blanks: repeats, paragraph breaks and punctuation collide often.
prose = st.lists(
    st.sampled_from(
        ["the ", "old ", "man ", "sat", ". ", ", ", "\n", "  ", "日本", "’s ", "a", ""]
    ),
    max_size=60,
).map("".join)


def sides(segments: list[Segment]) -> tuple[str, str]:
    first = "".join(segment.text for segment in segments if segment.op != "insert")
    second = "".join(segment.text for segment in segments if segment.op != "delete")
    return first, second


@given(prose | st.text(), prose | st.text())
def test_both_texts_can_be_put_together_again(a: str, b: str) -> None:
    segments = diff_words(a, b)
    assert sides(segments) == (a, b)
    assert all(segment.text for segment in segments)
    neighbours = pairwise(segments)
    assert all(one.op != other.op for one, other in neighbours)


@given(prose)
def test_equal_texts_have_no_change(text: str) -> None:
    assert all(segment.op == "equal" for segment in diff_words(text, text))


def test_a_changed_word_is_the_only_change() -> None:
    assert diff_words("The old man sat down.", "The young man sat down.") == [
        Segment("equal", "The "),
        Segment("delete", "old"),
        Segment("insert", "young"),
        Segment("equal", " man sat down."),
    ]


def test_a_new_paragraph_is_inserted_whole() -> None:
    assert diff_words("One two.\nThree four.", "One two.\nNew here.\nThree four.") == [
        Segment("equal", "One two.\n"),
        Segment("insert", "New here.\n"),
        Segment("equal", "Three four."),
    ]


def test_a_paragraph_split_in_two_shows_as_the_break_alone() -> None:
    assert diff_words("He came. He saw.", "He came.\nHe saw.") == [
        Segment("equal", "He came."),
        Segment("delete", " "),
        Segment("insert", "\n"),
        Segment("equal", "He saw."),
    ]


def test_a_stray_word_does_not_break_a_rewritten_sentence_apart() -> None:
    segments = diff_words(
        "Divers fitted a new shaft in four days of the coldest week.",
        "Workers welded another axle under the lamps, slower than planned.",
    )
    assert [segment.op for segment in segments] == ["delete", "insert", "equal"]
    assert segments[-1].text == "."


def test_names_survive_in_a_rewritten_paragraph() -> None:
    segments = diff_words(
        "On Monday the chair of the board, Ingunn Vale, told reporters she was glad.",
        "Glad was the word that Ingunn Vale, who chairs it, chose yesterday.",
    )
    assert Segment("equal", " Ingunn Vale, ") in segments


def test_languages_without_blanks_are_compared_by_character() -> None:
    assert diff_words("列車は夜に到着した", "列車は朝に到着した") == [
        Segment("equal", "列車は"),
        Segment("delete", "夜"),
        Segment("insert", "朝"),
        Segment("equal", "に到着した"),
    ]


def _words(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    return [f"w{draw.randrange(3000)}" for _ in range(count)]


def _edited() -> tuple[str, str]:
    words = _words(10_000, 1)
    edited = words[:4000] + _words(300, 2) + words[4500:]
    for place in range(0, len(edited), 13):
        edited[place] = "changed"
    return " ".join(words), " ".join(edited)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        _edited(),
        (" ".join(_words(10_000, 3)), " ".join(_words(10_000, 4))),
        ("a b " * 5000, "b a " * 5000),
        ("a " * 10_000, "a " * 9_000),
        ("x\n" * 10_000, "y\nx\n" * 5_000),
        (".," * 10_000, ",." * 9_000),
    ],
    ids=["edited", "unrelated", "repeats", "one word", "short lines", "no word"],
)
def test_ten_thousand_words_take_a_moment(a: str, b: str) -> None:
    start = time.process_time()
    segments = diff_words(a, b)
    assert time.process_time() - start < 2  # 0.1 s on a machine with nothing else to do
    assert sides(segments) == (a, b)
