"""What a scorecard holds: figures only, whatever they were counted from."""

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.quality.metrics import Share, VMeasure, ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """How well the clusters are the true ones. Articles without a label are left aside."""

    articles: int
    """Articles that carry a label."""
    true_clusters: int
    """Labels that two articles or more carry."""
    clusters: int
    """Clusters of two labelled articles or more that were found."""
    pairs: Share
    """Over pairs of articles."""
    b_cubed: Share
    """Over articles."""
    adjusted_rand: float
    """Rand index, corrected for chance."""
    v_measure: VMeasure
    """Homogeneity and completeness."""
    impure: int
    """Clusters that hold articles of more than one label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """How many were wanted, and how many of them were found."""

    wanted: int
    """Wanted."""
    found: int
    """Of these, found."""

    @property
    def share(self) -> float:
        """Share found; 1 where none was wanted."""
        return ratio(self.found, self.wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartScore:
    """How one part of the articles fared, such as those of one kind or language."""

    articles: int
    """Articles of the part."""
    pairs: Recall
    """True pairs, counted from each article of the part, and those put together."""
    strays: int
    """Articles of the part in a cluster with one that is no copy of theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPairs:
    """How the judged pairs fared; those that carry no label are counted, not judged."""

    copies: Recall
    """Pairs with the label `copy`, and those of them that were found."""
    precision: float
    """Share of the found pairs among the judged ones that are labelled `copy`."""
    unjudged: int
    """Found pairs that nobody judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """All that can be said of one recipe on one set."""

    seconds: float
    """Time the recipe took."""
    grouping: Grouping | None
    """None where no article carries a cluster."""
    cut_below_half: Recall | None
    """Copies cut below 50 % that stand in one cluster with their original, or with another copy of
    it where the original is not in the set; None where no article says what it was cut to."""
    cut_bands: Mapping[str, Recall]
    """The same by the share that is kept, such as `0.3-0.5`."""
    kinds: Mapping[str, PartScore]
    """By kind of article; empty where the set names none."""
    languages: Mapping[str, PartScore]
    """By language; empty where the set names none or one."""
    clustered: LabelledPairs | None
    """Judged pairs that stand in one cluster; None where the set has no judged pairs."""
    linked: LabelledPairs | None
    """Judged pairs that stand in one cluster or are related as copies."""
    relations: Mapping[str, Mapping[str, int]]
    """True relation -> relation that was found -> pairs."""
    labels: Mapping[str, Mapping[str, int]]
    """Label of a judged pair -> relation that was found -> pairs."""
