"""A set and one threshold after the other -> what other values would have given.

A threshold that only just works on one set shows as a peak; a sound one lies on a plain.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from crawler.config import ClusteringParams, FingerprintParams
from crawler.quality.cards import Scorecard
from crawler.quality.recipes import ours
from crawler.quality.scorecard import score
from crawler.quality.truth import LabelledSet

VALUES: Mapping[str, tuple[float, ...]] = {
    "copy_share": (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8),
    "copy_prose_share": (0.2, 0.3, 0.4, 0.5, 0.6),
    "cut_share": (0.5, 0.6, 0.7, 0.8, 0.9),
    "kin_share": (0.0, 0.2, 0.3, 0.4, 0.5, 0.6),
    "composite_part": (0.25, 0.33, 0.4, 0.45, 0.5, 0.6),
}
"""Fields of `ClusteringParams` and the values tried: around the default, to where it must fail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one value of one threshold gives, every other as it is."""

    name: str
    """Field of `ClusteringParams`."""
    value: float
    """Its value."""
    used: bool
    """Whether that is the value in use."""
    score: Scorecard
    """What came of it."""


def sweep(
    labelled: LabelledSet,
    fingerprint: FingerprintParams,
    clustering: ClusteringParams,
    known: Scorecard,
    advance: Callable[[int], None] | None = None,
) -> Iterator[Step]:
    """Try the values, one threshold at a time.

    Args:
        labelled: the set.
        fingerprint: in use.
        clustering: in use.
        known: what the values in use gave, so that they need not run again.
        advance: called with 1 after each step.
    """
    for name, values in VALUES.items():
        current = getattr(clustering, name)
        for value in sorted({*values, current}):
            if value == current:
                found = known
            else:
                changed = replace(clustering, **{name: value})
                found = score(labelled, ours(labelled.articles, fingerprint, changed))
            if advance is not None:
                advance(1)
            yield Step(name=name, value=value, used=value == current, score=found)


def steps(clustering: ClusteringParams) -> int:
    """Count the steps of a sweep."""
    return sum(len({*values, getattr(clustering, name)}) for name, values in VALUES.items())
