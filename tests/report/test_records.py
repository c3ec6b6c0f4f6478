"""Articles, clusters and pairs as JSON objects."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import InputError
from crawler.items import Article, Evidence, Network, Published, Removed
from crawler.report.records import (
    KNOWN_FIELDS,
    article_from_json,
    article_to_json,
    cluster_rows,
    pair_rows,
)
from tests.report.made_up import ferry
from tests.store.records import provenance

# Any text that UTF-8 can hold.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
some = st.none() | words.filter(bool)
times = st.none() | st.datetimes().map(lambda time: time.isoformat())
claims = st.builds(
    Published, kind=words, value=words, source=words, raw=words, flaw=st.none() | words
)
evidence = st.builds(
    Evidence,
    supports=words,
    value=words,
    quote=words,
    where=words,
    weight=st.floats(0, 1),
    reason=words,
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)
articles = st.builds(
    Article,
    id=words.filter(bool),
    url=words,
    site=words.filter(bool),
    title=words,
    text=words,
    published=times,
    published_source=some,
    modified=times,
    times=st.lists(claims, max_size=2).map(tuple),
    canonical_url=some,
    language=some,
    author=some,
    agency=some,
    evidence=st.lists(evidence, max_size=2).map(tuple),
    removed=st.lists(st.builds(Removed, text=words, reason=words), max_size=2).map(tuple),
    fetched=times,
    status=st.none() | st.integers(100, 599),
    source=some,
    extra=st.dictionaries(words.filter(lambda name: name not in KNOWN_FIELDS), json_values),
)


@given(articles)
def test_an_article_comes_back_as_it_went(article: Article) -> None:
    assert article_from_json(json.loads(json.dumps(article_to_json(article)))) == article


def test_id_and_text_are_enough_and_the_site_comes_from_the_address() -> None:
    article = article_from_json({"id": "1", "text": "", "url": "https://news.harbour.co.uk/a"})
    assert (article.text, article.title, article.published) == ("", "", None)
    assert article.site == "harbour.co.uk"
    cached = "https://www.google.com/amp/s/news.harbour.co.uk/a"
    assert article_from_json({"id": "1", "text": "", "url": cached}).site == "harbour.co.uk"


def test_unknown_fields_are_kept_and_never_hide_known_ones() -> None:
    article = article_from_json({"id": "1", "text": "t", "desk": ["north"], "rank": 3})
    assert article.extra == {"desk": ["north"], "rank": 3}
    written = article_to_json(article)
    assert (written["desk"], written["rank"]) == (["north"], 3)
    hidden = Article(id="1", url="", site="", title="", text="t", extra={"text": "other"})
    assert article_to_json(hidden)["text"] == "t"


def test_a_time_that_cannot_be_read_is_kept_beside_an_unknown_time() -> None:
    article = article_from_json({"id": "1", "text": "t", "published": "26-FEB-1987 15:01"})
    assert article.published is None
    assert article.extra == {"published_unreadable": "26-FEB-1987 15:01"}
    assert article_from_json(article_to_json(article)) == article


@pytest.mark.parametrize("published", ["2026-03-02", "9999-12-31T23:59:59-12:00", None, ""])
def test_a_day_the_end_of_the_calendar_and_no_time_are_taken(published: str | None) -> None:
    article = article_from_json({"id": "1", "text": "t", "published": published})
    assert article.published == (published or None)
    assert article.extra == {}


def test_a_piece_may_leave_out_what_has_a_default() -> None:
    """Records written by an older version, and by others, are read."""
    claim = {"kind": "published", "value": "2026-03-02", "source": "feed", "raw": "2 March"}
    piece = {"supports": "agency", "value": "AP", "quote": "(AP)", "where": "dateline", "weight": 1}
    read = article_from_json({"id": "1", "text": "t", "times": [claim], "evidence": [piece]})
    assert (read.times[0].flaw, read.evidence[0].reason) == (None, "")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"text": "t"}, '"id" is missing'),
        ({"id": "1"}, '"text" is missing'),
        ({"id": "1", "text": None}, '"text" is missing'),
        ({"id": "", "text": "t"}, '"id" is empty'),
        ({"id": 1, "text": "t"}, '"id" must be text, not a number'),
        ({"id": "1", "text": ["t"]}, '"text" must be text, not a list'),
        ({"id": "1", "text": "t", "title": True}, '"title" must be text, not true or false'),
        ({"id": "1", "text": "t", "status": "200"}, '"status" must be a whole number, not text'),
        ({"id": "1", "text": "t", "status": True}, '"status" must be a whole number'),
        ({"id": "1", "text": "t", "evidence": {}}, '"evidence" must be a list, not an object'),
        ({"id": "1", "text": "t", "removed": ["x"]}, '"removed[0]" must be an object, not text'),
        ({"id": "1", "text": "t", "removed": [{"text": "x"}]}, '"removed[0].reason" must be text'),
        (
            {
                "id": "1",
                "text": "t",
                "evidence": [
                    {"supports": "", "value": "", "quote": "", "where": "", "weight": "much"}
                ],
            },
            '"evidence[0].weight" must be a number, not text',
        ),
    ],
)
def test_a_bad_field_is_named_with_what_is_wrong(row: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError) as caught:
        article_from_json(row, where="a.jsonl, line 7")
    assert str(caught.value).startswith("a.jsonl, line 7: field ")
    assert says in str(caught.value)


def test_every_article_of_every_cluster_has_a_row_singletons_too() -> None:
    made = ferry()
    urls = {one.id: one.url for one in made.articles.values() if one.id != "art0301"}
    rows = list(cluster_rows(made.clusters, urls))
    assert [row["id"] for row in rows] == [
        "art0000",
        "art0012",
        "art0047",
        "art0095",
        "art9012",
        "art0300",
        "art0301",
    ]
    assert rows[2] == {
        "id": "art0047",
        "url": "https://www.outlet47.example/news/47",
        "cluster": "cfeed0000aa",
        "version": 2,
        "first": False,
        "relation": "abridged",
        "containment_in_medoid": 1.0,
        "containment_of_medoid": 0.52,
        "certainty": None,
        "first_score": None,
        "parent_version": None,
        "network": None,
    }
    assert rows[-1]["url"] == ""


def test_a_row_has_what_provenance_tells_of_it() -> None:
    made = ferry()
    known = {"cfeed0000aa": provenance("cfeed0000aa", "art0000", "art0012")}
    network = Network(name="Isles", sites=("outlet0.example", "outlet9.example"), reasons=())
    urls = {one.id: one.url for one in made.articles.values()}
    rows = list(cluster_rows(made.clusters, urls, known, [network]))
    wanted = ("certainty", "first_score", "parent_version", "network")
    assert [rows[0][name] for name in wanted] == ["one_of", 0.5, None, "Isles"]
    assert [rows[2][name] for name in wanted] == ["one_of", None, None, None]
    assert [rows[-1][name] for name in wanted] == [None, None, None, None]


def test_a_pair_has_the_fields_that_others_read() -> None:
    assert next(pair_rows(ferry().pairs)) == {
        "a": "art0000",
        "b": "art0300",
        "relation": "partial",
        "jaccard": 0.1,
        "containment_a": 0.16,
        "containment_b": 0.6,
        "shared_a": 0.0,
        "shared_b": 0.0,
        "passages": [],
    }
