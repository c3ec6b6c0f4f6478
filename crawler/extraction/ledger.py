"""The evidence ledger: a story, its page and its bylines in, every piece of evidence out.

Each place in which credits stand has a module of its own; here they are asked in turn, and the
heaviest piece that supports an agency names the article's.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from crawler.extraction.agencies import agency_of_site, read_names
from crawler.extraction.authors import BY
from crawler.extraction.blocks import Block
from crawler.extraction.credit import (
    CREDIT_WORDS,
    NAME_WORDS,
    Zone,
    read_credit,
)
from crawler.extraction.datelines import Dateline, read_dateline
from crawler.extraction.declared import find_declared
from crawler.extraction.document import Document, text_of, tidy
from crawler.extraction.mentions import find_mentions, find_photos
from crawler.extraction.origins import reads_as_way_to_original, tells_original
from crawler.extraction.spellings import Sureness
from crawler.extraction.story import Story
from crawler.extraction.weighing import CREDITS, Kind, name_agencies
from crawler.extraction.zones import Zones, find_zones, is_in_picture, is_marked
from crawler.items import Evidence
from crawler.urls import canonical, site_of

# "Interfax staff" is a byline wherever it stands; "Bloomberg News" may be a section's name.
STAFF = re.compile(r"\b(?:staff|writers?|reporters?|correspondents?)$", re.IGNORECASE)
# What sets the agency in a dateline apart.
MARKS = re.compile(r"[(\[/（【]|\s[-–—]")
# A dateline opens the story, behind at most a kicker, a deck and what a template puts there.
HEAD_LINES = 5
# Lines at the end of the body among which a credit line may stand.
TAIL_LINES = 4
# Reasons for which cleaning cuts lines that stood at the story's end; a credit may be among them.
CUT = frozenset(("copyright", "after-story", "box", "author-box", "disclosure"))
# An agency's name with the reporter's and the office: "By Ann Lee, Example News Agency".
BYLINE_WORDS = 14


def read_ledger(
    story: Story, authors: list[str], document: Document, language: str | None
) -> tuple[str | None, tuple[Evidence, ...]]:
    """Give the credited agency and all the evidence, the heaviest first.

    Args:
        story: the body with what was cut out of it, and the page's blocks.
        authors: names from metadata.
        document: the page.
        language: of the text, ISO 639-1.
    """
    zones = find_zones(story.kept, story.page)
    found = [
        *_datelines(story.texts, zones, document, language),
        *_bylines(story, authors, zones, language),
        *_credit_lines(story, zones, language),
        *_links(zones, document),
        *find_declared(document),
    ]
    quotes = {piece.quote for piece in found}
    captions = (piece.text for piece in story.removed if piece.reason == "caption")
    found += [*find_photos(captions), *find_mentions(story.texts, quotes)]
    found.sort(key=lambda piece: -piece.weight)
    unique: dict[tuple[str, str, str], Evidence] = {}
    for piece in found:
        unique.setdefault((piece.supports, piece.value, piece.where), piece)
    strong = (p for p in unique.values() if p.supports == "agency" and p.weight >= CREDITS)
    return next((piece.value for piece in strong), None), tuple(unique.values())


def _datelines(
    texts: list[str], zones: Zones, document: Document, language: str | None
) -> Iterator[Evidence]:
    """Yield what the first dateline says: in the story, above it, or in the page's description.

    A description often repeats how the text begins, also where the body has lost it.
    """
    above = [
        block.line
        for block in zones.above
        if MARKS.search(block.text) and not is_in_picture(block.element)
    ]
    for at, text in enumerate((*texts[:HEAD_LINES], *above)):
        later = 0 < at < len(texts[:HEAD_LINES])
        if pieces := _dateline(read_dateline(text, language), later=later):
            yield from pieces
            return
    for text in (*above, *texts[:2]):
        dateline = read_dateline(text, language, alone=True)
        if dateline and dateline.is_marked:
            yield from _dateline(replace(dateline, quote=text))
            return
    for text in document.descriptions:
        if dateline := read_dateline(text, language):
            yield from name_agencies(Kind.DESCRIBED, dateline.names.agencies, dateline.quote)
            return


def _dateline(dateline: Dateline | None, *, later: bool = False) -> list[Evidence]:
    if dateline is None:
        return []
    first = Kind.DATELINE if dateline.is_marked else Kind.DASHED
    kind = Kind.LATER_DATELINE if later else first
    others = () if dateline.names.agencies else dateline.names.others
    return [
        *name_agencies(kind, dateline.names.agencies, dateline.quote),
        *(Kind.UNKNOWN_DATELINE.says("source", other, dateline.quote) for other in others),
    ]


def _bylines(
    story: Story, authors: list[str], zones: Zones, language: str | None
) -> Iterator[Evidence]:
    cut = (piece.text for piece in story.removed if piece.reason == "byline")
    for line in dict.fromkeys((*authors, *story.signed, *cut)):
        yield from _byline(line, Kind.BYLINE, language)
    for block in zones.above:
        line, element = _without_time(block), block.element
        pieces = list(_byline(line, Kind.BYLINE, language))
        if not pieces or is_in_picture(element):
            continue
        signs = BY.match(line) or STAFF.search(line) or is_marked(element)
        yield from pieces if signs else _byline(line, Kind.BARE_NAME, language)


def _without_time(block: Block) -> str:
    """Give a block's line without the times in it: they stand behind the names of who wrote."""
    line = block.line
    for time in block.element.iter("time"):
        line = line.replace(text_of(time), "")
    return tidy(line)


