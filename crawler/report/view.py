"""What a report says, typed and without a word of HTML: pages and terminal read the same.

Everything here is text ready to be shown (not yet escaped) or a number; `build.py` fills it. The
module is long because it is the one list of what a report can say, a sentence for each field.
"""

from dataclasses import dataclass

from crawler.items import (
    Evidence,
    Form,
    MissedRuns,
    Network,
    Provenance,
    Relation,
    Removed,
    SourceHealth,
    SourceOutcome,
)
from crawler.report.moments import Moment

CREDITS = frozenset(("agency", "source", "original", "translation"))
"""What a piece of evidence supports that says whose text it is."""
ABOUT_TEXT = CREDITS | {"canonical", "paywall"}
"""What a line in the terminal is given to; publishers and pictures are for the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim of a time, as it stood on the page or in the feed."""

    kind: str
    """`published` or `modified`."""
    moment: Moment
    """The time."""
    raw: str
    """The text as it stood there."""
    flaw: str = ""
    """Why it is not used, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """One copy in its cluster."""

    number: int
    """Place in order of time, from 1."""
    article_id: str
    """The article."""
    site: str
    """The outlet: its registered domain."""
    headline: str
    """Its title, or its opening words where it has none."""
    language: str
    """ISO 639-1 code, or empty."""
    url: str
    """Live address, http(s) only, or empty."""
    author: str
    """Names as printed, or empty."""
    time: Moment
    """Best claim of its publication, else our first sight of it."""
    seen: Moment
    """Our first sight of it."""
    claims: tuple[Claim, ...]
    """Every claim of a time that was found."""
    relation: Relation
    """To the reference copy."""
    in_reference: float
    """Share of its shingles that stand in the reference copy."""
    of_reference: float
    """Share of the reference copy's shingles that stand in it."""
    version: int
    """Number of its version."""
    words: int
    """Length of its text."""
    first: bool
    """Whether it is the earliest copy that can be trusted."""
    reference: bool
    """Whether it is the reference copy (the medoid: the copy most like all others)."""
    agency: str
    """Agency it credits, or empty."""
    evidence: tuple[Evidence, ...]
    """What the credit and other statements rest on."""
    removed: tuple[Removed, ...]
    """What extraction took out of its text."""
    forms: tuple[Form, ...] = ()
    """Its other addresses and further pages, those missing included."""
    partial: str = ""
    """Why a part of its text is missing (slug), or empty."""

    @property
    def is_credited(self) -> bool:
        """Whether the page says of anybody that the text is theirs."""
        return any(piece.supports in CREDITS for piece in self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """The copies that have the same words, and the text to compare."""

    number: int
    """Its number in the cluster, from 1 in order of time."""
    members: tuple[MemberView, ...]
    """Its copies."""
    sites: tuple[str, ...]
    """Their outlets, in order of time."""
    reference: bool
    """Whether the reference copy is one of them."""
    text: str
    """The text of its first copy (of the reference copy, where that is one of them)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One wording of the headline and who ran it."""

    text: str
    """The headline."""
    sites: tuple[str, ...]
    """The outlets, in order of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """An article outside the cluster that shares something with a copy in it."""

    headline: str
    """Its headline."""
    site: str
    """Its outlet."""
    url: str
    """Live address, or empty."""
    page: str
    """Page of the report that has it, from the report's folder; empty where none has."""
    relation: Relation
    """Read from the relative to the copy."""
    member: int
    """Number of the copy that it shares most with."""
    share_of_relative: float
    """Share of its shingles that stand in that copy."""
    share_of_member: float
    """Share of that copy's shingles that stand in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An article that is a copy of something here and was refused: it would glue clusters."""

    headline: str
    """Its headline."""
    site: str
    """Its outlet."""
    url: str
    """Live address, or empty."""
    reason: str
    """`composite` or `loose`, as in `crawler.items.Bridge`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterView:
    """All copies of one text."""

    id: str
    """The cluster's id."""
    page: str
    """Its page, from the report's folder."""
    headline: str
    """Of the reference copy."""
    language: str
    """Of the reference copy, or empty."""
    summary: tuple[str, ...]
    """What happened, in plain sentences."""
    members: tuple[MemberView, ...]
    """The copies in order of time."""
    versions: tuple[VersionView, ...]
    """The distinct texts in order of time."""
    reference_text: str
    """Text of the reference copy."""
    sites: tuple[str, ...]
    """Distinct outlets in order of time."""
    first: MemberView | None
    """The earliest copy that can be trusted; None is "unknown"."""
    lead_s: float | None
    """Seconds between it and the next copy; None where the times do not compare."""
    agencies: tuple[tuple[str, int], ...]
    """Credited agencies with the number of copies that credit them, most first."""
    start: Moment
    """Earliest time of a copy: of claims with a zone, if there is any, else of what there is."""
    end: Moment
    """Latest time of a copy, likewise."""
    span_s: float | None
    """Seconds between them; None where they do not compare."""
    weakest: MemberView
    """The copy that is farthest from the reference copy."""
    headlines: tuple[Headline, ...]
    """The wordings of the headline, most used first."""
    relatives: tuple[Relative, ...]
    """Articles outside that share a passage, closest first."""
    label: str = ""
    """What a person calls it, or empty."""
    networks: tuple[Network, ...] = ()
    """Those of which two or more sites are among its outlets."""
    provenance: Provenance | None = None
    """Who ran it first and how the versions descend, where that was worked out."""
    refused: tuple[Refused, ...] = ()
    """Articles that were refused to join it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """One address that was not taken further."""

    url: str
    """The address as text; may be empty."""
    link: str
    """The same where a browser may be sent there, else empty."""
    source: str
    """Name of the source, or empty."""
    detail: str
    """One line that says more, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedGroup:
    """What was not seen for one reason."""

    reason: str
    """Slug of the reason."""
    count: int
    """How many."""
    examples: tuple[Missed, ...]
    """The first of them; `count` says how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ill:
    """A page in quarantine."""

    page: Missed
    """Where it was found."""
    reason: str
    """Slug of the last death."""
    deaths: int
    """Workers that died under its document."""
    since: str
    """UTC time of the first death."""
    bytes: int
    """Size of the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """The run that the report is about."""

    id: str
    """Its id."""
    started: Moment
    """When it began."""
    ended: Moment
    """When it ended; unknown while it runs."""
    outcome: str
    """`done`, `partly`, `failed`, `interrupted`, `running`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView:
    """What was asked, what answered, and what was not seen."""

    sources: tuple[SourceOutcome, ...]
    """What each source gave in the run."""
    page_failures: tuple[MissedGroup, ...]
    """Pages that came and gave no article."""
    refused: tuple[MissedGroup, ...]
    """Addresses that robots.txt (or its absence behind an error) forbids."""
    unreached: tuple[MissedGroup, ...]
    """Addresses that were tried and given up."""
    left_out: tuple[MissedGroup, ...]
    """Leads that were deliberately not fetched, and whatever else was dropped."""
    counts: tuple[tuple[str, int], ...]
    """The run's numbers by name."""
    paywalled: tuple[Missed, ...] = ()
    """Articles whose pages say that they are not free to read: their text may be cut; the first."""
    paywalled_count: int = 0
    """How many there are."""
    health: tuple[SourceHealth, ...] = ()
    """How each source has been doing over all runs, those in trouble first."""
    runs: tuple[RunView, ...] = ()
    """The last runs, newest first."""
    missed_runs: tuple[MissedRuns, ...] = ()
    """Runs that should have begun and could not, newest first."""
    quarantined: tuple[Ill, ...] = ()
    """Pages that killed the workers which read them, those longest ill first; the first."""
    quarantined_count: int = 0
    """How many there are."""
