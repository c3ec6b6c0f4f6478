"""A diff laid out in paragraphs."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.report.comparison import BREAK, compare
from crawler.report.diff import Segment

lines = st.lists(st.sampled_from(["one two", "three", "", "four five six"]), max_size=8)


def test_unchanged_paragraphs_in_a_row_are_folded_and_a_single_one_is_not() -> None:
    comparison = compare("a\nb\nc\nold\nd", "a\nb\nc\nnew\nd")
    assert [(s.folded, len(s.paragraphs)) for s in comparison.stretches] == [
        (True, 3),
        (False, 1),
        (False, 1),
    ]
    assert comparison.stretches[1].paragraphs == (
        (Segment("delete", "old"), Segment("insert", "new")),
    )


def test_words_put_in_and_taken_out_are_counted() -> None:
    comparison = compare("The board met on Monday.", "The board met.")
    assert (comparison.inserted, comparison.deleted) == (0, 2)


def test_a_break_alone_is_shown_by_a_sign() -> None:
    comparison = compare("He came. He saw.", "He came.\nHe saw.")
    shown = [segment for s in comparison.stretches for p in s.paragraphs for segment in p]
    assert Segment("insert", BREAK) in shown


@given(lines, lines)
def test_every_word_of_both_texts_is_laid_out(a: list[str], b: list[str]) -> None:
    comparison = compare("\n".join(a), "\n".join(b))
    shown = [segment for s in comparison.stretches for p in s.paragraphs for segment in p]
    for text, left_out in ((a, "insert"), (b, "delete")):
        words = " ".join(s.text for s in shown if s.op != left_out and s.text != BREAK).split()
        assert sorted("".join(words)) == sorted("".join("".join(text).split()))
