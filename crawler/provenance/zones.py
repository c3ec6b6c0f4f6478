"""In which zone a site's clock stands: articles in, hours by which its times may be off UTC out.

A time without a zone may be 12 hours behind UTC or 14 ahead of it. Two things narrow that: what
the site's other pages say, and the country of its domain.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from crawler.items import Article, Published, Testimony

ANY_ZONE = (-12.0, 14.0)
"""The farthest zones that are in use."""
# Pages that must agree: one page may be an agency's, with the agency's zone in it.
LEAST_PAGES = 2
# A page so many days away is on the same side of most changes of the clock; beyond, one hour of
# summer time is granted to either side.
NEAR = timedelta(days=45)
SUMMER_H = 1.0
# Zones differ by quarters of an hour; two clocks of one publishing system by seconds.
QUARTER_S = 900
CLOCK_SLACK_S = 90
# Machine-made times are of the page; those in its text or of `<time>` may belong to a teaser.
OF_THE_PAGE = ("json-ld", "meta", "feed", "sitemap", "microdata")


class Offsets(NamedTuple):
    """Hours by which local time may differ from UTC."""

    low: float
    """Least."""
    high: float
    """Most."""
    why: str
    """What it rests on, for the reader; empty where nothing is known."""


@dataclass(frozen=True, slots=True)
class Zones:
    """What is known of the clocks of sites."""

    seen: Mapping[str, Mapping[tuple[date, float], int]] = field(default_factory=dict)
    """By site: on which day its pages showed which offset, in hours; and how many pages."""
    paired: frozenset[str] = frozenset()
    """Sites of which pages gave one moment both with a zone and without."""

    def of(self, site: str, day: date) -> Offsets:
        """Give the offsets that a site's time without zone may have on a day."""
        shown = self.seen.get(site, {})
        near = {hours for when, hours in shown if abs(when - day) <= NEAR}
        why = "zone as on the site's other pages"
        if (
            sum(pages for (when, _), pages in shown.items() if abs(when - day) <= NEAR)
            >= LEAST_PAGES
        ):
            return self._open(site, min(near), max(near), why)
        if sum(shown.values()) >= LEAST_PAGES:
            hours = {each for _, each in shown}
            return self._open(site, min(hours) - SUMMER_H, max(hours) + SUMMER_H, why)
        country = site.rsplit(".", 1)[-1]
        if country not in by_country():
            return Offsets(*ANY_ZONE, "")
        low, high = by_country()[country]
        return self._open(site, low, high, f"zones of .{country}")

    def _open(self, site: str, low: float, high: float, why: str) -> Offsets:
        """Leave UTC open: a server's own clock may stand at it, whatever its readers' clocks do.

        Only where a page told one moment both ways is it known what a time without zone means.
        """
        if site in self.paired:
            return Offsets(low, high, why)
        return Offsets(min(low, 0.0), max(high, 0.0), f"{why} or UTC")


@lru_cache(maxsize=1)
def by_country() -> dict[str, tuple[float, float]]:
    """Read the offsets of each country's domain."""
    table = tomllib.loads(files(__package__).joinpath("zones.toml").read_text("utf-8"))
    return {code: (float(low), float(high)) for code, (low, high) in table["offsets"].items()}


class LearnedZones:
    """Reads the zones of sites off their pages: from offsets given, and from pairs of claims.

    A page that gives one moment with a zone and without says what its clock is. An offset of zero
    says nothing: most systems that write it mean UTC, wherever they stand.
    """

    def __init__(self) -> None:
        self._seen: dict[str, Counter[tuple[date, float]]] = defaultdict(Counter)
        self._paired: Counter[str] = Counter()

    def add(self, said: Testimony) -> None:
        """Take in what one page shows."""
        if said.shown is not None:
            day, hours = said.shown
            self._seen[said.site][date.fromisoformat(day), hours] += 1
        if said.paired:
            self._paired[said.site] += 1

    def zones(self) -> Zones:
        """Give what was learned."""
        paired = (site for site, pages in self._paired.items() if pages >= LEAST_PAGES)
        return Zones(self._seen, frozenset(paired))


def shown_by(article: Article) -> tuple[tuple[str, float] | None, bool]:
    """Give day and offset that a page shows, and whether it gives one moment in both ways."""
    claims = [claim for claim in article.times if claim.flaw is None and _of_page(claim)]
    pair = next(iter(_from_pairs(claims)), None)
    shown = pair or next(iter(_from_offsets(claims)), None)
    return None if shown is None else (shown[0].isoformat(), shown[1]), pair is not None


def _of_page(claim: Published) -> bool:
    return claim.kind == "published" and claim.source.startswith(OF_THE_PAGE)


def _read(claim: Published) -> datetime | None:
    try:
        return datetime.fromisoformat(claim.value) if "T" in claim.value else None
    except ValueError:
        return None


def _from_offsets(claims: Iterable[Published]) -> Iterable[tuple[date, float]]:
    for claim in claims:
        when = _read(claim)
        offset = when.utcoffset() if when else None
        if when and offset:
            yield when.date(), offset.total_seconds() / 3600


def _from_pairs(claims: list[Published]) -> Iterable[tuple[date, float]]:
    times = [when for claim in claims if (when := _read(claim))]
    for local in times:
        for instant in times:
            offset = instant.utcoffset()
            if local.tzinfo is not None or offset is None:
                continue
            gap_s = (local - (instant.replace(tzinfo=None) - offset)).total_seconds()
            quarters = round(gap_s / QUARTER_S)
            hours = quarters * QUARTER_S / 3600
            exact = abs(gap_s - quarters * QUARTER_S) <= CLOCK_SLACK_S
            if exact and ANY_ZONE[0] <= hours <= ANY_ZONE[1]:
                yield local.date(), hours
