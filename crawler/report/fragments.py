"""The two parts of a cluster's page that repeat by the hundred, made without the template engine.

Paragraphs of versions and cells of the matrix are half of a page's elements; as strings they take
a fifth of the time that template loops take. Text of the web is escaped here as there.
"""

from markupsafe import Markup, escape

from crawler.report.paragraphs import Cell, Fate, Row, split
from crawler.report.view import ClusterView, VersionView
from crawler.report.wording import FATE_WORDS, shown


def text_of(version: VersionView) -> Markup:
    """Give the paragraphs of a version, each with an address of its own."""
    return Markup("\n").join(
        Markup(f'<p dir="auto" id="v{version.number}p{place}">')  # noqa: S704 - two numbers
        + escape(shown(paragraph))
        + Markup("</p>")
        for place, paragraph in enumerate(split(version.text), start=1)
    )


def cells_of(row: Row, cluster: ClusterView, *, linked: bool) -> Markup:
    """Give the cells of a paragraph, one a version; they hold our own words and numbers alone."""
    return Markup("").join(
        Markup(_cell(cell, version.number, row.number, linked=linked))  # noqa: S704 - likewise
        for cell, version in zip(row.cells, cluster.versions, strict=True)
    )


def cutters_of(row: Row, cluster: ClusterView) -> list[str]:
    """Give the outlets that cut a paragraph, in order of the versions."""
    return [site for at in row.versions(Fate.CUT) for site in cluster.versions[at].sites]


def _cell(cell: Cell, version: int, row: int, *, linked: bool) -> str:
    fate, word = cell.fate.value, FATE_WORDS[cell.fate.value]
    if cell.fate is Fate.ABSENT:
        inner = '<span class="unknown">–</span>'
    elif cell.paragraph and linked:
        inner = f'<a href="#v{version}p{cell.paragraph}" data-row="{row}">{word}</a>'
    else:
        inner = word
    return f'<td class="fate {fate}">{inner}</td>\n'
