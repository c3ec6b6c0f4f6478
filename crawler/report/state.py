"""What a report keeps beside its pages, so that the next one reads and makes only what changed.

It stands in the report's own folder, so that pages and state are put in place in one step. A state
that is damaged, or of another version of the program, only costs time: everything is made again.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.report.changes import content_digest
from crawler.report.html import look
from crawler.report.ledger import Ledger, as_json
from crawler.report.news import News
from crawler.report.outlets import Outlets

STATE = ".state"
"""Its folder, in the report's."""
FORMAT = 4
_HEAD, _CLUSTERS, _OUTLETS = "report.json", "clusters.jsonl", "outlets.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A report as the next one remembers it."""

    made: str = ""
    """UTC time of its making; empty where there was none."""
    look: str = ""
    """Digest of program and templates: pages of another look are not kept."""
    mark: str = ""
    """How far the store's changes went that it tells of; empty where the store did not say."""
    networks: Mapping[str, str] = field(default_factory=dict)
    """Digest of the network of each site that has one."""
    clusters: Ledger = field(default_factory=Ledger)
    """Facts by cluster id."""
    outlets: Outlets = field(default_factory=Outlets)
    """What each outlet ran."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Searchable words by cluster id, as JSON."""
    pages: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Digest and bytes of the pages beside the clusters' own, by name from the report's folder."""
    news: News = field(default_factory=News)
    """What was new in it."""
    damaged: frozenset[str] = frozenset()
    """Clusters of two and more whose page is not there, or not whole."""

    @property
    def kept(self) -> bool:
        """Say whether its pages look as those of now do."""
        return self.look == look()


def former_report(folder: Path) -> State:
    """Read the state of the report in a folder; an empty one where there is none to be read."""
    place = folder / STATE
    try:
        raw = json.loads((place / _HEAD).read_text("utf-8", "surrogatepass"))
        if raw["format"] != FORMAT:
            return State()
        clusters = Ledger.from_lines(_lines(place / _CLUSTERS, raw["clusters"]))
        pages = {name: (digest, size) for name, (digest, size) in raw["pages"].items()}
        return State(
            made=raw["made"],
            look=raw["look"],
            mark=raw["mark"],
            networks=raw["networks"],
            clusters=clusters,
            outlets=Outlets.from_lines(_lines(place / _OUTLETS, raw["outlets"])),
            # What looks otherwise is compared with, and not taken over.
            words=_words(folder, raw["order"], [(name, pages[name][0]) for name in raw["words"]])
            if raw["look"] == look()
            else {},
            pages=pages,
            news=News(**raw["news"]),
            damaged=frozenset(
                head.id
                for head in clusters.heads.values()
                if head.size and not whole(folder / head.page, head.size)
            ),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return State()


def write_state(state: State, order: Sequence[str], pieces: Sequence[str], folder: Path) -> None:
    """Write the state; equal states give equal bytes.

    Args:
        state: the state.
        order: ids of the clusters in the order of the index's pieces.
        pieces: names of the pieces that hold the words.
        folder: the report's folder.
    """
    place = folder / STATE
    place.mkdir()
    raw: dict[str, Any] = {
        "format": FORMAT,
        "made": state.made,
        "look": state.look,
        "mark": state.mark,
        "networks": dict(sorted(state.networks.items())),
        "news": state.news.as_json(),
        "clusters": _put(place / _CLUSTERS, state.clusters.lines()),
        "outlets": _put(place / _OUTLETS, state.outlets.lines()),
        "order": list(order),
        "words": list(pieces),
        "pages": dict(sorted(state.pages.items())),
    }
    (place / _HEAD).write_bytes(as_json(raw).encode("utf-8", "surrogatepass"))


def whole(path: Path, size: int) -> bool:
    """Say whether a page is there and as long as it was made: cut off pages are the usual damage.

    To read every page would cost more than to make the few that changed.
    """
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _put(path: Path, lines: Iterable[str]) -> str:
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    path.write_bytes(data)
    return content_digest(data)


def _lines(path: Path, digest: str) -> list[str]:
    """Read the lines of a file that is as it was written."""
    data = path.read_bytes()
    if content_digest(data) != digest:
        raise ValueError(path)
    return data.decode("utf-8", "surrogatepass").split("\n") if data else []


def _words(folder: Path, order: Sequence[str], pieces: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Take the words of the clusters from the index's pieces, one a line."""
    lines: list[str] = []
    for name, digest in pieces:
        # A call opens and closes it; behind its last line stands nothing.
        _, *rows, _, _ = _lines(folder / name, digest)
        lines += (row.removesuffix(",") for row in rows)
    if len(lines) != len(order):
        raise ValueError(folder)
    return dict(zip(order, lines, strict=True))
