"""Templates: learned from pages that are laid out alike, used where they fit, left where not."""

from dataclasses import replace

import pytest

from crawler.config.model import ExtractionLimits
from crawler.extraction import Templates, extract, read_article
from crawler.items import Page, Template
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import PARAGRAPHS, story_page

LIMITS = ExtractionLimits()
TOWNS = ("Listhaven", "Quay", "Northport", "Aldering", "Blackmoor", "Millford")


def told(page: Page) -> Template:
    layout = read_article(page, LIMITS, learn=True)[1].template
    assert layout is not None
    return layout


def town_page(town: str, make_page: MakePage, **parts: str) -> Page:
    body = story_page(**parts).replace("mayor", f"mayor of {town}")
    return make_page(body, url=f"https://town.example/news/{town.lower()}")


@pytest.fixture
def template(make_page: MakePage) -> Template:
    middle = "<h2>What it costs</h2><ul><li>A third is promised</li></ul>"
    pages = [town_page(town, make_page, middle=middle) for town in TOWNS]
    found = Templates(told(page) for page in pages).of(pages[0].url)
    assert found is not None
    return found


def test_a_page_gives_the_same_article_by_template_and_without(
    template: Template, make_page: MakePage
) -> None:
    page = town_page("Newtown", make_page, middle="<h2>Cost</h2>", after="<aside>Buy now</aside>")
    article, layout = read_article(page, LIMITS, template)
    assert layout.by_template
    assert article.text == extract(page, LIMITS).text
    assert "Cost" in article.text.split("\n")


def test_furniture_that_no_story_kept_stays_out(template: Template, make_page: MakePage) -> None:
    box = "<div class='offer'>" + "Save half on a year of papers if you order before noon. " * 2
    page = town_page("Newtown", make_page, middle=f"{box}</div>")
    article, layout = read_article(page, LIMITS, template)
    assert layout.by_template
    assert "Save half" not in article.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("class='story-body'", "class='longread'"),
        ("<p>", "<div class='para'>"),
    ],
    ids=["container gone", "paragraphs wrapped otherwise"],
)
def test_a_redesigned_page_is_read_without_it(
    old: str, new: str, template: Template, make_page: MakePage
) -> None:
    body = story_page().replace(old, new).replace("</p>", "</div>" if "div" in new else "</p>")
    page = make_page(body, url="https://town.example/news/late")
    article, layout = read_article(page, LIMITS, template)
    assert not layout.by_template
    assert article.text.split("\n") == list(PARAGRAPHS)


def test_a_page_about_something_else_than_its_headline_is_read_without_it(
    template: Template, make_page: MakePage
) -> None:
    body = story_page().replace(
        "Council votes for a second bridge", "Heavyweight champion loses title fight in Berlin"
    )
    page = make_page(body, url="https://town.example/news/boxing")
    assert not read_article(page, LIMITS, template)[1].by_template


def test_three_pages_are_too_few(make_page: MakePage) -> None:
    pages = [town_page(town, make_page) for town in TOWNS[:3]]
    assert Templates(told(page) for page in pages).of(pages[0].url) is None


def test_pages_that_do_not_agree_give_no_template(template: Template) -> None:
    others = [replace(template, container=(f"div c{n}",), pages=1) for n in "abcde"]
    assert Templates([*others, *([template] * 4)]).of("https://town.example/news/x") is None


def test_the_newest_pages_decide_after_a_redesign(template: Template) -> None:
    new = replace(template, container=("div new",))
    found = Templates([*([new] * 20), *([template] * 100)]).of("https://town.example/news/x")
    assert found is not None
    assert found.container == ("div new",)


def test_a_section_without_pages_of_its_own_takes_the_hosts(template: Template) -> None:
    templates = Templates([template] * 4)
    assert templates.of("https://town.example/sport/x") is not None
    assert templates.of("https://other.example/news/x") is None


def test_what_is_learned_does_not_depend_on_the_order_of_equal_layouts(
    make_page: MakePage,
) -> None:
    layouts = [told(town_page(town, make_page)) for town in TOWNS]
    assert Templates(layouts).all() == Templates(reversed(layouts)).all()
