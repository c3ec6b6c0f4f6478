"""The story in a page's embedded state, for pages that a script would draw: scripts in, lines out.

Frameworks leave what they will draw in the page as JSON: Next.js and Nuxt in a script of that type,
Arc's Fusion and many others in an assignment, newer ones in pieces that calls hand over. Names
differ from site to site; the shape does not: a text with paragraphs in it, or a list of items each
of which holds a paragraph. Of all such texts that speak of what the page says it is about, the
longest is the story.
"""

import json
import re
from collections.abc import Callable, Iterator

from lxml import etree
from lxml.html import fragment_fromstring

from crawler.extraction.blocks import is_prose, read_blocks
from crawler.extraction.body import Line, count_words
from crawler.extraction.document import Document, tidy
from crawler.extraction.placed import Place, Placed

# Shorter scripts are calls and settings.
MIN_SCRIPT = 300
# Larger state is a data dump; the largest seen on a news page is near 2 MB.
MAX_SCRIPT = 8_000_000
# Assignments tried in one script; the state is the first or second.
MAX_TRIES = 4
# A text of fewer characters is no story.
MIN_TEXT = 300
# Members of an item that hold its words, in the order of preference.
WORDS = ("content", "text", "html", "value", "body", "paragraph", "data")
# Types of items that are no part of the text: pictures, videos, advertisements, links to others.
ASIDE = (
    "image",
    "video",
    "gallery",
    "ad",
    "embed",
    "interstitial",
    "related",
    "newsletter",
    "link",
)
# A state is assigned to a name (Fusion, Nuxt) or pushed to a list (Next.js, queries' caches).
HANDED = re.compile(r"[=(]\s*+[\[{]")
# Where a script would put an advertisement.
HOLE = re.compile(r"(?:\$\$|\{\{|%%)\s?\w{1,40}\s?(?:\$\$|\}\}|%%)")
DECODER = json.JSONDecoder(strict=False)


def lines_of_state(document: Document, fits: Callable[[str], bool]) -> list[Line]:
    """Give the lines of the longest text in the page's state that fits the page's subject."""
    best: list[Line] = []
    for value in _states(document):
        for lines in _texts(value):
            longer = count_words(lines) > count_words(best)
            if longer and fits("\n".join(line.text for line in lines)):
                best = lines
    return best


def _states(document: Document) -> Iterator[object]:
    """Decode the JSON that the scripts hold; what follows it is not read."""
    for script in document.named["script"]:
        text = (script.text or "").strip()
        kind = (script.get("type") or "").lower()
        if not MIN_SCRIPT <= len(text) <= MAX_SCRIPT or "ld+json" in kind:
            continue
        at = 0 if text[0] in "[{" else _next_value(text, 0)
        for _ in range(MAX_TRIES):
            if at < 0:
                break
            try:
                value, end = DECODER.raw_decode(text, at)
            except (ValueError, RecursionError):
                end = at + 1
            else:
                yield value
            at = _next_value(text, end)


def _next_value(text: str, start: int) -> int:
    """Give where the next object or list begins that is assigned or handed to a call, or -1."""
    found = HANDED.search(text, start)
    return found.end() - 1 if found else -1


def _texts(value: object) -> Iterator[list[Line]]:
    """Give each text of a state that is long enough for a story."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
            lines = [line for part in item if isinstance(part, dict) for line in _item_lines(part)]
            if _is_long(lines):
                yield lines
        elif (
            isinstance(item, str) and len(item) >= MIN_TEXT and (" " in item or not item.isascii())
        ):
            lines = list(_lines(item))
            if _is_long(lines):
                yield lines


def _is_long(lines: list[Line]) -> bool:
    return sum(len(line.text) for line in lines if is_prose(line.text)) >= MIN_TEXT


def _item_lines(item: dict[str, object]) -> Iterator[Line]:
    """Give the lines of one item of a list: a paragraph, a heading."""
    kind = str(item.get("type") or item.get("_type") or item.get("kind") or "").lower()
    if any(kind.startswith(name) for name in ASIDE):
        return
    for name in WORDS:
        words = item.get(name)
        if isinstance(words, str) and words.strip():
            heading = "head" in kind or kind in ("h2", "h3", "h4")
            yield from (Line(line.text, "head" if heading else line.kind) for line in _lines(words))
            return
    # Rich text: a paragraph is a list of runs.
    for name in ("children", "content", "nodes"):
        runs = item.get(name)
        if isinstance(runs, list):
            texts = [run.get("text") or run.get("value") for run in runs if isinstance(run, dict)]
            words = tidy("".join(text for text in texts if isinstance(text, str)))
            if words:
                yield Line(words, "p")
            return


def _lines(text: str) -> Iterator[Line]:
    """Give the lines of a text, which may be markup."""
    if "<" not in text:
        yield from (Line(words, "p") for part in text.split("\n") if (words := tidy(part)))
        return
    try:
        tree = fragment_fromstring(text, create_parent="div")
    except (etree.LxmlError, ValueError):
        return
    for block in read_blocks(tree):
        if Placed(Line("", "p"), Place.UNKNOWN, 0, block).is_caption():
            continue
        for part in block.text.split("\n"):
            if words := tidy(HOLE.sub(" ", part)):
                yield Line(words, "head" if block.is_heading else "p")
