"""Turn what a file, a variable or a flag says into a field's type, or say why it cannot be.

A raw value and its place arrive; a value of the field's type leaves. Everything is driven by the
type hints of `crawler.config.model`, so that a new field needs no code here.
"""

import difflib
import math
import types
import typing
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError, ConfigUnknownKey
from crawler.urls import canonical

# Numbers that make no sense at zero. Everything else that counts may be zero (no delay, no
# retries, no limit from below); nothing may be negative.
POSITIVE = frozenset({
    "attempts", "bands", "concurrency", "deadline_s", "every_s", "feed_entries",
    "first_interval_s", "max_backoff_s", "max_bytes", "max_depth", "max_documents",
    "max_interval_s", "max_leads", "max_pages", "max_requests_per_day", "permutations",
    "rows", "shingle_words", "timeout_s",
})  # fmt: skip
# The store and the hash seeds keep numbers in 64 bits with a sign; nothing real comes near.
LARGEST = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a value stands."""

    origin: str
    """What the person calls it: the file's path, `the environment`, `the command line`."""
    key: str
    """Key as it is written there: `[crawl] delay_s`, `WIRETRACE_CRAWL_DELAY_S`."""
    folder: Path
    """Folder that relative paths start from."""
    textual: bool = False
    """Whether all values are text there, as in environment variables."""

    def refuse(self, what: str, todo: str = "") -> ConfigError:
        """Give the error for this place; `what` goes on from the key."""
        return ConfigError(f"{self.origin}: {self.key} {what}.", todo)


def convert(value: object, hint: Any, name: str, place: Place) -> Any:  # noqa: ANN401 - any field's type
    """Give the value in the field's type.

    Args:
        value: as TOML, the environment or a flag gives it.
        hint: resolved type hint of the field.
        name: the field's name; carries the unit and the range (`_s`, `_share`).
        place: where it stands.

    Raises:
        ConfigError: it has another type or cannot be meant.
    """
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        kinds = [kind for kind in typing.get_args(hint) if kind is not types.NoneType]
        if value is None or (place.textual and value == ""):
            return None
        return convert(value, kinds[0], name, place)
    if typing.get_origin(hint) is tuple:
        number = typing.get_args(hint)[0] is float
        return _numbers(value, name, place) if number else _texts(value, place)
    if hint is bool:
        return _flag(value, place)
    if hint in (int, float):
        return _number(value, hint, name, place)
    text = _text(value, place)
    return resolve(text, place) if hint is Path else text


def resolve(text: str, place: Place) -> Path:
    """Give the path, relative ones from the folder of the file they stand in."""
    path = Path(text).expanduser()
    return path if path.is_absolute() else place.folder / path


def address(value: object, place: Place) -> str:
    """Give an http(s) address as it was written, or refuse it."""
    url = _text(value, place).strip()
    if canonical(url) is None:
        raise place.refuse(
            f"is {url!r}, which is no web address", "Give one that begins with http:// or https://."
        )
    return url


def moment(value: object, place: Place) -> str:
    """Give a point in time as ISO 8601 text, from text or TOML's own dates."""
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    text = "" if isinstance(value, time) else _text(value, place).strip()
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise place.refuse(
            f"is {str(value)!r}, which is no time", "Write 2026-03-02 or 2026-03-02T09:30:00+01:00."
        ) from None
    return text


def check_keys(given: Iterable[str], known: Iterable[str], origin: str, table: str) -> None:
    """Refuse a key nobody knows, with the nearest one that is known.

    Raises:
        ConfigUnknownKey: names the origin, the table and the key.
    """
    names = sorted(known)
    for key in given:
        if key not in names:
            near = difflib.get_close_matches(key, names, n=1)
            raise ConfigUnknownKey(
                f"{origin}: {table} has no {key!r}.",
                f"Did you mean {near[0]!r}?" if near else f"Known here: {', '.join(names)}.",
            )


def _text(value: object, place: Place) -> str:
    if isinstance(value, Path):
        return str(value)
    if not isinstance(value, str):
        raise place.refuse(f"is {value!r}, but text is wanted", "Put it in quotation marks.")
    if not value.strip():
        raise place.refuse("is empty", "Give it a value, or leave the key out.")
    if any(ord(character) < ord(" ") for character in value):
        raise place.refuse("holds a line break or another control character")
    return value


def _texts(value: object, place: Place) -> tuple[str, ...]:
    if place.textual:
        value = [part.strip() for part in str(value).split(",") if part.strip()]
    if not isinstance(value, (list, tuple)):
        raise place.refuse(f"is {value!r}, but a list of texts is wanted", 'Write ["one", "two"].')
    return tuple(_text(one, place) for one in value)


def _numbers(value: object, name: str, place: Place) -> tuple[float, ...]:
    if place.textual:
        value = [part.strip() for part in str(value).split(",") if part.strip()]
    if not isinstance(value, (list, tuple)):
        raise place.refuse(f"is {value!r}, but a list of numbers is wanted", "Write [1, 6].")
    return tuple(float(_number(one, float, name, place)) for one in value)


def _flag(value: object, place: Place) -> bool:
    if isinstance(value, bool):
        return value
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if place.textual and str(value).lower() in words:
        return words[str(value).lower()]
    raise place.refuse(f"is {value!r}, but true or false is wanted")


def _number(value: object, kind: type[int] | type[float], name: str, place: Place) -> int | float:
    wanted = "a whole number" if kind is int else "a number"
    if place.textual:
        try:
            value = kind(str(value))
        except ValueError:
            raise place.refuse(f"is {value!r}, but {wanted} is wanted") from None
    if isinstance(value, bool) or not isinstance(value, (int, kind)):
        raise place.refuse(f"is {value!r}, but {wanted} is wanted")
    if not math.isfinite(value) or value > LARGEST:
        raise place.refuse(f"is {value!r}, which is out of all range")
    if value < 0 or (value == 0 and name in POSITIVE):
        least = "more than 0" if name in POSITIVE else "0 or more"
        raise place.refuse(f"is {value!r}, but it has to be {least}")
    if name.endswith("_share") and value > 1:
        raise place.refuse(f"is {value!r}, but a share is at most 1")
    return kind(value)
