"""What each kind of evidence weighs, and why: the one place where the weights stand.

A weight says how far a piece alone would carry its statement, 0 to 1. What credits nobody but the
writer (a dateline, a byline) weighs most; what a site may print on every page weighs less than
`CREDITS`, and never names an article's agency alone. `docs/evidence.md` tells the same to readers.
"""

from enum import Enum

from crawler.items import Evidence

# From this weight on a piece that supports an agency names the article's agency.
CREDITS = 0.5
MAX_QUOTE = 200


class Kind(Enum):
    """A kind of piece: where it stands, its weight, and the reason for the weight."""

    DATELINE = ("dateline", 0.95, "a dateline names who filed the text")
    LATER_DATELINE = ("dateline", 0.88, "a dateline further down may be that of a text run within")
    DASHED = ("dateline", 0.92, "a name before a dash opens the text, as datelines do")
    DESCRIBED = ("meta", 0.85, "the page's description begins with a dateline")
    UNKNOWN_DATELINE = ("dateline", 0.5, "a dateline names somebody who is no known agency")
    BYLINE = ("byline", 0.9, "the byline names the agency")
    SHARED_BYLINE = ("byline", 0.7, "the byline names the agency beside others")
    BARE_NAME = ("byline", 0.4, "a name above the text may credit a picture or a section")
    SOURCE_LINE = ("credit-line", 0.85, "a line says whose text it is")
    BRACKETS = ("credit-line", 0.85, "a name alone in brackets closes the text")
    CLOSING = ("credit-line", 0.8, "a name behind the last sentence signs the text")
    SIGNATURE = ("credit-line", 0.7, "a name alone on a line closes the text")
    DRAWN = ("credit-line", 0.75, "the outlet says that it used the agency's text")
    GAVE = ("credit-line", 0.6, "the agency contributed; the outlet may have written the rest")
    REUTERS_STYLE = ("credit-line", 0.4, "the sign-off has the form that Reuters gives it")
    SEVERAL = ("credit-line", 0.4, "several agencies are named, so none is the author alone")
    OUTSIDE = ("page", 0.3, "it stands outside the article and may be on every page")
    NOTICE = ("copyright-line", 0.8, "a copyright notice in the article names only this holder")
    LONG_NOTICE = ("copyright-line", 0.45, "a notice names the holder, who need not be the writer")
    RIGHTS = ("copyright-line", 0.7, "a copyright notice in the article names the holder")
    SITE_RIGHTS = ("page", 0.5, "the site's copyright notice names the holder")
    ORIGINAL_LINE = ("credit-line", 0.9, "the outlet says where the text ran first")
    ORIGINAL_LINK = ("link", 0.8, "a link is offered as the way to the original")
    TRANSLATED = ("credit-line", 0.85, "the outlet says that the text is a translation")
    OTHER_SOURCE = ("credit-line", 0.5, "the line names a source that is no known agency")
    NO_NAME = ("credit-line", 0.5, "agencies are credited without a name")
    JSON_SOURCE = ("json-ld", 0.8, "structured data name the source of the text")
    JSON_BASED_ON = ("json-ld", 0.8, "structured data name the work that this one is based on")
    JSON_TRANSLATED = ("json-ld", 0.8, "structured data name the work that this one translates")
    JSON_HOLDER = ("json-ld", 0.7, "structured data name the holder of the copyright")
    JSON_PUBLISHER = ("json-ld", 0.9, "structured data name the publisher")
    JSON_OWNER = ("json-ld", 0.7, "structured data name the publisher's owner")
    JSON_PAYWALL = ("json-ld", 0.9, "structured data say that the page is not free")
    META_SOURCE = ("meta", 0.8, "a tag for syndicated text names its source")
    META_ORIGINAL = ("meta", 0.7, "a tag names the original, which may be the page itself")
    META_PUBLISHER = ("meta", 0.6, "a tag names the publisher, often by its page elsewhere")
    META_SITE = ("meta", 0.5, "a tag names the site, which may be one of several of a publisher")
    META_HOLDER = ("meta", 0.6, "a tag names the holder of the copyright, on every page alike")
    META_PAYWALL = ("meta", 0.8, "a tag says that the page is not free")
    META_ROBOTS = ("meta", 0.9, "a directive of the page to search engines")
    CANONICAL = ("link", 0.6, "the page calls an address on another site its canonical one")
    AGENCY_CANONICAL = ("link", 0.45, "the canonical address is on the agency's own site")
    AGENCY_ADDRESS = ("link", 0.7, "the original's address is on the agency's own site")
    JSON_PHOTO = ("json-ld", 0.8, "structured data credit a picture, not the text")
    PHOTO = ("caption", 0.8, "it credits a picture, which says nothing of the text")
    MENTION = ("text", 0.0, "it is named inside a sentence, which credits nobody")

    @property
    def where(self) -> str:
        """Where such a piece stands."""
        return self.value[0]

    @property
    def weight(self) -> float:
        """What it weighs alone."""
        return self.value[1]

    @property
    def reason(self) -> str:
        """Why it weighs that."""
        return self.value[2]

    def says(self, supports: str, value: str, quote: str, where: str | None = None) -> Evidence:
        """Make the piece: what it supports, what it says, and its words."""
        return Evidence(
            supports=supports,
            value=value[:MAX_QUOTE],
            quote=quote.strip()[:MAX_QUOTE],
            where=where or self.where,
            weight=self.weight,
            reason=self.reason,
        )


def name_agencies(kind: Kind, agencies: tuple[str, ...], quote: str) -> list[Evidence]:
    """Give a piece for each agency; several named together are weak ones."""
    if len(agencies) == 1:
        return [kind.says("agency", agencies[0], quote)]
    weak = kind if kind.weight < Kind.SEVERAL.weight else Kind.SEVERAL
    return [weak.says("agency", name, quote, kind.where) for name in agencies]
