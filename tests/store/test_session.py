"""The store as a crawl holds it."""

import asyncio
import threading
from pathlib import Path

import pytest

from crawler.errors import StoreError, StoreFull
from crawler.items import Drop, Lead, SourceOutcome
from crawler.store import Store
from crawler.store.session import Session, Tally, outcome_of, session_of

NOW = "2026-03-02T10:00:00Z"
LEAD = Lead(url="http://x.example/1", source="s", kind="feed", found_on="f", found=NOW)


def session_at(path: Path, run_id: str | None = None) -> Session:
    return Session(path, run_id=run_id, own_id="own", now=lambda: NOW, heard=lambda *_: None)


def runs_at(path: Path) -> dict[str, str]:
    with Store.open(path) as store:
        return {run.id: run.outcome for run in store.runs()}


def test_a_session_of_its_own_begins_and_ends_a_run(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"

    async def run() -> None:
        session = session_at(path)
        await session.open()
        session.count("pages", 2)
        session.count("pages")
        session.tally("a").documents += 1
        session.merge(
            SourceOutcome(source="a", documents=1, leads=2, new_leads=1, failures=1, error="x")
        )
        await session.drop(Drop(source="a", reason="http-404"))
        await session.call(Store.add_leads, [LEAD], run_id=session.run_id)
        await session.call(Store.claim_leads, session.run_id, limit=1, per_host=1, now=NOW)
        await session.close("partly")

    asyncio.run(run())
    with Store.open(path) as store:
        (run_,) = store.runs()
        lead = store.lead(LEAD.url)
    assert (run_.outcome, run_.counts) == ("partly", {"pages": 3, "drop:http-404": 1})
    (outcome,) = run_.sources
    assert (outcome.documents, outcome.leads, outcome.failures, outcome.error) == (2, 2, 1, "x")
    assert lead is not None
    assert lead.state == "new"


def test_a_run_that_was_given_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with Store.open(path) as store:
        store.begin_run("given", now=NOW)

    async def run() -> None:
        session = session_at(path, "given")
        await session.open()
        await session.close("done")

    asyncio.run(run())
    assert runs_at(path) == {"given": "running"}


def test_all_calls_run_in_one_thread_that_is_not_the_loops(tmp_path: Path) -> None:
    async def run() -> set[str]:
        session = session_at(tmp_path / "s.sqlite")
        await session.open()
        names = await asyncio.gather(
            *(session.call(lambda _: threading.current_thread().name) for _ in range(9))
        )
        await session.close("done")
        return set(names)

    (name,) = asyncio.run(run())
    assert name.startswith("store")


def test_after_a_failure_of_the_store_nothing_is_written_and_the_file_is_closed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "s.sqlite"

    def fill(_: Store) -> None:
        raise StoreFull("full")

    async def run() -> None:
        session = session_at(path)
        await session.open()
        with pytest.raises(StoreFull):
            await session.call(fill)
        with pytest.raises(StoreFull):
            await session.call(Store.article_count)
        await session.close("done")
        assert isinstance(session.error, StoreFull)

    asyncio.run(run())
    assert runs_at(path) == {"own": "running"}


def test_a_session_that_is_not_open_says_so(tmp_path: Path) -> None:
    async def run() -> None:
        session = session_at(tmp_path / "s.sqlite")
        with pytest.raises(StoreError, match="not open"):
            await session.call(Store.article_count)
        await session.close("done")

    asyncio.run(run())


def test_what_holds_no_session_is_named() -> None:
    with pytest.raises(StoreError, match="no store"):
        session_of(object())


@pytest.mark.parametrize(
    ("tallies", "outcome"),
    [
        ([], "done"),
        ([Tally(documents=1)], "done"),
        ([Tally(documents=1), Tally(failures=1)], "partly"),
        ([Tally(documents=1, failures=1)], "partly"),
        ([Tally(failures=1), Tally(failures=2)], "failed"),
    ],
)
def test_the_outcome_tells_whether_all_some_or_no_sources_failed(
    tallies: list[Tally], outcome: str
) -> None:
    assert outcome_of(tallies) == outcome
