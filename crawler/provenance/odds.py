"""How likely each of some copies ran first: intervals in, probabilities out.

Each copy ran at some moment of its interval, none more likely than another. Copies whose intervals
overlap then have each a share of being first; a copy that gives no time at all is as likely first
as any other of the cluster, which is all that can be said of it.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

from crawler.provenance.intervals import Interval

# Midpoints of each stretch between two bounds at which the density is read: the product of 24
# linear functions is integrated to better than one in a thousand.
STEPS = 16


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
    """Integrate over time: that it runs now, and that none of the others ran before."""
    if not spans:
        return {}
    end = min(high for _, high in spans.values())
    racing = {name: span for name, span in spans.items() if span[0] <= end}
    odds = dict.fromkeys(spans, 0.0)
    if len(racing) == 1:
        return odds | dict.fromkeys(racing, 1.0)
    edges = sorted({at for low, _ in racing.values() for at in (low, end) if at <= end})
    for start, stop in pairwise(edges):
        step = (stop - start) / STEPS
        for number in range(STEPS):
            at = start + (number + 0.5) * step
            later = {name: _still(span, at) for name, span in racing.items()}
            everyone = 1.0
            for each in later.values():
                everyone *= each
            for name, (low, high) in racing.items():
                if low <= at and high > low:
                    odds[name] += step / (high - low) * everyone / later[name]
    total = sum(odds.values())
    if total <= 0:
        # Points in time, all the same one.
        return odds | {name: 1 / len(racing) for name in racing}
    return {name: each / total for name, each in odds.items()}


def _still(span: tuple[float, float], at: float) -> float:
    """Give the probability that a copy has not run by then; never 0 inside its interval."""
    low, high = span
    if at <= low:
        return 1.0
    return (high - at) / (high - low)


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
