"""Which of a page's several headlines is the one its readers see."""

import json

import pytest

from crawler.config.model import ExtractionLimits
from crawler.extraction import extract
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import HEADLINE, story_page

SEARCHED = "Bridge council vote: all you need to know today"
SHARED = "You will not believe what the council did about the river"


def title(
    make_page: MakePage, heading: str, *, data: str = "", shares: str = "", name: str = HEADLINE
) -> str:
    node = {"@type": "NewsArticle", "headline": data}
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>' if data else ""
    head += f'<meta property="og:title" content="{shares}">' if shares else ""
    page = story_page(head=head).replace(f"<h1>{HEADLINE}</h1>", heading)
    page = page.replace(f"<title>{HEADLINE} | Town Post", f"<title>{name}")
    return extract(make_page(page), ExtractionLimits()).title


@pytest.mark.parametrize(
    "path",
    [
        "<ol><li><a href=/news>News</a></li><li><h1>{}</h1></li></ol>",
        "<nav><h1>{}</h1></nav>",
        "<div class=breadcrumbs><span><h1>{}</h1></span></div>",
    ],
)
@pytest.mark.parametrize("known_as", ["data", "shares"])
def test_a_heading_in_the_path_to_the_page_is_not_the_headline(
    path: str, known_as: str, make_page: MakePage
) -> None:
    """Made for search engines, it agrees with the page's name; readers see the h2."""
    other = "shares" if known_as == "data" else "data"
    heading = f"{path.format(SEARCHED)}<h2>{HEADLINE}</h2>"
    said = {known_as: HEADLINE, other: SEARCHED}
    assert title(make_page, heading, name=SEARCHED, **said) == HEADLINE


def test_a_kicker_with_an_element_of_its_own_is_not_part_of_the_headline(
    make_page: MakePage,
) -> None:
    heading = f"<h1><span>River town</span><span>{HEADLINE}</span></h1>"
    assert title(make_page, heading, data=HEADLINE, name=f"River town: {HEADLINE}") == HEADLINE


def test_a_kicker_that_data_and_shares_have_is_part_of_it(make_page: MakePage) -> None:
    full = f"River town: {HEADLINE}"
    assert title(make_page, f"<h1>{HEADLINE}</h1>", data=full, shares=full, name=full) == full


def test_a_line_made_for_shares_alone_is_not_the_headline(make_page: MakePage) -> None:
    assert title(make_page, f"<h1>{HEADLINE}</h1>", data=HEADLINE, shares=SHARED) == HEADLINE


@pytest.mark.parametrize(
    "suffix", [" | Other Name", " – World", "：別の名前", "｜別の名前", "-정치"]
)
def test_what_is_put_behind_a_headline_is_cut_though_no_tag_names_it(
    suffix: str, make_page: MakePage
) -> None:
    said = HEADLINE + suffix
    assert title(make_page, f"<h1>{HEADLINE}</h1>", data=said, shares=said, name=said) == HEADLINE


def test_parts_of_a_heading_are_words_of_their_own(make_page: MakePage) -> None:
    heading = f"<h1><span>River town</span>{HEADLINE}<br>on Monday</h1>"
    assert title(make_page, heading) == f"River town {HEADLINE} on Monday"


def test_where_each_place_has_another_kicker_none_is_part_of_the_headline(
    make_page: MakePage,
) -> None:
    heading = f"<h1><span>A vote at night</span><span> - </span><span>{HEADLINE}</span></h1>"
    other = f"River town: {HEADLINE}"
    assert title(make_page, heading, shares=other, name=f"{other} - News") == HEADLINE


def test_a_part_of_a_heading_whose_whole_a_tag_has_is_no_headline(make_page: MakePage) -> None:
    heading = f"<h1><span>River town: </span><em>{HEADLINE}</em></h1>"
    full = f"River town: {HEADLINE}"
    said = {"data": full, "shares": f"Tonight: {HEADLINE}"}
    assert title(make_page, heading, name=full, **said) == full


def test_of_two_lines_that_agree_the_one_without_a_section_behind_it_counts(
    make_page: MakePage,
) -> None:
    said = f"{HEADLINE}-정치"
    page = story_page(head=f'<meta name="headline" content="{HEADLINE}">')
    page = page.replace("<head>", f'<head><meta property="og:title" content="{said}">')
    page = page.replace(f"<title>{HEADLINE} | Town Post", f"<title>{said}")
    page = page.replace(f"<h1>{HEADLINE}</h1>", "")
    assert extract(make_page(page), ExtractionLimits()).title == HEADLINE


def test_a_tag_that_ends_at_an_unescaped_mark_of_quotation_is_made_whole(
    make_page: MakePage,
) -> None:
    whole = f'{HEADLINE} and "no more waiting"'
    found = title(make_page, f"<h1>{whole}</h1>", shares=f"{HEADLINE} and ", name=whole)
    assert found == whole


def test_marks_that_no_reader_sees_are_none(make_page: MakePage) -> None:
    parted = HEADLINE.replace("second", "sec\u00adond").replace("bridge", "bri\u200bdge")
    assert title(make_page, f"<h1>{parted}</h1>", data=parted, name=parted) == HEADLINE
