"""However the articles come in, the clusters are those of clustering them all at once."""

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.config import ClusteringParams, FingerprintParams
from crawler.engines.local import Update, update
from crawler.engines.memory import InMemory
from crawler.errors import NotFound
from crawler.items import Article, Cluster, Pair
from crawler.store import Store
from tests.clustering.made_up import article, cut, edit, story

PARAMS = ClusteringParams()
NOW = "2026-03-20T00:00:00Z"
A, B, PROMPT = story(1), story(2), story(70, 30)


def day(number: int) -> str:
    return f"2026-03-{number:02}T08:00:00Z"


def corpus() -> list[Article]:
    """Copies, a bridge, a chain's prompt, follow-ups and strangers over more than one window."""
    found = [
        article("a1", A, published=day(1)),
        article("a2", edit(A, 12, 1), published=day(2)),
        article("a3", cut(A, 0.4), published=day(3)),
        article("a4", A + "\n" + story(10, 120), published=day(9)),
        article("a5", A, published=day(28)),
        article("b1", B, published=day(2)),
        article("b2", edit(B, 15), published=day(4)),
        article("bridge", A + "\n" + B, published=day(3)),
        article("late", edit(B, 9, 4), published=day(16)),
    ]
    found += [
        article(f"{site}{n}", story(80 + n + 7 * at) + "\n" + PROMPT, f"{site}.example", day(3 + n))
        for at, site in enumerate("st")
        for n in range(4)
    ]
    found.append(article("u0", cut(A, 0.8) + "\n" + PROMPT, "u.example", day(5)))
    found.append(article("s9", edit(A, 20, 3) + "\n" + PROMPT, "s.example", day(6)))
    return found


def partition(clusters: Iterable[Cluster]) -> set[tuple[str, frozenset[str]]]:
    return {
        (each.medoid, frozenset(member.article_id for member in each.members)) for each in clusters
    }


def outcome(memory: InMemory) -> tuple[object, list[Pair], object, object]:
    clusters = [replace(each, id="") for each in memory.all_clusters()]
    return (
        sorted(clusters, key=lambda each: each.medoid),
        memory.all_pairs(),
        memory.all_bridges(),
        memory.all_furniture(),
    )


def run(memory: InMemory, articles: Iterable[Article] = ()) -> Update:
    memory.add(articles)
    return update(memory, FingerprintParams(), PARAMS, now=NOW)


def at_once(articles: Sequence[Article]) -> InMemory:
    memory = InMemory()
    run(memory, articles)
    return memory


EXPECTED = outcome(at_once(corpus()))


def test_the_corpus_has_what_the_laws_are_about() -> None:
    memory = at_once(corpus())
    sizes = [len(each.members) for each in memory.all_clusters()]
    assert sizes[:2] == [6, 3]
    assert [each.article_id for each in memory.all_bridges()] == ["bridge"]
    assert {row.site for row in memory.all_furniture()} == {"", "s.example", "t.example"}


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 9))
def test_batches_in_any_order_give_what_all_at_once_gives(rng: random.Random, size: int) -> None:
    articles = corpus()
    rng.shuffle(articles)
    memory = InMemory()
    for start in range(0, len(articles), size):
        run(memory, articles[start : start + size])
    assert outcome(memory) == EXPECTED


def test_one_by_one_gives_what_all_at_once_gives() -> None:
    memory = InMemory()
    for each in corpus():
        run(memory, [each])
    assert outcome(memory) == EXPECTED


@contextmanager
def stored() -> Iterator[Store]:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "wiretrace.sqlite") as store:
        yield store


def keep(store: Store, articles: Iterable[Article], now: str = NOW) -> Update:
    with store.transaction():
        for each in articles:
            store.save_article(each, page_id=None)
    return update(store, FingerprintParams(), PARAMS, now=now)


def test_the_store_remembers_what_a_process_remembers() -> None:
    articles = corpus()
    with stored() as store:
        for start in range(0, len(articles), 5):
            keep(store, articles[start : start + 5])
        assert partition(store.clusters()) == partition(at_once(articles).all_clusters())
        assert sorted(store.pairs(), key=lambda p: (p.a, p.b)) == EXPECTED[1]
        assert store.bridges() == EXPECTED[2]


def test_nothing_new_costs_nothing() -> None:
    with stored() as store:
        assert keep(store, corpus()).read == len(corpus())
        assert keep(store, []) == Update(read=0, compared=0, regrouped=0)


