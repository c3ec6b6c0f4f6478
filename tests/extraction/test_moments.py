"""Written times keep their precision, and what is not certain is not read."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.moments import precision_of, read_moment
from crawler.extraction.offsets import offset_of
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
        ("March 2, 2026 9:30 AM ET", "2026-03-02T09:30:00-05:00"),
        ("July 2, 2026 9:30 AM ET", "2026-07-02T09:30:00-04:00"),
        ("July 2, 2026 21:30 UTC+3", "2026-07-02T21:30:00+03:00"),
        ("2 Mar 2026 09:30 GMT+1", "2026-03-02T09:30:00+01:00"),
        ("Mon Mar 02 2026 09:30:10 GMT-0500 (Eastern Standard Time)", "2026-03-02T09:30:10-05:00"),
        ("2026-03-02 09:30 GMT+01:00", "2026-03-02T09:30:00+01:00"),
        ("2026-03-02 09:30 MSK", "2026-03-02T09:30:00+03:00"),
        ("2026-03-02T09:30:00+01:00[Europe/Berlin]", "2026-03-02T09:30:00+01:00"),
        ("2026-03-02 09:30 CET", "2026-03-02T09:30:00+01:00"),
        ("2026-03-02 09:30 IST", "2026-03-02T09:30:00"),
        ("2026-03-02 09:30 Uhr", "2026-03-02T09:30:00"),
        ("2026-03-02T09:30:00+19:00", "2026-03-02T09:30:00"),
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
        ("March 4, 2026 at 3:05 p.m. ET", "2026-03-04T15:05:00-05:00"),
        ("04.07.2026 um 15:05 Uhr (MESZ)", "2026-07-04T15:05:00+02:00"),
        ("4 июля 2026, 15:05 МСК", "2026-07-04T15:05:00+03:00"),
        ("4 July 2026, 15:05 BST", "2026-07-04T15:05:00"),
        ("4 July 2026, 15:05 by Nell Quarry", "2026-07-04T15:05:00"),
        ("4 July 2026, 31:75", "2026-07-04"),
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
    ("name", "at", "offset"),
    [
        ("ET", "2026-03-07T12:00", "-05:00"),
        ("ET", "2026-03-09T12:00", "-04:00"),
        # Clocks jump from 2 to 3 on 8 March 2026: half past two did not exist.
        ("ET", "2026-03-08T02:30", None),
        # And from 2 back to 1 on 1 November: half past one happened twice, under two names.
        ("ET", "2026-11-01T01:30", None),
        ("EDT", "2026-11-01T01:30", "-04:00"),
        ("CEST", "2026-10-25T02:30", "+02:00"),
        ("CET", "2026-10-25T02:30", "+01:00"),
        # Summer time is over or has not begun: the name is wrong, so nothing is certain.
        ("CEST", "2026-01-15T12:00", None),
        ("CET", "2026-07-15T12:00", None),
        ("MESZ", "2026-07-15T12:00", "+02:00"),
        ("AEST", "2026-01-15T12:00", "+10:00"),
        ("UTC+3", "2026-07-15T12:00", "+03:00"),
        ("GMT-0330", "2026-07-15T12:00", "-03:30"),
        ("-5", "2026-07-15T12:00", None),
        ("+99:00", "2026-07-15T12:00", None),
        ("CST", "2026-07-15T12:00", None),
        ("by", "2026-07-15T12:00", None),
    ],
)
def test_a_zone_is_known_only_where_its_name_means_one_offset(
    name: str, at: str, offset: str | None
) -> None:
    assert offset_of(name, datetime.fromisoformat(at)) == offset
