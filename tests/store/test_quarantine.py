"""Quarantine: documents and not pages are ill, and what is read again is well."""

import pytest

from crawler.items import Quarantined
from crawler.store import Store
from tests.store.records import LATER, NOW, article, page

URL = "https://courier.example/1"
TWIN = "https://echo.example/2"
BODY = b"<p>endless"


def put(store: Store, url: str, *, deaths: int = 2, now: str = NOW, fetched: str = NOW) -> int:
    number = store.save_page(page(url, body=BODY, fetched=fetched))
    store.quarantine_page(number, "work-timeout", "killed after 20 s", deaths=deaths, now=now)
    return number


def test_a_page_is_kept_with_reason_deaths_and_times(store: Store) -> None:
    put(store, URL)
    assert store.quarantined() == [
        Quarantined(
            url=URL,
            source="courier",
            reason="work-timeout",
            detail="killed after 20 s",
            deaths=2,
            since=NOW,
            last=NOW,
            bytes=len(BODY),
            fetched=NOW,
        )
    ]
    assert [each.body for _, each in store.quarantined_pages()] == [BODY]
    assert list(store.failed_pages()) == [(URL, "courier", "work-timeout", "killed after 20 s")]
    assert list(store.quarantined_bodies().values()) == ["work-timeout"]


def test_further_deaths_are_counted_under_the_document_whoever_served_it(store: Store) -> None:
    put(store, URL)
    number = put(store, TWIN, deaths=0, now=LATER)
    store.quarantine_page(number, "work-crashed", "out of memory", deaths=2, now=LATER)
    told = [(one.url, one.reason, one.deaths, one.since, one.last) for one in store.quarantined()]
    assert told == [
        (URL, "work-crashed", 4, NOW, LATER),
        (TWIN, "work-crashed", 4, NOW, LATER),
    ]


def test_an_article_or_another_reason_ends_it(store: Store) -> None:
    number = put(store, URL)
    store.save_article(article("a", url=URL), page_id=number)
    assert store.quarantined() == []
    assert list(store.failed_pages()) == []
    number = put(store, TWIN)
    store.fail_page(number, "no-story", "a teaser")
    assert store.quarantined() == []
    assert store.quarantined_bodies() == {}


def test_an_address_whose_later_fetch_went_well_is_not_ill(store: Store) -> None:
    put(store, URL)
    store.save_page(page(URL, body=b"<p>mended", fetched=LATER))
    assert store.quarantined() == []
    assert len(store.quarantined_bodies()) == 1


def test_other_pages_are_untouched_when_an_article_is_saved(store: Store) -> None:
    put(store, URL)
    store.save_article(article("b"), page_id=store.save_page(page(TWIN, body=b"<p>fine")))
    store.save_article(article("c"), page_id=None)
    assert [one.url for one in store.quarantined()] == [URL]


@pytest.mark.parametrize(("deaths", "ill"), [(None, 0), (0, 1), (2, 1)])
def test_whatever_gives_no_article_is_a_drop_and_only_a_death_makes_it_ill(
    store: Store, deaths: int | None, ill: int
) -> None:
    store.begin_run("r1", now=NOW)
    kept = page(URL, body=BODY)
    number = store.save_page(kept)
    store.put_aside(
        "r1", number, kept, reason="work-timeout", detail="20 s", deaths=deaths, now=NOW
    )
    assert len(store.quarantined()) == ill
    assert list(store.failed_pages()) == [(URL, "courier", "work-timeout", "20 s")]
    assert [(drop.reason, drop.url) for drop in store.drops("r1")] == [("work-timeout", URL)]
