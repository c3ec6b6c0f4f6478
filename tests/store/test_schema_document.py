"""`docs/schema.md` names every table and column, and what it shows works."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.items import (
    Article,
    Drop,
    Evidence,
    LeadState,
    Pair,
    Published,
    Relation,
    SourceOutcome,
)
from crawler.report.records import (
    article_from_json,
    article_to_json,
    cluster_rows,
    pair_rows,
    provenance_row,
)
from crawler.store import Store
from tests.store.records import NOW, article, cluster, lead, page, provenance, put_clusters

DOCUMENT = Path(__file__).parents[2] / "docs" / "schema.md"
WORDS = DOCUMENT.read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", WORDS, re.MULTILINE | re.DOTALL)


def credited(article_id: str, site: str) -> Article:
    return article(
        article_id,
        site=site,
        agency="AP",
        published="2026-03-02T09:00:00Z",
        evidence=(
            Evidence(
                supports="agency", value="AP", quote="QUAY (AP) —", where="dateline", weight=0.9
            ),
        ),
        times=(
            Published(kind="published", value="2026-03-02T08:00:00Z", source="feed", raw="8 am"),
        ),
    )


@pytest.fixture
def connection(store: Store, path: Path) -> Iterator[sqlite3.Connection]:
    """Give a reader of a store in which each example query has something to find."""
    store.add_leads(
        [lead("https://courier.example/1", state=LeadState.REFUSED, reason="robots-denied")],
        run_id="run-1",
    )
    store.fail_page(store.save_page(page("https://courier.example/2")), "no-story", "a teaser")
    store.save_article(credited("a", "courier.example"), page_id=None)
    store.save_article(credited("b", "echo.example"), page_id=None)
    pair = Pair(
        a="a", b="b", relation=Relation.EDITED, jaccard=0.5, containment_a=0.6, containment_b=0.7
    )
    put_clusters(store, [cluster("c01", "a", "b")], [pair], now=NOW)
    store.save_provenance([provenance("c01", "a", "b")])
    store.drop("run-1", Drop(source="courier", reason="duplicate-address"))
    store.source_outcome(
        "run-1", SourceOutcome(source="courier", documents=1, leads=1, new_leads=1, failures=0)
    )
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as opened:
        yield opened


@pytest.mark.parametrize("query", blocks("sql"))
def test_each_example_query_runs_and_finds_something(
    connection: sqlite3.Connection, query: str
) -> None:
    assert connection.execute(query).fetchall()


def test_the_example_program_runs(
    connection: sqlite3.Connection,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert connection.execute("SELECT 1").fetchone() == (1,)
    monkeypatch.chdir(path.parents[1])
    [program] = blocks("python")
    exec(compile(program, DOCUMENT, "exec"), {})
    expected = len(page("https://courier.example/2").body)
    assert capsys.readouterr().out == f"https://courier.example/2 {expected}\n"


def test_every_table_and_column_is_named_and_no_other(connection: sqlite3.Connection) -> None:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    actual = {
        table: {column[1] for column in connection.execute(f"PRAGMA table_info({table})")}
        for (table,) in rows.fetchall()
    }
    sections = re.findall(r"^### (\w+)\n(.*?)(?=^##)", WORDS, re.MULTILINE | re.DOTALL)
    named = {
        table: {
            name
            for cell in re.findall(r"^\| (`.*?) \|", body, re.MULTILINE)
            for name in re.findall(r"`(\w+)`", cell)
        }
        for table, body in sections
    }
    assert named == actual


def test_the_records_shown_are_those_that_are_written_and_read() -> None:
    """The shapes come from the code, so that the document cannot drift."""
    [given] = [json.loads(line) for line in blocks("json article-in")]
    [written] = [json.loads(line) for line in blocks("json article-out")]
    [member] = [json.loads(line) for line in blocks("json cluster-out")]
    [pair] = [json.loads(line) for line in blocks("json pair-out")]
    assert article_from_json(given).title == given["title"]
    assert article_to_json(article_from_json(written)) == written
    [row] = cluster_rows([cluster("c01", "a")], {})
    assert row.keys() == member.keys()
    [answer] = [json.loads(line) for line in blocks("json provenance-out")]
    row = provenance_row(provenance("c01", "a", "b"))
    assert row.keys() == answer.keys()
    for kind in ("candidates", "gaps", "branches"):
        assert row[kind][0].keys() == answer[kind][0].keys()
    compared = Pair(
        a="a", b="b", relation=Relation.EDITED, jaccard=0.5, containment_a=0.6, containment_b=0.7
    )
    [row] = pair_rows([compared])
    assert row.keys() == pair.keys()
