"""Take away what stands in the body and is not the story: lines in, kept and removed out.

Place decides first, words second. Each rule gives the reason under which a piece is kept on record.
"""

from collections import Counter
from collections.abc import Iterable

from crawler.extraction.blocks import Wrapping, is_prose
from crawler.extraction.document import key_of
from crawler.extraction.ends import judge_end
from crawler.extraction.placed import Place, Placed
from crawler.extraction.repeating import repeats, without_pull_quotes
from crawler.extraction.wording import condemn
from crawler.items import Removed

# Lines of the body's start among which headline, deck, byline and time may stand.
HEAD_LINES = 8
# A box in the middle of the story holds a small part of it. Where boxes seem to hold more, every
# paragraph has a wrapper of its own, and place says nothing.
MAX_BOXED = 0.4
# From here on a line is a link to another story, not a sentence with a link in it.
LINK_LINE = 0.8
# Inside a story, lines with half their words in links are lists of links.
LINK_LIST = 0.5
# Behind so many lines of prose the story has begun, wherever its paragraphs are said to begin.
BEGUN = 2
# One line wrapped alike is enough above a line that ends as a sentence does, and no label.
FULL_STOPS = (".", "!", "?", "。", "！", "？", "।")
# A heading that holds a headline of so many letters, and not as much again, is it with its kicker.
HEADLINE_LETTERS = 20
HEADLINE_PARTS = 2


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
    captions_speak = _captions_speak(placed)
    times = Counter(item.line.text for item in placed)
    opening = " ".join([item.line.text for item in placed if item.turn == 0][:3])
    above: Counter[Wrapping] = Counter()
    kept: list[Placed] = []
    removed: list[Removed] = []
    for at, item in enumerate(placed):
        again = times[item.line.text] > 1 and item.place is not Place.MAIN
        reason = (
            _as_headline(item, at, titles)
            or condemn(item, at, len(placed), names)
            or judge_end(item, at, len(placed), names)
            or ("repeated" if again else None)
            or ("caption" if captions_speak and item.is_called_caption() else None)
            or _as_place(item, opening, above, boxes_speak=boxes_speak)
        )
        if reason:
            removed.append(Removed(text=item.line.text, reason=reason))
        else:
            kept.append(item)
            if item.is_prose and item.block is not None:
                above[item.block.wrapping] += 1
    return _trim_headings(without_pull_quotes(kept, removed), removed), removed


def _boxes_speak(placed: list[Placed]) -> bool:
    inside = [item for item in placed if item.turn == 0 and item.is_prose]
    inside = [item for item in inside if item.block is not None and item.block.element.tag != "li"]
    boxed = sum(len(item.line.text) for item in inside if item.place is Place.BOX)
    return boxed <= MAX_BOXED * sum(len(item.line.text) for item in inside)


def _captions_speak(placed: list[Placed]) -> bool:
    """Tell whether the name of a caption tells one: not where the story is a row of pictures."""
    main = [item for item in placed if item.place is Place.MAIN]
    named = sum(len(item.line.text) for item in main if item.is_called_caption())
    return 0 < named <= MAX_BOXED * sum(len(item.line.text) for item in main)


def _as_headline(item: Placed, at: int, titles: set[str]) -> str | None:
    if at < HEAD_LINES:
        key = key_of(item.line.text)
        if key in titles or _has_kicker(item, key, titles):
            return "headline-repeated"
    if item.block is not None and item.block.element.tag == "h1" and item.place is not Place.MAIN:
        return "headline-repeated"
    return None


def _has_kicker(item: Placed, key: str, titles: set[str]) -> bool:
    """Tell a heading that holds the headline and its kicker, which the title has not."""
    if item.turn > 0 or not (item.line.kind == "head" or item.is_under("h1", "h2", "h3", "header")):
        return False
    long = (title for title in titles if len(title) >= HEADLINE_LETTERS)
    return any(title in key and len(key) < HEADLINE_PARTS * len(title) for title in long)


def _as_place(
    item: Placed, opening: str, above: Counter[Wrapping], *, boxes_speak: bool
) -> str | None:
    """Judge a line by where it stands and how much of it is links.

    Args:
        item: the line.
        opening: the story's first lines from its first paragraph on.
        above: how the prose is wrapped that stands before it and stays.
        boxes_speak: whether a wrapper of its own tells a box from the story.
    """
    if item.is_embed():
        return "embed"
    if item.place is Place.MAIN:
        return "related" if item.links >= LINK_LINE else None
    if item.place is Place.CARD or item.links >= LINK_LINE:
        return "related"
    if item.is_caption():
        return "caption"
    if item.place in (Place.OUTSIDE, Place.BOX, Place.TWIN):
        return _beside(item, opening, above, boxes_speak=boxes_speak)
    # A heading made of several blocks is the headline with its kicker, in other words.
    heads = item.place is Place.UNKNOWN and item.turn < 0 and item.line.kind == "head"
    listed = item.links >= LINK_LIST and item.line.kind == "item"
    return "kicker" if heads else "related" if listed else None


def _beside(
    item: Placed, opening: str, above: Counter[Wrapping], *, boxes_speak: bool
) -> str | None:
    """Judge what is wrapped otherwise than the story, by which side of it it stands on."""
    if item.turn > 0:
        return "related" if item.links >= LINK_LIST else "after-story"
    if item.turn < 0:
        return _before(item, opening, begun=_begun(item, above))
    return "box" if boxes_speak and _is_box(item) else None


def _is_box(item: Placed) -> bool:
    """Tell what is beside the story in its middle from its own subheadings and quotes."""
    heading = item.place is Place.BOX and item.is_under("h2", "h3", "h4", "h5", "h6")
    own = heading or item.is_under("blockquote", "q")
    return item.place is not Place.TWIN and not own


def _begun(item: Placed, above: Counter[Wrapping]) -> bool:
    """Tell whether the story has begun above a line, and goes on in it."""
    if item.block is None:
        return False
    alike = item.block.wrapping in above
    if alike and item.line.text.endswith(FULL_STOPS):
        return True
    return above.total() >= BEGUN and (alike or item.block.is_heading)


def _before(item: Placed, opening: str, *, begun: bool) -> str | None:
    """Judge what stands between the headline and the first paragraph: only a new deck stays.

    Short lines behind prose that stays (`begun`) are no kickers: the story began otherwise wrapped.
    """
    if (not item.is_prose and not begun) or item.links >= LINK_LIST:
        return "kicker"
    if item.is_aside():
        return "box"
    return "deck-repeated" if repeats(item.line.text, opening) else None


def _trim_headings(kept: list[Placed], removed: list[Removed]) -> list[Placed]:
    """Drop headings and announcements at the end: what they headed is gone."""
    while kept and _is_heading_of_nothing(kept[-1]):
        last = kept.pop()
        removed.append(Removed(text=last.line.text, reason="heading-of-nothing"))
    return kept


def _is_heading_of_nothing(item: Placed) -> bool:
    announces = item.line.text.endswith((":", "："))
    return announces or (item.line.kind == "head" and not is_prose(item.line.text))
