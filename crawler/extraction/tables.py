"""Tell tables that lay out a page from those that hold data: a tree in, the same tree changed.

Pages from before style sheets, and those of some small papers to this day, place menu and story in
the cells of a table. trafilatura writes a table's row as one line, so such a story would be one
paragraph with bars in it.
"""

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.blocks import is_prose

# A cell of data has a word, a number, at most a sentence; one with so many paragraphs and letters,
# or with so many lines of prose, is a column of the page.
PARAGRAPHS = 2
COLUMN_CHARS = 400
LINES = 3
PARTS = ("thead", "tbody", "tfoot")


def unfold_layout(tree: HtmlElement) -> None:
    """Make plain blocks of the tables that lay out the page, in place."""
    tables = {
        table: None
        for cell in tree.iter("td")
        if _is_column(cell)
        for table in cell.iterancestors("table")
    }
    for table in tables:
        for element in list(_own_parts(table)):
            element.tag = "div"
        table.tag = "div"


def _is_column(cell: HtmlElement) -> bool:
    """Tell whether a cell holds a part of the page."""
    if next(cell.iter("h1"), None) is not None:
        return True
    if len(cell.findall(".//p")) >= PARAGRAPHS:
        return len(cell.text_content()) >= COLUMN_CHARS
    breaks = sum(1 for _ in cell.iter("br"))
    return breaks >= LINES - 1 and sum(map(is_prose, _lines(cell))) >= LINES


def _lines(cell: HtmlElement) -> list[str]:
    """Give the texts of a cell that line breaks part, whatever marks stand in them."""
    parts = [""]
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        starts = event == "start"
        if starts and element.tag == "br":
            parts.append("")
        parts[-1] += (element.text if starts else element.tail) or ""
    return [part.strip() for part in parts]


def _own_parts(table: HtmlElement) -> Iterator[HtmlElement]:
    """Yield a table's rows and cells, not those of tables inside it."""
    for part in (table, *table.iterchildren(*PARTS)):
        if part is not table:
            yield part
        for row in part.iterchildren("tr"):
            yield row
            yield from row.iterchildren("td", "th")
