"""Claims of time: where each was read, which is believed, and which cannot be true."""

import json

import pytest

from crawler.config.model import ExtractionLimits
from crawler.extraction import extract
from crawler.items import Article, Lead, Page
from tests.extraction.story_page import PARAGRAPHS, story_page

LIMITS = ExtractionLimits()
META = '<meta property="article:{}_time" content="{}">'
FETCHED = "2026-03-03T10:00:00Z"


def read(
    published: str | None = None,
    modified: str | None = None,
    *,
    dateline: str = "",
    lead: Lead | None = None,
    last_modified: str | None = None,
    head: str = "",
) -> Article:
    claims = (("published", published), ("modified", modified))
    tags = "".join(META.format(kind, value) for kind, value in claims if value)
    markup = story_page(head=tags + head).replace(PARAGRAPHS[0], dateline + PARAGRAPHS[0])
    url = "https://town.example/news/bridge"
    page = Page(
        url=url,
        requested_url=url,
        source="town",
        status=200,
        content_type="text/html; charset=utf-8",
        body=markup.encode(),
        fetched=FETCHED,
        last_modified=last_modified,
        lead=lead,
    )
    return extract(page, LIMITS)


def lead(kind: str, **times: str) -> Lead:
    return Lead(
        url="https://town.example/news/bridge",
        source="town",
        kind=kind,
        found_on="https://town.example/list",
        found=FETCHED,
        published=times.get("published"),
        modified=times.get("modified"),
    )


def flaws(article: Article, kind: str = "published") -> list[str | None]:
    return [claim.flaw for claim in article.times if claim.kind == kind]


@pytest.mark.parametrize(
    ("value", "flaw"),
    [
        ("1970-01-01T00:00:00Z", "too-old"),
        ("0001-01-01T00:00:00Z", "too-old"),
        ("1989-12-31", "too-old"),
        ("9999-12-31T00:00:00Z", "future"),
        ("2026-03-03T13:00:00Z", "future"),
        # Two hours: a server's clock, or a forgotten summer time.
        ("2026-03-03T11:30:00Z", None),
        ("2026-03-03T13:00:00+02:00", None),
        # Without a zone it may have been written where the clock is 14 hours ahead.
        ("2026-03-03T23:00:00", None),
        ("2026-03-04T03:00:00", "future"),
        ("2026-03-04", None),
        ("2026-03-05", "future"),
    ],
)
def test_what_cannot_be_is_flagged_and_not_used(value: str, flaw: str | None) -> None:
    article = read(value)
    assert flaws(article) == [flaw]
    assert (article.published is None) == (flaw is not None)


def test_a_flawed_claim_gives_way_to_a_weaker_one() -> None:
    article = read("1970-01-01T00:00:00Z", lead=lead("feed", published="2026-03-02T08:00:00Z"))
    assert (article.published, article.published_source) == ("2026-03-02T08:00:00+00:00", "feed")
    assert flaws(article) == [None, "too-old"]


def test_modified_before_published_is_flagged() -> None:
    article = read("2026-03-02T09:00:00Z", "2026-03-02T07:00:00Z")
    assert article.published == "2026-03-02T09:00:00+00:00"
    assert (article.modified, flaws(article, "modified")) == (None, ["before-published"])


@pytest.mark.parametrize("modified", ["2026-03-02T08:59:30Z", "2026-03-02", "2026-03-02T05:00:00"])
def test_a_coarser_or_rounded_modification_is_no_contradiction(modified: str) -> None:
    assert flaws(read("2026-03-02T09:00:00Z", modified), "modified") == [None]


@pytest.mark.parametrize(
    ("dateline", "value", "flaw"),
    [
        ("BEIJING, March 3, 2026 (Xinhua) -- ", "2025-11-20T09:00:00Z", "before-event"),
        ("BEIJING, March 3 (Xinhua) -- ", "2026-03-01T09:00:00Z", "before-event"),
        ("МОСКВА, 3 марта. /ТАСС/. ", "2026-03-01T09:00:00Z", "before-event"),
        ("Madrid, 3 mar (EFE).- ", "2026-03-01T09:00:00Z", "before-event"),
        # It was the third in Kiribati when this was the second in London.
        ("BEIJING, March 3 (Xinhua) -- ", "2026-03-02T11:00:00Z", None),
        # A dateline without a year may be of another one.
        ("BEIJING, March 3 (Xinhua) -- ", "2025-11-20T09:00:00Z", None),
        ("BEIJING (Xinhua) -- ", "2026-03-01T09:00:00Z", None),
        # A day that a sentence names may be to come.
        ("On March 3, 2026, ", "2026-02-20T09:00:00Z", None),
    ],
)
def test_no_claim_is_used_from_before_the_day_of_the_dateline(
    dateline: str, value: str, flaw: str | None
) -> None:
    assert flaws(read(value, dateline=dateline)) == [flaw]


def test_feed_and_sitemap_are_claims_of_their_own() -> None:
    for kind in ("feed", "sitemap"):
        article = read(lead=lead(kind, published="2026-03-02T08:00:00+01:00"))
        assert (article.published, article.published_source) == ("2026-03-02T08:00:00+01:00", kind)


def test_the_header_is_a_claim_from_which_nothing_is_drawn() -> None:
    article = read("2026-03-02T08:00:00Z", last_modified="2026-03-02T09:00:00Z")
    assert article.modified is None
    assert ("modified", "http:last-modified") in {(t.kind, t.source) for t in article.times}
    early = read("2026-03-02T08:00:00Z", last_modified="2026-02-01T09:00:00Z")
    assert flaws(early, "modified") == ["before-published"]


def test_a_zoneless_page_takes_the_instant_of_its_feed() -> None:
    """The page's clock may hang anywhere; the feed's instant agrees within the zones' range."""
    article = read("2026-03-02T21:00:00", lead=lead("feed", published="2026-03-02T12:00:00Z"))
    assert article.published == "2026-03-02T12:00:00+00:00"
    alone = read("2026-03-02T21:00:00")
    assert alone.published == "2026-03-02T21:00:00"


def test_structured_data_reach_the_claims_with_their_words() -> None:
    node = {"@type": "NewsArticle", "datePublished": "March 2, 2026 9:30 AM ET"}
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    (claim,) = read(head=script).times
    assert (claim.value, claim.source) == ("2026-03-02T09:30:00-05:00", "json-ld")
    assert claim.raw == "March 2, 2026 9:30 AM ET"
