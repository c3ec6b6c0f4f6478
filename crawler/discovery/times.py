"""Times in feeds and sitemaps, as ISO 8601 that says no more than the source did.

Text arrives in the form of RFC 822, RFC 3339 or W3CDTF; ISO 8601 text leaves. A zone is kept, never
invented: feedparser's own parsed times are in UTC and no longer tell whether a zone was given.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

# Zone names that feeds use although RFC 822 knows only those of North America. Ambiguous ones
# (IST, BST is both Britain's and Bangladesh's, CST) are left out unless the mail standard has them.
ZONES = {
    "WET": 0,
    "WEST": 1,
    "CET": 1,
    "CEST": 2,
    "MEZ": 1,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "JST": 9,
    "KST": 9,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
}
# The web's first page is of 1991; a year beyond the second bound is a typing error or a joke.
FIRST_YEAR = 1990
LAST_YEAR = 2100

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_ZONE_NAME = re.compile(r"\s+\(?([A-Z]{3,4})\)?$")
_HOURS_ONLY = re.compile(r"([+-]\d{2})$")
_FRACTION = re.compile(r"(:\d{2})[.,]\d+")


def iso_time(raw: str | None) -> str | None:
    """Give a time as ISO 8601, or None where the text is not a time within reason.

    `2026-03-02` stays a day; a time without a zone stays without one.
    """
    text = " ".join((raw or "").split())
    if not text:
        return None
    if _DAY.match(text):
        return text if _parse_iso(text) is not None else None
    moment = _parse_iso(text) or _parse_mail(text)
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return moment.isoformat(timespec="seconds")


def moment_of(value: str | None) -> datetime | None:
    """Give the instant of an ISO 8601 text for comparing; a missing zone is read as UTC."""
    moment = _parse_iso(value) if value else None
    if moment is None:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def utc_text(moment: datetime) -> str:
    """Write an instant as this project's own clock does: UTC, seconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _parse_iso(text: str) -> datetime | None:
    plain = _FRACTION.sub(r"\1", text)
    for form in (plain, _HOURS_ONLY.sub(r"\g<1>:00", plain)):
        try:
            moment = datetime.fromisoformat(form)
        except ValueError:
            continue
        return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None
    return None


def _parse_mail(text: str) -> datetime | None:
    name = _ZONE_NAME.search(text)
    known = ZONES.get(name.group(1)) if name else None
    bare = text[: name.start()] if name and known is not None else text
    try:
        moment = parsedate_to_datetime(bare)
    except (ValueError, IndexError, OverflowError):
        return None
    if known is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone(timedelta(hours=known)))
    return moment
