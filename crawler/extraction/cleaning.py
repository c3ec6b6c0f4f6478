"""Take away what stands in the body and is not the story: lines in, kept and removed out.

Place decides first, words second. Each rule gives the reason under which a piece is kept on record.
"""

from collections import Counter
from collections.abc import Iterable

from crawler.extraction.structure import HEADINGS, Place, Placed, is_prose, key_of
from crawler.extraction.wording import says
from crawler.items import Removed

# A deck repeats the first paragraph when this share of its words stands there in a row of three.
REPEATED = 0.7
# Lines of the body's start among which headline, deck, byline and time may stand.
HEAD_LINES = 8
# A box in the middle of the story holds a small part of it. Where boxes seem to hold more, every
# paragraph has a wrapper of its own, and place says nothing.
MAX_BOXED = 0.4
# From here on a line is a link to another story, not a sentence with a link in it.
LINK_LINE = 0.8
# Inside a story, lines with half their words in links are lists of links.
LINK_LIST = 0.5


def clean(
    placed: list[Placed], headlines: Iterable[str], authors: list[str]
) -> tuple[list[Placed], list[Removed]]:
    """Give the story's lines and, with its reason, each line that was cut out.

    Args:
        placed: the body's lines in order.
        headlines: the title and the h1 texts of the page.
        authors: names from metadata.
    """
    titles = {key_of(headline) for headline in headlines} - {""}
    names = {key_of(author) for author in authors} - {""}
    boxes_speak = _boxes_speak(placed)
    times = Counter(key_of(item.line.text) for item in placed)
    kept: list[Placed] = []
    removed: list[Removed] = []
    for at, item in enumerate(placed):
        rest = placed[at + 1 :]
        reason = (
            _as_headline(item, at, titles)
            or _as_words(item, at, len(placed), names)
            or (
                "repeated"
                if times[key_of(item.line.text)] > 1 and item.place is not Place.MAIN
                else None
            )
            or _as_place(item, rest, boxes_speak=boxes_speak)
        )
        if reason:
            removed.append(Removed(text=item.line.text, reason=reason))
        else:
            kept.append(item)
    return _trim_headings(kept, removed), removed


def _boxes_speak(placed: list[Placed]) -> bool:
    inside = [item for item in placed if item.turn == 0 and item.is_prose]
    inside = [item for item in inside if item.block is not None and item.block.tag != "li"]
    boxed = sum(len(item.line.text) for item in inside if item.place is Place.BOX)
    return boxed <= MAX_BOXED * sum(len(item.line.text) for item in inside)


def _as_headline(item: Placed, at: int, titles: set[str]) -> str | None:
    key = key_of(item.line.text)
    if key in titles and at < HEAD_LINES:
        return "headline-repeated"
    if item.block is not None and item.block.tag == "h1" and item.place is not Place.MAIN:
        return "headline-repeated"
    return None


def _as_words(item: Placed, at: int, count: int, names: set[str]) -> str | None:
    return says(item, at, count, names)


def _as_place(item: Placed, rest: list[Placed], *, boxes_speak: bool) -> str | None:
    """Judge a line by where it stands and how much of it is links."""
    if item.place is Place.CARD:
        return "related"
    away = item.place in (Place.OUTSIDE, Place.BOX, Place.TWIN)
    if item.turn > 0 and away:
        return "related" if item.links >= LINK_LIST else "after-story"
    if item.turn < 0 and away:
        return _before(item, rest)
    if item.links >= LINK_LINE or (item.links >= LINK_LIST and item.line.kind == "item"):
        return "related"
    if item.turn == 0 and boxes_speak and item.place in (Place.BOX, Place.OUTSIDE):
        heading = item.block is not None and item.block.tag in HEADINGS
        if not heading and not item.is_under("blockquote", "q"):
            return "caption" if item.is_under("figure", "figcaption") else "box"
    return None


def _before(item: Placed, rest: list[Placed]) -> str | None:
    """Judge what stands between the headline and the first paragraph: only a new deck stays."""
    if not item.is_prose or item.links >= LINK_LIST:
        return "kicker"
    ahead = [other.line.text for other in rest if other.turn == 0][:3]
    return "deck-repeated" if _repeats(item.line.text, " ".join(ahead)) else None


def _repeats(deck: str, text: str) -> bool:
    words, others = deck.lower().split(), text.lower().split()
    runs = {tuple(others[at : at + 3]) for at in range(len(others) - 2)}
    mine = [tuple(words[at : at + 3]) for at in range(len(words) - 2)]
    return bool(mine) and sum(run in runs for run in mine) >= REPEATED * len(mine)


def _trim_headings(kept: list[Placed], removed: list[Removed]) -> list[Placed]:
    """Drop headings at the end: what they headed is gone."""
    while kept and kept[-1].line.kind == "head" and not is_prose(kept[-1].line.text):
        last = kept.pop()
        removed.append(Removed(text=last.line.text, reason="heading-of-nothing"))
    return kept
