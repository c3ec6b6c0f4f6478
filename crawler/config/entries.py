"""Read the lists of a watchlist: `[[source]]`, `[[story]]` and `[[network]]`.

Tables as TOML gives them arrive; `Source`, `Story` and `NetworkTable` records leave, each with a
unique name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any, TypeVar, get_type_hints

from crawler.config.model import SOURCE_KINDS, NetworkTable, Source, Story
from crawler.config.values import Place, address, check_keys, convert, moment, resolve
from crawler.errors import ConfigError
from crawler.urls import host_of, site_of

STORY_KINDS = ("text", "url", "words")
"""What says which story is meant; exactly one is given."""
FILE_KINDS = ("urls", "archive")
"""Kinds of source whose location is a path, not a web address."""

Named = TypeVar("Named", Source, Story, NetworkTable)


def read_sources(entries: object, file: Path) -> tuple[Source, ...]:
    """Give the sources of a watchlist, in its order.

    Raises:
        ConfigError: an entry names no address or several, a name stands twice, a value is wrong.
        ConfigUnknownKey: a key nobody knows.
    """
    limits = {f.name for f in fields(Source)} - {"name", "kind", "location"}
    hints = get_type_hints(Source)
    sources: list[Source] = []
    for number, entry in _tables(entries, "source", file):
        table = f"[[source]] number {number}"
        check_keys(entry, {*limits, "name", *SOURCE_KINDS}, str(file), table)
        kind = _only_one(entry, SOURCE_KINDS, file, table)
        place = _place(file, table, kind)
        location = _location(kind, entry[kind], place)
        given = {
            key: convert(entry[key], hints[key], key, _place(file, table, key))
            for key in entry
            if key in limits
        }
        if "name" in entry:
            name = convert(entry["name"], str, "name", _place(file, table, "name"))
        else:
            name = _spare_name(f"{_origin_name(location)}-{kind}", sources)
        sources.append(Source(name=name, kind=kind, location=location, **given))
    return _distinct(sources, "source", file)


def read_stories(entries: object, file: Path) -> tuple[Story, ...]:
    """Give the watched stories, in the file's order; errors as in `read_sources`."""
    hints = get_type_hints(Story)
    stories: list[Story] = []
    for number, entry in _tables(entries, "story", file):
        table = f"[[story]] number {number}"
        check_keys(entry, hints, str(file), table)
        if "name" not in entry:
            raise ConfigError(f"{file}: {table} has no name.", "Give each story a name of its own.")
        _only_one(entry, STORY_KINDS, file, table)
        given: dict[str, Any] = {}
        for key, value in entry.items():
            place = _place(file, table, key)
            if key == "url":
                given[key] = address(value, place)
            elif key in ("since", "until"):
                given[key] = moment(value, place)
            else:
                given[key] = convert(value, hints[key], key, place)
        story = Story(**given)
        _check_window(story, file)
        stories.append(story)
    return _distinct(stories, "story", file)


def read_networks(entries: object, file: Path) -> tuple[NetworkTable, ...]:
    """Give the user's networks, in the file's order; each site as its registered domain.

    Raises:
        ConfigError: a network has no name or fewer than two sites, a site is none or stands twice.
        ConfigUnknownKey: a key nobody knows.
    """
    hints = get_type_hints(NetworkTable)
    networks: list[NetworkTable] = []
    owner: dict[str, str] = {}
    for number, entry in _tables(entries, "network", file):
        table = f"[[network]] number {number}"
        check_keys(entry, hints, str(file), table)
        for key in hints:
            if key not in entry:
                raise ConfigError(
                    f"{file}: {table} has no {key}.", "A network has a name and a list of sites."
                )
        name = convert(entry["name"], str, "name", _place(file, table, "name"))
        place = _place(file, table, "sites")
        given = convert(entry["sites"], hints["sites"], "sites", place)
        sites = tuple(dict.fromkeys(_site(one, place) for one in given))
        if len(sites) < 2:  # noqa: PLR2004 - one site is no network
            raise place.refuse("names fewer than two sites", "Name every site of the owner.")
        for site in sites:
            if site in owner:
                raise place.refuse(f"names {site}, which is in the network {owner[site]!r} already")
            owner[site] = name
        networks.append(NetworkTable(name=name, sites=sites))
    return _distinct(networks, "network", file)


def _site(text: str, place: Place) -> str:
    """Give the registered domain of a domain, a host or an address."""
    found = site_of(text if "://" in text else f"http://{text}")
    if "." not in found:
        raise place.refuse(f"names {text!r}, which is no site", 'Write it as "example.com".')
    return found


def _tables(entries: object, key: str, file: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigError(f"{file}: {key} is not a list of tables.", f"Write it as [[{key}]].")
    yield from enumerate(entries, start=1)


def _place(file: Path, table: str, key: str) -> Place:
    return Place(origin=str(file), key=f"{key} of {table}", folder=file.parent)


def _only_one(entry: Mapping[str, Any], kinds: tuple[str, ...], file: Path, table: str) -> str:
    given = [kind for kind in kinds if kind in entry]
    if len(given) == 1:
        return given[0]
    found = "none" if not given else " and ".join(given)
    raise ConfigError(
        f"{file}: {table} needs exactly one of {', '.join(kinds)}; it has {found}.",
        "Write one table for each.",
    )


def _location(kind: str, value: object, place: Place) -> str:
    if kind not in FILE_KINDS:
        return address(value, place)
    text = str(convert(value, str, kind, place))
    return text if text == "-" else str(resolve(text, place))


def _origin_name(location: str) -> str:
    if location == "-":
        return "stdin"
    return host_of(location) or PurePath(location).name


def _spare_name(name: str, sources: list[Source]) -> str:
    """Give the name, numbered from the second source of one host and kind on."""
    taken = {source.name for source in sources}
    number = 2
    spare = name
    while spare in taken:
        spare = f"{name}-{number}"
        number += 1
    return spare


def _distinct(records: list[Named], key: str, file: Path) -> tuple[Named, ...]:
    seen: set[str] = set()
    for record in records:
        if record.name in seen:
            raise ConfigError(
                f"{file}: two [[{key}]] tables are named {record.name!r}.",
                "Give each a name of its own; past results are kept under it.",
            )
        seen.add(record.name)
    return tuple(records)


def _check_window(story: Story, file: Path) -> None:
    if story.since is None or story.until is None:
        return
    if _instant(story.since) > _instant(story.until):
        raise ConfigError(
            f"{file}: story {story.name!r} begins ({story.since}) after its end ({story.until}).",
            "Exchange since and until.",
        )


def _instant(text: str) -> datetime:
    """Give the time for comparing; without a zone it is read as UTC."""
    when = datetime.fromisoformat(text)
    return when if when.tzinfo else when.replace(tzinfo=UTC)
