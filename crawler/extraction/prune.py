"""Cut furniture out of a copy of the tree before the story is looked for."""

from copy import deepcopy

from lxml.html import HtmlElement

from crawler.extraction.document import text_of
from crawler.items import Removed


def prune(tree: HtmlElement) -> tuple[HtmlElement, list[Removed]]:
    """Give a copy of the tree without captions and the like, and what was cut."""
    copy = deepcopy(tree)
    removed: list[Removed] = []
    for caption in list(copy.iter("figcaption")):
        if text := text_of(caption):
            removed.append(Removed(text=text, reason="caption"))
        caption.drop_tree()
    return copy, removed
