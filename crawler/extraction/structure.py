"""Where each line of the body stands on the page: lines and a tree in, placed lines out.

trafilatura gives words without their place. Finding each line's element again tells the story from
what stands around it without reading a word: a story's paragraphs are siblings, wrapped alike,
in one container; a teaser, an author box or a form is wrapped otherwise or lies outside of it.
Over 250 page templates, of the words behind the last such paragraph that were wrapped otherwise or
lay outside, 1 in 5,000 belonged to the story.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml.html import HtmlElement

from crawler.extraction.body import Line

BLOCKS = frozenset(
    "p div li ul ol h1 h2 h3 h4 h5 h6 td th tr table tbody blockquote figure figcaption section "
    "article aside main header footer nav form dl dt dd pre address details summary body html "
    "fieldset label button option".split()
)
# Elements that a story's own parts are wrapped in, between its container and their text.
STORY_PARTS = frozenset(
    "p blockquote ul ol li q table tbody tr td th thead h2 h3 h4 h5 h6 dl dd dt pre cite".split()
)
UNSEEN = frozenset(("script", "style", "noscript", "template"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# A line this long is prose; kickers, bylines, labels and most teasers' titles are shorter.
PROSE_WORDS = 12
PROSE_CHARS = 80
# Paragraphs of the story carry links on some of their words; teasers are links.
PROSE_LINKS = 0.4
# A wrapping belongs to the story when it holds a quarter of the prose of the commonest one:
# papers wrap first paragraphs, or those behind an advertisement, in another class.
MAIN_SHARE = 0.25
# The container holds this share of the story's characters; the rest may lie in a second one.
CONTAINER_SHARE = 0.8
# Teasers come in lists; one or two may be a story's own sections.
MIN_CARDS = 3
# A teaser's wrapper lies at most this many levels above its text, and its headline has this many words.
CARD_LEVELS = 4
CARD_WORDS = 4
# A line that the publisher's metadata hold as well speaks for its wrapping like this many others.
KNOWN_WEIGHT = 3
# Names that developers give to what stands beside a story, whatever the paper's language.
ASIDE = re.compile(
    r"(?<![a-z])(?:comments?(?![a-z])|disqus|kommentar|fact-?(?:s-?)?box|info-?box|faktaboks|newsletter"
    r"|teaser|promo(?![a-z])|related|recommend|author-?(?:box|bio)|bio(?![a-z])|modal|cookie|consent"
    r"|paywall-?(?:box|overlay|message)|subscri|login|signup|sign-?in|popup|tooltip|share|social)",
    re.IGNORECASE,
)
ASIDE_LEVELS = 5
# Nameless wrappers are looked through up to this many levels.
WRAPPING_LEVELS = 4
NOT_WORD = re.compile(r"\W+|_")
NUMBER = re.compile(r"\d+")


class Place(StrEnum):
    """Where a line stands, seen from the story's paragraphs."""

    MAIN = "main"
    """Wrapped as the story's paragraphs are, inside their container."""
    TWIN = "twin"
    """Wrapped as they are, but in another container: the story's second half, or another story."""
    PART = "part"
    """Inside the container, in elements that a story's own parts have: lists, quotes, headings."""
    CARD = "card"
    """In a teaser: a wrapper of its own that holds the linked headline of another story."""
    BOX = "box"
    """Inside the container, wrapped in something that the paragraphs are not wrapped in."""
    OUTSIDE = "outside"
    """Elsewhere on the page."""
    UNKNOWN = "unknown"
    """Its element was not found again."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its place."""

    line: Line
    """The line."""
    place: Place
    """Where it stands."""
    turn: int
    """-1 before the story's first paragraph, 1 behind its last, 0 between."""
    links: float
    """Share of its characters that are links to other pages, 0 to 1."""
    block: HtmlElement | None
    """Its element in the tree."""

    @property
    def is_prose(self) -> bool:
        """Whether it is long enough for a sentence of the story."""
        return is_prose(self.line.text)

    def is_under(self, *tags: str) -> bool:
        """Tell whether its element or one around it has one of these tags."""
        if self.block is None:
            return False
        return self.block.tag in tags or next(self.block.iterancestors(*tags), None) is not None


def is_prose(text: str) -> bool:
    """Tell whether a text is long enough for a sentence of the story."""
    return len(text) >= PROSE_CHARS or len(text.split()) >= PROSE_WORDS


