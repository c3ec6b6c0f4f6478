"""When a copy may have run: every claim is as wide as what it leaves open."""

from datetime import UTC, datetime

import pytest

from crawler.items import Article
from crawler.provenance.intervals import interval_of, intervals_of
from crawler.provenance.surveying import hear, survey
from crawler.provenance.zones import Zones
from tests.provenance.made_up import claim, copy


def bounds(article: Article, *others: Article, seen: str | None = None) -> tuple[str, str]:
    zones = survey(hear([article, *others])).zones
    interval = interval_of(article, seen, zones)
    return told(interval.low), told(interval.high)


def told(when: datetime | None) -> str:
    return when.astimezone(UTC).strftime("%d %H:%M:%S") if when else "-"


@pytest.mark.parametrize(
    ("value", "site", "low", "high"),
    [
        ("2026-03-02T09:30:15+01:00", "a.example", "02 08:30:15", "02 08:30:16"),
        ("2026-03-02T09:30:00+01:00", "a.example", "02 08:30:00", "02 08:31:00"),
        ("2026-03-02T09:30:00", "a.example", "01 19:30:00", "02 21:31:00"),
        ("2026-03-02", "a.example", "01 10:00:00", "03 12:00:00"),
        ("2026-03-02T09:30:00", "a.de", "02 07:30:00", "02 09:31:00"),
        ("2026-03-02", "a.co.jp", "01 15:00:00", "03 00:00:00"),
        ("no time", "a.example", "-", "10 00:00:00"),
    ],
)
def test_a_claim_is_as_wide_as_what_it_leaves_open(
    value: str, site: str, low: str, high: str
) -> None:
    assert bounds(copy("a", value, site=site)) == (low, high)


def test_what_we_saw_or_what_was_modified_was_there_by_then() -> None:
    day = copy("a", "2026-03-02")
    assert bounds(day, seen="2026-03-02T06:00:00Z")[1] == "02 06:00:00"
    changed = copy("a", "2026-03-02", claim("2026-03-02T05:00:10Z", kind="modified"))
    assert bounds(changed)[1] == "02 05:00:11"
    served = copy("a", "2026-03-02", claim("2026-03-02T04:00:10Z", "http:last-modified"))
    assert bounds(served)[1] == "02 04:00:11"


def test_a_claim_later_than_our_own_sight_is_not_used() -> None:
    late = copy("a", "2026-03-02T12:00:00Z")
    interval = interval_of(late, "2026-03-02T10:00:00Z", Zones())
    assert (told(interval.low), told(interval.high)) == ("-", "02 10:00:00")
    assert interval.notes == ("It claims 2026-03-02T12:00:00Z, after we saw it.",)


def test_a_flagged_claim_is_not_used_and_said_so() -> None:
    article = copy("a", claim("1970-01-01T00:00:00Z", flaw="too-old"))
    interval = interval_of(article, None, Zones())
    assert interval.low is None
    assert "too-old" in interval.notes[0]


def test_defined_claims_that_differ_widen_it() -> None:
    article = copy("a", "2026-03-02T10:00:00Z", claim("2026-03-02T08:00:00Z", "feed"))
    assert bounds(article) == ("02 08:00:00", "02 10:01:00")
    far = copy("a", "2026-03-02T10:00:00Z", claim("2026-02-20T08:00:00Z", "feed"))
    assert bounds(far) == ("02 10:00:00", "02 10:01:00")


def test_the_sites_other_pages_tell_its_zone() -> None:
    """Two pages that give one moment with a zone and without; summer time may differ far away."""
    pair = ("2026-03-01T09:00:00", claim("2026-03-01T14:00:00+00:00", "feed"))
    others = [copy(name, *pair, site="a.example") for name in "bc"]
    article = copy("a", "2026-03-02T09:30:00", site="a.example")
    assert bounds(article, *others) == ("02 14:30:00", "02 14:31:00")
    assert bounds(article, others[0])[0] == "01 19:30:00"
    summer = copy("a", "2026-07-02T09:30:00", site="a.example")
    assert bounds(summer, *others, seen="2026-08-01T00:00:00Z") == ("02 13:30:00", "02 15:31:00")


def test_offsets_given_on_other_pages_tell_it_but_zero_says_nothing() -> None:
    article = copy("a", "2026-03-02T09:30:00", site="a.example")
    local = [copy(name, "2026-03-01T09:00:00-05:00", site="a.example") for name in "bc"]
    assert bounds(article, *local) == ("02 09:30:00", "02 14:31:00"), "UTC stays possible"
    zero = [copy(name, "2026-03-01T09:00:00Z", site="a.example") for name in "bc"]
    assert bounds(article, *zero)[0] == "01 19:30:00"


def test_a_loose_claim_days_before_all_others_is_not_used() -> None:
    stray = copy("a", claim("2026-01-05", "text"))
    near = copy("c", claim("2026-03-01", "text"))
    found = intervals_of([stray, near, copy("b", "2026-03-02T10:00:00Z")], {}, Zones())
    assert found["a"].low is None
    assert "not used" in found["a"].notes[0]
    assert found["c"].low is not None
    alone = intervals_of([stray, near], {}, Zones())
    assert alone["a"].low is not None


def test_the_ends_of_the_calendar_are_no_time() -> None:
    for value in ("0001-01-01", "9999-12-31T23:00:00"):
        assert interval_of(copy("a", value), None, Zones()).low is None
