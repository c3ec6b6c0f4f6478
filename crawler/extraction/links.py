"""Other forms of a page that it names itself: a Document in, links to its own site out."""

import re

from lxml.html import HtmlElement

from crawler.extraction.document import Document
from crawler.items import PageLink
from crawler.urls import Spelling, canonical, site_of, spelling_of

# How a spelling is called that a link leads to.
KINDS = {Spelling.AMP: "amp", Spelling.PRINT: "print", Spelling.MOBILE: "mobile"}
# What the address of another form has in it; "amp" also stands in many words.
MARK = re.compile(r"(?<![a-z])amp(?:html)?(?![a-z])|print|drucken|druckversion|imprim")


def find_forms(document: Document) -> tuple[PageLink, ...]:
    """Give the AMP, print and mobile pages that the page names as its own, each once.

    They are declared in the head (`amphtml`, `alternate` with a medium); a link on the page counts
    where its address is a spelling of the page's own.
    """
    here = canonical(document.page.url) or document.page.url
    key, site = spelling_of(here)[0], site_of(here)
    found: dict[str, PageLink] = {}
    declarations = ((link.get("href") or "", _declared(link)) for link in document.named["link"])
    named = [(href, declared) for href, declared in declarations if href and declared]
    marked = ((href, None) for href, _ in document.links if _may_be_form(href))
    for href, declared in (*named, *marked):
        url = canonical(href, here)
        if url is None or url == here or site_of(url) != site:
            continue
        its_key, spelling = spelling_of(url)
        kind = declared or (KINDS.get(spelling) if its_key == key else None)
        if kind is not None:
            found.setdefault(url, PageLink(kind=kind, url=url))
    return tuple(found.values())


def _declared(link: HtmlElement) -> str | None:
    """Say which form a link of the head declares, if any."""
    rel = (link.get("rel") or "").lower().split()
    media = (link.get("media") or "").lower()
    if "amphtml" in rel:
        return "amp"
    if "alternate" not in rel or not media:
        return None
    if "print" in media:
        return "print"
    return "mobile" if "max-width" in media or "handheld" in media else None


def _may_be_form(href: str) -> bool:
    """Tell whether an address has a mark of another form: most links' have none.

    Looking for each by itself takes a fifth of the time that the pattern takes.
    """
    if "amp" in href or "print" in href or "druck" in href or "imprim" in href:
        return MARK.search(href) is not None
    return False