def _byline(line: str, kind: Kind, language: str | None) -> Iterator[Evidence]:
    if line.count(" ") >= BYLINE_WORDS:
        return
    signs = kind is Kind.BYLINE
    names = read_names(line, Sureness.SIGNED if signs else Sureness.OPEN, language)
    if names.is_picture or (names.others and not signs):
        return
    # Persons and papers are capitalised; a sentence about an agency is not.
    if all(len(o.split()) <= NAME_WORDS and o[0].isupper() for o in names.others):
        yield from name_agencies(Kind.SHARED_BYLINE if names.others else kind, names.agencies, line)


def _credit_lines(story: Story, zones: Zones, language: str | None) -> Iterator[Evidence]:
    body = story.texts if len(story.texts) > 1 else []
    for at, text in enumerate(body):
        if at >= len(body) - TAIL_LINES:
            yield from read_credit(text, Zone.BODY, language)
        elif at > 0 and text.count(" ") < CREDIT_WORDS:
            # Where a teaser was taken for the story's end, its credit stands in the middle.
            yield from read_credit(text, Zone.AFTER, language)
    for block in zones.after:
        pieces = read_credit(block.line, Zone.AFTER, language)
        if pieces and not is_in_picture(block.element):
            yield from pieces
    foot = dict.fromkeys(block.line for block in zones.foot)
    for piece in story.removed:
        if piece.reason in CUT and piece.text not in foot and piece.text.count(" ") < CREDIT_WORDS:
            yield from read_credit(piece.text, Zone.AFTER, language)
    for text in foot:
        yield from read_credit(text, Zone.PAGE, language)


def _links(zones: Zones, document: Document) -> Iterator[Evidence]:
    """Yield the links by which the text's end leads to the original on another site."""
    own = site_of(document.page.url)
    for block in (*zones.last, *zones.after):
        offers = tells_original(block.line)
        for link in block.element.iter("a"):
            if not offers and not reads_as_way_to_original(text_of(link)):
                continue
            address = canonical(link.get("href") or "", document.page.url)
            if address and site_of(address) != own:
                yield from _link(link, address)


def _link(link: HtmlElement, address: str) -> Iterable[Evidence]:
    quote = f"{text_of(link)}: {address}"
    yield Kind.ORIGINAL_LINK.says("original", address, quote)
    if name := agency_of_site(address):
        yield Kind.AGENCY_ADDRESS.says("agency", name, quote)
