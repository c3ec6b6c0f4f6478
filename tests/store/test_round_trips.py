"""Whatever the records hold, the store gives it back unchanged."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import (
    Article,
    Cluster,
    Drop,
    Lead,
    Member,
    Page,
    Pair,
    Passage,
    Relation,
    Run,
    Signature,
    SourceOutcome,
    Version,
)
from crawler.store import Store
from tests.store.records import (
    LATER,
    NOW,
    articles,
    leads,
    maybe,
    outcomes,
    pages,
    put_clusters,
    shares,
    signatures,
    words,
)

few = settings(max_examples=60, deadline=None)


class UndoError(Exception):
    """Ends an example, whose records shall not be there for the next one."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("store") / "wiretrace.sqlite") as store:
        yield store


@contextmanager
def emptied(store: Store) -> Iterator[None]:
    with suppress(UndoError), store.transaction():
        store.begin_run("run-1", now=NOW)
        yield
        raise UndoError


@few
@given(st.lists(leads, unique_by=lambda lead: lead.url, max_size=4))
def test_leads(shared: Store, given_leads: list[Lead]) -> None:
    with emptied(shared):
        assert shared.add_leads(given_leads, run_id="run-1") == len(given_leads)
        assert list(shared.leads()) == given_leads
        assert [shared.lead(lead.url) for lead in given_leads] == given_leads


@few
@given(pages)
def test_pages(shared: Store, page: Page) -> None:
    with emptied(shared):
        number = shared.save_page(page)
        assert list(shared.pages()) == [(number, page)]


@few
@given(st.lists(articles, unique_by=lambda article: article.id, max_size=4))
def test_articles(shared: Store, given_articles: list[Article]) -> None:
    with emptied(shared):
        for article in given_articles:
            shared.save_article(article, page_id=None)
        in_order = sorted(given_articles, key=lambda article: article.id.encode())
        assert list(shared.articles()) == in_order
        wanted = [article.id for article in given_articles]
        assert list(shared.articles(wanted)) == given_articles


@few
@given(articles, signatures)
def test_signatures(shared: Store, article: Article, signature: Signature) -> None:
    mine = replace(signature, article_id=article.id)
    with emptied(shared):
        shared.save_article(article, page_id=None)
        shared.keep_signatures([mine])
        assert list(shared.signatures([article.id])) == [mine]


@few
@given(
    st.lists(st.builds(Drop, source=words, reason=words, url=maybe, detail=maybe), max_size=4),
    st.lists(outcomes, unique_by=lambda outcome: outcome.source, max_size=4),
    st.dictionaries(words.filter(lambda name: not name.startswith("drop:")), st.integers(0, 10)),
)
def test_runs_with_their_drops_sources_and_counts(
    shared: Store, drops: list[Drop], outcomes_of_run: list[SourceOutcome], counts: dict[str, int]
) -> None:
    with emptied(shared):
        for drop in drops:
            shared.drop("run-1", drop)
        for outcome in outcomes_of_run:
            shared.source_outcome("run-1", outcome)
        for name, n in counts.items():
            shared.count("run-1", name, n)
        shared.end_run("run-1", outcome="partly", now=LATER)
        expected = dict(counts)
        for drop in drops:
            name = f"drop:{drop.reason}"
            expected[name] = expected.get(name, 0) + 1
        assert list(shared.drops("run-1")) == drops
        assert shared.runs() == [
            Run(
                id="run-1",
                started=NOW,
                ended=LATER,
                outcome="partly",
                counts=expected,
                sources=tuple(sorted(outcomes_of_run, key=lambda outcome: outcome.source.encode())),
            )
        ]


@few
@given(
    st.lists(articles, unique_by=lambda article: article.id, min_size=2, max_size=5),
    st.sampled_from(Relation),
    st.tuples(shares, shares, shares),
    st.booleans(),
)
def test_clusters_and_pairs(
    shared: Store,
    given_articles: list[Article],
    relation: Relation,
    numbers: tuple[float, float, float],
    first: bool,
) -> None:
    members = tuple(
        Member(
            article_id=article.id,
            version=version,
            first=first,
            relation=relation,
            containment_in_medoid=numbers[0],
            containment_of_medoid=numbers[1],
        )
        for version, article in enumerate(given_articles, start=1)
    )
    versions = tuple(
        Version(
            number=each.version,
            members=(each.article_id,),
            words=each.version,
            based_on=each.version - 1 or None,
            relation=relation,
            added=3,
            dropped=4,
            write_through=first,
            additions=(Passage(1, 0, 7), Passage(40, 0, 9)),
        )
        for each in members
    )
    cluster = Cluster(
        id="c0123456789",
        medoid=given_articles[0].id,
        members=members,
        versions=versions,
        weakest=given_articles[1].id,
        weakest_share=numbers[2],
        label="The long way home",
    )
    pair = Pair(
        a=given_articles[0].id,
        b=given_articles[1].id,
        relation=relation,
        jaccard=numbers[0],
        containment_a=numbers[1],
        containment_b=numbers[2],
        shared_a=numbers[1],
        shared_b=numbers[0],
        whole=first,
        aligned=bytes(range(24)),
    )
    with emptied(shared):
        for article in given_articles:
            shared.save_article(article, page_id=None)
        put_clusters(shared, [cluster], [pair])
        assert list(shared.clusters()) == [cluster]
        assert list(shared.pairs()) == [pair]


def test_half_a_character_from_a_broken_escape_does_not_stop_the_rest(shared: Store) -> None:
    article = Article(id="a", url="", site="", title="cut \ud83d off", text="whole \U0001f6a2")
    with emptied(shared):
        shared.save_article(article, page_id=None)
        kept = shared.article("a")
        assert kept is not None
        assert (kept.title, kept.text) == ("cut � off", "whole \U0001f6a2")
