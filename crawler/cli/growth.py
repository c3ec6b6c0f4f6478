"""How a cluster's text grew and what happened to the cluster, as lines and as records."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from crawler.clustering import COPIES
from crawler.fingerprint import place_words
from crawler.items import Cluster, ClusterEvent, Version
from crawler.report import plain
from crawler.store import Store

QUOTED = 80
"""Letters of an addition that a line shows: enough to know the paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What the store tells of a cluster beside its members."""

    cluster: Cluster
    """The cluster."""
    versions: list[dict[str, Any]]
    """Its versions, each with the words that it added."""
    revisions: list[dict[str, Any]]
    """Former texts of its articles."""
    bridges: list[dict[str, Any]]
    """Articles by which it would have been glued to others."""
    history: list[ClusterEvent]
    """What happened to it, oldest first."""

    def record(self) -> dict[str, Any]:
        """Give it as `--json` prints it."""
        return {
            "label": self.cluster.label,
            "weakest": self.cluster.weakest,
            "weakest_share": self.cluster.weakest_share,
            "versions": self.versions,
            "revisions": self.revisions,
            "bridges": self.bridges,
            "history": [asdict(event) for event in self.history],
        }

    def lines(self) -> dict[str, list[str]]:
        """Give it as lines under their titles."""
        former = [
            f"{each['article_id']}: {each['fetched'] or 'time unknown'}  {plain(each['title'])}"
            for each in self.revisions
        ]
        return {
            "versions, and what each added": version_lines(self.versions),
            "former texts of these articles": former,
            "kept from joining clusters": bridge_lines(self.bridges),
            "history": history_lines(self.cluster, self.history),
        }


def growth_of(store: Store, cluster: Cluster) -> Growth:
    """Read what the store tells of a cluster beside its members."""
    return Growth(
        cluster=cluster,
        versions=versions_of(store, cluster),
        revisions=revisions_of(store, cluster),
        bridges=bridges_of(store, cluster),
        history=history_of(store, cluster),
    )


def versions_of(store: Store, cluster: Cluster) -> list[dict[str, Any]]:
    """Give the versions as records, each with the words that it added."""
    return [
        {
            **{name: value for name, value in asdict(version).items() if name != "additions"},
            "relation": version.relation.value,
            "additions": list(_additions(store, version)),
        }
        for version in cluster.versions
    ]


def version_lines(records: Iterable[dict[str, Any]]) -> list[str]:
    """Give a line for each version after the first that adds or drops something."""
    return [_line(record) for record in records if record["added"] or record["dropped"]]


def bridges_of(store: Store, cluster: Cluster) -> list[dict[str, Any]]:
    """Give the articles by which this cluster would have been glued to others."""
    mine = [member.article_id for member in cluster.members]
    near = {
        name for pair in store.pairs(mine) if pair.relation in COPIES for name in (pair.a, pair.b)
    }
    found = []
    for bridge in store.bridges():
        article = store.article(bridge.article_id) if bridge.article_id in near else None
        if article is not None:
            found.append({"id": article.id, "url": article.url, "reason": bridge.reason})
    return found


def bridge_lines(records: Iterable[dict[str, Any]]) -> list[str]:
    """Give a line for each article that was kept from gluing clusters together."""
    reasons = {
        "composite": "holds other stories beside this one",
        "loose": "is a copy of articles of another cluster as well",
    }
    return [f"{plain(each['url'] or each['id'])} {reasons[each['reason']]}" for each in records]


def history_of(store: Store, cluster: Cluster) -> list[ClusterEvent]:
    """Give what happened to a cluster, oldest first."""
    return [event for event in store.cluster_events() if cluster.id in (event.cluster, event.other)]


def history_lines(cluster: Cluster, events: Iterable[ClusterEvent]) -> list[str]:
    """Give a line for each event, as seen from the cluster."""
    return [_told(cluster.id, event) for event in events]


def revisions_of(store: Store, cluster: Cluster) -> list[dict[str, Any]]:
    """Give the former texts of the cluster's articles."""
    return [
        asdict(revision)
        for member in cluster.members
        for revision in store.revisions(member.article_id)
    ]


def _additions(store: Store, version: Version) -> Iterable[str]:
    article = store.article(version.members[0])
    if article is None or not version.additions:
        return
    places = place_words(article.text)
    for passage in version.additions:
        last = min(passage.start_a + passage.words, len(places)) - 1
        if passage.start_a <= last:
            yield plain(article.text[places[passage.start_a][0] : places[last][1]])


def _line(record: dict[str, Any]) -> str:
    base = f"from {record['based_on']}, " if record["based_on"] else ""
    name = "a write-through: " if record["write_through"] else ""
    longest = max(record["additions"], key=len, default="")
    quote = f": “{longest[:QUOTED]}{'…' if len(longest) > QUOTED else ''}”" if longest else ""
    return (
        f"{record['number']}: {name}{base}{record['added']} words added, "
        f"{record['dropped']} dropped{quote}"
    )


def _told(name: str, event: ClusterEvent) -> str:
    if event.kind == "formed":
        return f"{event.at}  formed of {event.members} articles"
    if event.cluster == name:
        verb = "went into" if event.kind == "merged" else "went to"
        return f"{event.at}  {event.members} articles {verb} {event.other}"
    verb = "came with" if event.kind == "merged" else "came out of"
    return f"{event.at}  {event.members} articles {verb} {event.cluster}"
