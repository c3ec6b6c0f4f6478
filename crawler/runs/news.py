"""Find what is new after clustering: clusters nobody was told of, and copies in known ones.

An article is news once. A cluster of which no member was looked at before is a new cluster; in any
other, the members that were not are new copies. So nothing depends on a cluster's id or medoid: one
that is renamed, split or merged is no news, and what a crash left unfound the next run finds.
"""

from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from crawler.config import Config
from crawler.items import Cluster, Event, EventCopy
from crawler.runs.result import Clock
from crawler.runs.stories import clusters_with_stories, remember_stories
from crawler.store import Store

NEW_CLUSTER = "new-cluster"
NEW_COPY = "new-copy"


def find_news(config: Config, run_id: str, now: Clock) -> None:
    """Look for news in the stored clusters, and keep it with its outbox in one transaction.

    With watched stories only their clusters are news; the others count as looked at, so that a
    story which is watched later does not announce what is long known.
    """
    channels = [
        name for name, given in (("webhook", config.notify.webhook),
                                 ("command", config.notify.command)) if given
    ]  # fmt: skip
    with Store.open(config.store_path) as store, store.transaction():
        found = list(_events(config, store, run_id, now()))
        for event in found:
            store.add_event(event, channels=channels)
        for name, kind in (("new-clusters", NEW_CLUSTER), ("new-copies", NEW_COPY)):
            number = sum(event.kind == kind for event in found)
            if number:
                store.count(run_id, name, number)


def _events(config: Config, store: Store, run_id: str, now: str) -> Iterator[Event]:
    untold = store.untold_members()
    clusters = {name: store.cluster(name) for name in untold}
    watched = _watched(config, store)
    for name, (known, fresh) in untold.items():
        if config.stories and name not in watched:
            store.pass_over(fresh)
            continue
        copies = _copies(store, clusters[name], fresh)
        groups = [[copy] for copy in copies] if known else [copies]
        for group in groups:
            kind = NEW_COPY if known else NEW_CLUSTER
            yield Event(
                id=str(uuid5(NAMESPACE_URL, f"wiretrace:{kind}:{group[0].article_id}")),
                kind=kind,
                cluster=name,
                run_id=run_id,
                found=now,
                title=group[0].title,
                stories=tuple(watched.get(name, ())),
                copies=tuple(group),
            )


def _watched(config: Config, store: Store) -> dict[str, list[str]]:
    """Give the stories that each cluster carries, by cluster id."""
    remember_stories(config, store)
    found: dict[str, list[str]] = {}
    for story, carriers in clusters_with_stories(config, store).items():
        for cluster_id in carriers:
            found.setdefault(cluster_id, []).append(story)
    return found


def _copies(store: Store, cluster: Cluster, fresh: list[str]) -> list[EventCopy]:
    """Describe some members of a cluster, in its order: that of time."""
    wanted = [member for member in cluster.members if member.article_id in fresh]
    articles = {one.id: one for one in store.articles(member.article_id for member in wanted)}
    return [
        EventCopy(
            article_id=member.article_id,
            url=articles[member.article_id].url,
            site=articles[member.article_id].site,
            title=articles[member.article_id].title,
            published=articles[member.article_id].published,
            relation=member.relation.value,
        )
        for member in wanted
    ]
