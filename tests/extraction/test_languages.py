"""Furniture goes and sentences stay, in sixteen languages, wherever the site puts them."""

import tomllib
from pathlib import Path

import pytest

from crawler.config.model import ExtractionLimits
from crawler.extraction import extract
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import HEADLINE

STORIES = tomllib.loads((Path(__file__).parent / "languages.toml").read_text("utf-8"))
LIMITS = ExtractionLimits()


def page(lines: list[str], language: str) -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<html lang={language}><head><title>{lines[0][:30]}</title></head><body><article>"
        f"<h1>{HEADLINE}</h1><div class=story>{body}</div></article></body></html>"
    )


def test_there_are_sixteen() -> None:
    assert len(STORIES) == 16


@pytest.mark.parametrize("language", STORIES)
def test_what_stands_under_a_story_goes_even_as_paragraphs_of_it(
    language: str, make_page: MakePage
) -> None:
    told = STORIES[language]
    article = extract(make_page(page([*told["story"], *told["after"]], language)), LIMITS)
    assert article.text.split("\n") == told["story"]
    assert {piece.text for piece in article.removed} >= set(told["after"])
    assert article.language == language


@pytest.mark.parametrize("language", STORIES)
def test_a_sentence_that_begins_as_furniture_does_stays(language: str, make_page: MakePage) -> None:
    told = STORIES[language]
    article = extract(make_page(page([*told["story"], told["stays"]], language)), LIMITS)
    assert article.text.split("\n") == [*told["story"], told["stays"]]
