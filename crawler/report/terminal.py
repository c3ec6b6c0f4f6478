"""The same clusters as plain lines for a terminal: text in fields, no colour and no library.

A `ClusterView` arrives; rows leave whose texts are safe to print. The command line lays them out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.items import Certainty, Form
from crawler.report.comparison import Stretch, compare
from crawler.report.diff import Segment
from crawler.report.moments import duration
from crawler.report.sentences import in_words, said
from crawler.report.stemma import first_lines, tree_lines
from crawler.report.view import ABOUT_TEXT, ClusterView, MemberView
from crawler.report.wording import RELATION_WORDS, counted, form_words, percent, shown

# ECMA-48 control sequences, and the strings (OSC, DCS, APC, PM, SOS) up to their terminator: what
# a terminal would act on. A lone escape goes with the other control characters.
_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]+[0-~]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterLine:
    """A cluster in the table of `clusters`; texts for people, numbers as numbers."""

    cluster: str
    """Its id."""
    headline: str
    """Of the reference copy."""
    copies: int
    """Articles in it."""
    outlets: int
    """Distinct sites."""
    owners: int
    """Distinct owners: sites of one network count once."""
    first: str
    """Outlet of the first copy (with a ~ where it is likely), several with "or", or `unknown`."""
    time: str
    """Time of the first copy with its zone, or `unknown`."""
    lead: str
    """Gap to the next copy, or `unknown`."""
    credit: str
    """Agencies with the number of copies that credit them, or `none`."""
    span: str
    """From the first to the last copy, or `unknown`."""
    weakest: str
    """Relation of the farthest copy and how much it shares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """A copy in the table of `show`."""

    number: int
    """Place in order of time, from 1."""
    outlet: str
    """Its site."""
    headline: str
    """Its title."""
    url: str
    """Live address, or empty."""
    time: str
    """With its zone."""
    basis: str
    """What the time rests on."""
    relation: str
    """To the reference copy, or `reference`."""
    in_reference: str
    """Percent of it that stands in the reference copy."""
    of_reference: str
    """Percent of the reference copy that stands in it."""
    version: int
    """Number of its version."""
    credit: str
    """Agency, or `none`."""
    first: bool
    """Whether it is the first copy."""
    evidence: tuple[str, ...]
    """A line for each piece of evidence."""
    forms: tuple[str, ...] = ()
    """A line for each other address of it, and for each of its pages that is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCluster:
    """What `show` prints before the diffs."""

    cluster: str
    """Its id."""
    headline: str
    """Of the reference copy."""
    summary: tuple[str, ...]
    """Plain sentences."""
    members: tuple[MemberLine, ...]
    """In order of time."""
    headlines: tuple[str, ...]
    """A line for each wording and who ran it."""
    relatives: tuple[str, ...]
    """A line for each article outside that shares a passage."""
    first: tuple[str, ...] = ()
    """A line for whose text it is, and for each candidate with its reasons."""
    gaps: tuple[str, ...] = ()
    """A line for each thing that was not seen."""
    networks: tuple[str, ...] = ()
    """A line for each owner of several of the outlets."""
    tree: tuple[str, ...] = ()
    """A line for each version, set in under the one it was made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDiff:
    """One version against the reference copy."""

    version: int
    """Its number."""
    heading: str
    """Outlets, relation, words put in and taken out."""
    paragraphs: tuple[tuple[Segment, ...], ...]
    """Segments to be coloured by `op`; unchanged paragraphs in a row are one line that says so."""


def plain(text: str) -> str:
    """Make text of the web safe for a line of a terminal.

    Takes out control sequences, control and direction characters; blanks and newlines in a row
    become one blank.
    """
    return " ".join(shown(_SEQUENCE.sub("", text)).split())


def cluster_line(view: ClusterView) -> ClusterLine:
    """Give a cluster's row of the table."""
    weakest = view.weakest
    shared = min(weakest.in_reference, weakest.of_reference)
    credit = ", ".join(
        f"{plain(name)} {count}/{len(view.members)}" for name, count in view.agencies
    )
    return ClusterLine(
        cluster=plain(view.id),
        headline=plain(view.headline),
        copies=len(view.members),
        outlets=len(view.sites),
        owners=owner_count(view),
        first=plain(_first_outlets(view)),
        time=said(view.first.time) if view.first else "unknown",
        lead=_duration(view.lead_s),
        credit=credit or "none",
        span=_duration(view.span_s),
        weakest=f"{RELATION_WORDS[weakest.relation]}, {percent(shared)} shared",
    )


