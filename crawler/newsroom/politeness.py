"""Say from a server's own log how politely it was crawled.

The log arrives with what the hosts ask for, a `Politeness` leaves. It knows nothing of the crawler:
what counts is what the server saw.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.newsroom.records import Request

CLOCK_GRAIN_S = 0.01
"""Seconds by which a gap may fall short: the server notes a request when a thread of its own gets
to it, which on a busy machine is some milliseconds off."""
ROBOTS = "/robots.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPoliteness:
    """How one host was treated."""

    host: str
    """Its name."""
    requests: int
    """Requests it had."""
    delay_s: float
    """Seconds that should lie between two of them."""
    least_gap_s: float | None
    """Seconds that did at the least; None with fewer than two requests."""
    hasty: int
    """Requests that came before the delay was over."""
    forbidden: tuple[str, ...]
    """Paths asked for against its robots.txt."""
    waits: int
    """Answers that named a time to wait (Retry-After)."""
    waits_broken: int
    """Of these, those after which it was asked before the time was over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Politeness:
    """How a crawl treated every host."""

    hosts: tuple[HostPoliteness, ...]
    """By name."""

    @property
    def perfect(self) -> bool:
        """Whether nobody has anything to complain of."""
        return not any(one.hasty or one.forbidden or one.waits_broken for one in self.hosts)

    def summary(self) -> str:
        """Say it in one line for the person at the terminal."""
        waits = sum(one.waits for one in self.hosts)
        return (
            f"{sum(one.requests for one in self.hosts)} requests to {len(self.hosts)} hosts, "
            f"{sum(one.hasty for one in self.hosts)} before their delay was over, "
            f"{sum(len(one.forbidden) for one in self.hosts)} of refused paths, "
            f"{waits - sum(one.waits_broken for one in self.hosts)} of {waits} Retry-After kept"
        )


def politeness(
    requests: Sequence[Request],
    *,
    delay_s: float,
    delays_s: Mapping[str, float],
    denied: Iterable[tuple[str, str]],
) -> Politeness:
    """Judge a log.

    Args:
        requests: the log, in any order.
        delay_s: least seconds between two requests to a host.
        delays_s: hosts that ask for more (Crawl-delay); it is known, and kept, once their
            robots.txt has been read.
        denied: host and beginning of a path that its robots.txt forbids, or all of which is
            forbidden since that cannot be read.
    """
    by_host: dict[str, list[Request]] = defaultdict(list)
    for request in sorted(requests, key=lambda one: one.time):
        by_host[request.host].append(request)
    prefixes: dict[str, list[str]] = defaultdict(list)
    for host, prefix in denied:
        prefixes[host].append(prefix)
    return Politeness(
        hosts=tuple(
            _judge(host, log, max(delay_s, delays_s.get(host, 0.0)), delay_s, prefixes[host])
            for host, log in sorted(by_host.items())
        )
    )


def _judge(
    host: str, log: Sequence[Request], delay_s: float, first_delay_s: float, denied: Sequence[str]
) -> HostPoliteness:
    gaps = [
        (later.time - earlier.time, first_delay_s if earlier.path == ROBOTS else delay_s)
        for earlier, later in pairwise(log)
    ]
    waits = [number for number, one in enumerate(log) if one.retry_after_s is not None]
    return HostPoliteness(
        host=host,
        requests=len(log),
        delay_s=delay_s,
        least_gap_s=min((gap for gap, _ in gaps), default=None),
        hasty=sum(gap < wanted - CLOCK_GRAIN_S for gap, wanted in gaps),
        forbidden=tuple(
            one.path for one in log if one.path != ROBOTS and one.path.startswith(tuple(denied))
        ),
        waits=len(waits),
        waits_broken=sum(
            log[number + 1].time - log[number].time
            < (log[number].retry_after_s or 0.0) - CLOCK_GRAIN_S
            for number in waits
            if number + 1 < len(log)
        ),
    )
