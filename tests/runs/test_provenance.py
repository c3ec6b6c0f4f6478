"""Provenance over a store: answered once, and looked at again as runs go on."""

from pathlib import Path

import pytest

from crawler.config import Config, NetworkTable
from crawler.items import Certainty, SourceOutcome
from crawler.runs.provenance import trace_clusters
from crawler.store import Store
from tests.provenance.made_up import cluster, copy
from tests.store.records import put_clusters

EARLY = copy("early", "2026-03-02T08:00:00Z")
LATE = copy("late", "2026-03-02T10:00:30Z")
GALE = NetworkTable(name="Gale", sites=("early.example", "late.example"))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(output=tmp_path, networks=(GALE,))


def run(store: Store, name: str, started: str, *, documents: int) -> None:
    store.begin_run(name, now=started)
    outcome = SourceOutcome(
        source="quay", documents=documents, leads=0, new_leads=0, failures=1 - documents
    )
    store.source_outcome(name, outcome)
    store.end_run(name, outcome="done", now=started)


def test_answers_networks_and_the_first_copy_come_from_the_store(config: Config) -> None:
    with Store.open(config.store_path) as store:
        for article in (LATE, EARLY):
            store.save_article(article, page_id=None)
        traced = trace_clusters(config, store, [cluster(LATE, EARLY)])
    [marked], [found] = traced.clusters, traced.provenances
    assert [member.article_id for member in marked.members if member.first] == ["early"]
    assert found.first.certainty is Certainty.CERTAIN
    assert [network.sites for network in traced.networks] == [GALE.sites]


def test_a_recent_answer_is_looked_at_again_and_an_old_one_is_not(config: Config) -> None:
    with Store.open(config.store_path) as store:
        for article in (LATE, EARLY):
            store.save_article(article, page_id=None)
        run(store, "run-1", "2026-03-02T11:00:00Z", documents=1)
        traced = trace_clusters(config, store, [cluster(LATE, EARLY)])
        put_clusters(store, traced.clusters, now="2026-03-02T11:00:00Z")
        store.save_provenance(traced.provenances)
        assert trace_clusters(config, store, []).provenances == []
        run(store, "run-2", "2026-03-02T12:00:00Z", documents=0)
        [again] = trace_clusters(config, store, []).provenances
        assert again.first.certainty is Certainty.LIKELY
        assert [gap.reason for gap in again.first.gaps] == ["source-unread"]
        run(store, "run-3", "2026-03-22T12:00:00Z", documents=0)
        assert trace_clusters(config, store, []).provenances == []
