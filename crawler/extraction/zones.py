"""The zones of a page in which credits stand: a story's lines and the page's blocks in, lines out.

A body that was cut loses its last line first, and that is where the credit stands. So the lines
between headline and story, behind the story, and outside the article are read from the page.
"""

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from crawler.extraction.blocks import Block
from crawler.extraction.placed import Placed

# Between headline and story stand a deck, a byline, a time and a row of buttons.
ABOVE_BLOCKS = 20
# Behind a story its credit stands before the teasers do.
AFTER_BLOCKS = 10
AFTER_WORDS = 60
# Notices at the foot of a page: the last blocks, and short ones.
FOOT_BLOCKS = 40
FOOT_WORDS = 30
# The story's ends are looked for by so many of its lines: one alone may stand in a teaser.
END_LINES = 3
# Names that developers give to a place for who wrote, and to pictures.
MARKED = re.compile(
    r"author|byline|autor|auteur|signature|source|quelle|fuente|fonte|agenc|agentur|writer|redac"
    r"|credit-?line|contributor|kuerzel|kürzel|(?<![a-z])meta(?![a-z])",
    re.IGNORECASE,
)
PICTURE = re.compile(
    r"photo|image|img|caption|figure|media|picture|foto|bild|gallery|video|legend", re.IGNORECASE
)
MARKED_LEVELS = 3
PICTURE_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Zones:
    """The lines around a story, with their elements."""

    above: list[Block] = field(default_factory=list)
    """Between the headline and the story."""
    after: list[Block] = field(default_factory=list)
    """Behind the story, in the same article."""
    foot: list[Block] = field(default_factory=list)
    """At the end of the page."""
    last: list[Block] = field(default_factory=list)
    """The story's own last lines."""


def find_zones(kept: list[Placed], page: list[Block]) -> Zones:
    """Give the zones; all empty where the story's lines were not found again among the blocks.

    Args:
        kept: the story's lines with their places.
        page: the blocks around them, in order.
    """
    starts, ends = (
        sorted({item.block.order for item in part if item.block is not None})
        for part in (kept[:END_LINES], kept[-END_LINES:])
    )
    if not starts or not ends:
        return Zones()
    first, last = starts[0], ends[-1]
    article = _article_of(page[last].element, page[first].element)
    after = [
        block
        for block in page[last + 1 : last + 1 + AFTER_BLOCKS]
        if article in block.element.iterancestors() and _words(block) <= AFTER_WORDS
    ]
    foot = page[max(last + 1 + len(after), len(page) - FOOT_BLOCKS) :]
    return Zones(
        above=_above(page, first),
        after=after,
        foot=[block for block in foot if _words(block) <= FOOT_WORDS],
        last=[page[at] for at in ends],
    )


def is_marked(element: HtmlElement) -> bool:
    """Tell whether an element or one around it is named as the place for who wrote."""
    return _is_named(element, MARKED, MARKED_LEVELS) and not is_in_picture(element)


def is_in_picture(element: HtmlElement) -> bool:
    """Tell whether an element belongs to a picture."""
    return _is_named(element, PICTURE, PICTURE_LEVELS) or any(
        True for _ in element.iterancestors("figure", "figcaption")
    )


def _is_named(element: HtmlElement, names: re.Pattern[str], levels: int) -> bool:
    for depth, outer in enumerate((element, *element.iterancestors())):
        if depth > levels or outer.tag in ("body", "article", "main"):
            return False
        attributes = ("class", "id", "itemprop", "rel", "data-testid")
        if names.search(" ".join(outer.get(name) or "" for name in attributes)):
            return True
    return False


def _above(page: list[Block], first: int) -> list[Block]:
    heads = [at for at, block in enumerate(page[:first]) if block.element.tag == "h1"]
    start = heads[-1] + 1 if heads else 0
    return page[max(start, first - ABOVE_BLOCKS) : first]


def _article_of(last: HtmlElement, first: HtmlElement) -> HtmlElement:
    """Give the article around the story: the element, or what holds both of its ends."""
    for outer in last.iterancestors("article", "main"):
        return outer
    around = set(first.iterancestors())
    return next((outer for outer in last.iterancestors() if outer in around), last)


def _words(block: Block) -> int:
    return block.line.count(" ") + 1
