"""The clustering leg: all stored articles -> signatures, pairs, clusters and their provenance."""

from crawler.config import Config
from crawler.engines.local import cluster_articles
from crawler.runs.provenance import trace_clusters
from crawler.runs.result import Clock, Progress
from crawler.store import Store

STAGE = "cluster"


def cluster_store(config: Config, run_id: str, now: Clock, progress: Progress) -> None:
    """Cluster what the store holds and replace the clusters there in one transaction."""
    with Store.open(config.store_path) as store:
        progress.start(STAGE, store.article_count())
        found = cluster_articles(
            store.articles(),
            config.fingerprint,
            config.clustering,
            lambda n: progress.advance(STAGE, n),
        )
        store.save_signatures(found.signatures)
        traced = trace_clusters(config, store, found.clusters)
        with store.transaction():
            store.replace_clusters(traced.clusters, found.pairs, now=now())
            store.save_provenance(traced.provenances)
            store.replace_networks(traced.networks)
        store.count(run_id, "clusters", sum(len(c.members) > 1 for c in found.clusters))
        store.count(run_id, "pairs", len(found.pairs))
        progress.done(STAGE)
