"""Who was first, as far as intervals tell."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.provenance.intervals import Interval
from crawler.provenance.odds import first_odds, lead

START = datetime(2026, 3, 2, tzinfo=UTC)


def span(low_h: float | None, high_h: float | None) -> Interval:
    return Interval(
        low=None if low_h is None else START + timedelta(hours=low_h),
        high=None if high_h is None else START + timedelta(hours=high_h),
        basis="test",
    )


def test_one_that_ended_before_all_others_began_is_first() -> None:
    assert first_odds({"a": span(5, 6), "b": span(1, 2), "c": span(2, 30)}) == {
        "a": 0.0,
        "b": pytest.approx(1.0),
        "c": pytest.approx(0.0),
    }


def test_equal_intervals_share_and_a_wide_one_counts_by_its_part_before() -> None:
    same = first_odds({"a": span(1, 2), "b": span(1, 2), "c": span(1, 2)})
    assert list(same.values()) == [pytest.approx(1 / 3)] * 3
    wide = first_odds({"day": span(0, 24), "noon": span(12, 12.001)})
    assert wide["day"] == pytest.approx(0.5, abs=0.001)


def test_where_a_bare_day_falls_is_told_by_the_exact_ones() -> None:
    """Nine copies within the hours of that day: it falls into each gap alike, before them, too."""
    exact = {f"o{at}": span(9 + at, 9.001 + at) for at in range(9)}
    odds = first_odds(exact | {"day": span(0, 24)})
    assert odds["day"] == pytest.approx(0.1, abs=0.01)
    assert odds["o0"] == pytest.approx(0.9, abs=0.01)
    late = first_odds(exact | {"day": span(8.9, 24)})
    assert late["day"] < 0.02
    early = first_odds(exact | {"day": span(-24, 9.5)})
    assert 0.6 < early["day"] < 0.75


def test_one_without_a_time_is_as_likely_first_as_any_other() -> None:
    odds = first_odds({"a": span(1, 1.1), "b": span(3, 4), "c": span(5, 6), "d": span(None, 90)})
    assert odds == {"a": pytest.approx(0.75), "b": 0.0, "c": 0.0, "d": 0.25}


def test_one_that_we_saw_before_any_other_claims_to_have_run_is_first() -> None:
    assert first_odds({"a": span(5, 6), "b": span(None, 4)}) == {"a": 0.0, "b": 1.0}


def test_the_same_instant_is_a_tie() -> None:
    assert first_odds({"a": span(1, 1), "b": span(1, 1)}) == {"a": 0.5, "b": 0.5}


bounds = st.tuples(st.integers(0, 50), st.integers(0, 30)).map(
    lambda each: span(each[0], sum(each))
)
units = st.dictionaries(
    st.sampled_from("abcdef"),
    bounds | st.just(span(None, 99)) | st.just(span(None, None)),
    min_size=1,
)


@given(units)
def test_odds_add_up_and_do_not_depend_on_order(given_units: dict[str, Interval]) -> None:
    odds = first_odds(given_units)
    assert sum(odds.values()) == pytest.approx(1.0)
    assert min(odds.values()) >= 0
    back = first_odds(dict(reversed(given_units.items())))
    assert {name: pytest.approx(each) for name, each in back.items()} == odds


def test_the_lead_is_an_interval() -> None:
    first = span(1, 2)
    assert lead(first, {"b": span(3, 4), "c": span(8, 9)}) == (3600, 10800)
    assert lead(first, {"b": span(1.5, 4)}) == (0, 10800)
    assert lead(first, {"b": span(3, 4), "c": span(None, 9)}) == (0, 10800)
    assert lead(first, {}) == (None, None)
    assert lead(span(None, 2), {"b": span(3, 4)}) == (None, None)
