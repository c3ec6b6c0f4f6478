"""New groups -> clusters that keep the ids people know, and what happened to them since."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from crawler.clustering import cluster_id
from crawler.items import Cluster, ClusterEvent, Decision


def keep_ids(
    clusters: Sequence[Cluster],
    former: Sequence[tuple[str, Cluster]],
    known: Callable[[Iterable[str]], set[str]],
) -> list[Cluster]:
    """Give each cluster the id of the former one with which it shares most members.

    Of two former clusters that share as many, the one formed earlier names it; of two new ones
    that share as many, the one with more members keeps the name. Others get an id that no cluster
    had before.

    Args:
        clusters: as grouping gives them.
        former: (time of forming, cluster) of all clusters that its members were in.
        known: says which ids are or were in use.
    """
    homes = {m.article_id: at for at, cluster in enumerate(clusters) for m in cluster.members}
    claims: list[tuple[int, str, int, str, int]] = []
    for since, old in former:
        shared = Counter(homes[m.article_id] for m in old.members if m.article_id in homes)
        claims += [
            (-count, since, -len(clusters[at].members), old.id, at) for at, count in shared.items()
        ]
    named: dict[int, str] = {}
    given: set[str] = set()
    for *_, old_id, at in sorted(claims):
        if at not in named and old_id not in given:
            named[at] = old_id
            given.add(old_id)
    taken = {old.id for _, old in former}
    found = []
    for at, cluster in enumerate(clusters):
        name = named.get(at) or _unused(cluster, taken, known)
        taken.add(name)
        found.append(replace(cluster, id=name))
    return found


def _unused(cluster: Cluster, taken: set[str], known: Callable[[Iterable[str]], set[str]]) -> str:
    attempt = 0
    while True:
        name = cluster_id(cluster.members[0].article_id, attempt)
        if name not in taken and not known([name]):
            return name
        attempt += 1


def tell(
    clusters: Sequence[Cluster], former: Sequence[tuple[str, Cluster]], now: str
) -> list[ClusterEvent]:
    """Say which clusters of two or more were formed, merged and split; by id."""
    homes = {m.article_id: c for c in clusters for m in c.members}
    before = {old.id: old for _, old in former}
    grouped = {m.article_id for old in before.values() if len(old.members) > 1 for m in old.members}
    events = [
        _event(now, "formed", cluster.id, None, len(cluster.members))
        for cluster in clusters
        if len(cluster.members) > 1
        and grouped.isdisjoint(member.article_id for member in cluster.members)
    ]
    for old in before.values():
        if len(old.members) == 1:
            continue
        went = Counter(homes[m.article_id].id for m in old.members if m.article_id in homes)
        stays = went.pop(old.id, 0)
        for other, count in sorted(went.items()):
            kind = "split" if stays else "merged"
            events.append(_event(now, kind, old.id, other, count))
    return sorted(events, key=lambda e: (e.cluster, e.kind, e.other or ""))


def _event(now: str, kind: str, cluster: str, other: str | None, members: int) -> ClusterEvent:
    return ClusterEvent(at=now, kind=kind, cluster=cluster, other=other, members=members)


def named(clusters: Iterable[Cluster], decisions: Iterable[Decision]) -> list[Cluster]:
    """Put the names that people gave on the clusters; the latest one counts."""
    labels = {
        decision.articles[0]: decision
        for decision in sorted(decisions, key=lambda each: each.id)
        if decision.kind == "label" and decision.undone is None
    }
    found = []
    for cluster in clusters:
        mine = [labels[m.article_id] for m in cluster.members if m.article_id in labels]
        latest = max(mine, key=lambda each: each.id, default=None)
        found.append(replace(cluster, label=latest.label) if latest else cluster)
    return found
