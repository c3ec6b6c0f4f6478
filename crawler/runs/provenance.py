"""Provenance of the clusters: what all articles tell, then one cluster after the other."""

from collections.abc import Iterable, Mapping

from crawler.config import Config
from crawler.extraction.spellings import agency_names, agency_sites
from crawler.items import Cluster, Network, Provenance
from crawler.provenance import Coverage, Survey, survey, trace
from crawler.store import Store

# As far back as pauses between runs are looked for: half a year of runs every hour.
MOST_RUNS = 5000


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
    return traced


def look_around(config: Config, store: Store) -> Survey:
    """Learn what the whole store tells: zones of sites, networks, what was not seen."""
    return survey(
        store.articles(),
        networks={network.name: network.sites for network in config.networks},
        agencies=agency_names(),
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
