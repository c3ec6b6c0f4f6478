"""Where each line of the body stands on the page: lines and blocks in, placed lines out.

A story's paragraphs are siblings, wrapped alike, in one container; a teaser, an author box or a
form is wrapped otherwise or lies outside of it. Over 250 page templates, of the words behind the
last such paragraph that were wrapped otherwise or lay outside, 1 in 5,000 belonged to the story.
The same rule finds paragraphs that trafilatura missed: wrapped as the others are, in the same
article, they added 2,700 words of stories and none of anything else.

Longer than the house's modules usually are: the vote, the container and the places are one
argument, and none of its steps means anything to another module.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from lxml.html import HtmlElement

from crawler.extraction.blocks import (
    PROSE_LINKS,
    Block,
    Wrapping,
    find_blocks,
    is_prose,
    wrapping_of,
)
from crawler.extraction.body import Line
from crawler.extraction.document import key_of
from crawler.extraction.placed import ASIDE, ASIDE_LEVELS, Place, Placed, is_named
from crawler.extraction.subheadings import is_title_of_box, with_subheadings

# Elements that a story's own parts are wrapped in, between its container and their text.
STORY_PARTS = frozenset(
    (
        *("p", "blockquote", "ul", "ol", "li", "q", "table", "tbody", "tr", "td", "th", "thead"),
        *("h2", "h3", "h4", "h5", "h6", "dl", "dd", "dt", "pre", "cite"),
    )
)
# A wrapping belongs to the story when it holds a quarter of the prose of the commonest one:
# papers wrap first paragraphs, or those behind an advertisement, in another class.
MAIN_SHARE = 0.25
# The container holds this share of the story's characters; the rest may lie in a second one.
CONTAINER_SHARE = 0.8
# A line that the publisher's metadata hold as well speaks for its wrapping like this many others.
KNOWN_WEIGHT = 3
# Share of the words of headline and description below which a group of paragraphs, neighbours
# included, is foreign to the page; half of what `about` asks of the story as a whole.
FOREIGN_SHARE = 0.125
# Teasers come in lists; one or two may be a story's own sections.
MIN_CARDS = 3
# So many cards to one other paragraph in the same wrapping, or it is a live blog with linked heads.
CARDS_TO_OTHERS = 4
# A teaser's wrapper lies at most this many levels above its text; its headline has this many words.
CARD_LEVELS = 4
CARD_WORDS = 4
# A missed line that is wrapped as the story's paragraphs are may be links up to half.
MISSED_LINKS = 0.5
# trafilatura leaves out notes and links inside a paragraph; so many letters of an end tell it.
KNOWN_ENDS = 24


@dataclass(frozen=True, slots=True)
class Story:
    """What the story's paragraphs have in common."""

    best: Wrapping
    """The wrapping that holds most of the prose."""
    wrappings: frozenset[Wrapping]
    """All wrappings of the story."""
    cards: frozenset[Wrapping]
    """Wrappings of teasers."""
    container: HtmlElement | None
    """The innermost element that holds the story."""
    trunk: frozenset[HtmlElement]
    """All elements that hold one of its paragraphs."""


Pairs = list[tuple[Line, Block | None]]


def place_lines(
    page: list[Block],
    lines: list[Line],
    known_body: str = "",
    reaches: Callable[[str, float], bool] = lambda _, __: True,
) -> tuple[list[Placed], Story | None]:
    """Tell each line's place, and add the story's paragraphs that are missing among the lines.

    Args:
        page: the blocks of the tree from which the lines were taken.
        lines: the body's lines in order.
        known_body: what the publisher's metadata give as the article's text, if anything: it may
            be cut or stale, so it only helps to tell the story's paragraphs from others.
        reaches: tells whether a share of what the page is about stands in a text.
    """
    blocks = find_blocks(page, lines)
    story = _find_story(lines, blocks, key_of(known_body), reaches)
    if story is None:
        return [Placed(line, Place.UNKNOWN, 0, None) for line in lines], None
    pairs = _with_missed(list(zip(lines, blocks, strict=True)), page, story)
    if len(pairs) > len(lines):
        story = _widen(story, pairs)
    pairs = with_subheadings(pairs, page, story.wrappings, story.trunk)
    return place_pairs(pairs, story, page), story


def known_story(
    pairs: Pairs, best: Wrapping, wrappings: frozenset[Wrapping], container: HtmlElement
) -> Story:
    """Give the story whose container and wrappings are known before its lines are read."""
    held = _held(
        (line, block)
        for line, block in pairs
        if block is not None and block.wrapping in wrappings and is_prose(line.text)
    )
    return Story(best, wrappings, frozenset(), container, frozenset(held))


