"""A credit names the agency; a mention does not: a table of sentences in eight languages."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config.model import ExtractionLimits
from crawler.extraction import extract
from crawler.extraction.credit import Zone, read_credit
from crawler.extraction.datelines import read_dateline
from crawler.extraction.weighing import CREDITS
from crawler.items import Article
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import PARAGRAPHS, story_page

LIMITS = ExtractionLimits()
HERE = Path(__file__).parent
STORIES: dict[str, list[str]] = tomllib.loads((HERE / "story_languages.toml").read_text("utf-8"))
ROWS = [
    line.split("\t")
    for line in (HERE / "credit_sentences.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
STATEMENTS = ("photo", "original", "translation", "source")


def page_with(language: str, place: str, sentence: str) -> str:
    """Give a page in the language with the sentence where the table says."""
    one, two, three, four = STORIES[language]
    if place == "head":
        one = f"{sentence} {one}"
    if place == "end":
        four = f"{four} {sentence}"
    body = [
        *([f"<p>{sentence}</p>"] if place == "first" else []),
        f"<p>{one}</p><p>{two}</p>",
        *([f"<p>{sentence}</p>"] if place == "middle" else []),
        f"<p>{three}</p><p>{four}</p>",
        *([f"<p>{sentence}</p>"] if place == "tail" else []),
    ]
    figure = f"<figure><img src=a.jpg><figcaption>{sentence}</figcaption></figure>"
    return (
        f"<!doctype html><html lang={language}><head><title>{two[:40]}</title>"
        + (f'<meta name=author content="{sentence}">' if place == "author" else "")
        + f"</head><body><nav><a href=/>1</a></nav><main><article><h1>{two[:40]}</h1>"
        + (f"<p class=byline>{sentence}</p>" if place == "above" else "")
        + (figure if place == "caption" else "")
        + f"<div class=story-body>{''.join(body)}</div></article></main><footer><p>"
        + (sentence if place == "foot" else "Market Street 1")
        + "</p></footer></body></html>"
    )


@pytest.mark.parametrize(("language", "place", "says", "sentence"), ROWS, ids=lambda value: value)
def test_each_sentence_of_the_table(
    language: str, place: str, says: str, sentence: str, make_page: MakePage
) -> None:
    article = extract(make_page(page_with(language, place, sentence)), LIMITS)
    supports, _, value = says.partition(" ")
    if says == "none":
        assert article.agency is None, article.evidence
    elif supports in STATEMENTS and value:
        assert article.agency is None, article.evidence
        assert (supports, value) in {(p.supports, p.value) for p in article.evidence}
    else:
        assert article.agency == says, article.evidence
        quote = article.evidence[0].quote
        assert quote in sentence or sentence in quote
        assert article.evidence[0].reason


def test_the_table_is_as_large_and_as_wide_as_it_claims() -> None:
    silent = [row for row in ROWS if row[2] == "none"]
    assert len(ROWS) >= 200
    assert len(silent) >= 80
    assert {row[0] for row in ROWS} == {row[0] for row in silent} == set(STORIES)
    assert len({tuple(row) for row in ROWS}) == len(ROWS)


def credited(make_page: MakePage, **holes: str) -> Article:
    return extract(make_page(story_page(**holes)), LIMITS)


def test_a_mention_is_on_record_and_weighs_nothing(make_page: MakePage) -> None:
    sentence = "Nobody told Reuters that the bridge would be built so far from the old market."
    article = credited(make_page, middle=f"<p>{sentence}</p>")
    (piece,) = (p for p in article.evidence if p.supports == "mention")
    assert (piece.value, piece.weight, article.agency) == ("Reuters", 0.0, None)
    assert "told Reuters that" in piece.quote


def test_the_place_of_a_copyright_notice_decides(make_page: MakePage) -> None:
    notice = "<p>© 2026 Agencia EFE</p>"
    assert credited(make_page, after=notice).agency == "EFE"
    page = story_page().replace("<footer>", f"<footer>{notice}")
    outside = extract(make_page(page), LIMITS)
    assert outside.agency is None
    assert {(p.supports, p.value, p.where) for p in outside.evidence} >= {
        ("agency", "EFE", "page"),
        ("holder", "Agencia EFE", "page"),
    }


def test_several_agencies_are_on_record_and_none_is_the_author(make_page: MakePage) -> None:
    article = credited(make_page, after="<p>(Quelle: APA/sda/dpa)</p>")
    pieces = [p for p in article.evidence if p.supports == "agency"]
    assert [p.value for p in pieces] == ["APA", "Keystone-SDA", "dpa"]
    assert all(p.weight < CREDITS for p in pieces)
    assert article.agency is None


def test_a_credit_that_the_body_has_lost_is_read_from_the_page(make_page: MakePage) -> None:
    """What stands behind the story in its article is read even where it is no part of the text."""
    tail = "<div class=notes><span>Source: Thomson Reuters</span></div>"
    page = story_page().replace("</article>", f"{tail}</article>")
    article = extract(make_page(page), LIMITS)
    assert article.agency == "Reuters"
    assert "Thomson Reuters" not in article.text


def test_a_dateline_that_the_body_has_lost_is_read_from_the_description(
    make_page: MakePage,
) -> None:
    head = f'<meta name=description content="KALVIK (AFP) - {PARAGRAPHS[0]}">'
    article = credited(make_page, head=head)
    assert (article.agency, article.evidence[0].where) == ("AFP", "meta")


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("<p>Interfax staff</p>", "Interfax"),
        ("<p class=post-meta>Interfax</p>", "Interfax"),
        ("<p>Interfax</p>", None),
        ("<p>AP News</p>", None),
        ("<div class=photo-credit><p>Interfax staff</p></div>", None),
    ],
)
def test_a_name_above_the_text_signs_where_its_words_or_its_place_say_so(
    line: str, agency: str | None, make_page: MakePage
) -> None:
    page = story_page().replace("<div class='story-body'>", f"{line}<div class='story-body'>")
    assert extract(make_page(page), LIMITS).agency == agency


def test_the_time_beside_a_byline_is_none_of_its_names(make_page: MakePage) -> None:
    byline = "<p class=x1>By Ann Lee, Associated Press · <time>22 Nov 2026, 16:20</time></p>"
    page = story_page().replace("</header>", f"</header>{byline}")
    article = extract(make_page(page), ExtractionLimits())
    assert article.agency == "AP"
    assert "By Ann Lee, Associated Press ·" in [piece.quote for piece in article.evidence]


def test_a_byline_beats_a_dateline_further_down(make_page: MakePage) -> None:
    """Some outlets run a text of one agency under the introduction of another."""
    head = '<meta name=author content="AFP">'
    first = story_page(head=head).replace(PARAGRAPHS[0], f"KALVIK (AP) — {PARAGRAPHS[0]}")
    later = story_page(head=head).replace(PARAGRAPHS[1], f"KALVIK (AP) — {PARAGRAPHS[1]}")
    assert extract(make_page(first), LIMITS).agency == "AP"
    article = extract(make_page(later), LIMITS)
    assert article.agency == "AFP"
    assert ("agency", "AP", "dateline") in {
        (piece.supports, piece.value, piece.where) for piece in article.evidence
    }


def test_a_dateline_of_nobody_known_is_a_source(make_page: MakePage) -> None:
    page = story_page().replace(PARAGRAPHS[0], f"KALVIK (KVTV) — {PARAGRAPHS[0]}")
    article = extract(make_page(page), LIMITS)
    assert article.agency is None
    assert ("source", "KVTV") in {(p.supports, p.value) for p in article.evidence}


def test_a_link_to_the_original_is_evidence(make_page: MakePage) -> None:
    tail = '<p><a href="https://www.reuters.com/world/bridge">Read the original article</a></p>'
    article = credited(make_page, after=tail)
    found = {(p.supports, p.value, p.where) for p in article.evidence}
    assert ("original", "https://www.reuters.com/world/bridge", "link") in found
    assert article.agency == "Reuters"


def test_the_sign_off_in_the_style_of_an_agency_is_weak(make_page: MakePage) -> None:
    line = "(Reporting by Nell Quarry in Port Louis; Editing by Tom Reed)"
    article = credited(make_page, after=f"<p>{line}</p>")
    assert article.agency is None
    assert ("agency", "Reuters", 0.4) in {(p.supports, p.value, p.weight) for p in article.evidence}


@given(st.text(max_size=200), st.sampled_from(Zone), st.sampled_from(["en", "de", "ru", None]))
def test_any_line_is_read(text: str, zone: Zone, language: str | None) -> None:
    """Whatever a page holds, the answer is a list, and each piece quotes words of the line."""
    for piece in read_credit(text, zone, language):
        assert piece.quote in text
        assert 0 <= piece.weight <= 1
    dateline = read_dateline(text, language)
    assert dateline is None or dateline.quote in text


@pytest.mark.parametrize(
    "text", ["a" * 5000, "(" * 5000, "© " * 2000, "source: " * 800, "- " * 3000]
)
def test_hostile_lines_take_no_time(text: str) -> None:
    """The patterns cannot backtrack for long; a worker would be killed for it."""
    for zone in Zone:
        assert not [p for p in read_credit(text, zone, "en") if p.supports == "agency"]
