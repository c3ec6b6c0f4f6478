"""A person's word on clusters: kept in the store, and followed at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from crawler.config import Config
from crawler.errors import UsageError
from crawler.items import Cluster, Decision
from crawler.runs.clustering import bring_up_to_date
from crawler.runs.lock import held
from crawler.runs.result import Clock
from crawler.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided, and what became of it."""

    decision: Decision
    """As it stands in the log."""
    clusters: tuple[Cluster, ...]
    """The clusters in which the articles it is about are now, by id."""


def split(
    config: Config, cluster: str, articles: Sequence[str], *, why: str | None, now: Clock
) -> Decided:
    """Take articles out of a cluster: together they are no copies of the others.

    Args:
        config: where the store is.
        cluster: id, or its beginning.
        articles: ids, addresses, or numbers as `show` lists them.
        why: a note for the log.
        now: the clock.

    Raises:
        NotFound: no such cluster.
        UsageError: an article is not in it, or nothing would be left.
        StoreLocked: a run is at work.
    """
    with _open(config) as store:
        found = store.cluster(cluster)
        apart = [_member(store, found, name) for name in articles]
        rest = [m.article_id for m in found.members if m.article_id not in apart]
        if not rest or not apart:
            raise UsageError(
                f"A split of {found.id} needs articles on both sides.",
                f"`wiretrace show {found.id}` numbers them.",
            )
        decision = store.decide("split", sorted(set(apart)), others=rest, label=why, now=now())
        return _follow(config, store, decision, now)


def merge(config: Config, clusters: Sequence[str], *, why: str | None, now: Clock) -> Decided:
    """Make one cluster of several; raises as `split` does."""
    with _open(config) as store:
        found = {cluster.id: cluster for cluster in map(store.cluster, clusters)}
        if len(found) < len(("one", "another")):
            raise UsageError("A merge needs two clusters or more.", "Name another one.")
        first, *others = found.values()
        decision = store.decide(
            "merge",
            [member.article_id for member in first.members],
            others=[member.article_id for each in others for member in each.members],
            label=why,
            now=now(),
        )
        return _follow(config, store, decision, now)


def label(config: Config, cluster: str, name: str, *, now: Clock) -> Decided:
    """Give a cluster a name, which stays with its medoid; raises as `split` does."""
    with _open(config) as store:
        found = store.cluster(cluster)
        decision = store.decide("label", [found.medoid], label=name, now=now())
        return _follow(config, store, decision, now)


def undo(config: Config, kind: str, number: int | None, *, now: Clock) -> Decided:
    """Take a decision back: the one of this number, or the last of its kind that holds.

    Raises:
        NotFound: there is none.
        StoreLocked: a run is at work.
    """
    with _open(config) as store:
        return _follow(config, store, store.undo(kind, number, now=now()), now)


def decisions(config: Config, kind: str) -> list[Decision]:
    """Give the log of one kind of decisions, oldest first."""
    with Store.open(config.store_path, read_only=True) as store:
        return [each for each in store.decisions() if each.kind == kind]


@contextmanager
def _open(config: Config) -> Iterator[Store]:
    """Open a store that is there, with no run at work on it."""
    Store.open(config.store_path, read_only=True).close()
    with held(config.output), Store.open(config.store_path) as store:
        yield store


def _member(store: Store, cluster: Cluster, name: str) -> str:
    ids = [member.article_id for member in cluster.members]
    if name in ids:
        return name
    if name.isdecimal() and 1 <= int(name) <= len(ids):
        return ids[int(name) - 1]
    found = store.article_at(name)
    if found is not None and found.id in ids:
        return found.id
    raise UsageError(
        f"{name!r} is no article of {cluster.id}.",
        f"Give its id, its address or its number as `wiretrace show {cluster.id}` lists it.",
    )


def _follow(config: Config, store: Store, decision: Decision, now: Clock) -> Decided:
    bring_up_to_date(config, store, now())
    touched = store.clusters_of([*decision.articles, *decision.others])
    return Decided(decision=decision, clusters=tuple(cluster for _, cluster in touched))
