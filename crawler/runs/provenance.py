"""Provenance of the clusters: what all articles tell, then one cluster after the other."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from crawler import __version__
from crawler.config import Config
from crawler.extraction.spellings import agency_names, agency_sites
from crawler.items import Cluster, Network, Provenance
from crawler.provenance import Coverage, Survey, hear, look_again, survey, trace
from crawler.store import Store

# As far back as pauses between runs are looked for: half a year of runs every hour.
MOST_RUNS = 5000
# What is not seen today hides no copy of what ran before: a feed holds a few days.
LATELY = timedelta(days=3)
# Articles in one transaction: enough that it costs nothing, and memory stays flat.
HEARD_AT_ONCE = 500


class Traced:
    """Clusters with their first copies marked, and what is known of where they came from."""

    def __init__(self, networks: tuple[Network, ...]) -> None:
        self.clusters: list[Cluster] = []
        self.provenances: list[Provenance] = []
        self.networks = networks


def trace_clusters(config: Config, store: Store, clusters: Iterable[Cluster]) -> Traced:
    """Answer for each cluster of the store who ran it first; its articles are read one by one."""
    known = look_around(config, store)
    seen = store.first_seen()
    traced = Traced(known.networks)
    for cluster in clusters:
        marked, provenance = _trace(store, cluster, known, seen)
        traced.clusters.append(marked)
        if provenance is not None:
            traced.provenances.append(provenance)
    done = {provenance.cluster_id for provenance in traced.provenances}
    traced.provenances += [
        each for each in _looked_again(store, known) if each.cluster_id not in done
    ]
    return traced


def _looked_again(store: Store, known: Survey) -> Iterator[Provenance]:
    """Give the answers of late that say something else now of what was not seen."""
    runs = store.runs(limit=1)
    if not runs:
        return
    since = datetime.fromisoformat(runs[0].started) - LATELY
    for provenance in store.provenances_since(since.strftime("%Y-%m-%dT%H:%M:%SZ")):
        cluster = store.cluster(provenance.cluster_id)
        ids = [member.article_id for member in cluster.members]
        again = look_again(provenance, list(store.articles(ids)), known)
        if again != provenance:
            yield again


def listen(store: Store) -> None:
    """Draw from the articles that are new or changed what they say of their sites, and keep it."""
    unheard = store.unheard(__version__)
    for at in range(0, len(unheard), HEARD_AT_ONCE):
        ids = unheard[at : at + HEARD_AT_ONCE]
        heard = hear(store.articles(ids), agency_names())
        store.keep_testimony(__version__, zip(ids, heard, strict=True))


def look_around(config: Config, store: Store) -> Survey:
    """Learn what the whole store tells: zones of sites, networks, what was not seen."""
    listen(store)
    return survey(
        store.testimony(__version__),
        networks={network.name: network.sites for network in config.networks},
        agency_sites=agency_sites(),
        coverage=Coverage(
            runs=store.runs(limit=MOST_RUNS),
            leads=store.leads(),
            page_failures=store.failed_pages(),
        ),
    )


def _trace(
    store: Store, cluster: Cluster, known: Survey, seen: Mapping[str, str]
) -> tuple[Cluster, Provenance | None]:
    if len(cluster.members) == 1:
        return cluster, None
    ids = [member.article_id for member in cluster.members]
    articles = {article.id: article for article in store.articles(ids)}
    return trace(cluster, articles, known, seen)
