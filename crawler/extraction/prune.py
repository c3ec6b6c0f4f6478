"""Make the copy of the tree that trafilatura reads: without furniture that no rule has to judge.

The smaller the tree, the less its many passes cost: two fifths of its time on real pages, with the
same text.
"""

from collections.abc import Iterable
from copy import deepcopy
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.blocks import PROSE_LINKS, Block
from crawler.extraction.document import Document, text_of, tidy
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
EMPTY = etree.XPath(
    "//*[self::div or self::span or self::p or self::section or self::li or self::ul or self::a]"
    "[not(*) and not(normalize-space())]"
)
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
CUT = "cut"
BARE = "bare"


def prune(document: Document, page: Iterable[Block]) -> HtmlElement:
    """Give a copy of the tree without furniture.

    Args:
        document: the page.
        page: its blocks: what holds none of its prose and many links is a menu.
    """
    tree = document.tree
    copy = deepcopy(tree)
    at = tree.getroottree().getelementpath
    for menu in [copy.find(at(menu)) for menu in _menus(document, page)]:
        if menu is not None:
            menu.tag = CUT
    unfold_layout(copy)
    etree.strip_elements(copy, *UNREAD, CUT, with_tail=False)
    etree.strip_tags(copy, *MARKS)
    # trafilatura looks at each span's text, though only the names of some tell it anything: where
    # an editor leaves one for every word, that takes seconds.
    for span in copy.iter("span"):
        if not span.attrib:
            span.tag = BARE
    etree.strip_tags(copy, BARE)
    for element in cast("list[HtmlElement]", EMPTY(copy)):
        element.tag = CUT
    most: float | None = None
    for element in copy.iter(*BESIDE):
        most = MOST * len(copy.text_content()) if most is None else most
        element.tag = "div" if len(element.text_content()) > most else CUT
    for figure in copy.iter("figure"):
        figure.tag = CUT if figure.find(".//table") is None else "div"
    etree.strip_elements(copy, CUT, with_tail=False)
    return copy


def _menus(document: Document, page: Iterable[Block]) -> list[HtmlElement]:
    """Give the largest elements that hold links and nothing else worth reading."""
    held: set[HtmlElement] = set()
    for block in page:
        if block.is_prose and block.links < PROSE_LINKS:
            for element in (block.element, *block.element.iterancestors()):
                if element in held:
                    break
                held.add(element)
    largest: dict[HtmlElement, HtmlElement | None] = {}
    links: dict[HtmlElement, list[HtmlElement]] = {}
    for link in document.named["a"]:
        around = _largest_around(link, held, largest)
        if around is not None:
            links.setdefault(around, []).append(link)
    return [element for element, inside in links.items() if _is_menu(element, inside)]


def _largest_around(
    link: HtmlElement, held: set[HtmlElement], known: dict[HtmlElement, HtmlElement | None]
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
