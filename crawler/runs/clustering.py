"""The clustering leg: what is new in the store -> signatures, pairs, clusters, their provenance."""

from crawler.config import Config
from crawler.engines.local import Advance, Update, update
from crawler.runs.provenance import trace_clusters
from crawler.runs.result import Clock, Progress
from crawler.store import Store

STAGE = "cluster"


def cluster_store(config: Config, run_id: str, now: Clock, progress: Progress) -> None:
    """Bring the store's clusters up to date, and count what that took."""
    with Store.open(config.store_path) as store:
        progress.start(STAGE, None)
        done = bring_up_to_date(config, store, now(), lambda n: progress.advance(STAGE, n))
        store.count(run_id, "articles-read", done.read)
        store.count(run_id, "pairs", done.compared)
        store.count(run_id, "regrouped", done.regrouped)
        store.count(run_id, "clusters", store.copy_counts()[0])
        progress.done(STAGE)


def bring_up_to_date(
    config: Config, store: Store, now: str, advance: Advance | None = None
) -> Update:
    """Cluster what is new in the store, and form anew the clusters it touches.

    Who ran a text first is answered anew for the clusters that were formed anew.
    """
    done = update(store, config.fingerprint, config.clustering, now=now, advance=advance)
    traced = trace_clusters(config, store, store.untraced())
    with store.transaction():
        store.mark_first(traced.clusters)
        store.save_provenance(traced.provenances)
        store.replace_networks(traced.networks)
    return done