def place_pairs(pairs: Pairs, story: Story, page: list[Block]) -> list[Placed]:
    """Tell the place of each line from its block, and the title of a box from its neighbours."""
    article = article_of(story.container) if story.container is not None else None
    places = [_place(block, story, article) for _, block in pairs]
    for at, (_, block) in enumerate(pairs):
        if places[at] is Place.BOX and block is not None and block.is_heading:
            entitles = is_title_of_box(block, page, story.wrappings, story.trunk)
            places[at] = Place.OUTSIDE if entitles else Place.BOX
    firm = [
        at for at, (line, _) in enumerate(pairs) if places[at] is Place.MAIN and is_prose(line.text)
    ]
    first, last = (firm[0], firm[-1]) if firm else (0, len(pairs))
    return [
        Placed(line, places[at], -1 if at < first else 1 if at > last else 0, block)
        for at, (line, block) in enumerate(pairs)
    ]


def largest_group(page: list[Block]) -> int:
    """Give the characters of the largest group of paragraphs on the page that are wrapped alike."""
    groups: Counter[Wrapping] = Counter()
    for block in page:
        prose = block.is_prose and block.element.tag != "li"
        if prose and block.links < PROSE_LINKS and not is_named(block, ASIDE, ASIDE_LEVELS):
            groups[block.wrapping] += len(block.text)
    return max(groups.values(), default=0)


def _find_story(
    lines: list[Line], blocks: list[Block | None], known: str, reaches: Callable[[str, float], bool]
) -> Story | None:
    """Let the prose vote on what the story is wrapped in."""
    prose = [
        (line, block)
        for line, block in zip(lines, blocks, strict=True)
        if block is not None and is_prose(line.text)
    ]
    cards = _find_cards(prose, blocks)
    held = _held(prose)
    most = max(held.values(), default=0)
    big = {element for element, chars in held.items() if chars >= most / 2}
    votes: Counter[Wrapping] = Counter()
    for line, block in prose:
        if block.links >= PROSE_LINKS or line.kind not in ("p", "quote"):
            continue
        if block.wrapping not in cards and not is_named(block, ASIDE, ASIDE_LEVELS, big):
            sure = bool(known) and key_of(line.text) in known
            votes[block.wrapping] += len(line.text) * (KNOWN_WEIGHT if sure else 1)
    if not votes:
        return None
    ranked = [wrapping for wrapping, _ in votes.most_common()]
    best = next((w for w in ranked if _holds_subject(prose, w, reaches)), ranked[0])
    around = _around(prose, best)
    wrappings = {best}
    for _, block in prose:
        # A list among paragraphs is part of the story, but its place proves nothing.
        strong = votes[block.wrapping] >= MAIN_SHARE * votes[best]
        if strong and (block.element.tag != "li" or best[0] == "li"):
            wrappings |= {block.wrapping} if around in block.element.iterancestors() else set()
    held = _held(pair for pair in prose if pair[1].wrapping in wrappings)
    return Story(best, frozenset(wrappings), cards, _container(held), frozenset(held))


def _around(prose: list[tuple[Line, Block]], wrapping: Wrapping) -> HtmlElement | None:
    """Give the element around the container of the paragraphs that are wrapped so."""
    core = _container(_held(pair for pair in prose if pair[1].wrapping == wrapping))
    return core.getparent() if core is not None and core.getparent() is not None else core


def _holds_subject(
    prose: list[tuple[Line, Block]], wrapping: Wrapping, reaches: Callable[[str, float], bool]
) -> bool:
    """Tell whether a group of paragraphs, or what stands around it, names the page's subject.

    A group that does not is not the story, however large it is. First paragraphs are often wrapped
    in their own way, and the words of the description stand there: so the neighbours count.
    """
    around = _around(prose, wrapping)
    texts = (line.text for line, block in prose if around in block.element.iterancestors())
    return reaches("\n".join(texts), FOREIGN_SHARE)


def _widen(story: Story, pairs: Pairs) -> Story:
    """Let the container hold the paragraphs that were added, too."""
    prose = [(line, block) for line, block in pairs if block is not None and is_prose(line.text)]
    held = _held(pair for pair in prose if pair[1].wrapping in story.wrappings)
    return replace(story, container=_container(held), trunk=frozenset(held))


def _held(prose: Iterable[tuple[Line, Block]]) -> Counter[HtmlElement]:
    """Count the characters of these lines that each element holds."""
    return sums_around((block, len(line.text)) for line, block in prose)


def sums_around(weights: Iterable[tuple[Block, int]]) -> Counter[HtmlElement]:
    """Add up for each element what the blocks inside it weigh."""
    # Paragraphs have few parents, and many elements around those.
    by_parent: Counter[HtmlElement] = Counter()
    for block, weight in weights:
        if (parent := block.element.getparent()) is not None:
            by_parent[parent] += weight
    sums: Counter[HtmlElement] = Counter()
    for parent, weight in by_parent.items():
        for outer in (parent, *parent.iterancestors()):
            sums[outer] += weight
    return sums


