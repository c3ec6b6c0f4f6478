"""Times with their zone and source."""

from datetime import UTC, datetime

import pytest

from crawler.report.moments import UNKNOWN, duration, moment, moment_of
from tests.report.made_up import article

UTC_0830 = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("iso", "told", "given", "instant"),
    [
        ("2026-03-02T09:30:00+01:00", "2 Mar 2026, 08:30 UTC", "09:30 UTC+01:00", UTC_0830),
        ("2026-03-02T08:30:00Z", "2 Mar 2026, 08:30 UTC", "", UTC_0830),
        (
            "2026-03-01T22:30:00-10:00",
            "2 Mar 2026, 08:30 UTC",
            "1 Mar 2026, 22:30 UTC-10:00",
            UTC_0830,
        ),
        ("2026-03-02T09:30:00", "2 Mar 2026, 09:30 no zone given", "", None),
        ("2026-03-02", "2 Mar 2026 day only", "", None),
        ("9999-12-31T23:59:59-12:00", "31 Dec 9999, 23:59 UTC-12:00", "", None),
    ],
)
def test_a_time_says_how_precise_it_is_and_what_was_given(
    iso: str, told: str, given: str, instant: datetime | None
) -> None:
    found = moment(iso, "claimed", claimed=True)
    assert (f"{found.text} {found.zone}", found.given, found.instant) == (told, given, instant)


@pytest.mark.parametrize("iso", [None, "", "yesterday", "2026-02-30"])
def test_what_is_no_time_is_unknown(iso: str | None) -> None:
    assert moment(iso, "claimed", claimed=True) is UNKNOWN


def test_a_claim_goes_before_our_first_sight_and_names_its_source() -> None:
    assert moment_of(article(1, "t")).basis == "claimed by json-ld"
    assert moment_of(article(1, "t", published_source=None)).basis == "claimed"
    seen = moment_of(article(1, "t", published=None))
    assert (seen.basis, seen.claimed, seen.zone) == ("first seen by us", False, "UTC")
    assert moment_of(article(1, "t", published=None, fetched=None)) is UNKNOWN


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (59.9, "59 seconds"),
        (60, "1 minute"),
        (3599, "59 minutes"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
        (172_799, "47 h 59 min"),
        (172_800, "2 days"),
    ],
)
def test_a_length_of_time_is_said_in_its_largest_units(seconds: float, words: str) -> None:
    assert duration(seconds) == words
