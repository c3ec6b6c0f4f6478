"""Furniture goes and sentences stay, in sixteen languages, wherever the site puts them."""

import tomllib
from pathlib import Path

import pytest

from crawler.config.model import ExtractionLimits
from crawler.extraction import extract
from crawler.items import Article
from tests.extraction.conftest import MakePage

STORIES = tomllib.loads((Path(__file__).parent / "languages.toml").read_text("utf-8"))
LIMITS = ExtractionLimits()


def page(lines: list[str], language: str) -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<html lang={language}><head><title>{lines[0][:30]}</title></head><body><article>"
        f"<h1>{lines[0][:30]} …</h1><div class=story>{body}</div></article></body></html>"
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


@pytest.mark.parametrize("language", STORIES)
def test_a_label_and_a_link_to_the_end_of_the_line_point_elsewhere(
    language: str, make_page: MakePage
) -> None:
    """Whatever the label says: no list of words has it."""
    told = STORIES[language]
    label, headline = told["pointer"]
    first, *rest = story = [*told["story"], told["stays"]]
    pointer = f"{label}: <a href=/other>{headline}</a>"
    article = extract(make_page(page([first, pointer, *rest], language)), LIMITS)
    assert article.text.split("\n") == story


@pytest.mark.parametrize("language", STORIES)
def test_a_closing_line_about_the_author_is_told_by_the_name(
    language: str, make_page: MakePage
) -> None:
    told = STORIES[language]
    box = f"Ada Fieldstone {told['box']}"
    markup = page([*told["story"], box], language)
    head = '<meta name=author content="Ada Fieldstone"></head>'
    article = extract(make_page(markup.replace("</head>", head)), LIMITS)
    assert (article.text.split("\n"), article.author) == (told["story"], "Ada Fieldstone")
    assert (box, "author-box") in reasons(article)
    # Of somebody else it may be the story's last sentence.
    assert extract(make_page(markup), LIMITS).text.split("\n")[-1] == box


@pytest.mark.parametrize("language", STORIES)
def test_a_closing_line_that_links_to_a_newsletter_is_a_prompt(
    language: str, make_page: MakePage
) -> None:
    told = STORIES[language]
    offer = f"{told['offer']} <a href=/letter>&rarr;</a>"
    article = extract(make_page(page([*told["story"], offer], language)), LIMITS)
    assert article.text.split("\n") == told["story"]
    assert any(
        told["offer"] in text and why == "newsletter-prompt" for text, why in reasons(article)
    )


@pytest.mark.parametrize("language", STORIES)
def test_boxes_posts_and_captions_go_by_their_place_in_any_language(
    language: str, make_page: MakePage
) -> None:
    told = STORIES[language]
    first, *rest = told["story"]
    post = f"<blockquote class=xy-tweet><p>{told['offer']}</p></blockquote>"
    picture = f"<figure><img src=a.jpg><figcaption>{told['pointer'][1]}</figcaption></figure>"
    markup = page([first, "{}", *rest], language).replace("<p>{}</p>", post + picture)
    article = extract(make_page(markup), LIMITS)
    assert article.text.split("\n") == told["story"]
    assert (told["pointer"][1], "caption") in reasons(article)


def reasons(article: Article) -> set[tuple[str, str]]:
    return {(piece.text, piece.reason) for piece in article.removed}
