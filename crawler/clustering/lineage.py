"""A group in order of time: versions, the first copy, and each member against the medoid."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from crawler.clustering.links import Links
from crawler.clustering.versions import find_versions
from crawler.instants import instant
from crawler.items import Cluster, Member, Relation, Signature

_NEVER = datetime.max.replace(tzinfo=UTC)


def describe(
    medoid: str, members: Sequence[str], texts: Mapping[str, Signature], links: Links
) -> Cluster:
    """Turn a group into its record.

    The first copy is the one with the earliest known time; without any known time there is none.
    The id comes from the earliest member: who keeps clusters from day to day gives them the ids
    that they had.
    """
    order = sorted(members, key=lambda name: (instant(texts[name].when) or _NEVER, name))
    known = instant(texts[order[0]].when) is not None
    versions = find_versions(order, texts, links)
    number = {name: version.number for version in versions for name in version.members}
    weakest, share = _weakest(medoid, order, links)
    return Cluster(
        id=cluster_id(order[0]),
        medoid=medoid,
        members=tuple(
            _member(name, medoid, links, version=number[name], first=known and at == 0)
            for at, name in enumerate(order)
        ),
        versions=versions,
        weakest=weakest,
        weakest_share=share,
    )


def cluster_id(first_member: str, attempt: int = 0) -> str:
    """Give a short id made from the earliest member; further attempts give further ids."""
    seed = f"{first_member}#{attempt}" if attempt else first_member
    return "c" + hashlib.sha256(seed.encode()).hexdigest()[:10]


def _member(name: str, medoid: str, links: Links, *, version: int, first: bool) -> Member:
    """Give the record of a member; one put there by a person may have no tie to the medoid."""
    edge = links.get(name, {}).get(medoid)
    own, other = (1.0, 1.0) if name == medoid else (0.0, 0.0)
    if edge is not None:
        own, other = edge.pair.containment_a, edge.pair.containment_b
        own, other = (other, own) if edge.turned else (own, other)
    relation = Relation.IDENTICAL if name == medoid else Relation.NONE
    return Member(
        article_id=name,
        version=version,
        first=first,
        relation=edge.relation if edge is not None else relation,
        containment_in_medoid=own,
        containment_of_medoid=other,
    )


def _weakest(medoid: str, members: Sequence[str], links: Links) -> tuple[str | None, float]:
    """Give the member with the least in common with the medoid, and the share of the shorter."""
    ties = {name: links.get(name, {}).get(medoid) for name in members if name != medoid}
    shares = {name: max(tie.own, tie.other) if tie else 0.0 for name, tie in ties.items()}
    weakest = min(shares, key=lambda name: (shares[name], name), default=None)
    return (None, 1.0) if weakest is None else (weakest, shares[weakest])
