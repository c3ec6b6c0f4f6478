"""Find which clusters must be shown anew.

A `ReportSource` and the last report's facts arrive; what leaves is a digest for each cluster of
everything its page shows. Where it equals the last report's, the page and the facts are kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from crawler.items import Bridge, Cluster, Network, Pair
from crawler.report.clusters import page_of
from crawler.report.news import FEWEST_COPIES
from crawler.report.relatives import bridges_by_article, pairs_by_article
from crawler.report.source import ReportSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The clusters with what their pages rest on."""

    groups: tuple[Cluster, ...]
    """Clusters of two and more of which two articles are there, by id."""
    singles: tuple[Cluster, ...]
    """Clusters of which one article is there, by id."""
    pairs: Mapping[str, Sequence[Pair]]
    """Pairs that cross clusters, by article."""
    networks: Mapping[str, Network]
    """By site."""
    bridges: Mapping[str, Sequence[Bridge]]
    """By each article that is beside one, and by the refused article itself."""


def plan(source: ReportSource) -> Plan:
    """Sort the clusters out; members whose article is gone are passed over."""
    groups, singles = [], []
    for cluster in sorted(source.clusters, key=lambda one: one.id):
        known = sum(member.article_id in source.digests for member in cluster.members)
        if known >= FEWEST_COPIES:
            groups.append(cluster)
        elif known:
            singles.append(cluster)
    home = {member.article_id: one.id for one in source.clusters for member in one.members}
    crossing = (pair for pair in source.pairs if home.get(pair.a) != home.get(pair.b))
    return Plan(
        groups=tuple(groups),
        singles=tuple(singles),
        pairs=pairs_by_article(crossing),
        networks={site: network for network in source.networks for site in network.sites},
        bridges=bridges_by_article(source.bridges),
    )


def single_digest(cluster: Cluster, source: ReportSource) -> str:
    """Digest what is shown of a single article."""
    members = (
        repr(member) + source.digests[member.article_id].record
        for member in cluster.members
        if member.article_id in source.digests
    )
    return _digest([cluster.label or "", *members])


def group_digest(
    cluster: Cluster, source: ReportSource, plan: Plan, pages: Mapping[str, str]
) -> str:
    """Digest what a cluster's page and row show: all that is known of it and beside it."""
    return _digest(_parts(cluster, source, plan, pages))


def _parts(
    cluster: Cluster, source: ReportSource, plan: Plan, pages: Mapping[str, str]
) -> Iterable[str]:
    yield repr(cluster)
    for member in cluster.members:
        digest = source.digests.get(member.article_id)
        yield digest.record if digest else ""
        if digest and digest.site in plan.networks:
            yield repr(plan.networks[digest.site])
        for pair in plan.pairs.get(member.article_id, ()):
            other = pair.b if pair.a == member.article_id else pair.a
            beside = source.digests.get(other)
            yield repr(pair) + (beside.record if beside else "") + pages.get(other, "")
        for bridge in plan.bridges.get(member.article_id, ()):
            refused = source.digests.get(bridge.article_id)
            yield repr(bridge) + (refused.record if refused else "")
    if cluster.id in source.provenance:
        yield repr(source.provenance[cluster.id])


def _digest(parts: Iterable[str]) -> str:
    whole = blake2b(digest_size=12)
    for part in parts:
        whole.update(part.encode("utf-8", "replace") + b"\0")
    return whole.hexdigest()


def content_digest(data: bytes) -> str:
    """Digest what a file holds."""
    return blake2b(data, digest_size=12).hexdigest()


def network_digests(networks: Iterable[Network]) -> dict[str, str]:
    """Give a digest of its network for each site that has one."""
    return {site: digest_of(network) for network in networks for site in network.sites}


def digest_of(*things: object) -> str:
    """Digest records by what they say of themselves."""
    return _digest(repr(thing) for thing in things)


def pages_of_groups(groups: Iterable[Cluster]) -> dict[str, str]:
    """Give article id to the page of its cluster."""
    pages: dict[str, str] = defaultdict(str)
    for cluster in groups:
        for member in cluster.members:
            pages[member.article_id] = page_of(cluster.id)
    return dict(pages)
