"""What clustering keeps between runs: the interface, and one that lives as long as the process."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from typing import Protocol

from crawler.items import (
    Article,
    Bridge,
    Cluster,
    ClusterEvent,
    Decision,
    Furniture,
    Pair,
    Signature,
    Words,
)


class Memory(Protocol):
    """Keeps words, signatures, pairs and clusters; `crawler.store.Store` is one."""

    def transaction(self) -> AbstractContextManager[None]:
        """Keep all that the block changes, or nothing of it."""

    def unread(self, kind: str) -> Iterator[Article]:
        """Give the articles without signature, or whose words are not kept in this kind."""

    def keep_words(self, rows: Iterable[Words], kind: str) -> None:
        """Keep the words of articles, each in place of its former ones."""

    def sites_of(self, period: int) -> set[str]:
        """Give the sites that have articles in a period."""

    def words_of(self, site: str, periods: Sequence[int]) -> Iterator[Words]:
        """Give the words of a site's articles in some periods."""

    def words(self, ids: Iterable[str]) -> Iterator[Words]:
        """Give the words of articles."""

    def furniture(self, period: int) -> list[Furniture]:
        """Give what was learned for a period."""

    def keep_furniture(self, period: int, rows: Iterable[Furniture]) -> None:
        """Keep what was learned for a period in place of what was known."""

    def signatures(self, ids: Iterable[str]) -> Iterator[Signature]:
        """Give signatures; absent ones are skipped."""

    def signatures_near(self, low: int | None, high: int | None) -> Iterator[Signature]:
        """Give the signatures of a span of time (None is open), and those without a time."""

    def keep_signatures(self, rows: Iterable[Signature]) -> None:
        """Keep signatures, each in place of its article's former one."""

    def pairs(self, ids: Iterable[str]) -> Iterator[Pair]:
        """Give the pairs in which one or both of the articles stand, each once."""

    def replace_pairs(self, ids: Iterable[str], pairs: Iterable[Pair]) -> None:
        """Keep pairs in place of all those in which one of the articles stood."""

    def unsettled(self) -> set[str]:
        """Give the articles that lost a neighbour, were decided about, or are in no cluster yet."""

    def clusters_of(self, ids: Iterable[str]) -> list[tuple[str, Cluster]]:
        """Give (time of its forming, cluster) of the clusters in which one of the articles is."""

    def known_cluster_ids(self, ids: Iterable[str]) -> set[str]:
        """Say which of these ids belong or belonged to a cluster."""

    def decisions(self) -> list[Decision]:
        """Give every decision, those taken back as well."""

    def settle(
        self,
        ids: Iterable[str],
        clusters: Iterable[Cluster],
        bridges: Iterable[Bridge],
        events: Iterable[ClusterEvent],
        *,
        now: str,
    ) -> None:
        """Put clusters and bridges in place of all that these articles had; add the events."""


