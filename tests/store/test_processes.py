"""Several processes at one file, and one that is killed: nothing fails, nothing is lost."""

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from crawler.items import LeadState
from crawler.store import Store
from tests.store.records import NOW, article, lead, page

# A fresh interpreter each: what is tested are processes that share nothing but the file.
context = multiprocessing.get_context("spawn")
LEADS = 120


def work_through_the_frontier(path: Path, run_id: str, results: Connection) -> None:
    """Claim, fetch and finish until nothing is left, reading before writing as a crawl does."""
    done: list[str] = []
    with Store.open(path) as store:
        while claimed := store.claim_leads(run_id, limit=3, per_host=10**6, now=NOW):
            for each in claimed:
                with store.transaction():
                    assert store.lead(each.url) is not None
                    number = store.save_page(page(each.url, lead=each))
                    store.save_article(article(each.url, url=each.url), page_id=number)
                    store.finish_lead(each.url, state=LeadState.DONE)
                store.count("run-1", "pages")
                done.append(each.url)
    results.send(done)


def test_three_writers_never_fail_and_never_take_the_same_lead(store: Store, path: Path) -> None:
    store.add_leads(
        (lead(f"https://h{number % 4}.example/{number}") for number in range(LEADS)),
        run_id="run-1",
    )
    ends = [context.Pipe() for _ in range(3)]
    workers = [
        context.Process(target=work_through_the_frontier, args=(path, f"writer-{number}", there))
        for number, (_, there) in enumerate(ends)
    ]
    for worker in workers:
        worker.start()
    done: list[str] = []
    for here, _ in ends:
        assert here.poll(60)
        done += here.recv()
    for worker in workers:
        worker.join(30)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert len(done) == len(set(done)) == LEADS
    assert store.lead_counts()[LeadState.DONE] == LEADS
    assert store.article_count() == LEADS
    assert store.runs()[0].counts == {"pages": LEADS}
    assert store.check() == []


def open_fresh(path: Path, name: str) -> None:
    """Open a file that perhaps no one has made yet, and write at once."""
    with Store.open(path) as store:
        store.save_article(article(name), page_id=None)


def test_processes_may_create_the_store_at_the_same_moment(path: Path) -> None:
    workers = [context.Process(target=open_fresh, args=(path, str(n))) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]
    with Store.open(path) as store:
        assert [each.id for each in store.articles()] == ["0", "1", "2", "3"]


def write_until_killed(path: Path, progress: Connection) -> None:
    """Tell of each article once it is kept, then hang in the middle of a large transaction."""
    with Store.open(path) as store:
        store.begin_run("run-1", now=NOW)
        store.add_leads([lead("https://courier.example/1")], run_id="run-1")
        store.claim_leads("run-1", limit=1, per_host=1, now=NOW)
        for number in range(50):
            store.save_article(article(f"kept-{number:02}"), page_id=None)
            progress.send(number)
        with store.transaction():
            # More than SQLite's cache holds, so that part of it is in the log already.
            for number in range(500):
                store.save_page(
                    page(f"https://courier.example/{number}"), compressed=b"x" * 100_000
                )
                store.save_article(article(f"lost-{number}"), page_id=None)
            progress.send("inside")
            progress.recv()


@pytest.mark.parametrize("moment", [20, "inside"])
def test_a_killed_process_loses_nothing_it_had_finished(path: Path, moment: object) -> None:
    here, there = context.Pipe()
    process = context.Process(target=write_until_killed, args=(path, there))
    process.start()
    told: list[object] = []
    while not told or told[-1] != moment:
        assert here.poll(60)
        told.append(here.recv())
    process.kill()
    process.join(30)
    kept = [number for number in told if isinstance(number, int)]
    with Store.open(path) as store:
        ids = {each.id for each in store.articles()}
        assert {f"kept-{number:02}" for number in kept} <= ids
        assert not any(name.startswith("lost") for name in ids)
        assert store.page_count() == 0
        assert store.check() == []
        store.begin_run("run-2", now=NOW)
        assert [run.outcome for run in store.runs()] == ["running", "interrupted"]
        assert len(store.claim_leads("run-2", limit=5, per_host=5, now=NOW)) == 1
