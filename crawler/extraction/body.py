"""The story's lines: a pruned tree in, paragraphs with their kind out, through trafilatura.

trafilatura finds the story better than any single rule does, but returns little where a page is
laid out unlike an article. Then its recall mode, the text that the publisher put into JSON-LD, and
the densest group of paragraphs are tried, in this order, and the first that gives more is taken.
"""

from dataclasses import dataclass

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document as TrafilaturaDocument

from crawler.extraction.document import Document, tidy
from crawler.extraction.jsonld import strings


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, heading or list item of the body."""

    text: str
    """Tidy text without line breaks."""
    kind: str
    """`p`, `head`, `item`, `quote`, `cell` or `code`: trafilatura's element."""


def find_lines(document: Document, tree: HtmlElement, min_words: int) -> list[Line]:
    """Give the body's lines in order; empty where there is no story.

    Args:
        document: the page as parsed.
        tree: the pruned copy of its tree.
        min_words: a shorter body is not believed and the fallbacks are tried.
    """
    lines = _trafilatura(tree)
    if count_words(lines) >= min_words:
        return lines
    more = _trafilatura(document.tree, recall=True)
    if count_words(more) < min_words:
        more = _from_json(document)
    return max(lines, more, key=count_words)


def count_words(lines: list[Line]) -> int:
    """Count words as they are written with spaces; scripts without spaces count by the letter."""
    words = 0
    for line in lines:
        wide = sum("\u2e80" <= c <= "\ud7ff" or "\u0e00" <= c <= "\u0eff" for c in line.text)
        words += len(line.text.split()) + wide // 2
    return words


def _trafilatura(tree: HtmlElement, *, recall: bool = False) -> list[Line]:
    found = trafilatura.bare_extraction(
        tree,
        favor_recall=recall,
        include_comments=False,
        with_metadata=False,
        deduplicate=False,
    )
    if not isinstance(found, TrafilaturaDocument) or not found.text:
        return []
    kinds: dict[str, str] = {}
    for element in found.body.iter("head", "item", "quote", "cell", "code"):
        text = tidy("".join(str(part) for part in element.itertext()))
        kinds.setdefault(text, str(element.tag))
    lines = []
    for raw in found.text.split("\n"):
        text = tidy(raw).removeprefix("- ") if raw.startswith("- ") else tidy(raw)
        if text:
            lines.append(Line(text, kinds.get(text, "item" if raw.startswith("- ") else "p")))
    return lines


def known_body(document: Document) -> str:
    """Give the text that JSON-LD holds as the article's body; empty where there is none."""
    for node in document.articles[:1]:
        for text in strings(node.get("articleBody")):
            return text
    return ""


def _from_json(document: Document) -> list[Line]:
    parts = known_body(document).splitlines()
    return [Line(tidy(part), "p") for part in parts if part.strip()]
