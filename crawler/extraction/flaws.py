"""Claims of time that cannot be true: a claim in, the name of its flaw out, or None.

A claim without a zone, or of a day only, may mean any instant within a range; it is flawed only
when the whole range is impossible. What is flawed stays on record and is not used.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from crawler.extraction.datelines import read_dateline
from crawler.extraction.moments import day_of, instant_of
from crawler.extraction.visible import MONTHS
from crawler.items import Published

FUTURE = "future"
TOO_OLD = "too-old"
BEFORE_EVENT = "before-event"
BEFORE_PUBLISHED = "before-published"
# News on the web starts with it; earlier dates are defaults of broken systems (1970, 0001).
FIRST_YEAR = 1990
# A page cannot be published after it was fetched. Clocks of servers differ by minutes, and a
# system that forgets summer time is an hour off.
AHEAD = timedelta(hours=2)
# Zones reach from UTC-12 to UTC+14: so far may a time without one lie from the same time in UTC.
EAST = timedelta(hours=14)
WEST = timedelta(hours=12)
# One place writes seconds, another rounds to the minute.
ROUNDING = timedelta(minutes=1)
# A dateline without a year is this year's where a claim is so near before it; else it may be
# another year's.
NEAR = timedelta(days=7)
DAY_MONTH = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})(?:\.|st|nd|rd|th|º|°)?\s*(?:de\s+|of\s+)?(?:"
    + "|".join(f"(?P<m{n}>{letters})" for n, letters in enumerate(MONTHS, start=1))
    + r")[^\W\d]*\.?,?\s*(?:de\s+)?(?P<year>(?:19|20)\d\d)?(?!\d)",
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<m{n}>{letters})" for n, letters in enumerate(MONTHS, start=1))
    + r")[^\W\d]*\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s*(?P<year>(?:19|20)\d\d)?(?!\d)",
    re.IGNORECASE,
)
CHINESE = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
# Lines of a story among which its dateline may stand.
HEAD_LINES = 5


@dataclass(frozen=True, slots=True)
class FiledDay:
    """The day that a text's dateline gives: nobody can have published the text before."""

    month: int
    """1 to 12."""
    day: int
    """1 to 31."""
    year: int | None
    """None where the dateline has none."""

    def begins(self, near: date) -> datetime | None:
        """Give the instant at which the day begins first anywhere, seen from a claim's day."""
        years = [self.year] if self.year else [near.year, near.year + 1]
        for year in years:
            try:
                day = date(year, self.month, self.day)
            except ValueError:
                continue
            if self.year or timedelta(0) < day - near <= NEAR:
                return datetime.combine(day, time(), UTC) - EAST
        return None


def filed_day(texts: list[str]) -> FiledDay | None:
    """Read the day in the dateline of a story's lines, where it has one."""
    for text in texts[:HEAD_LINES]:
        dateline = read_dateline(text, None)
        if dateline is None:
            continue
        for pattern in (CHINESE, DAY_MONTH, MONTH_DAY):
            if match := pattern.search(dateline.quote):
                return _day(match.groupdict())
        return None
    return None


def _day(parts: dict[str, str | None]) -> FiledDay:
    month = parts.get("month") or next(
        (name[1:] for name, value in parts.items() if re.fullmatch(r"m\d+", name) and value), "0"
    )
    year = parts.get("year")
    return FiledDay(int(month or 0), int(parts["day"] or 0), int(year) if year else None)


def flaw_of(
    claim: Published, fetched: str, published: Published | None, filed: FiledDay | None
) -> str | None:
    """Give the slug of what is wrong with a claim; None where nothing is.

    Args:
        claim: the claim; its value is ISO 8601.
        fetched: UTC time of our fetch.
        published: the believed time of publication, for claims of a modification.
        filed: the day in the text's dateline.
    """
    day, now = day_of(claim.value), instant_of(fetched)
    if day is None or day.year < FIRST_YEAR:
        return TOO_OLD
    if day.year == date.max.year:
        return FUTURE
    earliest, latest = _range(claim.value)
    if now is not None and earliest > now + AHEAD:
        return FUTURE
    begins = filed.begins(day) if filed else None
    if begins is not None and latest < begins:
        return BEFORE_EVENT
    if claim.kind == "modified" and published is not None:
        first, _ = _range(published.value)
        return BEFORE_PUBLISHED if latest < first - ROUNDING else None
    return None


def _range(value: str) -> tuple[datetime, datetime]:
    """Give the first and the last instant that a claim may mean."""
    at = instant_of(value)
    if at is not None:
        return at, at
    if "T" in value:
        local = datetime.fromisoformat(value).replace(tzinfo=UTC)
        return local - EAST, local + WEST
    start = datetime.combine(date.fromisoformat(value), time(), UTC)
    return start - EAST, start + timedelta(days=1) + WEST
