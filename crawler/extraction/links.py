"""Other forms of a page that it names itself: a Document in, links to its own site out."""

import re

from lxml.html import HtmlElement

from crawler.extraction.document import Document, holds_any
from crawler.items import PageLink
from crawler.urls import Spelling, canonical, site_of, spelling_of

# How a spelling is called that a link leads to.
KINDS = {Spelling.AMP: "amp", Spelling.PRINT: "print", Spelling.MOBILE: "mobile"}
# One of these stands in the address of each other form; "amp" also stands in many words.
WORDS = ("amp", "print", "druck", "imprim")
MARK = re.compile(r"(?<![a-z])amp(?:html)?(?![a-z])|print|drucken|druckversion|imprim")


def find_forms(document: Document) -> tuple[PageLink, ...]:
    """Give the AMP, print and mobile pages that the page names as its own, each once.

    They are declared in the head (`amphtml`, `alternate` with a medium); a link on the page counts
    where its address is a spelling of the page's own.
    """
    here = canonical(document.page.url) or document.page.url
    key, site = spelling_of(here)[0], site_of(here)
    found: dict[str, PageLink] = {}
    related = [(link, "amp") for link in document.related("amphtml")]
    media = ((link, _medium(link)) for link in document.related("alternate"))
    related += [(link, medium) for link, medium in media if medium is not None]
    named = [(href, kind) for link, kind in related if (href := link.get("href"))]
    # Looking for plain words first takes a fifth of the time that the pattern takes.
    hrefs = (href for href, _ in document.links if holds_any(href, WORDS))
    marked = ((href, None) for href in hrefs if MARK.search(href))
    for href, declared in (*named, *marked):
        url = canonical(href, here)
        if url is None or url == here or site_of(url) != site:
            continue
        its_key, spelling = spelling_of(url)
        kind = declared or (KINDS.get(spelling) if its_key == key else None)
        if kind is not None:
            found.setdefault(url, PageLink(kind=kind, url=url))
    return tuple(found.values())


def _medium(link: HtmlElement) -> str | None:
    """Say for which other medium a link of the head declares a form, if for any."""
    media = (link.get("media") or "").lower()
    if "print" in media:
        return "print"
    return "mobile" if "max-width" in media or "handheld" in media else None
