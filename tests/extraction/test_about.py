"""Headline and description tell a brief story from furniture that outweighs it."""

import pytest

from crawler.config import ExtractionLimits
from crawler.extraction import extract
from crawler.extraction.about import About, stems
from crawler.items import Page

BRIEF = (
    "Harbour pilots in Listhaven have ended their strike after nine days, the port said.",
    "Two container ships that had waited outside the breakwater were brought in before noon.",
    "The pilots will be paid for night watches from next month, both sides agreed.",
)
FURNITURE = "".join(
    f"<p>{line}</p>"
    for line in (
        "Dear readers, we want to know you better and ask you to spend a minute on our survey.",
        "Your answers help us to decide which topics our newsroom should look into next year.",
        "Everybody who takes part can win one of twenty annual passes for the city's museums.",
        "Winners are drawn in public at the end of the month and informed by letter afterwards.",
        "Employees of this company and members of their families may not take part in the draw.",
        "We keep your data until the draw is over and delete them within two weeks after it.",
    )
)


def page(headline: str, description: str) -> Page:
    story = "".join(f"<div class='txt'>{line}</div>" for line in BRIEF)
    body = (
        f"<html lang='en'><head><title>{headline}</title>"
        f"<meta property='og:description' content='{description}'></head><body>"
        f"<div class='top'><h1>{headline}</h1></div><div class='a1'>{story}</div>"
        f"<main><article class='survey'>{FURNITURE}</article></main></body></html>"
    )
    url = "https://listhaven.example/news/1"
    return Page(
        url=url,
        requested_url=url,
        source="x",
        status=200,
        content_type="text/html; charset=utf-8",
        body=body.encode(),
        fetched="2026-03-02T10:00:00Z",
    )


def test_a_brief_is_found_beside_a_larger_text_that_is_foreign_to_the_headline() -> None:
    found = extract(
        page("Harbour pilots end strike after nine days", "Container ships are brought in"),
        ExtractionLimits(),
    )
    assert found.text == "\n".join(BRIEF)


def test_a_headline_that_says_nothing_convicts_no_text() -> None:
    found = extract(page("What now?", "Container ships are brought in"), ExtractionLimits())
    assert "survey" in found.text


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Élections législatives: résultats définitifs", "Elections legislatives, resultats"),
        ("समस्तीपुर पुलिस ने बदमाशों को पकड़ा", "समस्तीपुर में पुलिस की टीम ने बदमाशों को"),
        ("東京で首脳会談始まる", "首脳会談は東京で開かれた"),
        ("Правительство повысило пенсии военным", "пенсии военных правительства повысили"),
    ],
)
def test_words_are_compared_without_accents_and_endings(headline: str, text: str) -> None:
    subject = About(headline=stems(headline), description=frozenset())
    assert subject.share(text) >= 0.5


def test_the_better_of_headline_and_description_counts() -> None:
    subject = About(
        headline=stems("समस्तीपुर पुलिस ने बदमाशों को पकड़ा, चोरी का खुलासा, गहना बरामद"),
        description=stems("Police in Samastipur caught two miscreants within days"),
    )
    assert subject.share("समस्तीपुर पुलिस ने बदमाशों से गहना बरामद कर खुलासा किया") >= 0.7
    assert subject.share("Police caught two miscreants in Samastipur within days") == 1.0
    assert subject.share("Nothing of the kind is said here") == 0.0
