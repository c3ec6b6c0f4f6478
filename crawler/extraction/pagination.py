"""Find the pages of a paginated article: a Document in, which page it is and the others out.

The address decides: a further page has the article's own address and a number, in one of the ways
that publishing systems write it, and a pager leads there (`rel=next`, "2", "Seite 2", "next"). What
a front, a list of comments or the next story of an archive has is none.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.extraction.document import Document
from crawler.extraction.numbered import numbers_of
from crawler.extraction.pagers import PagerLink, pager_links, whole_of
from crawler.items import PageLink
from crawler.urls import canonical, spelling_of

# An address that tells of a story: words, a long number, or a document's ending.
_STORY_PATH = re.compile(r"\d{4,}|(?:[^\W\d_]+[-_]){2,}[^\W\d_]+|\.\w{2,5}$")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of an article a page is."""

    part: int | None
    """Its number, from 1; None where it is not paginated."""
    links: tuple[PageLink, ...]
    """The first page, the other parts, and the page that has all, as far as it names them."""


WHOLE_BY_ITSELF = Paging(None, ())


def find_pages(document: Document) -> Paging:
    """Say which page of an article this is, and where the others are."""
    here = canonical(document.page.url) or document.page.url
    key = spelling_of(here)[0]
    links = list(pager_links(document, here))
    if not links or not _is_story(document, key):
        return WHOLE_BY_ITSELF
    for stem, number in ((key, None), *numbers_of(here)):
        paging = _pages_of(stem, number, key, links)
        if paging is not None:
            return Paging(paging.part, (*paging.links, *whole_of(document, stem, here)))
    return WHOLE_BY_ITSELF


def _pages_of(stem: str, number: int | None, key: str, links: Iterable[PagerLink]) -> Paging | None:
    """Read the links as pages of the article at `stem`; None where they are none.

    Args:
        stem: key of the first page.
        number: what this page's own address says; None where it is the first.
        key: key of this page.
        links: what its pagers hold.
    """
    known = list(links)
    first = next((link.url for link in known if key != stem and _key(link) == stem), None)
    counted, shift = _counted(stem, [link for link in known if _key(link) != key])
    part = 1 if number is None else number + shift
    others = {its: url for url, its in sorted(counted.items(), reverse=True) if its > 1}
    if number is None:
        paged = part + 1 in others
    else:
        first = first or next((url for url, its in counted.items() if its == 1), None)
        paged = part > 1 and (first is not None or part - 1 in others)
    if not paged:
        return None
    named = [PageLink(kind="first", url=first, number=1)] if first is not None else []
    named += [PageLink(kind="part", url=url, number=its) for its, url in sorted(others.items())]
    return Paging(part, tuple(named))


def _key(link: PagerLink) -> str:
    return spelling_of(link.url)[0]


def _counted(stem: str, links: Iterable[PagerLink]) -> tuple[dict[str, int], int]:
    """Give address -> number of the pages of an article, and by how much addresses count less.

    Some systems count from 0: what shows 2 leads to 1.
    """
    pages: dict[str, tuple[int, int | None]] = {}
    declared: set[str] = set()
    for link in links:
        number = next((its for base, its in numbers_of(link.url) if base == stem), None)
        if number is not None:
            pages[link.url] = number, link.label or pages.get(link.url, (number, None))[1]
            declared |= {link.url} if link.declared else set()
    shifts = {label - number for number, label in pages.values() if label is not None}
    shift = 1 if shifts == {1} else 0
    counted = {
        url: number + shift
        for url, (number, label) in pages.items()
        if label == number + shift or (label is None and url in declared)
    }
    return counted, shift


def _is_story(document: Document, key: str) -> bool:
    """Tell whether a page is an article's and no front, by what it declares or by its address."""
    if document.articles or any(document.meta("article:published_time")):
        return True
    return bool(document.headings) and bool(_STORY_PATH.search(key.partition("/")[2]))