class InMemory:
    """Articles that are clustered once, all at once or in batches."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        """Keep a person's word; everything else comes in later."""
        self._decisions = list(decisions)
        self._waiting: dict[str, Article] = {}
        self._words: dict[str, Words] = {}
        self._at: dict[tuple[str, int], set[str]] = {}
        self._furniture: dict[int, list[Furniture]] = {}
        self._signatures: dict[str, Signature] = {}
        self._pairs: dict[str, dict[str, Pair]] = {}
        self._home: dict[str, str] = {}
        self._clusters: dict[str, tuple[str, Cluster]] = {}
        self._bridges: dict[str, Bridge] = {}
        self._ids: set[str] = set()
        self.events: list[ClusterEvent] = []
        """What happened to clusters, oldest first."""

    def add(self, articles: Iterable[Article]) -> None:
        """Take articles in; each id once."""
        self._waiting.update((article.id, article) for article in articles)

    def transaction(self) -> AbstractContextManager[None]:
        """Do nothing: what is in memory is lost as a whole."""
        return nullcontext()

    def unread(self, kind: str) -> Iterator[Article]:
        """Give what was added since."""
        del kind
        while self._waiting:
            yield self._waiting.pop(next(iter(self._waiting)))

    def keep_words(self, rows: Iterable[Words], kind: str) -> None:
        """Keep the words of articles."""
        del kind
        for row in rows:
            self._words[row.article_id] = row
            self._at.setdefault((row.site, row.period), set()).add(row.article_id)

    def sites_of(self, period: int) -> set[str]:
        """Give the sites that have articles in a period."""
        return {site for site, at in self._at if at == period}

    def words_of(self, site: str, periods: Sequence[int]) -> Iterator[Words]:
        """Give the words of a site's articles in some periods."""
        return self.words(
            chain.from_iterable(self._at.get((site, period), ()) for period in periods)
        )

    def words(self, ids: Iterable[str]) -> Iterator[Words]:
        """Give the words of articles."""
        return (self._words[name] for name in ids)

    def furniture(self, period: int) -> list[Furniture]:
        """Give what was learned for a period."""
        return self._furniture.get(period, [])

    def keep_furniture(self, period: int, rows: Iterable[Furniture]) -> None:
        """Keep what was learned for a period."""
        self._furniture[period] = list(rows)

    def signatures(self, ids: Iterable[str]) -> Iterator[Signature]:
        """Give signatures; absent ones are skipped."""
        return (self._signatures[name] for name in ids if name in self._signatures)

    def signatures_near(self, low: int | None, high: int | None) -> Iterator[Signature]:
        """Give the signatures of a span of time."""
        for each in self._signatures.values():
            if each.at is None or (
                (low is None or each.at >= low) and (high is None or each.at <= high)
            ):
                yield each

    def keep_signatures(self, rows: Iterable[Signature]) -> None:
        """Keep signatures."""
        self._signatures.update((each.article_id, each) for each in rows)

    def pairs(self, ids: Iterable[str]) -> Iterator[Pair]:
        """Give the pairs in which one or both of the articles stand, each once."""
        names = set(ids)
        for name in names:
            for other, pair in self._pairs.get(name, {}).items():
                if name < other or other not in names:
                    yield pair

    def replace_pairs(self, ids: Iterable[str], pairs: Iterable[Pair]) -> None:
        """Keep pairs in place of all those in which one of the articles stood."""
        for name in ids:
            for other in self._pairs.pop(name, {}):
                self._pairs.get(other, {}).pop(name, None)
        for pair in pairs:
            self._pairs.setdefault(pair.a, {})[pair.b] = pair
            self._pairs.setdefault(pair.b, {})[pair.a] = pair

    def unsettled(self) -> set[str]:
        """Give the articles that are in no cluster yet."""
        return self._signatures.keys() - self._home.keys()

    def clusters_of(self, ids: Iterable[str]) -> list[tuple[str, Cluster]]:
        """Give the clusters in which one of the articles is."""
        return [self._clusters[each] for each in {self._home[n] for n in ids if n in self._home}]

    def known_cluster_ids(self, ids: Iterable[str]) -> set[str]:
        """Say which of these ids belong or belonged to a cluster."""
        return self._ids.intersection(ids)

    def decisions(self) -> list[Decision]:
        """Give what the engine was made with."""
        return self._decisions

    def settle(
        self,
        ids: Iterable[str],
        clusters: Iterable[Cluster],
        bridges: Iterable[Bridge],
        events: Iterable[ClusterEvent],
        *,
        now: str,
    ) -> None:
        """Put clusters and bridges in place of all that these articles had."""
        names = set(ids)
        formed = {}
        for since, cluster in self.clusters_of(names):
            formed[cluster.id] = since
            del self._clusters[cluster.id]
        for name in names:
            self._bridges.pop(name, None)
        for cluster in clusters:
            self._ids.add(cluster.id)
            self._clusters[cluster.id] = formed.get(cluster.id, now), cluster
            self._home.update((member.article_id, cluster.id) for member in cluster.members)
        self._bridges.update((bridge.article_id, bridge) for bridge in bridges)
        self.events.extend(events)

    def all_clusters(self) -> list[Cluster]:
        """Give the clusters, the largest first, then by id."""
        found = [cluster for _, cluster in self._clusters.values()]
        return sorted(found, key=lambda cluster: (-len(cluster.members), cluster.id))

    def all_pairs(self) -> list[Pair]:
        """Give the pairs, by ids."""
        return sorted(self.pairs(self._pairs), key=lambda pair: (pair.a, pair.b))

    def all_bridges(self) -> list[Bridge]:
        """Give the bridges, by article."""
        return [bridge for _, bridge in sorted(self._bridges.items())]

    def all_furniture(self) -> list[Furniture]:
        """Give what was learned, by period and site."""
        rows = chain.from_iterable(self._furniture.values())
        return sorted(rows, key=lambda row: (row.period, row.site))
