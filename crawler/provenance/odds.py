"""How likely each of some copies ran first: intervals in, probabilities out.

Copies whose times are exact are points. One that gives only a day, or no zone, ran somewhere in
its interval, and how likely where is told by the exact ones: the next copy of a text falls into
each gap between those known with equal probability (B. M. Hill, Journal of the American
Statistical Association 63, 1968). Without that, a copy of which only the day is known would be
taken for the first whenever its day began hours before the others. A copy without any time is as
likely first as any other of the cluster, which is the same rule.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from math import exp
from typing import NamedTuple

from crawler.provenance.intervals import Interval

# Midpoints of each stretch between two bounds at which the densities are read: the product of 24
# linear functions is integrated to better than one in a thousand.
STEPS = 16
# A wider interval tells less than the other copies do; two clocks and a late feed are narrower.
EXACT_S = 3600.0
# Gaps are learned from two points on.
LEAST_POINTS = 2


class Piece(NamedTuple):
    """A stretch of time over which a copy is equally likely to have run."""

    start: float
    """Seconds since 1970."""
    end: float
    """Seconds since 1970."""
    mass: float
    """Probability that it ran in it."""


def first_odds(units: Mapping[str, Interval]) -> dict[str, float]:
    """Give the probability of each of having been before all others; they add up to 1.

    Args:
        units: by outlet; one without a lower bound shares equally with all others, unless we saw it
            before any other claims to have run.
    """
    dated = {
        name: (each.low.timestamp(), each.high.timestamp())
        for name, each in units.items()
        if each.low is not None and each.high is not None
    }
    earliest = min((low for low, _ in dated.values()), default=None)
    undated = {name: each for name, each in units.items() if name not in dated}
    before = [
        name
        for name, each in undated.items()
        if earliest is not None and each.high is not None and each.high.timestamp() <= earliest
    ]
    if before:
        return {name: 1 / len(before) if name in before else 0.0 for name in units}
    share = 1 / len(units) if units else 0.0
    rest = 1 - share * len(undated)
    odds = dict.fromkeys(undated, share)
    odds |= {name: rest * each for name, each in _among(dated).items()}
    return {name: odds[name] for name in units}


def _among(spans: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """Integrate over time: that a copy runs now, and that none of the others ran before."""
    if not spans:
        return {}
    end = min(high for _, high in spans.values())
    racing = {name: span for name, span in spans.items() if span[0] <= end}
    odds = dict.fromkeys(spans, 0.0)
    if len(racing) == 1:
        return odds | dict.fromkeys(racing, 1.0)
    points = sorted(sum(span) / 2 for span in spans.values() if span[1] - span[0] <= EXACT_S)
    shapes = {name: _shape(span, points) for name, span in racing.items()}
    edges = {at for shape in shapes.values() for piece in shape for at in piece[:2]}
    for start, stop in pairwise(sorted({*(at for at in edges if at < end), end})):
        step = (stop - start) / STEPS
        for number in range(STEPS):
            at = start + (number + 0.5) * step
            later = {name: _still(shape, at) for name, shape in shapes.items()}
            everyone = 1.0
            for each in later.values():
                everyone *= each
            for name, shape in shapes.items():
                if later[name] > 0:
                    odds[name] += step * _density(shape, at) * everyone / later[name]
    total = sum(odds.values())
    if total <= 0:
        # Points in time, all the same one.
        return odds | dict.fromkeys(racing, 1 / len(racing))
    return {name: each / total for name, each in odds.items()}


def _shape(span: tuple[float, float], points: Sequence[float]) -> list[Piece]:
    """Say how likely a copy ran when, by the gaps between the exact ones."""
    low, high = span
    even = [Piece(low, high, 1.0)]
    if high - low <= EXACT_S or len(points) < LEAST_POINTS or points[0] == points[-1]:
        return even
    first, last = points[0], points[-1]
    usual = (last - first) / (len(points) - 1)
    pieces = []
    if low < first:
        until = min(first, high)
        mass = exp(-(first - until) / usual) - exp(-(first - low) / usual)
        pieces.append(Piece(low, until, mass))
    for start, end in pairwise(points):
        since, until = max(start, low), min(end, high)
        if since < until:
            pieces.append(Piece(since, until, (until - since) / (end - start)))
    if high > last:
        since = max(last, low)
        mass = exp(-(since - last) / usual) - exp(-(high - last) / usual)
        pieces.append(Piece(since, high, mass))
    total = sum(piece.mass for piece in pieces)
    if total <= 0:
        return even
    return [Piece(start, end, mass / total) for start, end, mass in pieces]


def _density(shape: Sequence[Piece], at: float) -> float:
    return sum(
        piece.mass / (piece.end - piece.start) for piece in shape if piece.start <= at < piece.end
    )


def _still(shape: Sequence[Piece], at: float) -> float:
    """Give the probability that a copy has not run by then."""
    return sum(
        piece.mass * min(1.0, (piece.end - at) / (piece.end - piece.start))
        if piece.end > piece.start
        else piece.mass
        for piece in shape
        if piece.end > at or piece.end == piece.start >= at
    )


def lead(first: Interval, others: Mapping[str, Interval]) -> tuple[float | None, float | None]:
    """Give the least and the most seconds from the first copy to the next outlet's.

    Both None where there is no other or the first has no bounds; the most is None where no other
    copy has an upper bound from a claim.
    """
    if not others or first.low is None or first.high is None:
        return None, None
    lows = [each.low for each in others.values()]
    known = [low for low in lows if low is not None]
    highs = [each.high for each in others.values() if each.low is not None and each.high]
    least = _gap(first.high, min(known)) if known and len(known) == len(lows) else 0.0
    most = _gap(first.low, min(highs)) if highs else None
    return least, most


def _gap(start: datetime, end: datetime) -> float:
    return max((end - start).total_seconds(), 0.0)
