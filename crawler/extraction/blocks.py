"""The page's block elements with the text they hold themselves: a tree in, blocks out.

trafilatura gives lines without their place; this finds the element of each line again.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.body import Line
from crawler.extraction.document import key_of

# Elements that begin a new line of text (HTML standard, rendering section, and those that
# publishers style so).
BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "button", "dd", "details", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "html", "label", "li", "main", "nav", "ol", "option", "p"),
        *("pre", "section", "summary", "table", "tbody", "td", "th", "tr", "ul"),
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
PARAGRAPHS = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "blockquote"))
UNSEEN = frozenset(("script", "style", "noscript", "template", "svg"))
# A line this long is prose; kickers, bylines, labels and most headlines of teasers are shorter.
PROSE_WORDS = 12
PROSE_CHARS = 80
# Nameless wrappers are looked through up to this many levels.
WRAPPING_LEVELS = 4
NUMBER = re.compile(r"\d+")
# Characters of scripts that write a word in one or two of them.
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]")

Wrapping = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Block:
    """A block element that holds text of its own; what costs time is found out when asked for."""

    element: HtmlElement
    """The element."""
    text: str
    """Its text without that of blocks inside it; a `br` is a line break."""
    order: int
    """Its number among the page's blocks."""

    @cached_property
    def wrapping(self) -> Wrapping:
        """What it is wrapped in, as `wrapping_of` says."""
        return wrapping_of(self.element)

    @cached_property
    def links(self) -> float:
        """Share of its characters in links to other pages, 0 to 1."""
        return link_share(self.element)

    @cached_property
    def is_prose(self) -> bool:
        """Whether its text is long enough for a sentence of the story."""
        return is_prose(self.text.strip())

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading element."""
        return self.element.tag in HEADINGS


def is_prose(text: str) -> bool:
    """Tell whether a text is long enough for a sentence of the story."""
    length = len(text)
    if length >= PROSE_CHARS or text.count(" ") >= PROSE_WORDS - 1:
        return True
    return length >= PROSE_CHARS / 3 and length + 2 * len(WIDE.findall(text)) >= PROSE_CHARS


def read_blocks(tree: HtmlElement) -> list[Block]:
    """Give the blocks that hold text of their own, in document order."""
    texts: dict[HtmlElement, list[str]] = defaultdict(list)
    open_blocks = [tree]
    unseen = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        starts = event == "start"
        if tag in UNSEEN:
            unseen += 1 if starts else -1
        elif tag in BLOCKS:
            if starts:
                open_blocks.append(element)
            else:
                open_blocks.pop()
        text = element.text if starts else element.tail
        if text and not unseen:
            texts[open_blocks[-1]].append(text if starts or tag != "br" else f"\n{text}")
    found = ((element, "".join(parts)) for element, parts in texts.items())
    return [
        Block(element, text, order)
        for order, (element, text) in enumerate(found)
        if not text.isspace()
    ]


def find_blocks(blocks: list[Block], lines: list[Line]) -> list[Block | None]:
    """Give each line's block, the n-th one for the n-th equal line."""
    wanted = {key_of(line.text) for line in lines}
    found: dict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        keys = {key_of(block.text)}
        if "\n" in block.text:
            keys |= {key_of(part) for part in block.text.split("\n")}
        for key in keys & wanted:
            found[key].append(block)
    seen: Counter[str] = Counter()
    result: list[Block | None] = []
    for line in lines:
        key = key_of(line.text)
        places = found.get(key, [])
        result.append(places[min(seen[key], len(places) - 1)] if places else None)
        seen[key] += 1
    return result


def link_share(element: HtmlElement) -> float:
    """Give the share of an element's characters in links, those inside the page left out."""
    linked = total = 0
    for link in element.iter("a"):
        if not (link.get("href") or "#").startswith("#"):
            linked += len("".join(link.itertext()).strip())
    if linked:
        total = len("".join(element.itertext()).strip())
        return min(1.0, linked / total) if total else 0.0
    outer = next(element.iterancestors("a"), None)
    return 0.0 if outer is None else 1.0


def wrapping_of(element: HtmlElement) -> Wrapping:
    """Describe what a paragraph is wrapped in: its tag and the tags up to the first named one.

    Numbers in class names are serial, not meaning. A paragraph's own class tells first from next
    ones; where a plain `div` serves as paragraph, its class is all that names it.
    """
    own = "" if element.tag in PARAGRAPHS else element.get("class") or ""
    tags = [f"{element.tag} {NUMBER.sub('', own)}".strip()]
    for outer in element.iterancestors():
        names = " ".join(sorted(NUMBER.sub("", outer.get("class") or "").split()))
        tags.append(f"{outer.tag} {names}".strip())
        if names or len(tags) > WRAPPING_LEVELS:
            break
    return tuple(tags)
