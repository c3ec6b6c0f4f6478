"""The zone of a written clock time: its name and the time in, an offset out, or None.

A zone's name is taken only where it means one offset at that moment. "CET" in July is what people
write for the clock on the wall, which shows another; an hour that summer time skips did not exist;
the hour that it repeats happened twice. In each case the zone is unknown, and is left so.
"""

import re
from datetime import datetime

from dateutil import tz

NUMERIC = re.compile(r"(?:UTC|GMT)?\s*([+\-−–])\s?(\d{1,2})(?::?(\d\d))?$")
SAME_AS_UTC = frozenset(("UTC", "GMT", "Z"))
# Zones without summer time whose names mean one thing: their offsets.
FIXED = {
    "MSK": "+03:00",
    "МСК": "+03:00",
    "TRT": "+03:00",
    "EAT": "+03:00",
    "SAST": "+02:00",
    "WAT": "+01:00",
    "PKT": "+05:00",
    "WIB": "+07:00",
    "WITA": "+08:00",
    "HKT": "+08:00",
    "SGT": "+08:00",
    "JST": "+09:00",
    "KST": "+09:00",
}
# Zones with summer time: where their clocks hang, and what the zone calls the name by itself.
# None means that the name says "local time there", whichever it is. CST, IST, BST and the like
# mean several zones, and EST another one in Australia, so they are not here.
PLACES = {
    "CET": ("Europe/Berlin", "CET"),
    "CEST": ("Europe/Berlin", "CEST"),
    "MEZ": ("Europe/Berlin", "CET"),
    "MESZ": ("Europe/Berlin", "CEST"),
    "EET": ("Europe/Athens", "EET"),
    "EEST": ("Europe/Athens", "EEST"),
    "ET": ("America/New_York", None),
    "EDT": ("America/New_York", "EDT"),
    "PT": ("America/Los_Angeles", None),
    "PDT": ("America/Los_Angeles", "PDT"),
    "AEST": ("Australia/Brisbane", "AEST"),
    "AEDT": ("Australia/Sydney", "AEDT"),
    "NZST": ("Pacific/Auckland", "NZST"),
    "NZDT": ("Pacific/Auckland", "NZDT"),
}
# The farthest zones are UTC+14 and UTC-12.
MAX_HOURS = 14


def offset_of(name: str, at: datetime) -> str | None:
    """Give the offset that a zone's name or number means at a time, as in `+02:00`.

    Args:
        name: as written: "Z", "+0100", "UTC+3", "CEST", "ET".
        at: the clock time without zone.
    """
    zone = name.strip(" ()")
    if zone in SAME_AS_UTC or zone.casefold() == "z":
        return "+00:00"
    if number := NUMERIC.match(zone):
        sign, hours, minutes = number.groups()
        if len(hours) == 1 and minutes is None and zone[:1] not in "UG":
            return None  # "-5" behind a time may be anything
        if int(hours) > MAX_HOURS or int(minutes or 0) > 59:  # noqa: PLR2004 - minutes of an hour
            return None
        return f"{'+' if sign == '+' else '-'}{int(hours):02d}:{minutes or '00'}"
    if zone in FIXED:
        return FIXED[zone]
    return _at_place(zone, at) if zone in PLACES else None


def _at_place(name: str, at: datetime) -> str | None:
    place, own = PLACES[name]
    zone = tz.gettz(place)
    if zone is None or not tz.datetime_exists(at, zone):
        return None
    readings = [at.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    fitting = {
        reading.strftime("%z") for reading in readings if own is None or reading.tzname() == own
    }
    if len(fitting) != 1:
        return None
    written = fitting.pop()
    return f"{written[:3]}:{written[3:5]}"
