"""When a copy may have run: an article's claims in, an interval in UTC out.

No claim is a point. A minute lasts 60 seconds, a day 24 hours and as many zones as it may have been
meant in; and a page that we have seen was there by then, whatever it claims.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawler.items import Article, Published
from crawler.provenance.zones import Zones

# Publishing systems round and their clocks differ; a claim that lies this much after our own first
# sight is no contradiction.
SKEW = timedelta(minutes=5)
# Two machine-made claims of one page that are a day or more apart speak of different things
# (creation and a later update); within it they are one moment told with a wrong zone or late.
ONE_MOMENT = timedelta(hours=26)
# Claims whose makers define them; the others may be about anything on the page.
DEFINED = ("json-ld", "feed", "sitemap", "meta:article:published_time")
# These may be of another article's teaser or of an event that the text tells of. Copies of one text
# run within days, so one that lies so long before all others is no time of publication.
LOOSE = ("text", "time", "htmldate")
STRAY = timedelta(days=3)
LAST_MODIFIED = "http:last-modified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """From when to when a copy may have run first."""

    low: datetime | None
    """UTC; None where nothing bounds it from below."""
    high: datetime | None
    """UTC; None where nothing bounds it from above."""
    basis: str
    """What it rests on."""
    notes: tuple[str, ...] = ()
    """Sentences about claims that were widened or not used."""

    source: str = ""
    """Where the claim was read; empty without one."""

    @property
    def width_s(self) -> float | None:
        """Seconds between the bounds; None where one is missing."""
        if self.low is None or self.high is None:
            return None
        return (self.high - self.low).total_seconds()


def interval_of(article: Article, seen: str | None, zones: Zones) -> Interval:
    """Give the interval in which an article was published.

    Args:
        article: its best claim is `published`; `times` has the others.
        seen: UTC time of our first sight of it; None takes `article.fetched`.
        zones: what is known of the sites' clocks.
    """
    claim = _best(article)
    sight = _instant(seen or article.fetched or "")
    notes = [
        f"Its claim {each.value} ({each.source}) is not used: {each.flaw}."
        for each in article.times
        if each.flaw is not None and each.kind == "published"
    ]
    span = _span(claim, article.site, zones) if claim else None
    if span is None:
        return Interval(low=None, high=sight, basis=_seen_basis(sight), notes=tuple(notes))
    low, high, basis = span
    if sight is not None and low > sight + SKEW:
        notes.append(f"It claims {claim.value if claim else ''}, after we saw it.")
        return Interval(low=None, high=sight, basis="first seen by us", notes=tuple(notes))
    low, high, wider = _widened(article, low, high)
    notes += wider
    bounds = [at for at in _upper_bounds(article, sight) if at >= low]
    high = min([high, *bounds])
    return Interval(
        low=low,
        high=max(high, low),
        basis=basis,
        notes=tuple(notes),
        source=claim.source if claim else "",
    )


def intervals_of(
    articles: Iterable[Article], seen: Mapping[str, str], zones: Zones
) -> dict[str, Interval]:
    """Give the intervals of the copies of one text, by id.

    A loose claim that lies days before all defined ones is not used.
    """
    known = {each.id: each for each in articles}
    found = {name: interval_of(each, seen.get(name), zones) for name, each in known.items()}
    lows = [each.low for each in found.values() if each.low and each.source.startswith(DEFINED)]
    if not lows:
        return found
    start = min(lows) - STRAY
    for name, each in found.items():
        if each.high and each.low and each.source.startswith(LOOSE) and each.high < start:
            sight = _instant(seen.get(name) or known[name].fetched or "")
            note = f"Its time ({each.basis}) is not used: it lies days before all other copies."
            found[name] = Interval(low=None, high=sight, basis=_seen_basis(sight), notes=(note,))
    return found


def _best(article: Article) -> Published | None:
    """Give the claim that is believed, unless it is flagged."""
    usable = [
        claim
        for claim in article.times
        if claim.kind == "published" and claim.flaw is None and claim.source != LAST_MODIFIED
    ]
    if article.published is None:
        return usable[0] if usable else None
    for claim in article.times:
        if claim.kind == "published" and claim.value == article.published:
            return claim if claim.flaw is None else (usable[0] if usable else None)
    source = article.published_source or "the record"
    return Published(
        kind="published", value=article.published, source=source, raw=article.published
    )


def _span(claim: Published, site: str, zones: Zones) -> tuple[datetime, datetime, str] | None:
    """Give the bounds of one claim and what they rest on."""
    try:
        when = datetime.fromisoformat(claim.value)
    except ValueError:
        return None
    day_only = "T" not in claim.value and " " not in claim.value
    length = timedelta(days=1) if day_only else _grain(when)
    basis = f"claimed by {claim.source}"
    try:
        if when.tzinfo is not None:
            start = when.astimezone(UTC)
            return start, start + length, basis
        start = when.replace(tzinfo=UTC)
        offsets = zones.of(site, when.date())
        known = offsets.why or "zone unknown"
        basis = f"{basis}, {'a day only, ' if day_only else ''}{known}"
        return (
            start - timedelta(hours=offsets.high),
            start - timedelta(hours=offsets.low) + length,
            basis,
        )
    except OverflowError:
        return None


def _grain(when: datetime) -> timedelta:
    """Give how long the moment lasts that a time names: :00 seconds are a minute."""
    return timedelta(seconds=1) if when.second else timedelta(minutes=1)


def _widened(
    article: Article, low: datetime, high: datetime
) -> tuple[datetime, datetime, list[str]]:
    """Take in the other defined claims of the same moment that say something else."""
    notes = []
    for claim in article.times:
        at = _instant(claim.value)
        if (
            claim.kind != "published"
            or claim.flaw is not None
            or at is None
            or claim.source not in DEFINED
            or low - timedelta(minutes=1) <= at <= high
        ):
            continue
        if abs(at - low) <= ONE_MOMENT:
            notes.append(f"{claim.source} says {claim.value}, which is another time.")
            low, high = min(low, at), max(high, at + _grain(at))
    return low, high, notes


def _upper_bounds(article: Article, sight: datetime | None) -> Iterator[datetime]:
    """Give the times by which the page was there."""
    if sight is not None:
        yield sight
    for claim in article.times:
        at = _instant(claim.value)
        if at is None or claim.flaw is not None:
            continue
        if claim.kind == "modified" or claim.source == LAST_MODIFIED:
            yield at + _grain(at)


def _seen_basis(sight: datetime | None) -> str:
    return "first seen by us" if sight is not None else "no time"


def _instant(value: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(value)
        return when.astimezone(UTC) if when.tzinfo else None
    except (ValueError, OverflowError):
        return None
