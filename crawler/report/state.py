"""What a report keeps beside its pages, so that the next one makes only what changed.

It stands in the report's own folder, so that pages and state are put in place in one step. A
state that cannot be read, or of another version of the program, only costs time: everything is
made again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.report.facts import ClusterFacts
from crawler.report.news import News

STATE = ".state.json"
FORMAT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A report as the next one remembers it."""

    made: str = ""
    """UTC time of its making; empty where there was none."""
    look: str = ""
    """Digest of program and templates: pages of another look are not kept."""
    clusters: Mapping[str, ClusterFacts] = field(default_factory=dict)
    """Facts by cluster id."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Searchable words by cluster id."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """Digest of what a page shows, by its name from the report's folder."""
    news: News = field(default_factory=News)
    """What was new in it."""


def read_state(folder: Path) -> State:
    """Read the state of the report in a folder; an empty one where there is none to be read."""
    try:
        raw = json.loads((folder / STATE).read_text(encoding="utf-8"))
        if raw["format"] != FORMAT:
            return State()
        return State(
            made=raw["made"],
            look=raw["look"],
            clusters={row[0]: ClusterFacts.from_row(row) for row in raw["clusters"]},
            texts=raw["texts"],
            pages=raw["pages"],
            news=News(**raw["news"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return State()


def write_state(state: State, folder: Path) -> None:
    """Write the state; equal states give equal bytes."""
    raw: dict[str, Any] = {
        "format": FORMAT,
        "made": state.made,
        "look": state.look,
        "news": state.news.as_json(),
        "clusters": [facts.as_row() for _, facts in sorted(state.clusters.items())],
        "texts": dict(sorted(state.texts.items())),
        "pages": dict(sorted(state.pages.items())),
    }
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    (folder / STATE).write_bytes(text.encode("utf-8", "replace"))
