"""Refuse pages that would cost too much: bytes or a tree in, nothing or a PageError out.

Parsers are where hostile markup costs seconds or a worker, so `refuse_unreadable` runs before any,
and in time linear in the size of the body; depth is counted only where the parser says that it met
its limit. What the parser itself can stand and those who walk its
tree cannot, `refuse_complex` finds in the tree. What slips through both is stopped at the worker's
deadline.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, islice

from lxml.html import HtmlElement

from crawler.config.model import ExtractionLimits
from crawler.errors import PageEmpty, PageNotHtml, PageTooComplex, PageTooDeep, PageTooLarge
from crawler.items import Page

# First bytes of what servers send under an HTML content type by mistake: PDF, PNG, GIF, JPEG,
# ZIP (and office documents), gzip (a body compressed twice), RIFF (WebP), OLE.
BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\xd0\xcf\x11",
)
# XML vocabularies that are no page: feeds, sitemaps, pictures.
NOT_PAGES = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,500}-->\s*)?<(rss|feed|urlset|sitemapindex|rdf:rdf|svg)\b"
)
PAGE_TYPES = re.compile(
    r"\s*($|text/|application/(xhtml\+xml|xml|octet-stream)|unknown)", re.IGNORECASE
)
# Elements without a closing tag (HTML standard, "void elements"), and those whose closing tag is
# optional: authors leave them open by the hundred and parsers close them, so they do not nest.
FLAT = frozenset(
    b"area base br col embed hr img input link meta param source track wbr "
    b"p li td th tr dt dd option optgroup thead tbody tfoot colgroup html head body path".split()
)
# Elements whose content is text to a parser, whatever it looks like.
RAW = frozenset((b"script", b"style", b"textarea", b"title", b"noscript", b"svg", b"template"))
RAW_START = re.compile(rb"<(?:(" + b"|".join(sorted(RAW)) + rb")(?![a-z0-9:-])|!--)")
TAG = re.compile(rb"<(/?)(?!(?:" + b"|".join(sorted(FLAT | RAW)) + rb")[\s/>])[a-z]")
# libxml2 appends each attribute behind all others of its tag: a hundred thousand take ten seconds.
# The richest tag of real pages has 73.
MAX_ATTRIBUTES = 1000
LONG_TAG = 2 * MAX_ATTRIBUTES
QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
# Elements times levels. Whoever asks each element for those around it, as trafilatura and the
# search for the story's container do, takes so many steps: two million are ten seconds at worst.
# Real pages have up to 135,000.
MAX_STEPS = 2_000_000
# Elements that a parser makes without a tag.
IMPLIED = ("html", "head", "body", "p")
BLANK = b" \t\r\n\f\x00\xef\xbb\xbf"
START = 2048
# A stray NUL is an editor's slip; one byte in a hundred is another kind of file.
NUL_SHARE = 0.01


def refuse_unreadable(page: Page, limits: ExtractionLimits) -> None:
    """Raise what is wrong with a page that is not worth parsing.

    Raises:
        PageEmpty: nothing but white space came.
        PageTooLarge: more than `limits.max_bytes`.
        PageNotHtml: another content type, or another kind of file under an HTML type.
    """
    body = page.body
    if len(body) > limits.max_bytes:
        raise PageTooLarge(
            f"{page.url} has {len(body)} bytes, the limit is {limits.max_bytes}.",
            "Raise extraction.max_bytes if it is a story.",
        )
    if not body[:START].strip(BLANK) and not body.strip(BLANK):
        raise PageEmpty(f"{page.url} answered with an empty body.")
    if not PAGE_TYPES.match(page.content_type) or not _looks_like_page(body):
        kind = page.content_type.split(";")[0].strip() or "data"
        raise PageNotHtml(f"{page.url} is not a web page but {kind}.")


def refuse_endless_tags(page: Page) -> None:
    """Raise where a tag has more attributes than any element of a page.

    Raises:
        PageTooComplex: a tag with more than `MAX_ATTRIBUTES` attributes.
    """
    if any(_attributes(tag) > MAX_ATTRIBUTES for tag in _long_tags(page.body)):
        raise PageTooComplex(f"{page.url} has a tag with more than {MAX_ATTRIBUTES} attributes.")


def refuse_too_deep(page: Page, limits: ExtractionLimits) -> None:
    """Raise where a page nests deeper than any story: trees are walked level by level.

    Raises:
        PageTooDeep: more than `limits.max_depth` open elements at once.
    """
    if deepest_nesting(page.body) > limits.max_depth:
        raise PageTooDeep(f"{page.url} nests tags more than {limits.max_depth} deep.")


def refuse_complex(page: Page, tree: HtmlElement, tags: int, limits: ExtractionLimits) -> None:
    """Raise what speaks against walking a page's tree.

    Args:
        page: the page.
        tree: its tree.
        tags: how often its markup has a sign that opens a tag, which is more often than elements.
        limits: what it may cost.

    Raises:
        PageTooComplex: more than `limits.max_elements` elements, or too many of them too deep.
    """
    most = tags + len(IMPLIED)
    if most * limits.max_depth > MAX_STEPS:
        most -= page.body.count(b"</")
    if most <= limits.max_elements and most * limits.max_depth <= MAX_STEPS:
        return
    # Not by XPath's count(): that would make a list of all of them first.
    elements = sum(1 for _ in islice(tree.iter(), limits.max_elements + 1))
    if elements > limits.max_elements:
        raise PageTooComplex(
            f"{page.url} has more than {limits.max_elements} elements.",
            "Raise extraction.max_elements if it is a story.",
        )
    levels = MAX_STEPS // max(1, elements)
    if levels < limits.max_depth and tree.xpath(f"boolean(//*[ancestor::*[{levels}]])"):
        raise PageTooComplex(f"{page.url} nests {elements} elements more than {levels} deep.")


def _long_tags(body: bytes) -> Iterator[bytes]:
    """Yield the insides of tags that are long enough for so many attributes.

    From the end of one tag it is jumped to the last that ends within that length: only where none
    does is it looked closer.
    """
    at = 0
    while at < len(body) - LONG_TAG:
        if (last := body.rfind(b">", at, at + LONG_TAG)) >= 0:
            at = last + 1
            continue
        end = body.find(b">", at)
        end = end if end >= 0 else len(body)
        parts = body[at:end].split(b"<")[1:]
        yield from (part for part in parts if len(part) > LONG_TAG and part[:1].isalpha())
        at = end + 1


def _attributes(tag: bytes) -> int:
    """Count what stands in a tag between blanks, quoted values apart."""
    return len(QUOTED.sub(b" ", tag).split()) - 1


def _looks_like_page(body: bytes) -> bool:
    start = body[:START].lower()
    if body.startswith(BINARY) or NOT_PAGES.match(start.lstrip(b"\xef\xbb\xbf")):
        return False
    wide = body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<\x00" in start or b"\x00<" in start
    if wide or b"\x00" not in body:
        return b"<" in body
    return b"<" in body and body.count(b"\x00") <= NUL_SHARE * len(body)


def deepest_nesting(body: bytes) -> int:
    """Count open elements along the source.

    An approximation of what a parser builds: misplaced closing tags count down, scripts and
    comments are skipped. It may overstate the depth of broken markup, never by a parser's cost.
    """
    tags = TAG.findall(_without_raw(body.lower()))
    return max(accumulate(tags, _step, initial=0))


def _step(depth: int, slash: bytes) -> int:
    return depth + 1 if not slash else max(0, depth - 1)


def _without_raw(low: bytes) -> bytes:
    """Leave out comments and what stands in elements that hold text only."""
    pieces = []
    at = 0
    while found := RAW_START.search(low, at):
        pieces.append(low[at : found.start()])
        name = found.group(1)
        end = low.find(b"</" + name if name else b"-->", found.end())
        if end < 0:
            # To a parser the rest is that comment or script; looking again for each of many
            # would take time with the square of the size.
            return b"".join(pieces)
        at = end + 3
    return b"".join((*pieces, low[at:]))
