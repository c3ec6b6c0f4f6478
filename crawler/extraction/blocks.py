"""The page's block elements with the text they hold themselves: a tree in, blocks out.

trafilatura gives lines without their place; this finds the element of each line again.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.body import Line
from crawler.extraction.document import key_of, tidy

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
UNSEEN = frozenset(
    ("head", "script", "style", "noscript", "noframes", "template", "svg", "textarea")
)
# A line this long is prose; kickers, bylines, labels and most headlines of teasers are shorter.
PROSE_WORDS = 12
PROSE_CHARS = 80
# No text of fewer characters is prose: it has neither the words, nor the characters if all of them
# are of scripts that count three times.
LEAST_CHARS = min(2 * PROSE_WORDS - 1, -(-PROSE_CHARS // 3))
# Paragraphs of the story carry links on some of their words; teasers are links.
PROSE_LINKS = 0.4
# Nameless wrappers are looked through up to this many levels.
WRAPPING_LEVELS = 4
NUMBER = re.compile(r"\d+")
# Characters of scripts that write a word in one or two of them.
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]")

Wrapping = tuple[str, ...]


@dataclass(eq=False)
class Block:
    """A block element that holds text of its own.

    A page has hundreds: setting the fields of frozen ones would take as long as reading them.
    """

    element: HtmlElement
    """The element."""
    text: str
    """Its text without that of blocks inside it; a `br` is a line break."""
    order: int
    """Its number among the page's blocks."""
    links: float
    """Share of this text's characters in links to other pages, 0 to 1."""
    is_prose: bool
    """Whether its text is long enough for a sentence of the story."""

    @cached_property
    def line(self) -> str:
        """Its text as it is displayed, in one line."""
        return tidy(self.text)

    @cached_property
    def wrapping(self) -> Wrapping:
        """What it is wrapped in, as `wrapping_of` says."""
        return wrapping_of(self.element)

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading element."""
        return self.element.tag in HEADINGS


def is_prose(text: str) -> bool:
    """Tell whether a text is long enough for a sentence of the story."""
    length = len(text)
    if length < LEAST_CHARS:
        return False
    if length >= PROSE_CHARS or text.count(" ") >= PROSE_WORDS - 1:
        return True
    return length + 2 * len(WIDE.findall(text)) >= PROSE_CHARS


def read_blocks(tree: HtmlElement) -> list[Block]:
    """Give the blocks that hold text of their own, in document order."""
    texts: dict[HtmlElement, list[str]] = {}
    linked: dict[HtmlElement, int] = {}
    block = tree
    outer_blocks: list[HtmlElement] = []
    links = 0
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in BLOCKS:
                outer_blocks.append(block)
                block = element
            elif tag in UNSEEN:
                walk.skip_subtree()
                continue
            text = element.text
        else:
            if tag in BLOCKS:
                block = outer_blocks.pop()
            if element is tree:
                break  # what stands behind it is not in it
            text = f"\n{element.tail or ''}" if tag == "br" else element.tail
        if tag == "a" and _leads_away(element):
            links += 1 if event == "start" else -1
        # White space between blocks is most of the text nodes; inside one it parts words.
        if text and (block in texts or not text.isspace()):
            texts.setdefault(block, []).append(text)
            if links:
                linked[block] = linked.get(block, 0) + len(text.strip())
    found = enumerate(texts.items())
    return [_block(element, parts, order, linked.get(element)) for order, (element, parts) in found]


def _leads_away(link: HtmlElement) -> bool:
    return not (link.get("href") or "#").startswith("#")


def _block(element: HtmlElement, parts: list[str], order: int, linked: int | None) -> Block:
    text = "".join(parts)
    share = linked / max(1, sum(len(part.strip()) for part in parts)) if linked else 0.0
    # Most blocks are labels, and too short to be looked at closer.
    prose = len(text) >= LEAST_CHARS and is_prose(text.strip())
    return Block(element, text, order, share, prose)


def find_blocks(blocks: list[Block], lines: list[Line]) -> list[Block | None]:
    """Give each line's block, the n-th one for the n-th equal line."""
    found = _places(blocks, {line.text for line in lines}, tidy)
    missing = {line.text: key_of(line.text) for line in lines if line.text not in found}
    if missing:
        by_key = _places(blocks, set(missing.values()), key_of)
        found |= {text: by_key[key] for text, key in missing.items() if key in by_key}
    seen: Counter[str] = Counter()
    result: list[Block | None] = []
    for line in lines:
        places = found.get(line.text, [])
        if line.kind == "head" and len(places) > 1:
            # A list of the story's parts names its subheadings before they come.
            places = [block for block in places if block.is_heading] or places
        result.append(places[min(seen[line.text], len(places) - 1)] if places else None)
        seen[line.text] += 1
    return result


def _places(
    blocks: list[Block], wanted: set[str], form: Callable[[str], str]
) -> dict[str, list[Block]]:
    """Give the blocks whose text, or a line of it, has one of the wanted forms."""
    found: dict[str, list[Block]] = defaultdict(list)
    shortest = min(map(len, wanted), default=0)
    for block in blocks:
        text = block.text.strip()
        if len(text) < shortest:
            continue  # no form is longer than its text
        if (whole := form(text)) in wanted:
            found[whole].append(block)
        if "\n" in text:
            parts = (part for part in text.split("\n") if len(part) >= shortest)
            for part in {form(part) for part in parts} - {whole}:
                if part in wanted:
                    found[part].append(block)
    return found


def wrapping_of(element: HtmlElement, *, named: bool = False) -> Wrapping:
    """Describe what a paragraph is wrapped in: its tag and the tags up to the first named one.

    Numbers in class names are serial, not meaning. A paragraph's own class tells first from next
    ones; where a plain `div` serves as paragraph, its class is all that names it. With `named` its
    own class counts whatever it is.
    """
    own = "" if element.tag in PARAGRAPHS and not named else element.get("class") or ""
    tags = [f"{element.tag} {NUMBER.sub('', own)}".strip() if own else element.tag]
    for outer in element.iterancestors():
        names = _without_numbers(outer.get("class") or "")
        tags.append(f"{outer.tag} {names}" if names else outer.tag)
        if names or len(tags) > WRAPPING_LEVELS:
            break
    return tuple(tags)


# A page's paragraphs have few elements around them, a site's pages the same ones.
@lru_cache(maxsize=1024)
def _without_numbers(names: str) -> str:
    """Give class names in order, without their numbers."""
    return " ".join(sorted(NUMBER.sub("", names).split()))
