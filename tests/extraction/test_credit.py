"""A credit names the agency; a mention does not."""

import json

import pytest

from crawler.config.model import ExtractionLimits
from crawler.extraction import extract
from crawler.extraction.credit import agency_named
from crawler.items import Article
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import PARAGRAPHS, story_page

LIMITS = ExtractionLimits()


def with_start(make_page: MakePage, start: str) -> Article:
    page = story_page().replace(PARAGRAPHS[0], start + PARAGRAPHS[0])
    return extract(make_page(page), LIMITS)


@pytest.mark.parametrize(
    ("start", "agency"),
    [
        ("LONDON (Reuters) - ", "Reuters"),
        ("FORT WAYNE, Ind. (AP) — ", "AP"),
        ("MOSKAU (dpa) – ", "dpa"),
        ("NEW DELHI, March 2 (PTI) ", "PTI"),
        ("Xinhua - ", "Xinhua"),
        ("BERLIN /dpa/ ", "dpa"),
        ("МОСКВА (ТАСС) — ", "TASS"),
    ],
)
def test_datelines_credit_and_stay_in_the_text(
    start: str, agency: str, make_page: MakePage
) -> None:
    article = with_start(make_page, start)
    assert article.agency == agency
    assert article.text.startswith(start.strip()[:6])
    assert article.evidence[0].where == "dateline"
    assert article.evidence[0].quote in start


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("With information from AFP.", "AFP"),
        ("With information from agencies (ANSA).", "ANSA"),
        ("Source: Thomson Reuters", "Reuters"),
        ("© Agencia EFE", "EFE"),
        ("(Interfax)", "Interfax"),
        ("Quelle: dpa", "dpa"),
        ("Fonte: ANSA", "ANSA"),
        ("Mit Material von AFP", "AFP"),
    ],
)
def test_credit_lines_at_the_end_credit_and_stay(
    line: str, agency: str, make_page: MakePage
) -> None:
    article = extract(make_page(story_page(after=f"<p>{line}</p>")), LIMITS)
    assert article.agency == agency
    assert article.text.endswith(line)
    assert article.evidence[0].where == "credit-line"


def test_agencies_without_a_name_are_evidence_but_no_agency(make_page: MakePage) -> None:
    article = extract(make_page(story_page(after="<p>With information from agencies.</p>")), LIMITS)
    assert article.agency is None
    assert [piece.supports for piece in article.evidence] == ["source"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The engineer told Reuters (which had asked twice) that the bridge would hold for long.",
        "AP reported earlier that the province might pay more than it had promised in the spring.",
        "A spokesman (he asked not to be named) said the ferry was older than he was himself.",
    ],
)
def test_mentions_are_no_credit(sentence: str, make_page: MakePage) -> None:
    for hole in ("before", "middle", "after"):
        article = extract(make_page(story_page(**{hole: f"<p>{sentence}</p>"})), LIMITS)
        assert article.agency is None


def test_a_byline_credits_and_leaves_the_body(make_page: MakePage) -> None:
    article = extract(make_page(story_page(before="<p>By Agencia EFE</p>")), LIMITS)
    assert article.agency == "EFE"
    assert article.text.startswith(PARAGRAPHS[0])


def test_json_ld_names_the_source(make_page: MakePage) -> None:
    data = {"@type": "NewsArticle", "sourceOrganization": {"name": "Kyodo News"}}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    article = extract(make_page(story_page(head=head)), LIMITS)
    assert (article.agency, article.evidence[0].where) == ("Kyodo", "json-ld")


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("The Associated Press", "AP"),
        ("AP staff", "AP"),
        ("by AFP", "AFP"),
        ("AFP/dpa", "AFP"),
        ("tass", None),
        ("Ana", None),
        ("Anna Reuter", None),
        ("", None),
    ],
)
def test_names_are_matched_whole(text: str, agency: str | None) -> None:
    assert agency_named(text) == agency
