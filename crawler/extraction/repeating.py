"""Tell what repeats the story's own paragraphs: texts or placed lines in, the rest of them out.

A deck may say what the first paragraph says, and a pull quote says what a paragraph beside it says,
in larger letters. Readers see that they are doubles; a comparison of copies would count them as
passages that one outlet has and another has not.
"""

import re

from lxml.html import HtmlElement

from crawler.extraction.document import key_of
from crawler.extraction.placed import Placed
from crawler.items import Removed

WORD = re.compile(r"\w+")
# A deck repeats the first paragraph when this share of its words stands there in a row of three.
REPEATED = 0.7
# Of a quotation that is set apart to catch the eye, this share: the rest is who said it.
PULLED = 0.6
# Where no spaces part words there are no runs of them; so many letters are no accident.
LEAST_LETTERS = 20


def repeats(deck: str, text: str, share: float = REPEATED) -> bool:
    """Tell whether so many of the runs of three of a deck's words stand in a text."""
    words, others = WORD.findall(deck.lower()), WORD.findall(text.lower())
    runs = {tuple(others[at : at + 3]) for at in range(len(others) - 2)}
    mine = [tuple(words[at : at + 3]) for at in range(len(words) - 2)]
    return bool(mine) and sum(run in runs for run in mine) >= share * len(mine)


def without_pull_quotes(kept: list[Placed], removed: list[Removed]) -> list[Placed]:
    """Drop quotations that repeat a paragraph of the story, with the names below them.

    A quotation that only the deck repeats is the story's own.
    """
    quotes: dict[HtmlElement | Placed, list[Placed]] = {}
    for item in kept:
        if (quote := _quote_of(item)) is not None:
            quotes.setdefault(quote, []).append(item)
    if not quotes:
        return kept
    quoted = {id(item) for items in quotes.values() for item in items}
    told = " ".join(i.line.text for i in kept if id(i) not in quoted and i.turn >= 0)
    gone: set[int] = set()
    for items in quotes.values():
        text = " ".join(item.line.text for item in items)
        if _stands_in(text, told):
            removed += [Removed(text=item.line.text, reason="pull-quote") for item in items]
            gone.update(map(id, items))
    return [item for item in kept if id(item) not in gone]


def _quote_of(item: Placed) -> HtmlElement | Placed | None:
    """Give what tells one quotation from the next: its element, or the line alone."""
    if item.block is None:
        return item if item.line.kind == "quote" else None
    element = item.block.element
    if element.tag == "blockquote":
        return element
    return next(element.iterancestors("blockquote"), None)


def _stands_in(quote: str, told: str) -> bool:
    """Tell whether most of a quotation stands in a text; all of it where no spaces part words."""
    key = key_of(quote)
    return repeats(quote, told, PULLED) or (len(key) >= LEAST_LETTERS and key in key_of(told))
