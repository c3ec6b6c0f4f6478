"""One cluster: whose text it is, who ran it first, how its versions descend."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from crawler.items import Article, Certainty, Cluster, Member, Provenance
from crawler.provenance.descent import draw
from crawler.provenance.first import Case, answer_first, with_gaps
from crawler.provenance.intervals import Interval, intervals_of
from crawler.provenance.readings import Version
from crawler.provenance.surveying import Survey


def trace(
    cluster: Cluster,
    articles: Mapping[str, Article],
    survey: Survey,
    seen: Mapping[str, str] | None = None,
) -> tuple[Cluster, Provenance | None]:
    """Give a cluster with its first copy marked, and its provenance.

    A cluster of one has no provenance, since there is nothing to be first among; it stays as it is.

    Args:
        cluster: as clustering gave it.
        articles: by id; only those of its members are looked at.
        survey: what all articles together tell.
        seen: UTC time of our first sight of an article, by id; without it `fetched` counts.
    """
    members = [articles[each.article_id] for each in cluster.members if each.article_id in articles]
    if len(members) < 2:  # noqa: PLR2004 - a cluster of one
        return cluster, None
    known = intervals_of(members, seen or {}, survey.zones)
    branches = draw(_versions(cluster.members, {each.id: each for each in members}, known))
    latest = min((each.high for each in known.values() if each.high), default=None)
    case = Case(
        members=members,
        intervals=known,
        versions={each.article_id: each.version for each in cluster.members},
        branches=branches,
        agency_sites=survey.agency_sites,
        gaps=survey.unseen.of(sorted(members, key=lambda each: each.id), latest),
    )
    answer = answer_first(case)
    provenance = Provenance(cluster_id=cluster.id, first=answer, branches=branches)
    return _marked(cluster, provenance), provenance


def look_again(provenance: Provenance, articles: Collection[Article], survey: Survey) -> Provenance:
    """Give an answer as it stands with what is known by now of what was not seen.

    Args:
        provenance: of a cluster that is as it was.
        articles: its copies.
        survey: what all articles tell, and what was not seen.
    """
    latest = next((each.latest for each in provenance.first.candidates), None)
    at = datetime.fromisoformat(latest) if latest is not None else None
    gaps = survey.unseen.of(sorted(articles, key=lambda article: article.id), at)
    return replace(provenance, first=with_gaps(provenance.first, gaps))


def _versions(
    members: Sequence[Member], articles: Mapping[str, Article], known: Mapping[str, Interval]
) -> list[Version]:
    """Give the distinct texts, each as old as the first copy that has it."""
    groups: dict[int, list[str]] = {}
    for member in members:
        if member.article_id in articles:
            groups.setdefault(member.version, []).append(member.article_id)
    return [
        Version(
            number=number,
            text=articles[group[0]].text,
            interval=_earliest([known[name] for name in group]),
            copies=len(group),
        )
        for number, group in sorted(groups.items())
    ]


def _earliest(intervals: Sequence[Interval]) -> Interval:
    """Give the interval in which the first of some copies ran."""
    dated = [each for each in intervals if each.low is not None] or list(intervals)
    lows = [each.low for each in dated if each.low is not None]
    highs = [each.high for each in dated if each.high is not None]
    return Interval(
        low=min(lows, default=None), high=min(highs, default=None), basis=dated[0].basis
    )


def _marked(cluster: Cluster, provenance: Provenance) -> Cluster:
    """Mark the one first copy, or none where there is no one answer."""
    answer = provenance.first
    sure = answer.certainty in (Certainty.CERTAIN, Certainty.LIKELY)
    first = answer.candidates[0].article_id if sure else None
    members = tuple(replace(member, first=member.article_id == first) for member in cluster.members)
    return replace(cluster, members=members)