def _container(held: Counter[HtmlElement]) -> HtmlElement | None:
    """Give the innermost element that holds most of the characters."""
    most = max(held.values(), default=0)
    enough = [element for element, chars in held.items() if chars >= CONTAINER_SHARE * most]
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _find_cards(prose: list[tuple[Line, Block]], blocks: list[Block | None]) -> frozenset[Wrapping]:
    """Give the wrappings of teasers: several, each beside a linked headline of its own."""
    inside = sums_around((block, 1) for _, block in prose)
    # Of each wrapper once: a list of 30,000 items would be searched for every one of them.
    away = cache(_headlines_away)
    cards: Counter[Wrapping] = Counter()
    others: Counter[Wrapping] = Counter()
    for other in blocks:
        if other is not None and not other.is_heading:
            (cards if _is_card(other.element, inside, away) else others)[other.wrapping] += 1
    return frozenset(
        wrapping
        for wrapping, count in cards.items()
        if count >= MIN_CARDS and count > CARDS_TO_OTHERS * others[wrapping]
    )


def _is_card(
    element: HtmlElement,
    inside: Counter[HtmlElement],
    away: Callable[[HtmlElement], list[HtmlElement]],
) -> bool:
    """Tell whether a wrapper that holds no other prose holds a headline linked elsewhere."""
    for depth, outer in enumerate(element.iterancestors()):
        if inside[outer] > 1 or depth >= CARD_LEVELS:
            return False
        if any(element not in link.iterancestors() for link in away(outer)):
            return True
    return False


def _headlines_away(outer: HtmlElement) -> list[HtmlElement]:
    """Give the links in an element that lead elsewhere and are as long as a headline."""
    return [
        link
        for link in outer.iter("a")
        if not (link.get("href") or "#").startswith("#")
        and len("".join(link.itertext()).split()) >= CARD_WORDS
    ]


def _with_missed(pairs: Pairs, page: list[Block], story: Story) -> Pairs:
    """Add blocks that are wrapped as the story is, in its article, and not among the lines."""
    if " " not in story.best[-1] or story.container is None:
        return pairs
    article = article_of(story.container)
    taken = {block for _, block in pairs}
    rest = [
        block
        for block in page
        if block.is_prose
        and block not in taken
        and block.wrapping == story.best
        and block.links < MISSED_LINKS
        and article in block.element.iterancestors()
    ]
    have = key_of("".join(line.text for line, _ in pairs)) if rest else ""
    trunk = {article, *story.trunk}
    added = list(pairs)
    for block in rest:
        if not _is_known(block, have) and not is_named(block, ASIDE, ASIDE_LEVELS, trunk):
            later = (
                at
                for at, (_, other) in enumerate(added)
                if other is not None and other.order > block.order
            )
            added.insert(next(later, len(added)), (Line(block.line, "p"), block))
    return added


def article_of(container: HtmlElement) -> HtmlElement:
    """Give the article around a container: the element, or all around it that has no headline.

    A story that an offer or a picture breaks in two goes on in a second container of that name.
    """
    for outer in container.iterancestors("article", "main"):
        return outer
    heads = container.getroottree().getroot().iter("h1")
    headed = {outer for head in heads for outer in head.iterancestors()}
    around = container
    for outer in container.iterancestors():
        if outer in headed or outer.tag == "body":
            break
        around = outer
    return around


def _is_known(block: Block, have: str) -> bool:
    """Tell whether a block's text, or a line of it, or either end of one, is there already."""
    keys = [key for part in block.text.split("\n") if (key := key_of(part))]
    return any(key[:KNOWN_ENDS] in have or key[-KNOWN_ENDS:] in have for key in keys)


def _place(block: Block | None, story: Story, article: HtmlElement | None) -> Place:
    if block is None or story.container is None:
        return Place.UNKNOWN
    if block.wrapping in story.cards:
        return Place.CARD
    chain = [block.element, *block.element.iterancestors()]
    inside = story.container in chain
    if block.wrapping == story.best and " " in story.best[-1] and block.is_prose:
        # A named wrapping that recurs in one article is the story's second half.
        inside = article in chain
    if block.wrapping in story.wrappings:
        return Place.MAIN if inside else Place.TWIN
    return _place_within(chain, story) if inside else Place.OUTSIDE


def _place_within(chain: list[HtmlElement], story: Story) -> Place:
    """Tell a part of the story from a box: by the elements between it and the paragraphs'."""
    for element in chain:
        if element in story.trunk or element is story.container:
            return Place.PART
        if element.tag not in STORY_PARTS:
            # Where a paragraph is a plain `div`, a list may stand in another one.
            return Place.PART if wrapping_of(element) in story.wrappings else Place.BOX
    return Place.PART
