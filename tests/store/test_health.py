"""Health: of the sources, and of the file."""

from pathlib import Path

from crawler.items import SourceHealth, SourceOutcome
from crawler.store import Store
from tests.store.records import article, lead, page


def record(store: Store, hour: int, *, documents: int, failures: int, error: str | None) -> None:
    run_id = f"run-at-{hour}"
    store.begin_run(run_id, now=f"2026-03-03T{hour:02}:00:00Z")
    store.source_outcome(
        run_id,
        SourceOutcome(
            source="courier",
            documents=documents,
            leads=0,
            new_leads=0,
            failures=failures,
            error=error,
        ),
    )


def test_a_source_is_judged_by_its_runs_and_by_what_came_of_it(store: Store) -> None:
    record(store, 1, documents=0, failures=1, error="feed-broken: an old trouble")
    record(store, 2, documents=3, failures=1, error="feed-broken: one of four")
    record(store, 3, documents=0, failures=1, error="feed-broken: no entry")
    record(store, 4, documents=0, failures=2, error="feed-broken: none again")
    record(store, 5, documents=0, failures=0, error=None)
    url = "https://courier.example/1"
    store.add_leads([lead(url), lead("https://courier.example/2")], run_id="run-1")
    store.save_article(article("a", source="courier"), page_id=store.save_page(page(url)))
    assert store.source_health() == [
        SourceHealth(
            source="courier",
            last_success="2026-03-03T02:00:00Z",
            error_streak=2,
            last_error="feed-broken: none again",
            leads=2,
            pages=1,
            articles=1,
        )
    ]


def test_a_source_that_was_never_read_has_no_success(store: Store) -> None:
    store.add_leads([lead("https://courier.example/1", source="list")], run_id="run-1")
    [health] = store.source_health()
    assert (health.source, health.last_success, health.error_streak) == ("list", None, 0)


def test_a_sound_file_has_nothing_to_tell(store: Store) -> None:
    store.save_page(page("https://courier.example/1"))
    assert store.check() == []


def test_a_row_that_lost_its_partner_is_told(store: Store) -> None:
    store._connection.execute("PRAGMA foreign_keys = OFF")
    store._connection.execute("INSERT INTO page_failures VALUES (77, 'no-story', 'x')")
    assert store.check() == ["row 77 of page_failures names a row of pages that is not there"]


def test_a_damaged_file_is_told_and_not_raised(store: Store, path: Path) -> None:
    with store.transaction():
        # Enough of them that the middle of the file holds rows and not the schema.
        for number in range(2000):
            store.save_page(page(f"https://courier.example/{number}"))
    store.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        # The last part; the schema itself stands at the beginning.
        file.seek(size * 3 // 4)
        file.write(b"\xa5" * (size // 8))
    with Store.open(path) as damaged:
        assert damaged.check() != []


def test_the_size_holds_the_log(store: Store, path: Path) -> None:
    store.save_page(page("https://courier.example/1"))
    log = Path(f"{path}-wal")
    assert store.size_bytes() == path.stat().st_size + log.stat().st_size
