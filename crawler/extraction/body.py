"""The body's lines: a tree in, lines with their kind out, through trafilatura.

Nothing here judges; which effort is enough, and what of the lines is the story, is decided where
their place on the page is known.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document as TrafilaturaDocument
from trafilatura.settings import Extractor

from crawler.extraction.document import Document, tidy
from crawler.extraction.jsonld import strings

# Thai to Lao, and East Asia's scripts: they write no spaces between words.
WIDE = re.compile("[\u0e00-\u0eff\u2e80-\ud7ff]")


class Effort(StrEnum):
    """How trafilatura is run."""

    FAST = "fast"
    """Its own rules only: the quickest, and the cleanest where they hit."""
    FULL = "full"
    """Compared with the algorithms of readability and jusText, which find unusual layouts."""
    RECALL = "recall"
    """Preferring too much over too little."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, heading or list item of the body."""

    text: str
    """Tidy text without line breaks."""
    kind: str
    """`p`, `head`, `item`, `quote`, `cell` or `code`: trafilatura's element."""


@cache
def _options(effort: Effort) -> Extractor:
    """Say how trafilatura is run; it reads its settings file for each page that brings no options.

    The options are never changed, and hold no state of a page.
    """
    return Extractor(
        output_format="python",
        fast=effort is Effort.FAST,
        recall=effort is Effort.RECALL,
        comments=False,
        # Its metadata take a third of its time, and seconds on hostile JSON-LD; ours are better.
        with_metadata=False,
        # Its memory of earlier pages would remove exactly the paragraphs that outlets share.
        dedup=False,
    )


def find_lines(tree: HtmlElement, effort: Effort) -> list[Line]:
    """Give the body's lines in order, through trafilatura; empty where it finds no story."""
    found = trafilatura.bare_extraction(tree, options=_options(effort))
    if not isinstance(found, TrafilaturaDocument) or not found.text:
        return []
    kinds: dict[str, str] = {}
    for element in found.body.iter("head", "item", "quote", "cell", "code"):
        text = tidy("".join(str(part) for part in element.itertext()))
        kinds.setdefault(text, str(element.tag))
    lines = []
    for raw in found.text.split("\n"):
        listed = raw.startswith("- ")
        text = tidy(raw.removeprefix("- "))
        # trafilatura parts a table's cells by bars; a row of empty cells is nothing else.
        if text.strip("| "):
            lines.append(Line(text, kinds.get(text, "item" if listed else "p")))
    return lines


def count_words(lines: list[Line]) -> int:
    """Count words as they are written with spaces; scripts without spaces count by the letter."""
    words = 0
    for line in lines:
        wide = 0 if line.text.isascii() else len(WIDE.findall(line.text))
        words += len(line.text.split()) + wide // 2
    return words


def known_body(document: Document) -> str:
    """Give the text that JSON-LD holds as the article's body; empty where there is none."""
    for node in document.articles[:1]:
        for text in strings(node.get("articleBody")):
            return text
    return ""


def lines_of_known_body(document: Document) -> list[Line]:
    """Give the lines of the text that JSON-LD holds, for pages that show none of it."""
    parts = known_body(document).splitlines()
    return [Line(tidy(part), "p") for part in parts if part.strip()]
