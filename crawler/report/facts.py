"""What the pages beside a cluster's own need of it, small enough to be kept from report to report.

A `ClusterView` arrives; a `ClusterFacts` leaves, which goes into JSON and back unchanged. Index,
outlet and story pages, the search and the news are made of facts alone, so that a report after 200
new articles reads the texts of their clusters and of no others.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self

from crawler.items import Certainty
from crawler.report.figures import sortable
from crawler.report.moments import moment
from crawler.report.view import ClusterView, MemberView

# Bars of the sparkline: at 60 px, five pixels each.
SPARK_BARS = 12
# The tallest bar; one digit a bar keeps a row short.
SPARK_HEIGHT = 9

_WORD = re.compile(r"\w+")


class MemberFacts(NamedTuple):
    """One copy, as an outlet's page tells it."""

    article_id: str
    """The article."""
    site: str
    """Its outlet."""
    headline: str
    """Its title or opening words."""
    url: str
    """Live address, or empty."""
    iso: str
    """The time it is shown under, as it came; empty for an unknown one."""
    basis: str
    """What that time rests on."""
    claimed: bool
    """Whether the page or feed says so."""
    number: int
    """Place in its cluster, from 1."""
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
    paywalled: bool
    """Whether its page says that it is not free to read."""
    record_digest: str
    """Of all that is known of the article."""
    words_digest: str
    """Of its title and text alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterFacts:
    """One cluster, singletons too."""

    id: str
    """Its id."""
    digest: str
    """Of everything its page shows: equal ones have equal pages."""
    page: str
    """Its page, from the report's folder; for a single article the page that lists it."""
    headline: str
    """Of the reference copy, or what a person calls it."""
    language: str
    """Of the reference copy, or empty."""
    versions: int
    """Distinct texts."""
    lead_s: float | None
    """Seconds from the first copy to the next one."""
    span_s: float | None
    """Seconds from the earliest to the latest."""
    start: str
    """Earliest time, as it came."""
    end: str
    """Latest time, as it came."""
    sortable: str
    """The latest time in a form that sorts."""
    spark: str
    """Copies over time: a digit for each bar; empty where times do not compare."""
    agencies: tuple[tuple[str, int], ...]
    """Credited agencies with the copies that credit them."""
    languages: tuple[str, ...]
    """Of its copies, most used first."""
    weakest: str
    """Relation of the copy that is farthest from the reference."""
    weakest_share: float
    """What that copy shares with it at the least."""
    members: tuple[MemberFacts, ...]
    """The copies in order of time."""
    candidates: tuple[str, ...]
    """Outlets of which one was first, where nothing tells which."""

    @property
    def sites(self) -> tuple[str, ...]:
        """Give the outlets in order of time."""
        return tuple(dict.fromkeys(member.site for member in self.members))

    @property
    def first(self) -> MemberFacts | None:
        """Give the first copy, where one can be trusted."""
        return next((member for member in self.members if member.first), None)

    def as_row(self) -> list[Any]:
        """Give the values in order of the fields, ready for JSON."""
        return [getattr(self, field.name) for field in fields(self)]

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Self:
        """Read what `as_row` gave and JSON made lists of."""
        values = dict(zip((field.name for field in fields(cls)), row, strict=True))
        values["agencies"] = tuple((name, count) for name, count in values["agencies"])
        values["languages"] = tuple(values["languages"])
        values["candidates"] = tuple(values["candidates"])
        values["members"] = tuple(MemberFacts(*member) for member in values["members"])
        return cls(**values)


class ArticleDigest(NamedTuple):
    """What tells whether a stored article changed, and whose networks it concerns."""

    record: str
    """Of all that is known of it."""
    words: str
    """Of its title and text alone: only these make a copy a changed one."""
    site: str
    """Its outlet."""


def facts_of(
    view: ClusterView, digest: str, page: str, digests: Mapping[str, ArticleDigest]
) -> ClusterFacts:
    """Give the facts of a cluster."""
    languages = [member.language for member in view.members if member.language]
    shares = (view.weakest.in_reference, view.weakest.of_reference)
    return ClusterFacts(
        id=view.id,
        digest=digest,
        page=page,
        headline=view.label or view.headline,
        language="" if view.label else view.language,
        versions=len(view.versions),
        lead_s=view.lead_s,
        span_s=view.span_s,
        start=view.start.iso,
        end=view.end.iso,
        sortable=sortable(view.end),
        spark=_spark(view),
        agencies=view.agencies,
        languages=tuple(sorted(set(languages), key=lambda one: (-languages.count(one), one))),
        weakest=view.weakest.relation.value,
        weakest_share=round(min(shares), 4),
        members=tuple(_member(member, digests) for member in view.members),
        candidates=_candidates(view),
    )


def _candidates(view: ClusterView) -> tuple[str, ...]:
    first = view.provenance.first if view.provenance else None
    if first is None or first.certainty is not Certainty.ONE_OF:
        return ()
    sites = {member.article_id: member.site for member in view.members}
    named = [sites[one.article_id] for one in first.candidates if one.article_id in sites]
    return tuple(dict.fromkeys(named))


def _member(member: MemberView, digests: Mapping[str, ArticleDigest]) -> MemberFacts:
    digest = digests[member.article_id]
    return MemberFacts(
        article_id=member.article_id,
        site=member.site,
        headline=member.headline,
        url=member.url,
        iso=member.time.iso,
        basis=member.time.basis,
        claimed=member.time.claimed,
        number=member.number,
        first=member.first,
        reference=member.reference,
        relation=member.relation.value,
        in_reference=round(member.in_reference, 4),
        of_reference=round(member.of_reference, 4),
        agency=member.agency,
        paywalled=any(piece.supports == "paywall" for piece in member.evidence),
        record_digest=digest.record,
        words_digest=digest.words,
    )


def instant_of(member: MemberFacts) -> datetime | None:
    """Give the instant of a copy, where its time has a zone."""
    return moment(member.iso, member.basis, claimed=member.claimed).instant


def _spark(view: ClusterView) -> str:
    """Count the copies of each twelfth of the span; the fullest gives the tallest bar."""
    instants = [
        member.time.instant
        for member in view.members
        if member.time.instant and (member.time.claimed or not view.start.claimed)
    ]
    if not instants or not view.span_s:
        return ""
    start, whole = min(instants), max(instants) - min(instants)
    bars = [0] * SPARK_BARS
    for instant in instants:
        share = (instant - start) / whole if whole > timedelta(0) else 0
        bars[min(int(share * SPARK_BARS), SPARK_BARS - 1)] += 1
    fullest = max(bars)
    return "".join(str(-(-bar * SPARK_HEIGHT // fullest)) for bar in bars)


def folded(text: str) -> str:
    """Fold a text as the search does: no case, no accents, one blank between words."""
    plain = text.casefold() if text.isascii() else _without_accents(text)
    return " ".join(_WORD.findall(plain))


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def searchable(view: ClusterView) -> str:
    """Give the words by which a cluster is found.

    The reference text stands whole, so that phrases are found; after it come the words that only
    other versions, headlines, outlets and bylines have.
    """
    text = folded(view.reference_text)
    known = set(text.split())
    others = [headline.text for headline in view.headlines]
    others += [version.text for version in view.versions if not version.reference]
    others += [f"{member.site} {member.author} {member.agency}" for member in view.members]
    more = dict.fromkeys(word for other in others for word in folded(other).split())
    return f" {text} | {' '.join(word for word in more if word not in known)} "
