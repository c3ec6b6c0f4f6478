"""Times of feeds and sitemaps."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery import iso_time, moment_of, utc_text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Mon, 02 Mar 2026 09:30:00 +0100", "2026-03-02T09:30:00+01:00"),
        ("Mon, 02 Mar 2026 09:30:00 GMT", "2026-03-02T09:30:00+00:00"),
        ("Mon, 2 Mar 2026 9:30 EST", "2026-03-02T09:30:00-05:00"),
        ("Mon, 02 Mar 2026 09:30:00 CET", "2026-03-02T09:30:00+01:00"),
        ("2026-03-02T09:30:00Z", "2026-03-02T09:30:00+00:00"),
        ("2026-03-02T09:30:00.123+05:30", "2026-03-02T09:30:00+05:30"),
        ("2026-03-02 09:30:00+01", "2026-03-02T09:30:00+01:00"),
        ("2026-03-02T09:30:00", "2026-03-02T09:30:00"),
        (" 2026-03-02 ", "2026-03-02"),
    ],
)
def test_a_time_keeps_exactly_the_zone_and_precision_it_has(raw: str, expected: str) -> None:
    assert iso_time(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [None, "", "yesterday", "9999-12-31", "9999-12-31T00:00:00Z", "1066-10-14", "2026-02-31", "12"],
)
def test_what_is_no_time_within_reason_is_none(raw: str | None) -> None:
    assert iso_time(raw) is None


instants = st.datetimes(
    min_value=datetime(1991, 1, 1),  # noqa: DTZ001 - zones are drawn beside
    max_value=datetime(2099, 12, 1),  # noqa: DTZ001 - same
    timezones=st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)


@given(instants)
def test_the_same_instant_comes_out_of_both_spellings(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    assert moment_of(iso_time(format_datetime(whole))) == whole
    assert moment_of(iso_time(whole.isoformat())) == whole


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error_and_reading_it_again_changes_nothing(raw: str) -> None:
    once = iso_time(raw)
    assert once is None or iso_time(once) == once


def test_our_own_clock_writes_utc_with_a_z() -> None:
    moment = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    assert utc_text(moment) == "2026-03-02T07:30:00Z"
    assert moment_of("2026-03-02T07:30:00Z") == moment.astimezone(UTC)
