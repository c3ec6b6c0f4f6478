"""A group in order of time: versions, the first copy, and each member against the medoid."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time

from crawler.clustering.compare import compare
from crawler.clustering.relations import relate
from crawler.clustering.texts import Text
from crawler.config import ClusteringParams
from crawler.items import Cluster, Member, Relation

_NEVER = datetime.max.replace(tzinfo=UTC)


def instant(when: str) -> datetime:
    """Read an ISO 8601 time for ordering; what cannot be read is later than everything.

    A claim without a zone is taken as UTC. A claim of a day only counts as its end, so that it is
    never first on the strength of hours nobody stated.
    """
    try:
        found = datetime.fromisoformat(when)
    except ValueError:
        return _NEVER
    if "T" not in when and " " not in when:
        found = datetime.combine(found.date(), time.max)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def describe(
    medoid: str,
    members: Sequence[str],
    texts: Mapping[str, Text],
    params: ClusteringParams,
    size: int,
) -> Cluster:
    """Turn a group into its record.

    The first copy is the one with the earliest known time; without any known time there is none.
    The id comes from the earliest member, so it stays while later copies arrive.
    """
    order = sorted(members, key=lambda name: (instant(texts[name].when), name))
    known = instant(texts[order[0]].when) != _NEVER
    versions: dict[bytes, int] = {}
    described = []
    for at, name in enumerate(order):
        text = texts[name]
        key = text.words[text.story].tobytes()
        found = compare(text, texts[medoid], size)
        described.append(
            Member(
                article_id=name,
                version=versions.setdefault(key, len(versions) + 1),
                first=known and at == 0,
                relation=Relation.IDENTICAL if name == medoid else relate(found, params),
                containment_in_medoid=found.containment_a,
                containment_of_medoid=found.containment_b,
            )
        )
    return Cluster(id=cluster_id(order[0]), medoid=medoid, members=tuple(described))


def cluster_id(first_member: str) -> str:
    """Give the short id of the cluster whose earliest member this is."""
    return "c" + hashlib.sha256(first_member.encode()).hexdigest()[:10]
