"""What a report is made of, handed over by whoever reads the store."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.items import (
    Article,
    Bridge,
    Cluster,
    Drop,
    Lead,
    MissedRuns,
    Network,
    Pair,
    Provenance,
    Quarantined,
    Run,
    SourceHealth,
)
from crawler.report.coverage import PageFailure
from crawler.report.facts import ArticleDigest


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSource:
    """Everything a report may need. Texts are asked for, cluster by cluster, and not held."""

    clusters: Sequence[Cluster]
    """Singletons too, in any order; without those that are `unread`."""
    digests: Mapping[str, ArticleDigest]
    """By article id; a member that is not in it is gone and passed over."""
    articles: Callable[[Collection[str]], Mapping[str, Article]]
    """Gives articles by id; asked only for those of clusters that changed."""
    now: str
    """UTC time of the making."""
    pairs: Iterable[Pair] = ()
    """Those that cross clusters become relatives; others are passed over."""
    run: Run | None = None
    """The run it is about: gives sources and numbers."""
    runs: Sequence[Run] = ()
    """The last runs, newest first."""
    health: Sequence[SourceHealth] = ()
    """How each source has been doing over all runs."""
    missed_runs: Sequence[MissedRuns] = ()
    """Runs that should have begun and could not, newest first."""
    drops: Iterable[Drop] = ()
    """What the run dropped."""
    leads: Iterable[Lead] = ()
    """Those left out, refused or failed count as not seen; others are passed over."""
    page_failures: Iterable[PageFailure] = ()
    """Pages that gave no article."""
    quarantined: Sequence[Quarantined] = ()
    """Pages that killed the workers which read them; they are among the failures, too."""
    stories: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Watched stories by name, each with the ids of its clusters; they come first."""
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    """Who ran it first and how versions descend, by cluster id, as far as it is known."""
    networks: Sequence[Network] = ()
    """Sites of one owner, which count as one outlet."""
    bridges: Sequence[Bridge] = ()
    """Articles that were refused to join clusters they would have glued together."""
    unread: Collection[str] = ()
    """Ids of the clusters that stand as the former report tells them."""
    homes: Mapping[str, str] = field(default_factory=dict)
    """Article id to cluster id, for what stands in an unread cluster and is named beside others."""
    mark: str = ""
    """How far the store's changes go that it tells of; empty where the store does not say."""