def key_of(text: str) -> str:
    """Give letters and digits only, in lower case: equal for texts that look the same."""
    return NOT_WORD.sub("", text).lower()


def place_lines(tree: HtmlElement, lines: list[Line], known_body: str = "") -> list[Placed]:
    """Find each line's element again and tell its place.

    Args:
        tree: the tree from which the lines were taken.
        lines: the body's lines in order.
        known_body: what the publisher's metadata give as the article's text, if anything: it may
            be cut or stale, so it only helps to tell the story's paragraphs from others.
    """
    body_key = key_of(known_body)
    blocks = _find_blocks(tree, lines)
    links = [_link_share(block) for block in blocks]
    cards = _card_wrappings(lines, blocks)
    main, container, trunk = _main_story(lines, blocks, links, cards, body_key)
    places = [_place(block, main, container, trunk, cards) for block in blocks]
    firm = [
        at for at, place in enumerate(places) if place is Place.MAIN and is_prose(lines[at].text)
    ]
    first, last = (firm[0], firm[-1]) if firm else (0, len(lines))
    return [
        Placed(line, places[at], -1 if at < first else 1 if at > last else 0, links[at], blocks[at])
        for at, line in enumerate(lines)
    ]


def _find_blocks(tree: HtmlElement, lines: list[Line]) -> list[HtmlElement | None]:
    """Give each line's innermost block element, the n-th one for the n-th equal line."""
    wanted = {key_of(line.text) for line in lines}
    found: dict[str, list[HtmlElement]] = defaultdict(list)
    for block, text in _own_texts(tree):
        whole = key_of(text)
        keys = {whole} | ({key_of(part) for part in text.split("\n")} if "\n" in text else set())
        for key in keys & wanted:
            found[key].append(block)
    seen: Counter[str] = Counter()
    blocks: list[HtmlElement | None] = []
    for line in lines:
        key = key_of(line.text)
        places = found.get(key, [])
        blocks.append(places[min(seen[key], len(places) - 1)] if places else None)
        seen[key] += 1
    return blocks