def test_an_article_costs_its_neighbours_and_not_the_store() -> None:
    with stored() as store:
        keep(store, corpus())
        done = keep(store, [article("c1", edit(story(82), 12), published=day(5))])
        assert done == Update(read=1, compared=1, regrouped=2)


def test_a_changed_text_leaves_its_cluster_and_a_deleted_one_its_neighbours() -> None:
    with stored() as store:
        keep(store, corpus())
        keep(store, [article("b2", story(55), published=day(4))])
        changed = [each for each in corpus() if each.id != "b2"]
        changed.append(article("b2", story(55), published=day(4)))
        assert partition(store.clusters()) == partition(at_once(changed).all_clusters())
        store.delete_article("a1")
        keep(store, [])
        left = [each for each in changed if each.id != "a1"]
        assert partition(store.clusters()) == partition(at_once(left).all_clusters())


def test_other_thresholds_read_everything_again() -> None:
    with stored() as store:
        keep(store, corpus())
        strict = ClusteringParams(window_days=1)
        done = update(store, FingerprintParams(), strict, now=NOW)
        assert done.read == len(corpus())
        memory = InMemory()
        memory.add(corpus())
        update(memory, FingerprintParams(), strict, now=NOW)
        assert partition(store.clusters()) == partition(memory.all_clusters())


def test_what_is_further_apart_than_the_window_is_not_compared() -> None:
    near = [article("x1", A, published=day(1)), article("x2", A, published=day(15))]
    far = [article("x1", A, published=day(1)), article("x2", A, published="2026-03-15T08:00:01Z")]
    undated = [article("x1", A, published=day(1)), article("x2", A)]
    assert [len(at_once(each).all_pairs()) for each in (near, far, undated)] == [1, 0, 1]


def test_a_run_that_dies_is_made_good_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    with stored() as store:
        keep(store, corpus()[:6])
        with monkeypatch.context() as patch:
            patch.setattr(Store, "settle", lambda *_args, **_named: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                keep(store, corpus()[6:])
        keep(store, [])
        assert partition(store.clusters()) == partition(at_once(corpus()).all_clusters())


def test_clusters_keep_their_ids_and_tell_what_happened_to_them() -> None:
    early = [article(f"e{n}", edit(A, 20, n), published=day(1)) for n in (1, 2, 3)]
    late = [article(f"l{n}", edit(A, 25, n), published=day(20)) for n in (1, 2)]
    between = article("m", A, published=day(10))
    with stored() as store:
        keep(store, [*early, *late], now=day(20))
        before = {m.article_id: each.id for each in store.clusters() for m in each.members}
        keep(store, [between], now=day(21))
        assert [(each.id, len(each.members)) for each in store.clusters()] == [(before["e1"], 6)]
        with pytest.raises(NotFound, match=f"merged into {before['e1']}"):
            store.cluster(before["l1"])
        store.delete_article("m")
        keep(store, [], now=day(22))
        after = {m.article_id: each.id for each in store.clusters() for m in each.members}
        assert after["e3"] == before["e1"]
        assert after["l1"] not in before.values()
        assert [(e.at, e.kind, e.cluster, e.other, e.members) for e in store.cluster_events()][
            2:
        ] == [
            (day(21), "merged", before["l1"], before["e1"], 2),
            (day(22), "split", before["e1"], after["l1"], 2),
        ]


def test_a_persons_word_beats_every_threshold_until_it_is_taken_back() -> None:
    with stored() as store:
        keep(store, corpus())
        untouched = partition(store.clusters())
        [mine] = [each for each in store.clusters() if "b2" in (m.article_id for m in each.members)]
        others = [m.article_id for m in mine.members if m.article_id != "b2"]
        store.decide("split", ["b2"], others=others, now=NOW)
        store.decide("merge", ["s0", "t0"], now=NOW)
        store.decide("label", ["b1"], label="The second story", now=NOW)
        keep(store, [])
        homes = {m.article_id: each for each in store.clusters() for m in each.members}
        assert homes["b2"].id != homes["b1"].id
        assert homes["s0"].id == homes["t0"].id
        assert homes["b1"].label == "The second story"
        assert keep(store, []) == Update(read=0, compared=0, regrouped=0)
        keep(store, [article("b4", edit(B, 14, 6), published=day(5))])
        homes = {m.article_id: each for each in store.clusters() for m in each.members}
        assert homes["b2"].id != homes["b1"].id
        store.delete_article("b4")
        for kind in ("split", "merge", "label"):
            store.undo(kind, None, now=NOW)
        keep(store, [])
        assert partition(store.clusters()) == untouched
        assert all(each.label is None for each in store.clusters())
