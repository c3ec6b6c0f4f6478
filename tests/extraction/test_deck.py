"""The deck between headline and story is part of the article, once, and nothing else there is."""

import pytest

from crawler.config.model import ExtractionLimits
from crawler.extraction import extract, read_article
from crawler.items import Article
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import HEADLINE, PARAGRAPHS, story_page

DECK = "Shopkeepers worry, engineers cheer, and the ferryman has not been asked by anybody yet."
WIDE = "市議会は月曜の夜、四時間の議論のすえに二本目の橋を架けると決めた。渡し船は残る。"


def read(make_page: MakePage, between: str, description: str = "") -> Article:
    head = f'<meta name="description" content="{description}">' if description else ""
    page = story_page(head=head).replace("</h1>", f"</h1>{between}")
    return extract(make_page(page), ExtractionLimits())


@pytest.mark.parametrize("deck", [DECK, WIDE, DECK[:52]])
def test_what_the_description_says_is_the_deck(deck: str, make_page: MakePage) -> None:
    article = read(make_page, f"<div class=x7><span>{deck}</span></div>", deck)
    assert article.text.split("\n") == [deck, *PARAGRAPHS]
    assert deck not in {piece.text for piece in article.removed}


def test_a_description_may_be_cut(make_page: MakePage) -> None:
    article = read(make_page, f"<div class=x7>{DECK}</div>", f"{DECK[:50]}…")
    assert article.text.startswith(DECK)


@pytest.mark.parametrize("name", ["standfirst", "article-subtitle", "chapo", "ingress", "perex"])
def test_a_deck_may_be_named_by_the_markup_alone(name: str, make_page: MakePage) -> None:
    assert read(make_page, f"<div class={name}>{DECK}</div>").text.startswith(DECK)


def test_a_sentence_right_under_the_headline_is_the_deck(make_page: MakePage) -> None:
    """Above the element in which trafilatura looks for the body."""
    head = f"<header><h1>{HEADLINE}</h1></header>"
    label = "Council and bridge and ferry and market and mayor and winter and road and river"
    for under, there in (
        (f"<div class=x7>{DECK}</div>", True),
        (f"<div class=x7>Share</div><div class=x7>{DECK}</div>", False),
        (f"<div class=x7>{label}</div>", False),
    ):
        page = story_page().replace(head, "")
        page = page.replace("<article>", f"<div>{head}{under}</div><article>")
        lines = extract(make_page(page), ExtractionLimits()).text.split("\n")
        assert lines == ([DECK, *PARAGRAPHS] if there else list(PARAGRAPHS))


@pytest.mark.parametrize("name", ["article-lead", "post__excerpt", "preamble", "intro"])
def test_names_of_a_first_paragraph_tell_a_deck_where_it_is_prose(
    name: str, make_page: MakePage
) -> None:
    assert read(make_page, f"<p class='{name}'>{DECK}</p>").text.startswith(DECK)
    short = read(make_page, f"<p class='{name}'>Monday evening at half past nine</p>")
    assert short.text.split("\n") == list(PARAGRAPHS)


def test_the_one_so_named_goes_before_what_the_description_says(make_page: MakePage) -> None:
    film = "A film shows the old ferry on its way across the river, and what its captain thinks."
    between = f"<div class=film>{film}</div><h2 class=deck>{DECK}</h2>"
    assert read(make_page, between, film).text.split("\n") == [DECK, *PARAGRAPHS]


@pytest.mark.parametrize(
    "between",
    [
        f"<div class=standfirst>{PARAGRAPHS[0][:70]}</div>",
        f"<div class=photo-caption>{DECK}</div>",
        "<div class=subtitle>Photo: Ben Walker of the town's own agency</div>",
        f"<div class=standfirst><a href=/other>{DECK}</a></div>",
    ],
    ids=["repeated", "caption", "credit", "teaser"],
)
def test_what_is_no_deck_stays_out(between: str, make_page: MakePage) -> None:
    assert read(make_page, between).text.split("\n") == list(PARAGRAPHS)


def test_a_deck_of_several_sentences_side_by_side_is_whole(make_page: MakePage) -> None:
    more = "The ferry will stay as long as he can row it, says his daughter."
    who = "Town Post · River town · Monday at half past nine"
    for second, lines in ((more, [DECK, more]), (who, [DECK])):
        article = read(make_page, f"<div class=preamble><p>{DECK}</p><p>{second}</p></div>")
        assert article.text.split("\n") == [*lines, *PARAGRAPHS]


def test_a_template_reads_it_as_well(make_page: MakePage) -> None:
    head = f'<meta name="description" content="{DECK}">'
    page = make_page(story_page(head=head).replace("</h1>", f"</h1><div class=x7>{DECK}</div>"))
    article, layout = read_article(page, ExtractionLimits(), learn=True)
    assert layout.template is not None
    again, layout = read_article(page, ExtractionLimits(), layout.template)
    assert layout.by_template
    assert again.text == article.text
    assert again.text.split("\n") == [DECK, *PARAGRAPHS]
    assert again.title == HEADLINE
