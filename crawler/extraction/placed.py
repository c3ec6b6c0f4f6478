"""A line of the body with its place: what its element, and the elements around it, tell of it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from lxml.html import HtmlElement

from crawler.extraction.blocks import Block, is_prose
from crawler.extraction.body import Line

# Names that developers give to what stands beside a story, whatever the paper's language: also to
# the summary that a machine wrote of it.
ASIDE = re.compile(
    r"(?<![a-z])(?:comments?(?![a-z])|disqus|kommentar|fact-?(?:s-?)?box|info-?box|faktaboks"
    r"|newsletter|teaser|promo(?![a-z])|related|recommend|author-?(?:box|bio)|bio(?![a-z])|modal"
    r"|ai-?(?:article-?)?summary|cookie|consent|paywall-?(?:box|overlay|message)|subscri|login|signup|sign-?in|popup|tooltip"
    r"|share|social)",
    re.IGNORECASE,
)
ASIDE_LEVELS = 5
# Names given to the text under a picture.
CAPTION = re.compile(
    r"(?<![a-z])(?:caption|img-?(?:desc|caption|text)|image-?(?:desc|caption|credit|text|info|widget)"
    r"|photo-?(?:desc|caption|credit|info)|picture-?(?:desc|caption|credit)|bildunter|bildtext"
    r"|bildinfo|legende|didascalia|pie-?(?:de-)?foto)|imagedesc|imagecaption|(?:bild|foto)__info",
    re.IGNORECASE,
)
CAPTION_LEVELS = 3
# Names in the markup that networks give out for quoting a post.
EMBED = re.compile(r"tweet|embed|instagram-media|fb-post", re.IGNORECASE)


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
    block: Block | None
    """Its block element."""

    @property
    def links(self) -> float:
        """Share of the block's characters in links to other pages, 0 to 1."""
        return self.block.links if self.block is not None else 0.0

    @property
    def is_prose(self) -> bool:
        """Whether it is long enough for a sentence of the story."""
        return is_prose(self.line.text)

    def is_under(self, *tags: str) -> bool:
        """Tell whether its element or one around it has one of these tags."""
        if self.block is None:
            return False
        element = self.block.element
        return element.tag in tags or next(element.iterancestors(*tags), None) is not None

    def is_caption(self) -> bool:
        """Tell whether it is named or nested as the text of a picture."""
        if self.block is None:
            return False
        return self.is_under("figcaption") or is_named(self.block, CAPTION, CAPTION_LEVELS)

    def is_called_caption(self) -> bool:
        """Tell whether it is itself named so; a paragraph's own name is no part of its wrapping."""
        return self.block is not None and is_named(self.block, CAPTION, 0)

    def is_embed(self) -> bool:
        """Tell whether it is quoted from a network by the markup that such networks give out."""
        if self.block is None:
            return False
        element = self.block.element
        quotes = [*([element] if element.tag == "blockquote" else ())]
        quotes += element.iterancestors("blockquote")
        return bool(quotes) and any(EMBED.search(quote.get("class") or "") for quote in quotes)

    def is_aside(self) -> bool:
        """Tell whether an element around it is named as something beside the story."""
        return self.block is not None and is_named(self.block, ASIDE, ASIDE_LEVELS)


def is_named(
    block: Block, names: re.Pattern[str], levels: int, big: set[HtmlElement] | None = None
) -> bool:
    """Tell whether a block or one of the nearest elements around it has such a class or id.

    An element that holds half of the page's prose (`big`) is the story, whatever its name.
    """
    outer: HtmlElement | None = block.element
    for _ in range(levels + 1):
        if outer is None or (big and outer in big):
            return False
        called = f"{outer.get('class') or ''} {outer.get('id') or ''}"
        if called != " " and names.search(called):
            return True
        outer = outer.getparent()
    return False
