"""Make the copy of the tree that trafilatura reads: without furniture that no rule has to judge.

The smaller the tree, the less its many passes cost: two thirds of its time on real pages, with the
same text. What holds neither prose nor headline outside of the story's place is not even copied.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.blocks import PROSE_LINKS, Block
from crawler.extraction.document import INLINE, Document, text_of, tidy
from crawler.extraction.structure import article_of, sums_around
from crawler.extraction.tables import unfold_layout
from crawler.items import Removed

# Elements that show no text or are controls. trafilatura removes them, too, but only after it has
# walked and copied them several times.
UNREAD = (
    *("script", "style", "noscript", "template", "head", "link", "meta", "svg", "canvas", "math"),
    *("iframe", "object", "embed", "video", "audio", "picture", "source", "track", "map"),
    *("button", "select", "textarea", "input", "label", "datalist", "option", "progress", "dialog"),
    *("figcaption", "time", "noframes"),
)
# Marks inside a line that trafilatura looks through.
MARKS = (
    *("b", "strong", "i", "em", "u", "font", "small", "mark", "ins", "abbr", "acronym", "cite"),
    *("bdi", "bdo", "big", "data", "dfn", "kbd", "samp", "tt", "var", "wbr", "img", "hgroup"),
    # Readings of rare characters, printed above them or in brackets behind.
    *("ruby", "rb", "rt", "rp", "rtc"),
)
# Elements that hold others, and nothing where those are cut.
CONTAINERS = ("div", "span", "p", "section", "li", "ul", "a")
# What the HTML standard keeps for everything but the page's main content.
BESIDE = ("nav", "footer", "aside", "menu")
# One that is never closed swallows the story behind it: then it is no furniture.
MOST = 0.5
# Lists of links: so many links, no prose beside them, and of the text this share. A linked headline
# has up to a hundred characters; longer links are texts.
LISTS = frozenset(("ul", "ol", "div", "section", "header"))
LIST_LINKS = 8
LIST_SHARE = 0.8
LINK_CHARS = 100
# The element that holds this share of the page's prose is copied as a whole: the story, and what
# stands around it. Elsewhere only what holds prose may belong to it.
CORE_SHARE = 0.8
# One with fewer paragraphs may be a paragraph itself: then the article around it is.
CORE_BLOCKS = 3
CUT = "cut"
BARE = "bare"


def prune(document: Document, page: Iterable[Block]) -> HtmlElement:
    """Give a copy of the tree without furniture.

    Args:
        document: the page.
        page: its blocks: outside of the story, what holds none of its prose is furniture.
    """
    prose = [block for block in page if block.is_prose and block.links < PROSE_LINKS]
    copy = _copy_around(document, prose)
    unfold_layout(copy)
    etree.strip_elements(copy, *UNREAD, CUT, with_tail=False)
    # trafilatura looks at each span's text, though only the names of some tell it anything: where
    # an editor leaves one for every word, that takes seconds.
    for span in copy.iter("span"):
        if not span.attrib:
            span.tag = BARE
    etree.strip_tags(copy, BARE, *MARKS)
    most: float | None = None
    for element in copy.iter(*BESIDE):
        most = MOST * len(copy.text_content()) if most is None else most
        element.tag = "div" if len(element.text_content()) > most else CUT
    for figure in copy.iter("figure"):
        figure.tag = CUT if figure.find(".//table") is None else "div"
    _cut_empty(copy)
    etree.strip_elements(copy, CUT, with_tail=False)
    return copy


def _cut_empty(tree: HtmlElement) -> None:
    """Mark for cutting what shows nothing, from the inside out."""
    for element in reversed(list(tree.iter(*CONTAINERS))):
        space = element.text or ""
        for child in element:
            if child.tag != CUT:
                break
            space += child.tail or ""
        else:
            # White space inside a line parts two words, also where a mark holds nothing else.
            if not space or (space.isspace() and element.tag not in INLINE):
                element.tag = CUT


def _copy_around(document: Document, prose: Sequence[Block]) -> HtmlElement:
    """Copy what holds prose or headline, with the elements around it, which may name it."""
    held = sums_around((block, len(block.text)) for block in prose)
    for block in prose:
        held[block.element] += len(block.text)
    core = _core(document.tree, prose, held)
    wanted = set(held)
    for heading in document.headings:
        wanted.update((heading, *heading.iterancestors()))
    chain = [*reversed(list(core.iterancestors())), core]
    # From the outside in: lxml walks all of what it moves to another document.
    copy = around = _copy(core, held) if len(chain) == 1 else _shell(chain[0])
    for outer, inner in pairwise(chain):
        within = _copy(core, held) if inner is core else _shell(inner)
        for child in outer:
            if child in wanted:
                around.append(within if child is inner else _copy(child, held))
        around = within
    return copy


def _core(tree: HtmlElement, prose: Sequence[Block], held: Counter[HtmlElement]) -> HtmlElement:
    """Give the innermost element that holds most of the prose; all of what it holds is read."""
    core, most = tree, CORE_SHARE * held[tree]
    inner: HtmlElement | None = tree if prose else None
    while inner is not None:
        core = inner
        inner = next((child for child in core if held.get(child, 0) >= most), None)
    inside = sum(core in block.element.iterancestors() for block in prose)
    return core if inside >= CORE_BLOCKS else article_of(core)


def _shell(element: HtmlElement) -> HtmlElement:
    """Give an empty element of the same tag and attributes, of a document of its own."""
    make = element.getroottree().parser.makeelement
    try:
        return make(element.tag, dict(element.attrib))
    except ValueError:  # a name or a character that a page may hold, and lxml does not write
        return make("div")


def _copy(element: HtmlElement, held: Counter[HtmlElement]) -> HtmlElement:
    """Copy an element with all it holds, its menus marked for cutting."""
    copy = deepcopy(element)
    menus = set(_menus(element, held))
    if menus:
        for original, twin in zip(element.iter(), copy.iter(), strict=True):
            if original in menus:
                twin.tag = CUT
    return copy


def _menus(element: HtmlElement, held: Counter[HtmlElement]) -> list[HtmlElement]:
    """Give the largest elements that hold links and nothing else worth reading."""
    largest: dict[HtmlElement, HtmlElement | None] = {}
    links: dict[HtmlElement, list[HtmlElement]] = {}
    all_links = list(element.iter("a"))
    if len(all_links) < LIST_LINKS:
        return []
    for link in all_links:
        around = _largest_around(link, held, largest)
        if around is not None:
            links.setdefault(around, []).append(link)
    return [element for element, inside in links.items() if _is_menu(element, inside)]


def _largest_around(
    link: HtmlElement, held: Counter[HtmlElement], known: dict[HtmlElement, HtmlElement | None]
) -> HtmlElement | None:
    """Give the largest element around a link that holds no prose; the links of a list share it."""
    passed: list[HtmlElement] = []
    found: HtmlElement | None = None
    for outer in link.iterancestors():
        if outer in known:
            found = known[outer] if known[outer] is not None else found
            break
        if outer in held:
            break
        passed.append(outer)
        found = outer
    for outer in passed:
        known[outer] = found
    return found


def _is_menu(element: HtmlElement, links: list[HtmlElement]) -> bool:
    if len(links) < LIST_LINKS or element.tag not in LISTS:
        return False
    linked = sum(len(tidy(link.text_content())) for link in links)
    if linked >= LINK_CHARS * len(links):
        return False
    return linked > LIST_SHARE * len(tidy(element.text_content()))


def captions(document: Document) -> list[Removed]:
    """Give the texts under pictures that the page marks as such."""
    texts = (text_of(caption) for caption in document.named["figcaption"])
    return [Removed(text=text, reason="caption") for text in texts if text]
