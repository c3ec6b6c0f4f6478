"""Read one written time: text in, ISO 8601 out, or None where it cannot be read for certain.

The result keeps the precision of what was written: an instant has its offset, a time without a
zone has none, a day is a day. Nothing is filled in.
"""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from dateutil import parser as dateutil_parser

from crawler.extraction.offsets import offset_of

ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:(?:T|\s+|\s+at\s+|,\s*)(\d\d?):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?"
    r"\s*\(?(Z|(?:UTC|GMT)?\s*[+\-−]\d\d:?\d\d|(?:UTC|GMT)?[+\-−]\d\d?|[A-ZМСК]{2,4})?)?"
    r"(?![\d])",
    re.IGNORECASE,
)
EPOCH = re.compile(r"(\d{10})(\d{3})?$")
RFC_2822 = re.compile(
    r"(?:[A-Z][a-z]{2},\s*)?\d{1,2}\s+[A-Z][a-z]{2}\s+\d{4}\s+\d\d:\d\d(?::\d\d)?"
    r"\s*(?:[+-]\d{4}|[A-Z]{1,3})?(?:\s*\([^()]*\))?\s*$",
    re.IGNORECASE,
)
# Three parts and one of them a month's name: only then is there no doubt about the order.
NAMED_MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE
)
# What follows a clock time at the end: a number, or a zone's name in capitals.
ZONE_END = re.compile(
    r"(?<=[\d.mM])\s*\(?(?P<zone>(?:(?:UTC|GMT)\s*)?[+\-−]\d{1,2}(?::?\d\d)?|[A-ZМСК]{1,5})\)?$"
)
REMARK = re.compile(r"\s*\([^()]*\)\s*$")


def read_moment(raw: str) -> str | None:
    """Give a written time as ISO 8601, as precise as it was written.

    >>> read_moment("2026-03-02 09:30:00 +0100")
    '2026-03-02T09:30:00+01:00'
    >>> read_moment("March 2, 2026")
    '2026-03-02'
    """
    text = raw.strip()[:100]
    try:
        return _read_iso(text) or _read_epoch(text) or _read_mail(text) or _read_named(text)
    except (ValueError, OverflowError):
        return None


def _read_iso(text: str) -> str | None:
    found = ISO.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    on = date(int(year), int(month), int(day))
    if hour is None:
        # Something that is no time follows the day: the day alone is what was understood.
        return on.isoformat()
    # Hour 24 and second 60 are written; both are refused rather than rolled over.
    at = datetime(on.year, on.month, on.day, int(hour), int(minute), int(second or 0))  # noqa: DTZ001 - a claim without a zone stays without one
    return at.isoformat() + (offset_of(zone, at) or "" if zone else "")


def _read_epoch(text: str) -> str | None:
    found = EPOCH.match(text)
    return datetime.fromtimestamp(int(found.group(1)), UTC).isoformat() if found else None


def _read_mail(text: str) -> str | None:
    if not RFC_2822.match(text):
        return None
    at = parsedate_to_datetime(text)
    # "-0000" is this standard's way to say that the zone is unknown; a missing one reads the same.
    return at.isoformat()


def _read_named(text: str) -> str | None:
    """Read English month names with dateutil, and only what is written out in full."""
    if not NAMED_MONTH.search(text) or not re.search(r"\b\d{4}\b", text):
        return None
    zone = ZONE_END.search(text) or ZONE_END.search(REMARK.sub("", text))
    # dateutil would read a zone's name as that of this machine, and "GMT+3" by POSIX.
    name = zone["zone"] if zone and zone["zone"] not in ("AM", "PM") else ""
    bare = (zone.string[: zone.start()] if zone and name else text).strip()
    # Two different defaults: what differs between the readings was not in the text.
    first = dateutil_parser.parse(bare, default=datetime(2001, 1, 1, 1, 1), ignoretz=True)  # noqa: DTZ001 - defaults without zone, to see whether the text has one
    second = dateutil_parser.parse(bare, default=datetime(2002, 2, 2, 2, 2), ignoretz=True)  # noqa: DTZ001 - same
    if first.date() != second.date():
        return None
    if first != second:
        return first.date().isoformat()
    return first.isoformat() + (offset_of(name, first) or "" if name else "")


def day_of(value: str) -> date | None:
    """Give the day of an ISO 8601 text as written there."""
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def instant_of(value: str) -> datetime | None:
    """Give the instant in UTC, or None where the text has no offset."""
    try:
        at = datetime.fromisoformat(value)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def precision_of(value: str) -> int:
    """Rank how exact a time is: 2 an instant, 1 a time without zone, 0 a day."""
    if "T" not in value:
        return 0
    return 2 if instant_of(value) is not None else 1
