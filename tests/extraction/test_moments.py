"""Written times keep their precision, and what is not certain is not read."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.moments import is_possible, precision_of, read_moment
from crawler.extraction.visible import read_visible


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2026-03-02T09:30:00+01:00", "2026-03-02T09:30:00+01:00"),
        ("2026-03-02T09:30:00.123Z", "2026-03-02T09:30:00+00:00"),
        ("2026-03-02 09:30 +0530", "2026-03-02T09:30:00+05:30"),
        ("20260302T0930Z", "2026-03-02T09:30:00+00:00"),
        ("2026-03-02T09:30", "2026-03-02T09:30:00"),
        ("2026-03-02", "2026-03-02"),
        ("1772443800", "2026-03-02T09:30:00+00:00"),
        ("1772443800000", "2026-03-02T09:30:00+00:00"),
        ("Mon, 02 Mar 2026 09:30:00 +0100", "2026-03-02T09:30:00+01:00"),
        ("March 2, 2026", "2026-03-02"),
        ("March 2, 2026 9:30 AM", "2026-03-02T09:30:00"),
        ("March 2, 2026 9:30 AM GMT", "2026-03-02T09:30:00+00:00"),
        ("March 2, 2026 9:30 AM CST", "2026-03-02T09:30:00"),
        ("03/04/2026", None),
        ("March 2026", None),
        ("yesterday", None),
        ("2026-13-45", None),
        ("", None),
    ],
)
def test_times_are_read_as_exactly_as_written(raw: str, value: str | None) -> None:
    assert read_moment(raw) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Stand: 4. März 2026, 06:34 Uhr", "2026-03-04T06:34:00"),
        ("le 3 août 2025 à 12h05", "2025-08-03T12:05:00"),
        ("15 de octubre de 2024 - 09:10", "2024-10-15T09:10:00"),
        ("25.04.2024, 14:07", "2024-04-25T14:07:00"),
        ("2024年4月24日07:40", "2024-04-24T07:40:00"),
        ("March 4, 2026 at 3:05 p.m.", "2026-03-04T15:05:00"),
        ("03/04/2026", None),
        ("Mayor hears 2024 complaints", None),
    ],
)
def test_visible_dates_are_read_where_only_one_reading_is_possible(
    text: str, value: str | None
) -> None:
    assert read_visible(text) == value


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_what_is_written_in_iso_is_read_back(at: datetime) -> None:
    written = at.replace(microsecond=0, tzinfo=UTC).isoformat()
    assert read_moment(written) == written
    assert precision_of(written) == 2


@pytest.mark.parametrize(
    ("value", "possible"),
    [
        ("9999-12-31T00:00:00+00:00", False),
        ("1970-01-01", False),
        ("2026-03-05", False),
        ("2026-03-04", True),
        ("2026-03-03T23:00:00+01:00", True),
        ("not a time", False),
    ],
)
def test_times_from_tomorrow_or_before_the_web_are_impossible(value: str, possible: bool) -> None:
    assert is_possible(value, "2026-03-03T10:00:00Z") is possible
