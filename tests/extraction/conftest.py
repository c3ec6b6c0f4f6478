"""Makes pages for the tests of this room."""

from collections.abc import Callable

import pytest

from crawler.items import Lead, Page

MakePage = Callable[..., Page]


def fetched_page(body: str | bytes, **fields: object) -> Page:
    """Give a fetched page: its body, and any field of Page."""
    raw = body.encode() if isinstance(body, str) else body
    published = fields.pop("feed_time", None)
    url = str(fields.pop("url", "https://town.example/news/bridge"))
    lead = None
    if published is not None:
        lead = Lead(
            url=url,
            source="town",
            kind="feed",
            found_on="https://town.example/feed",
            found="2026-03-02T10:00:00Z",
            published=str(published),
        )
    return Page(
        url=url,
        requested_url=url,
        source="town",
        status=200,
        content_type=str(fields.get("content_type", "text/html; charset=utf-8")),
        body=raw,
        fetched=str(fields.get("fetched", "2026-03-03T10:00:00Z")),
        lead=lead,
    )


@pytest.fixture
def make_page() -> MakePage:
    """Give a maker of fetched pages, as `fetched_page` is."""
    return fetched_page