def owner_count(view: ClusterView) -> int:
    """Count the owners of a cluster's outlets: a network once, every other site for itself."""
    owner = {site: network.name for network in view.networks for site in network.sites}
    return len({owner.get(site, site) for site in view.sites})


def _first_outlets(view: ClusterView) -> str:
    answer = view.provenance.first if view.provenance else None
    if answer is None or answer.certainty is Certainty.CERTAIN:
        return view.first.site if view.first else "unknown"
    if answer.certainty is Certainty.LIKELY and view.first:
        return f"~{view.first.site}"
    sites = {member.article_id: member.site for member in view.members}
    named = [sites[each.article_id] for each in answer.candidates if each.article_id in sites]
    return " or ".join(named) if answer.certainty is Certainty.ONE_OF and named else "unknown"


def cluster_lines(views: Iterable[ClusterView]) -> list[ClusterLine]:
    """Give the rows of the table, in the order of the views."""
    return [cluster_line(view) for view in views]


def show_cluster(view: ClusterView) -> ShownCluster:
    """Give what `show` prints of a cluster."""
    return ShownCluster(
        cluster=plain(view.id),
        headline=plain(view.headline),
        summary=tuple(plain(sentence) for sentence in view.summary),
        members=tuple(_member_line(member) for member in view.members),
        headlines=tuple(
            plain(f"{headline.text} ({', '.join(headline.sites)})") for headline in view.headlines
        ),
        relatives=tuple(
            plain(
                f"{relative.site}: {relative.headline}, {RELATION_WORDS[relative.relation]}: "
                f"{percent(relative.share_of_member)} of copy {relative.member}, "
                f"{percent(relative.share_of_relative)} of the article"
            )
            for relative in view.relatives
        ),
        first=tuple(plain(line) for line in first_lines(view)),
        gaps=tuple(
            plain(f"{gap.reason}: {in_words(gap.detail)}{f' {gap.url}' if gap.url else ''}")
            for gap in (view.provenance.first.gaps if view.provenance else ())
        ),
        networks=tuple(
            plain(
                f"{network.name}: {', '.join(network.sites)}. {in_words(' '.join(network.reasons))}"
            )
            for network in view.networks
        ),
        tree=tuple(plain(line) for line in tree_lines(view)),
    )


def version_diffs(view: ClusterView) -> Iterator[VersionDiff]:
    """Give the diff of each version that is not the reference's own, in order of time."""
    for version in view.versions:
        if version.reference:
            continue
        comparison = compare(view.reference_text, version.text)
        yield VersionDiff(
            version=version.number,
            heading=plain(
                f"Version {version.number} ({', '.join(version.sites)}), "
                f"{RELATION_WORDS[version.members[0].relation]}: "
                f"{counted(comparison.inserted, 'word')} put in, {comparison.deleted:,} taken out"
            ),
            paragraphs=tuple(
                paragraph for stretch in comparison.stretches for paragraph in _printable(stretch)
            ),
        )


def _printable(stretch: Stretch) -> Iterator[tuple[Segment, ...]]:
    if stretch.folded:
        yield (Segment("equal", f"… {len(stretch.paragraphs)} paragraphs unchanged …"),)
        return
    for paragraph in stretch.paragraphs:
        yield tuple(
            Segment(segment.op, shown(_SEQUENCE.sub("", segment.text)).replace("\t", " "))
            for segment in paragraph
        )


def _member_line(member: MemberView) -> MemberLine:
    return MemberLine(
        number=member.number,
        outlet=plain(member.site),
        headline=plain(member.headline),
        url=plain(member.url),
        time=said(member.time),
        basis=plain(member.time.basis),
        relation="reference" if member.reference else RELATION_WORDS[member.relation],
        in_reference=percent(member.in_reference),
        of_reference=percent(member.of_reference),
        version=member.version,
        credit=plain(member.agency) or "none",
        first=member.first,
        evidence=tuple(
            plain(f"{piece.supports} {piece.value}: “{piece.quote}” ({piece.where})")
            for piece in member.evidence
            if piece.supports in ABOUT_TEXT
        ),
        forms=tuple(plain(form_line(form)) for form in member.forms),
    )


def form_line(form: Form) -> str:
    """Say at which other address an article stands, or why a page of it is missing."""
    if form.missing is not None:
        return f"{form_words(form)} is missing ({form.missing}): {form.url}"
    claim = f", published {form.published}" if form.published else ""
    return f"{form_words(form)}: {form.url} (fetched {form.fetched or 'unknown'}{claim})"


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return "unknown"
    return duration(seconds) if seconds else "none"
