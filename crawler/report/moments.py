"""Times as people read them, with their zone and the source of the claim.

ISO 8601 text arrives (see `crawler.items`); what leaves says how precise it is and never pretends
to a zone that nobody gave. Times with a zone are told in UTC, since copies from several zones
cannot be read in order otherwise; what the page said stands beside it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.items import Article

# Written out, so that a report does not depend on the machine's locale.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Length of "2026-03-02": a claim no longer than this names a day only.
_DAY_LENGTH = 10
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
# Up to two days are told in hours and minutes; beyond, the hours no longer matter.
_DAYS_FROM = 2 * _DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One time, ready to be read, with what it rests on."""

    text: str
    """`2 Mar 2026, 08:30`, or `unknown`."""
    zone: str
    """`UTC`, `no zone given` or `day only`; empty for an unknown time."""
    given: str
    """The hour and zone as they were given, `09:30 UTC+01:00`, where they are not those above."""
    basis: str
    """`claimed by json-ld`, `first seen by us`; empty for an unknown time."""
    claimed: bool
    """Whether the page or feed says so; False for our own clock and an unknown time."""
    iso: str
    """As it came; empty for an unknown time."""
    instant: datetime | None
    """UTC; None where the zone or the hour is missing, since such times do not compare."""


UNKNOWN = Moment(text="unknown", zone="", given="", basis="", claimed=False, iso="", instant=None)


def moment(iso: str | None, basis: str, *, claimed: bool) -> Moment:
    """Read an ISO 8601 time; what cannot be read is unknown."""
    if not iso:
        return UNKNOWN
    try:
        value = datetime.fromisoformat(iso)
    except ValueError:
        return UNKNOWN
    instant = _instant(value)
    told = instant or value
    if len(iso) <= _DAY_LENGTH:
        text, zone = _day(value), "day only"
    else:
        text, zone = f"{_day(told)}, {told:%H:%M}", told.tzname() or "no zone given"
    return Moment(
        text=text,
        zone=zone,
        given=_given(value, told),
        basis=basis,
        claimed=claimed,
        iso=iso,
        instant=instant,
    )


def moment_of(article: Article) -> Moment:
    """Give the time an article is shown under: its best claim, else our first sight of it."""
    source = f"claimed by {article.published_source}" if article.published_source else "claimed"
    claim = moment(article.published, source, claimed=True)
    if claim is not UNKNOWN:
        return claim
    return moment(article.fetched, "first seen by us", claimed=False)


def duration(seconds: float) -> str:
    """Say a length of time in words, in the two largest units that matter.

    `40 seconds`, `1 minute`, `2 h 5 min`, `3 days`.
    """
    whole = int(seconds)
    if whole < _MINUTE:
        return _counted(whole, "second")
    if whole < _HOUR:
        return _counted(whole // _MINUTE, "minute")
    if whole < _DAYS_FROM:
        minutes = whole % _HOUR // _MINUTE
        return f"{whole // _HOUR} h {minutes} min" if minutes else f"{whole // _HOUR} h"
    return _counted(whole // _DAY, "day")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _day(value: datetime) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def _given(value: datetime, told: datetime) -> str:
    """Say the hour in the zone that was given, with the day where it is another one there."""
    if value.utcoffset() == told.utcoffset():
        return ""
    hour = f"{value:%H:%M} {value.tzname()}"
    return hour if value.date() == told.date() else f"{_day(value)}, {hour}"


def _instant(value: datetime) -> datetime | None:
    if value.tzinfo is None:
        return None
    try:
        return value.astimezone(UTC)
    except OverflowError:
        # The last hours of the year 9999 west of Greenwich lie beyond the calendar.
        return None
