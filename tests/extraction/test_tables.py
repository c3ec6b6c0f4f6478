"""Tables that lay out a page are looked through; those that hold data stay."""

import pytest

from crawler.config.model import ExtractionLimits
from crawler.extraction import extract
from tests.extraction.conftest import MakePage
from tests.extraction.story_page import PARAGRAPHS

LIMITS = ExtractionLimits()
MENU = "<td class=left><b>Weather</b><br>Breezy<br><b>Tides</b><br>In, then out</td>"


def in_columns(story: str) -> str:
    """Give a page whose menu and story stand side by side in a table."""
    return (
        "<html><head><title>The council votes on the bridge</title></head><body>"
        "<table class=frame><tr><td colspan=2><i>The town's own daily</i></td></tr>"
        f"<tr>{MENU}<td id=content>{story}</td></tr>"
        "<tr><td colspan=2>Printed in town since the flood</td></tr></table></body></html>"
    )


@pytest.mark.parametrize(
    "story",
    [
        "".join(f"<p>{text}</p>" for text in PARAGRAPHS),
        "<h1>The council votes</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS),
        "<table><tr><td>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</td></tr></table>",
    ],
    ids=["paragraphs", "with its headline", "in a second table"],
)
def test_a_story_in_a_column_keeps_its_paragraphs(story: str, make_page: MakePage) -> None:
    lines = extract(make_page(in_columns(story)), LIMITS).text.split("\n")
    assert lines == list(PARAGRAPHS)


BROKEN = "<br><br>".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "story",
    [BROKEN, f"<font size=2>{BROKEN}</font>", f"<div><span class=x>{BROKEN}</span></div>"],
    ids=["in the cell", "in a mark", "in a block"],
)
def test_broken_lines_in_a_column_are_paragraphs(story: str, make_page: MakePage) -> None:
    lines = extract(make_page(in_columns(story)), LIMITS).text.split("\n")
    assert lines == list(PARAGRAPHS)


def test_a_cell_of_words_on_several_lines_is_data(make_page: MakePage) -> None:
    cell = "<td>Harbour ward<br>Market ward<br>Hill ward<br>Mill ward</td><td>1,204</td>"
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    page = f"<html><body><article>{body}<table><tr>{cell}</tr></table></article></body>"
    assert "Mill ward | 1,204" in extract(make_page(page), LIMITS).text


def test_a_table_of_data_in_a_story_stays_a_table(make_page: MakePage) -> None:
    rows = "<tr><th>Ward</th><th>Votes</th></tr><tr><td>Harbour ward</td><td>1,204</td></tr>"
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:2])
    rest = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[2:])
    page = f"<html><body><article class=story>{body}<table>{rows}</table>{rest}</article></body>"
    lines = extract(make_page(page), LIMITS).text.split("\n")
    assert [line for line in lines if "1,204" in line and "Harbour ward" in line]
    assert [line for line in lines if line in PARAGRAPHS] == list(PARAGRAPHS)
