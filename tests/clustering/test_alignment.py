"""Passages: the same words in the same order, each word once, wherever they moved."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.clustering.alignment import Runs, align
from crawler.clustering.texts import Text, ready
from crawler.fingerprint import shingle
from tests.clustering.made_up import article, cut, edit, story

SIZE = 5
A, B = story(1, 120).replace("\n", " "), story(2, 80).replace("\n", " ")


def text(words: str) -> Text:
    return ready(shingle(article("x", words), SIZE), None, SIZE)


def rows(found: Runs) -> list[tuple[int, int, int]]:
    columns = (found.starts_a.tolist(), found.starts_b.tolist(), found.lengths.tolist())
    return list(zip(*columns, strict=True))


def passages(one: str, two: str) -> list[tuple[int, int, int]]:
    return rows(align(text(one), text(two), SIZE).passages)


def test_the_same_text_is_one_passage() -> None:
    assert passages(A, A) == [(0, 0, 120)]


def test_a_changed_word_parts_a_passage_in_two() -> None:
    words = A.split(" ")
    words[50] = "changed"
    assert passages(A, " ".join(words)) == [(0, 0, 50), (51, 51, 69)]


def test_a_moved_paragraph_is_found_where_it_went() -> None:
    assert passages(f"{A} {B}", f"{B} {A}") == [(0, 80, 120), (120, 0, 80)]


def test_what_stands_once_in_the_other_is_used_once_and_still_counts_everywhere() -> None:
    found = align(text(f"{B} {A} {B}"), text(B), SIZE)
    assert rows(found.passages) == [(0, 0, 80)]
    assert sorted(rows(found.everywhere)) == [(0, 0, 80), (200, 0, 80)]


def test_runs_shorter_than_a_shingle_are_phrases() -> None:
    assert passages(f"{A} one two three four", f"{B} one two three four") == []


def test_a_litany_does_not_cost_its_square() -> None:
    litany = "na " * 4000
    found = align(text(litany), text(litany), SIZE)
    assert len(found.everywhere.lengths) < 40_000
    assert found.passages.lengths.sum() <= 4000


def test_empty_texts_share_nothing() -> None:
    assert passages("", A) == []
    assert passages("", "") == []


texts = st.lists(st.sampled_from("abcdef"), max_size=60).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(texts, texts)
def test_each_passage_is_the_same_words_and_no_word_is_used_twice(one: str, two: str) -> None:
    left, right = one.split(), two.split()
    used_left: set[int] = set()
    used_right: set[int] = set()
    for start_a, start_b, length in passages(one, two):
        assert left[start_a : start_a + length] == right[start_b : start_b + length]
        places_a = set(range(start_a, start_a + length))
        places_b = set(range(start_b, start_b + length))
        assert not used_left & places_a
        assert not used_right & places_b
        used_left |= places_a
        used_right |= places_b


@settings(max_examples=30, deadline=None)
@given(st.integers(6, 30), st.floats(0.2, 1.0))
def test_what_is_cut_and_edited_is_found_but_for_the_edits(every: int, share: float) -> None:
    whole = story(5, 300)
    copy = edit(cut(whole, share), every)
    found = align(text(copy), text(whole), SIZE)
    edits = -(-len(copy.split()) // every)
    assert found.passages.lengths.sum() >= len(copy.split()) - edits - SIZE
