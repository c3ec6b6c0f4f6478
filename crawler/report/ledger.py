"""The clusters of a report: a line for each, read in full only where a page needs it.

`ClusterFacts` of clusters that were made anew arrive, and the lines of those that were not; index,
outlets and stories take what they need. A head says what every report needs of every cluster; the
row of the index and the facts stay JSON until somebody asks.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, overload

from crawler.report.facts import ClusterFacts

# Between the parts of a line; JSON writes a tab as \t.
_BETWEEN = "\t"


class Head(NamedTuple):
    """What every report needs of every cluster."""

    id: str
    """Its id."""
    digest: str
    """Of everything its page shows."""
    page: str
    """Its page, from the report's folder; for a single article the page that lists it."""
    sortable: str
    """The latest time in a form that sorts."""
    copies: int
    """Its copies that are there; one is a single article."""
    size: int
    """Bytes of its own page; 0 for a single article."""
    paywalled: tuple[tuple[str, str], ...]
    """Address and outlet of copies whose pages say that they are not free to read."""


class Ledger(Mapping[str, ClusterFacts]):
    """Facts by cluster id, read from their lines each time they are asked for."""

    def __init__(self) -> None:
        self.heads: dict[str, Head] = {}
        """By cluster id."""
        self.rows: dict[str, str] = {}
        """What the index shows of a cluster of two and more, as JSON, by cluster id."""
        self.facts: dict[str, str] = {}
        """The facts as JSON, by cluster id."""

    def __getitem__(self, cluster_id: str) -> ClusterFacts:
        """Read a cluster's facts; they are not held, since those of a large report weigh much."""
        return ClusterFacts.from_row(json.loads(self.facts[cluster_id]))

    def __iter__(self) -> Iterator[str]:
        """Give the ids."""
        return iter(self.heads)

    def __len__(self) -> int:
        """Give the number of clusters."""
        return len(self.heads)

    def __contains__(self, cluster_id: object) -> bool:
        """Say whether a cluster is in it, without reading it."""
        return cluster_id in self.heads

    def put(self, facts: ClusterFacts, row: str, size: int) -> None:
        """Enter a cluster that was made anew.

        Args:
            facts: its facts.
            row: what the index shows of it, as JSON; empty for a single article.
            size: bytes of its page.
        """
        self.heads[facts.id] = Head(
            id=facts.id,
            digest=facts.digest,
            page=facts.page,
            sortable=facts.sortable,
            copies=len(facts.members),
            size=size,
            paywalled=tuple((one.url, one.site) for one in facts.members if one.paywalled),
        )
        self.rows[facts.id] = row
        self.facts[facts.id] = as_json(facts.as_row())

    def take(self, other: "Ledger", cluster_id: str) -> None:
        """Take over a cluster as it stands in another ledger."""
        self.heads[cluster_id] = other.heads[cluster_id]
        self.rows[cluster_id] = other.rows[cluster_id]
        self.facts[cluster_id] = other.facts[cluster_id]

    def latest_first(self) -> list[Head]:
        """Give the heads, that of the latest cluster first."""
        ordered = sorted(self.heads.values(), key=lambda one: one.id)
        return sorted(ordered, key=lambda one: one.sortable, reverse=True)

    def lines(self) -> Iterator[str]:
        """Give a line for each cluster, by id."""
        for cluster_id, head in sorted(self.heads.items()):
            parts = (as_json(head), self.rows[cluster_id], self.facts[cluster_id])
            yield _BETWEEN.join(parts)

    @classmethod
    def from_lines(cls, lines: Sequence[str]) -> "Ledger":
        """Read what `lines` gave.

        Raises:
            ValueError, TypeError: it is something else.
        """
        made = cls()
        for line in lines:
            head, row, facts = line.split(_BETWEEN)
            values = json.loads(head)
            values[-1] = tuple((url, site) for url, site in values[-1])
            read = Head(*values)
            made.heads[read.id] = read
            made.rows[read.id] = row
            made.facts[read.id] = facts
        return made


class Facts(Sequence[ClusterFacts]):
    """Some clusters of a ledger in order, read as they are asked for."""

    def __init__(self, ledger: Ledger, heads: Sequence[Head]) -> None:
        self._ledger = ledger
        self.heads = heads
        """What is known of them without reading them."""

    def __len__(self) -> int:
        """Give their number."""
        return len(self.heads)

    @overload
    def __getitem__(self, place: int) -> ClusterFacts: ...

    @overload
    def __getitem__(self, place: slice) -> "Facts": ...

    def __getitem__(self, place: int | slice) -> "ClusterFacts | Facts":
        """Give one, or some of them."""
        if isinstance(place, slice):
            return Facts(self._ledger, self.heads[place])
        return self._ledger[self.heads[place].id]


def as_json(value: object) -> str:
    """Write JSON as the state and the index's pieces have it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
