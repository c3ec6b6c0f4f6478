"""One cluster after the other: whose text it is, who ran it first, how its versions descend."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from crawler.items import Article, Certainty, Cluster, Member, Provenance
from crawler.provenance.descent import draw
from crawler.provenance.first import Case, answer_first
from crawler.provenance.gaps import Coverage, Unseen, find_unseen
from crawler.provenance.intervals import Interval, interval_of
from crawler.provenance.readings import Version
from crawler.provenance.zones import Zones, learn_zones


def trace(
    clusters: Iterable[Cluster],
    articles: Mapping[str, Article],
    *,
    seen: Mapping[str, str] | None = None,
    agency_sites: Mapping[str, str] | None = None,
    coverage: Coverage | None = None,
) -> Iterator[tuple[Cluster, Provenance | None]]:
    """Give each cluster with its first copy marked, and its provenance.

    A cluster of one has no provenance: there is nothing to be first among. Its member is marked
    where it gives a time, as it always was.

    Args:
        clusters: as clustering gave them.
        articles: by id; those of other clusters teach in which zones the sites' clocks stand.
        seen: UTC time of our first sight of an article, by id; without it `fetched` counts.
        agency_sites: registered domain of an agency's own site to the agency's name.
        coverage: what was not seen.
    """
    zones = learn_zones(articles.values())
    unseen = find_unseen(coverage or Coverage())
    for cluster in clusters:
        members = [
            articles[each.article_id] for each in cluster.members if each.article_id in articles
        ]
        if len(members) < 2:  # noqa: PLR2004 - a cluster of one
            yield cluster, None
            continue
        provenance = _trace_one(cluster, members, zones, unseen, seen or {}, agency_sites or {})
        yield _marked(cluster, provenance), provenance


def _trace_one(
    cluster: Cluster,
    members: Sequence[Article],
    zones: Zones,
    unseen: Unseen,
    seen: Mapping[str, str],
    agency_sites: Mapping[str, str],
) -> Provenance:
    known = {each.id: interval_of(each, seen.get(each.id), zones) for each in members}
    versions = _versions(cluster.members, {each.id: each for each in members}, known)
    branches = draw(versions)
    latest = min((each.high for each in known.values() if each.high), default=None)
    case = Case(
        members=members,
        intervals=known,
        versions={each.article_id: each.version for each in cluster.members},
        branches=branches,
        agency_sites=agency_sites,
        gaps=unseen.of(members, latest),
    )
    return Provenance(cluster_id=cluster.id, first=answer_first(case), branches=branches)


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
