"""Pages: every fetch is kept, every document once."""

import zlib

from crawler.items import LeadState
from crawler.store import Store, compress
from tests.store.records import LATER, NOW, article, lead, page

URL = "https://courier.example/1"


def rows_in_bodies(store: Store) -> int:
    count: int = store._connection.execute("SELECT COUNT(*) FROM bodies").fetchone()[0]
    return count


def test_equal_documents_are_kept_once_whoever_served_them(store: Store) -> None:
    body = b"<p>The same words.</p>"
    store.save_page(page(URL, body=body))
    store.save_page(page(URL, body=body, fetched=LATER))
    store.save_page(page("https://echo.example/9", body=body))
    assert rows_in_bodies(store) == 1
    assert [each.body for _, each in store.pages(latest=False)] == [body] * 3


def test_a_body_compressed_elsewhere_is_stored_as_given(store: Store) -> None:
    given = page(URL, body=b"ferry " * 1000)
    store.save_page(given, compressed=compress(given.body))
    assert [each for _, each in store.pages()] == [given]
    stored = store._connection.execute("SELECT size, deflated FROM bodies").fetchone()
    assert stored["size"] == 6000
    assert zlib.decompress(stored["deflated"]) == given.body
    assert len(stored["deflated"]) < 100


def test_the_latest_page_is_the_last_fetched_and_not_the_last_stored(store: Store) -> None:
    live = page(URL, body=b"live", fetched=LATER)
    store.save_page(live)
    store.save_page(page(URL, body=b"from an archive", fetched=NOW))
    assert [each for _, each in store.pages()] == [live]
    assert store.page_count() == 1
    assert len(list(store.pages(latest=False))) == 2


def test_a_page_comes_with_its_lead_as_it_stands_now(store: Store) -> None:
    first = lead(URL)
    store.add_leads([first], run_id="run-1")
    store.save_page(page(URL, lead=first))
    store.finish_lead(URL, state=LeadState.DONE)
    store.add_leads([lead(URL, title="Ferry leaves on time")], run_id="run-1")
    [(_, kept)] = store.pages()
    assert kept.lead is not None
    assert (kept.lead.state, kept.lead.title) == (LeadState.DONE, "Ferry leaves on time")


def test_a_failed_page_is_kept_with_its_reason_until_an_article_comes_of_it(store: Store) -> None:
    number = store.save_page(page(URL))
    store.fail_page(number, "no-story", "nothing reads like a story")
    store.fail_page(number, "page-empty", "the body is blank")
    assert list(store.failed_pages()) == [(URL, "courier", "page-empty", "the body is blank")]
    store.save_article(article("a"), page_id=number)
    assert list(store.failed_pages()) == []


def test_a_failure_counts_only_while_no_later_fetch_went_well(store: Store) -> None:
    store.fail_page(store.save_page(page(URL)), "no-story", "a teaser")
    store.save_page(page(URL, fetched=LATER))
    assert list(store.failed_pages()) == []


def test_pages_may_be_written_while_they_are_read(store: Store) -> None:
    for number in range(3):
        store.save_page(page(f"https://courier.example/{number}"))
    for number, each in store.pages():
        store.save_article(article(f"article-{number}", url=each.url), page_id=number)
    assert store.article_count() == 3


def test_the_page_of_an_article_is_found(store: Store) -> None:
    kept = page(URL)
    store.save_article(article("a"), page_id=store.save_page(kept))
    store.save_article(article("b"), page_id=None)
    assert store.page_of("a") == kept
    assert store.page_of("b") is None
    assert store.page_of("unknown") is None
