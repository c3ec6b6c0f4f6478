"""What the pages beside the clusters' own say, typed and without a word of HTML."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, Self

from crawler.report.facts import ClusterFacts, MemberFacts
from crawler.report.ledger import Facts
from crawler.report.moments import Moment
from crawler.report.view import CoverageView, RunView


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A cluster with the copies that are news in it."""

    cluster: ClusterFacts
    """The cluster."""
    members: tuple[MemberFacts, ...]
    """The copies, in order of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsView:
    """What is new since the last report."""

    since: Moment
    """When the report was made that this one is compared with; unknown for a first report."""
    formed: tuple[ClusterFacts, ...]
    """Clusters that were not there, or were single articles, most copies first."""
    grown: tuple[Arrival, ...]
    """Known clusters with copies that are new in them, most first."""
    changed: tuple[Arrival, ...]
    """Clusters with copies whose title or text changed, most first."""

    @property
    def quiet(self) -> bool:
        """Say whether there is nothing new."""
        return not (self.formed or self.grown or self.changed)


class Entry(NamedTuple):
    """One copy that an outlet ran."""

    cluster: str
    """Id of its cluster."""
    page: str
    """The cluster's page, from the report's folder."""
    first_site: str
    """Outlet of the cluster's first copy; empty where none can be trusted."""
    article_id: str
    """The article."""
    headline: str
    """Its title or opening words."""
    number: int
    """Place in its cluster, from 1."""
    iso: str
    """The time it is shown under, as it came; empty for an unknown one."""
    basis: str
    """What that time rests on."""
    claimed: bool
    """Whether the page or feed says so."""
    sortable: str
    """That time in a form that sorts."""
    lag_s: float | None
    """Seconds after the first copy; None where the times do not compare."""
    first: bool
    """Whether it is the first copy."""
    reference: bool
    """Whether it is the reference copy."""
    relation: str
    """To the reference copy."""
    in_reference: float
    """Share of it that stands in the reference copy."""
    of_reference: float
    """Share of the reference copy that stands in it."""
    agency: str
    """Agency it credits, or empty."""
    candidates: tuple[str, ...]
    """Outlets of which one was first, where nothing tells which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletView:
    """What one outlet ran, its copies aside."""

    site: str
    """Its registered domain."""
    page: str
    """Its page, from the report's folder; empty where it ran no copy."""
    articles: int
    """Its articles in all."""
    copies: int
    """Those of them that stand in clusters of two and more."""
    stories: int
    """Clusters of two and more in which it has a copy."""
    firsts: int
    """Clusters in which it has the first copy."""
    lag_s: float | None
    """Median seconds after the first copy, where it was not first itself."""
    own_share: float | None
    """Median share of its copies' words that the reference copies do not have."""
    cut_share: float | None
    """Median share of the reference copies' words that its copies do not have."""
    agencies: tuple[tuple[str, int], ...]
    """Agencies it credits with the number of copies, most first."""
    after: tuple[tuple[str, int], ...]
    """Outlets that had first what it ran later, with the number of stories, most first."""

    def as_row(self) -> list[Any]:
        """Give the values in order of the fields, ready for JSON."""
        return [getattr(self, field.name) for field in fields(self)]

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Self:
        """Read what `as_row` gave and JSON made lists of."""
        values = dict(zip((field.name for field in fields(cls)), row, strict=True))
        for name in ("agencies", "after"):
            values[name] = tuple((named, count) for named, count in values[name])
        return cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A watched story."""

    name: str
    """As the watchlist calls it."""
    page: str
    """Its page, from the report's folder."""
    clusters: Facts
    """Its clusters of two and more, latest first."""
    singles: Facts
    """Its single articles, latest first."""

    @property
    def sites(self) -> int:
        """Give the number of outlets that carry it."""
        return len({site for one in (*self.clusters, *self.singles) for site in one.sites})


@dataclass(frozen=True, slots=True, kw_only=True)
class SinglesView:
    """The single articles of one day."""

    name: str
    """`22 Nov 2026`, or `Without a date`."""
    page: str
    """Its page, from the report's folder."""
    rows: Facts
    """The articles, latest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """The whole report but for the clusters' own pages."""

    generated: Moment
    """When it was made."""
    program: str
    """Name and version of the program that made it."""
    articles: int
    """Articles in all."""
    copies: int
    """Articles in clusters of two and more."""
    clusters: Facts
    """Clusters of two and more, the one with the latest copy first."""
    singles: tuple[SinglesView, ...]
    """The articles of which no copy was found, by day, latest first."""
    news: NewsView
    """What is new."""
    stories: tuple[StoryView, ...]
    """Watched stories; empty where everything is watched."""
    outlets: tuple[OutletView, ...]
    """Those that ran most first."""
    networks: dict[str, str]
    """Site to the name of its network."""
    run: RunView | None
    """The run, where there was one."""
    coverage: CoverageView
    """What was not seen."""

    @property
    def single_count(self) -> int:
        """Give the number of single articles."""
        return sum(len(day.rows) for day in self.singles)
