"""What can be set, told by the code itself: each setting with its default and its reason.

The source of `crawler.config.model` arrives; `Setting` records leave. The watchlist that `init`
writes and the test of `docs/settings.md` are made from them, so neither can drift from the code.
"""

import ast
import inspect
import itertools
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from crawler.config import model
from crawler.config.reader import LISTS, TABLES, TOP_KEYS, variable_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One key of the watchlist."""

    table: str
    """Table it stands in, `source`, `story` and `network` included; empty at the top."""
    key: str
    """Its name."""
    reason: str
    """What it does and why the default is what it is, on one line."""
    default: str = ""
    """Default as TOML; empty where there is none."""
    variable: str = ""
    """Environment variable that sets it; empty for keys of the lists."""


def settings() -> tuple[Setting, ...]:
    """Give every setting, in the order of the model."""
    found: list[Setting] = []
    kinds: dict[str, type[Any]] = {
        "": model.Config,
        "source": model.Source,
        "story": model.Story,
        "network": model.NetworkTable,
    }
    for table, kind in (kinds | dict(TABLES)).items():
        for key, default, reason in _described(kind):
            if (table == "" and key not in TOP_KEYS) or (table, key) == ("source", "location"):
                continue
            if (table, key) == ("source", "kind"):
                found += [Setting(table=table, key=one, reason=SOURCES[one]) for one in SOURCES]
                continue
            variable = "" if table in LISTS else variable_of(table, key)
            found.append(
                Setting(table=table, key=key, reason=reason, default=default, variable=variable)
            )
    return tuple(found)


SOURCES = {
    "feed": "URL of an RSS, Atom, RDF or JSON feed.",
    "sitemap": "URL of a sitemap, news sitemap or sitemap index; gzip is read as it is.",
    "section": "URL of a home page or section front, whose links to articles are followed.",
    "urls": 'Path of a text file with one URL a line; "-" is standard input.',
    "archive": "Path of a WARC file; nothing is fetched over the network.",
}
"""What each key that holds an address is; the model keeps it as `kind` and `location`."""


def _described(kind: type[Any]) -> Iterator[tuple[str, str, str]]:
    """Give name, default and docstring of each field of a dataclass in the model."""
    tree = ast.parse(inspect.getsource(model))
    defaults = {field.name: field.default for field in fields(kind)}
    body = next(
        node.body
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == kind.__name__
    )
    for statement, after in itertools.pairwise(body):
        match statement, after:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, toml_of(defaults[name]), " ".join(text.split())


def toml_of(value: object) -> str:
    """Give a default as TOML writes it; empty for None and for what has no default."""
    if value is None or value is MISSING:
        return ""
    if isinstance(value, tuple):
        return f"[{', '.join(toml_of(one) for one in value)}]"
    if isinstance(value, str | Path):
        escaped = str(value).replace("\\", r"\\").replace('"', r"\"")
        return f'"{escaped}"'
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:_}" if isinstance(value, int) else repr(value)
