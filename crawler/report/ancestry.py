"""Lay out what provenance found: who had it first and why, and how the versions descend.

A `ClusterView` with its `Provenance` arrives; candidates and a tree of versions leave.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.items import Branch, Certainty, Claimant, CoverageGap
from crawler.report.moments import Moment, duration, moment
from crawler.report.view import ClusterView, MemberView, VersionView

CERTAINTY_WORDS = {
    Certainty.CERTAIN: "certain",
    Certainty.LIKELY: "likely",
    Certainty.ONE_OF: "one of these",
    Certainty.UNKNOWN: "unknown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A copy that may be the first."""

    member: MemberView
    """The copy."""
    claimant: Claimant
    """Its chance and what speaks for it."""
    earliest: Moment
    """It ran no earlier."""
    latest: Moment
    """It ran no later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeNode:
    """A version with those made from it."""

    version: VersionView
    """The version."""
    branch: Branch
    """What speaks for its place."""
    children: tuple["TreeNode", ...]
    """Versions that were most likely made from it, by number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ancestry:
    """Who had it first, whose text it is, and the tree of versions."""

    certainty: str
    """How sure the answer is, as a word."""
    candidates: tuple[Candidate, ...]
    """The most likely first."""
    lead: str
    """How long before the next outlet, or empty."""
    origin: str
    """Whose text it is, or empty."""
    origin_reasons: tuple[str, ...]
    """What that rests on."""
    gaps: tuple[tuple[CoverageGap, Moment, Moment], ...]
    """What was not seen meanwhile, with beginning and end."""
    roots: tuple[TreeNode, ...]
    """Versions made from the common source."""


def ancestry(view: ClusterView) -> Ancestry | None:
    """Give the layout, or None where nothing was worked out."""
    provenance = view.provenance
    if provenance is None:
        return None
    members = {member.article_id: member for member in view.members}
    first = provenance.first
    return Ancestry(
        certainty=CERTAINTY_WORDS[first.certainty],
        candidates=tuple(
            Candidate(
                member=members[one.article_id],
                claimant=one,
                earliest=moment(one.earliest, "", claimed=False),
                latest=moment(one.latest, "", claimed=False),
            )
            for one in first.candidates
            if one.article_id in members
        ),
        lead=_lead(first.lead_low_s, first.lead_high_s),
        origin=first.origin or "",
        origin_reasons=first.origin_reasons,
        gaps=tuple(
            (gap, moment(gap.since, "", claimed=False), moment(gap.until, "", claimed=False))
            for gap in first.gaps
        ),
        roots=_roots(provenance.branches, {one.number: one for one in view.versions}),
    )


def _lead(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"at least {duration(low)}" if low is not None else f"at most {duration(high or 0)}"
    if low == high:
        return duration(low)
    return f"{duration(low)} to {duration(high)}"


def _roots(
    branches: tuple[Branch, ...], versions: Mapping[int, VersionView]
) -> tuple[TreeNode, ...]:
    """Hang each version under its parent; one whose parent is gone stands at the root."""
    known = [branch for branch in branches if branch.child in versions]
    parents = {
        branch.child: branch.parent if branch.parent in versions else None for branch in known
    }
    seen: set[int] = set()

    def grown(parent: int | None) -> tuple[TreeNode, ...]:
        nodes = []
        for branch in known:
            if parents[branch.child] == parent and branch.child not in seen:
                seen.add(branch.child)
                nodes.append(
                    TreeNode(
                        version=versions[branch.child],
                        branch=branch,
                        children=grown(branch.child),
                    )
                )
        return tuple(nodes)

    return grown(None)
