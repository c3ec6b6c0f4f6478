"""What a worker makes of a page, and how it is kept."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.config import ExtractionLimits
from crawler.errors import StoreError
from crawler.items import Lead, LeadState, Page
from crawler.pipelines import Reading, keep, read_page, templates_of
from crawler.store import Store, new_run_id
from tests.extraction.story_page import story_page
from tests.spiders.web import story

NOW = "2026-03-02T10:00:00Z"
URL = "http://harbour.example/ferry"


def page(body: bytes, *, url: str = URL, kind: str = "feed") -> Page:
    lead = Lead(url=URL, source="s", kind=kind, found_on="f", found=NOW)
    return Page(
        url=url,
        requested_url=URL,
        source="s",
        status=200,
        content_type="text/html; charset=utf-8",
        body=body,
        fetched=NOW,
        lead=lead,
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store.open(tmp_path / "s.sqlite")
    opened.begin_run("r", now=NOW)
    return opened


def test_a_story_becomes_an_article_and_its_lead_is_done(store: Store) -> None:
    one = page(story("Listhaven").body)
    assert one.lead is not None
    store.add_leads([one.lead], run_id="r")
    reading = read_page(one, ExtractionLimits())
    keep(store, "r", one, reading)
    (article,) = store.articles()
    assert article.title == "Night ferry to Listhaven runs onto a sandbank"
    assert article.text.startswith("The night ferry to Listhaven")
    ((_, kept),) = store.pages()
    assert kept.body == one.body
    found = store.lead(URL)
    assert found is not None
    assert found.state is LeadState.DONE
    store.close()


def test_later_pages_of_a_section_are_read_by_what_earlier_ones_taught(store: Store) -> None:
    for town in ("listhaven", "quay", "northport", "aldering"):
        one = page(story_page().encode(), url=f"http://harbour.example/news/{town}")
        keep(store, "r", one, read_page(one, ExtractionLimits()))
    late = page(story_page().encode(), url="http://harbour.example/news/blackmoor")
    template = templates_of(store).of(late.url)
    assert template is not None
    reading = read_page(late, ExtractionLimits(), template)
    assert reading.by_template
    without = read_page(late, ExtractionLimits())
    assert reading.article is not None
    assert without.article is not None
    assert reading.article.text == without.article.text
    store.close()


def test_a_page_without_a_story_is_kept_with_its_reason_and_counted(store: Store) -> None:
    one = page(b"  ")
    reading = read_page(one, ExtractionLimits())
    assert (reading.article, reading.reason) == (None, "page-empty")
    keep(store, "r", one, reading)
    assert [(url, reason) for url, _, reason, _ in store.failed_pages()] == [(URL, "page-empty")]
    assert store.runs()[0].counts == {"drop:page-empty": 1}
    store.close()


def test_the_address_a_lead_led_to_is_done_as_well(store: Store) -> None:
    target = "http://harbour.example/2026/ferry"
    store.add_leads(
        [Lead(url=target, source="s", kind="feed", found_on="f", found=NOW)], run_id="r"
    )
    one = page(story("Listhaven").body, url=target)
    keep(store, "r", one, read_page(one, ExtractionLimits()))
    assert store.lead_counts()[LeadState.NEW] == 0
    (article,) = store.articles()
    assert article.url == target
    store.close()


def test_nothing_of_a_page_is_kept_when_part_of_it_cannot_be(store: Store) -> None:
    one = page(story("Listhaven").body)
    good = read_page(one, ExtractionLimits())
    bad = Reading(compressed=good.compressed, article=None, reason="page-empty", detail="x")
    # A run nobody began has no row to count in.
    with pytest.raises(StoreError):
        keep(store, "nobody's", one, bad)
    assert list(store.pages()) == []
    store.close()


def test_the_name_of_a_run_sorts_by_time() -> None:
    first = new_run_id(datetime(2026, 3, 2, 9, 59, 59, tzinfo=UTC))
    second = new_run_id(datetime(2026, 3, 2, 10, 0, 0, tzinfo=UTC))
    assert first < second
    assert re.fullmatch(r"20260302T095959Z-[0-9a-f]{4}", first)