def _own_texts(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield block elements with the text that no inner block holds; `br` is a line break."""
    block_of: dict[HtmlElement | None, HtmlElement] = {None: tree}
    texts: dict[HtmlElement, list[str]] = {}
    for element in tree.iter():
        parent = element.getparent()
        outer = block_of.get(parent, tree)
        tag = element.tag
        inner = element if tag in BLOCKS else outer
        block_of[element] = inner
        if tag == "br":
            texts.setdefault(outer, []).append("\n")
        elif element.text and tag not in UNSEEN:
            texts.setdefault(inner, []).append(element.text)
        if element.tail:
            texts.setdefault(outer, []).append(element.tail)
    for block, parts in texts.items():
        yield block, "".join(parts)


def _link_share(block: HtmlElement | None) -> float:
    """Give the share of a block's characters in links, those inside the page left out."""
    if block is None:
        return 0.0
    total = len("".join(block.itertext()).strip())
    linked = sum(
        len("".join(link.itertext()).strip())
        for link in block.iter("a")
        if not (link.get("href") or "#").startswith("#")
    )
    if linked == 0 and next(block.iterancestors("a"), None) is not None:
        return 1.0
    return min(1.0, linked / total) if total else 0.0


Wrapping = tuple[str, ...]


def _wrapping(block: HtmlElement) -> Wrapping:
    """Describe what a paragraph is wrapped in: its tag and the tags up to the first named one.

    Numbers in class names are serial, not meaning.
    """
    tags = [str(block.tag)]
    for outer in block.iterancestors():
        names = " ".join(sorted(NUMBER.sub("", outer.get("class") or "").split()))
        tags.append(f"{outer.tag} {names}".strip())
        if names or len(tags) > WRAPPING_LEVELS:
            break
    return tuple(tags)


def _card_wrappings(lines: list[Line], blocks: list[HtmlElement | None]) -> set[Wrapping]:
    """Give the wrappings of teasers: three or more, each beside a linked headline of its own."""
    inside: Counter[HtmlElement] = Counter()
    for line, block in zip(lines, blocks, strict=True):
        if block is not None and is_prose(line.text):
            inside.update(block.iterancestors())
    cards: Counter[Wrapping] = Counter()
    others: Counter[Wrapping] = Counter()
    for block in blocks:
        if block is not None and block.tag not in HEADINGS:
            (cards if _is_card(block, inside) else others)[_wrapping(block)] += 1
    return {w for w, count in cards.items() if count >= MIN_CARDS and count > 4 * others[w]}


def _is_card(block: HtmlElement, inside: Counter[HtmlElement]) -> bool:
    """Tell whether a wrapper that holds no other prose holds a headline linked elsewhere."""
    for depth, outer in enumerate(block.iterancestors()):
        if inside[outer] > 1 or depth >= CARD_LEVELS:
            return False
        for link in outer.iter("a"):
            if (link.get("href") or "#").startswith("#") or block in link.iterancestors():
                continue
            if len("".join(link.itertext()).split()) >= CARD_WORDS:
                return True
    return False


def _main_story(
    lines: list[Line],
    blocks: list[HtmlElement | None],
    links: list[float],
    cards: set[Wrapping],
    body_key: str,
) -> tuple[set[Wrapping], HtmlElement | None, set[HtmlElement]]:
    """Give the story's wrappings, its container, and all elements that hold a paragraph of it."""
    held: Counter[HtmlElement] = Counter()
    for line, block in zip(lines, blocks, strict=True):
        if block is not None and is_prose(line.text):
            held.update(dict.fromkeys(block.iterancestors(), len(line.text)))
    big = {element for element, chars in held.items() if chars >= max(held.values()) / 2}
    votes: Counter[Wrapping] = Counter()
    for line, block, share in zip(lines, blocks, links, strict=True):
        if block is None or not is_prose(line.text) or share >= PROSE_LINKS:
            continue
        if (
            line.kind in ("p", "quote")
            and _wrapping(block) not in cards
            and not _is_aside(block, big)
        ):
            known = bool(body_key) and key_of(line.text) in body_key
            votes[_wrapping(block)] += len(line.text) * (KNOWN_WEIGHT if known else 1)
    if not votes:
        return set(), None, set()
    best = max(votes, key=lambda wrapping: votes[wrapping])
    core, _ = _container(lines, blocks, {best})
    around = core.getparent() if core is not None and core.getparent() is not None else core
    main = {best}
    for block in blocks:
        if block is None or (block.tag == "li" and best[0] != "li"):
            continue
        if votes[_wrapping(block)] >= MAIN_SHARE * votes[best]:
            if around in block.iterancestors():
                main.add(_wrapping(block))
    container, trunk = _container(lines, blocks, main)
    return main, container, trunk


def _is_aside(block: HtmlElement, big: set[HtmlElement]) -> bool:
    """Tell whether one of the nearest elements around a text is named as something beside it.

    An element that holds half of the page's prose (`big`) is not, whatever its name.
    """
    for depth, outer in enumerate(block.iterancestors()):
        if depth >= ASIDE_LEVELS or outer in big:
            return False
        if outer.tag == "aside" or ASIDE.search(
            f"{outer.get('class') or ''} {outer.get('id') or ''}"
        ):
            return True
    return False


def _container(
    lines: list[Line], blocks: list[HtmlElement | None], main: set[Wrapping]
) -> tuple[HtmlElement | None, set[HtmlElement]]:
    """Give the innermost element that holds the prose of these wrappings, and all that hold any."""
    held: Counter[HtmlElement] = Counter()
    total = 0
    for line, block in zip(lines, blocks, strict=True):
        if block is not None and is_prose(line.text) and _wrapping(block) in main:
            total += len(line.text)
            for outer in block.iterancestors():
                held[outer] += len(line.text)
    enough = [element for element, chars in held.items() if chars >= CONTAINER_SHARE * total]
    deepest = max(enough, key=lambda e: sum(1 for _ in e.iterancestors()), default=None)
    return deepest, set(held)


def _place(
    block: HtmlElement | None,
    main: set[Wrapping],
    container: HtmlElement | None,
    trunk: set[HtmlElement],
    cards: set[Wrapping],
) -> Place:
    if block is None or container is None:
        return Place.UNKNOWN
    if _wrapping(block) in cards:
        return Place.CARD
    chain = [block, *block.iterancestors()]
    inside = container in chain
    if _wrapping(block) in main:
        return Place.MAIN if inside else Place.TWIN
    if not inside:
        return Place.OUTSIDE
    for element in chain:
        if element in trunk or element is container:
            return Place.PART
        if element.tag not in STORY_PARTS:
            # The text may stand in a wrapper of its own right inside the trunk.
            return Place.BOX
    return Place.PART
