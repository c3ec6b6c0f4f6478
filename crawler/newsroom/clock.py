"""Write one instant in the ways that newspapers and their machines write it.

`locale` is left alone: it is process-wide and depends on what the machine has installed.
"""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


def local(instant: datetime, offset_minutes: int) -> datetime:
    """Move an instant to a publisher's clock (a fixed offset: no zone data is needed for it)."""
    zone = UTC if offset_minutes == 0 else timezone(timedelta(minutes=offset_minutes))
    return instant.astimezone(zone)


def weekday(instant: datetime, language: str) -> str:
    """Name the day of the week."""
    return _WEEKDAYS[language][instant.weekday()]


def month(instant: datetime, language: str) -> str:
    """Name the month."""
    return _MONTHS[language].split()[instant.month - 1]


def printed_day(instant: datetime, language: str) -> str:
    """Write the day as it stands in a masthead."""
    name, day, year = month(instant, language), instant.day, instant.year
    return {
        "en": f"{day} {name} {year}",
        "es": f"{day} de {name} de {year}",
        "de": f"{day}. {name} {year}",
        "fr": f"{day} {name} {year}",
    }[language]


def printed(instant: datetime, language: str) -> str:
    """Write date and time of day as a reader sees them beneath a headline."""
    day, clock = printed_day(instant, language), f"{instant:%H:%M}"
    return {
        "en": f"{day}, {clock}",
        "es": f"{day}, {clock} h",
        "de": f"{day}, {clock} Uhr",
        "fr": f"{day} à {clock.replace(':', 'h')}",
    }[language]


def stamped(instant: datetime, style: str) -> str:
    """Write an instant for machines.

    Args:
        instant: the time on the publisher's clock.
        style: `offset` (RFC 3339 with the offset), `utc` (RFC 3339 with Z), `compact` (an offset
            without its colon, as older systems print it), `zoneless` (no offset at all: a claim
            that needs the feed's help) or `day`.
    """
    return {
        "offset": instant.isoformat(timespec="seconds"),
        "utc": instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "compact": instant.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "zoneless": instant.strftime("%Y-%m-%dT%H:%M:%S"),
    }[style]


def rfc822(instant: datetime) -> str:
    """Write an instant as RSS wants it (RFC 822 with a four-digit year)."""
    return format_datetime(instant)
