"""Read the configuration once: defaults, then the file, then the environment, then flags.

A path, an environment and flags arrive; one frozen `Config` leaves. The tables and keys come from
the dataclasses of `crawler.config.model`: a field added there can be set everywhere at once.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, get_type_hints

from crawler.config.checks import check_bands, check_intervals, name_agent
from crawler.config.entries import read_networks, read_sources, read_stories
from crawler.config.model import Config
from crawler.config.values import Place, address, check_keys, convert
from crawler.errors import ConfigError, ConfigMissing

FILE_NAME = "wiretrace.toml"
"""The watchlist that is read when none is named."""
ENV_PREFIX = "WIRETRACE_"
"""Begins every variable of ours."""
ENV_FILE = "WIRETRACE_CONFIG"
"""Names the watchlist."""

TABLES: Mapping[str, Any] = MappingProxyType(
    {name: hint for name, hint in get_type_hints(Config).items() if is_dataclass(hint)}
)
"""Tables of plain settings and the dataclasses that describe them."""
LISTS = ("source", "story", "network")
"""Lists of tables."""
TOP_KEYS = ("output",)
"""Settings outside any table."""


class Given(NamedTuple):
    """A raw value and where it stands."""

    value: object
    place: Place


type_of = {
    (table, field.name): get_type_hints(kind)[field.name]
    for table, kind in TABLES.items()
    for field in fields(kind)
} | {("", key): get_type_hints(Config)[key] for key in TOP_KEYS}


def load_config(
    path: Path | str | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] = MappingProxyType({}),
    required: bool = False,
) -> Config:
    """Give the resolved configuration.

    The file is `path`, else the one that `WIRETRACE_CONFIG` names, else `./wiretrace.toml`; without
    any, all settings keep their defaults. Relative paths in the file start from its folder, those
    of the environment and of flags from the working directory.

    Args:
        path: the watchlist, when the person named one.
        environ: variables; the process's own by default.
        overrides: flags, under `output` or a dotted key such as `crawl.delay_s`.
        required: whether to refuse to go on without a file.

    Raises:
        ConfigMissing: a named (or required) file does not exist.
        ConfigUnknownKey: a table, key or variable nobody knows.
        ConfigError: a syntax error, a wrong type, an impossible value.
    """
    variables = os.environ if environ is None else environ
    file = _find(path, variables, required=required)
    document = {} if file is None else _parse(file)
    given = {} if file is None else _from_file(document, file)
    given |= _from_environment(variables) | _from_flags(overrides)
    values = {
        key: convert(raw.value, type_of[key], key[1], raw.place) for key, raw in given.items()
    }
    tables = {
        table: kind(**{key: value for (where, key), value in values.items() if where == table})
        for table, kind in TABLES.items()
    }
    tables["crawl"] = name_agent(tables["crawl"])
    check_bands(tables["fingerprint"])
    if ("notify", "webhook") in given and values["notify", "webhook"]:
        address(*given["notify", "webhook"])
    sources = () if file is None else read_sources(document.get("source", []), file)
    check_intervals(tables["schedule"], sources)
    folder = Path() if file is None else file.parent
    return Config(
        file=file,
        output=values.get(("", "output"), folder / Config().output),
        sources=sources,
        stories=() if file is None else read_stories(document.get("story", []), file),
        networks=() if file is None else read_networks(document.get("network", []), file),
        webhook_secret=variables.get(tables["notify"].webhook_secret_env or ""),
        **tables,
    )


def _find(path: Path | str | None, environ: Mapping[str, str], *, required: bool) -> Path | None:
    named = path or environ.get(ENV_FILE)
    file = Path(named or FILE_NAME).expanduser()
    if file.exists():
        return file
    if named or required:
        raise ConfigMissing(
            f"There is no watchlist {str(file)!r}.",
            "Write one with `wiretrace init`, or name another with --config.",
        )
    return None


def _parse(file: Path) -> dict[str, Any]:
    try:
        # A byte order mark, as some editors write it, is no syntax error of the person's.
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{file} is not valid TOML: {error}.", "Correct the file at that place."
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{file} is not UTF-8 text (byte {error.start}).", "Save it as UTF-8."
        ) from error
    except RecursionError as error:
        raise ConfigError(f"{file} nests brackets too deeply.", "Correct the file.") from error
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}.") from error


def _from_file(document: Mapping[str, Any], file: Path) -> dict[tuple[str, str], Given]:
    check_keys(document, {*TABLES, *LISTS, *TOP_KEYS}, str(file), "the file")
    given: dict[tuple[str, str], Given] = {}
    for key in TOP_KEYS:
        if key in document:
            place = Place(origin=str(file), key=key, folder=file.parent)
            given["", key] = Given(document[key], place)
    for table, kind in TABLES.items():
        entry = document.get(table, {})
        if not isinstance(entry, dict):
            raise ConfigError(f"{file}: {table} is not a table.", f"Write it as [{table}].")
        check_keys(entry, (field.name for field in fields(kind)), str(file), f"[{table}]")
        for key, value in entry.items():
            place = Place(origin=str(file), key=f"[{table}] {key}", folder=file.parent)
            given[table, key] = Given(value, place)
    return given


def variable_of(table: str, key: str) -> str:
    """Give the environment variable of a setting: `WIRETRACE_CRAWL_DELAY_S`."""
    return ENV_PREFIX + "_".join(part for part in (table, key) if part).upper()


def _from_environment(environ: Mapping[str, str]) -> dict[tuple[str, str], Given]:
    variables = {variable_of(*setting): setting for setting in type_of}
    ours = [name for name in environ if name.startswith(ENV_PREFIX)]
    check_keys(ours, {*variables, ENV_FILE}, "the environment", "wiretrace")
    return {
        variables[name]: Given(
            environ[name], Place(origin="the environment", key=name, folder=Path(), textual=True)
        )
        for name in ours
        if name != ENV_FILE
    }


def _from_flags(overrides: Mapping[str, Any]) -> dict[tuple[str, str], Given]:
    settings = {".".join(part for part in setting if part): setting for setting in type_of}
    check_keys(overrides, settings, "the command line", "wiretrace")
    return {
        settings[name]: Given(value, Place(origin="the command line", key=name, folder=Path()))
        for name, value in overrides.items()
        if value is not None
    }
