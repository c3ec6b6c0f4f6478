"""Each measure against values computed by hand, and the laws they obey."""

from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.quality.metrics import (
    Contingency,
    adjusted_rand,
    b_cubed,
    contingency,
    impure_clusters,
    pair_share,
    v_measure,
)


@pytest.fixture
def table() -> Contingency:
    """Six things: classes abc | def, clusters ab | cd | ef."""
    return contingency("aaabbb", "xxyyzz")


def test_pairs_by_hand(table: Contingency) -> None:
    """Three pairs were put together (ab, cd, ef), two of them rightly; six are true."""
    found = pair_share(table)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(2 / 6)
    assert found.f1 == pytest.approx(4 / 9)


def test_b_cubed_by_hand(table: Contingency) -> None:
    """Precision is 1, 1, 1/2, 1/2, 1, 1; recall 2/3, 2/3, 1/3, 1/3, 2/3, 2/3."""
    found = b_cubed(table)
    assert found.precision == pytest.approx(5 / 6)
    assert found.recall == pytest.approx(10 / 3 / 6)


def test_b_cubed_of_the_paper() -> None:
    """Bagga and Baldwin's example: classes of 5, 2 and 5; a response that joins 2 with a 5."""
    truth = "aaaaabbccccc"
    first = b_cubed(contingency(truth, "111112222222"))
    second = b_cubed(contingency(truth, "111112211111"))
    assert first.precision == pytest.approx(16 / 21)
    assert second.precision == pytest.approx(7 / 12)
    assert first.recall == second.recall == 1.0


def test_adjusted_rand_by_hand(table: Contingency) -> None:
    """Expected are 6 * 3 / 15 = 1.2 right pairs, at most (6 + 3) / 2 = 4.5."""
    assert adjusted_rand(table) == pytest.approx((2 - 1.2) / (4.5 - 1.2))


def test_v_measure_by_hand(table: Contingency) -> None:
    """One cluster of three leaves a doubt of one bit; each class is split two to one."""
    found = v_measure(table)
    split = 2 / 3 * log(3 / 2) + 1 / 3 * log(3)
    assert found.homogeneity == pytest.approx(1 - (1 / 3 * log(2)) / log(2))
    assert found.completeness == pytest.approx(1 - split / log(3))
    assert found.v == pytest.approx(
        2 * found.homogeneity * found.completeness / (found.homogeneity + found.completeness)
    )


def test_impure_clusters_are_counted_once_each(table: Contingency) -> None:
    assert impure_clusters(table) == 1
    assert impure_clusters(contingency("abc", "111")) == 1
    assert impure_clusters(contingency("aab", "123")) == 0


def test_nothing_agrees_with_nothing() -> None:
    empty = contingency("", "")
    assert pair_share(empty).f1 == b_cubed(empty).f1 == adjusted_rand(empty) == 1.0
    assert v_measure(empty).v == 1.0
    assert impure_clusters(empty) == 0


def test_only_singletons_that_should_be_is_perfect_and_that_should_not_be_is_not() -> None:
    assert adjusted_rand(contingency("abc", "123")) == 1.0
    assert pair_share(contingency("aaa", "123")).recall == 0.0
    assert pair_share(contingency("aaa", "123")).precision == 1.0


def test_labels_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="3 true labels, but 2"):
        contingency("abc", "12")


LABELS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=40)


@settings(deadline=None)
@given(LABELS)
def test_changing_the_roles_changes_precision_and_recall(rows: list[tuple[int, int]]) -> None:
    truth, found = zip(*rows, strict=True)
    one, other = contingency(truth, found), contingency(found, truth)
    assert pair_share(one).precision == pair_share(other).recall
    assert b_cubed(one).precision == pytest.approx(b_cubed(other).recall)
    assert adjusted_rand(one) == pytest.approx(adjusted_rand(other))
    assert v_measure(one).homogeneity == pytest.approx(v_measure(other).completeness)


@settings(deadline=None)
@given(LABELS)
def test_pairs_are_what_counting_each_of_them_gives(rows: list[tuple[int, int]]) -> None:
    truth, found = zip(*rows, strict=True)
    every = [(i, j) for i in range(len(rows)) for j in range(i)]
    true = {(i, j) for i, j in every if truth[i] == truth[j]}
    made = {(i, j) for i, j in every if found[i] == found[j]}
    share = pair_share(contingency(truth, found))
    assert share.precision == (len(true & made) / len(made) if made else 1.0)
    assert share.recall == (len(true & made) / len(true) if true else 1.0)
