"""Matching blocks: what two sequences have in common, in order."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.report.matching import matches

letters = st.lists(st.sampled_from("abcdef"), max_size=80)


@given(letters, letters, st.sampled_from([(1,), (3, 2), (5, 2), ()]))
def test_blocks_are_equal_in_order_and_do_not_overlap(
    a: list[str], b: list[str], lengths: tuple[int, ...]
) -> None:
    at_a = at_b = 0
    for start_a, start_b, size in matches(a, b, lengths):
        assert size > 0
        assert start_a >= at_a
        assert start_b >= at_b
        assert a[start_a : start_a + size] == b[start_b : start_b + size]
        at_a, at_b = start_a + size, start_b + size


def test_runs_that_occur_once_anchor_a_long_text() -> None:
    middle = [f"w{number}" for number in range(50)]
    a = ["x"] * 500 + middle + ["y"] * 500
    b = ["y"] * 500 + middle + ["x"] * 500
    assert (500, 500, 50) in matches(a, b, (5, 2))
