"""Find the pages of a paginated article: a Document in, which page it is and the others out.

The address decides: a further page has the article's own address and a number, in one of the ways
that publishing systems write it, and a pager leads there (`rel=next`, "2", "Seite 2", "next"). What
a front, a list of comments or the next story of an archive has is none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.html import HtmlElement

from crawler.extraction.document import Document, text_of
from crawler.items import PageLink
from crawler.urls import MAX_URL, Spelling, canonical, site_of, spelling_of

# More is an article's number or a year, and no page's.
MOST_NUMBER = 99
_NAMES = (
    "page|seite|pagina|página|pag|part|teil|partie|parte|sida|side|strana|strona|sayfa|sivu|oldal"
    "|halaman|страница|стр"
)
# Parameters that number pages; `p` and `s` stand for other things as well, but not with the
# article's own address and a pager that leads there.
_KEYS = frozenset(
    (
        *("page", "paged", "pagenum", "pageno", "pagenumber", "page_number", "pg", "seite", "p"),
        *("pagina", "pag", "part", "teil", "sida", "side", "strana", "strona", "showpage"),
    )
)
_PATHS = (
    re.compile(rf"^(?P<stem>.+)/(?:{_NAMES}|p|s)[-_/]?(?P<n>\d{{1,2}})(?P<end>)$", re.IGNORECASE),
    # Not behind a year or a month: that is a day.
    re.compile(r"^(?P<stem>.+(?<!/\d{4})(?<!/\d{2})(?<!/\d))/(?P<n>\d{1,2})(?P<end>\.\w{2,5})?$"),
    re.compile(
        rf"^(?P<stem>.+?)[-_,.](?:(?:{_NAMES}|p|s)[-_]?)?(?P<n>\d{{1,2}})(?P<end>\.\w{{2,5}})?$",
        re.IGNORECASE,
    ),
)
# "./" and ".." lead to a first page as well.
SHORT = 3
# What stands on a pager's links, in the languages met most.
_NUMBER = re.compile(
    rf"^[\W_]*(?:(?:{_NAMES})\W*)?(\d{{1,2}})(?:\W+(?:of|von|de|sur|di|van|av|z|/)\W*\d{{1,2}}"
    r"|\s*/\s*\d{1,2})?(?:\W*$|\s*[:–—-]\s)",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\b(?:{_NAMES})\W{{0,2}}(\d{{1,2}})\b", re.IGNORECASE)
_NEXT = re.compile(
    r"^[\W\d_]*(?:(?:next|nächste|nächster|weiter|suivante?|siguiente|próxima|seguinte|avanti"
    r"|successiva|volgende|nästa|neste|næste|seuraava|następna|další|következő|sonraki|далее"
    r"|следующая|далі|التالي|次へ|次|下一页|下一頁|다음)(?:\W*(?:page|seite|página|pagina|sida|side"
    r"|strona|sivu|страница|ページ|페이지))?|page\s+suivante|pagina\s+(?:seguente|successiva)"
    r"|página\s+siguiente|continue(?:\s+reading)?|weiterlesen)[\W\d_]*$",
    re.IGNORECASE,
)
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])(?:next|nextpage|prev|previous)(?:$|[\s_-])", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?:(?:view|read|show|see)?\s*(?:as|on|in)?\s*(?:a\s+|one\s+)?single\s+page|view\s+all"
    r"|all\s+(?:pages\s+)?(?:on|in)\s+one(?:\s+page)?|on\s+one\s+page|one[- ]page\s+version"
    r"|auf\s+einer\s+seite|alles\s+auf\s+einer|komplettansicht|artikel\s+komplett"
    r"|sur\s+une\s+(?:seule\s+)?page|en\s+una\s+(?:sola\s+)?página|numa\s+(?:só\s+)?página"
    r"|in\s+un['’]unica\s+pagina|su\s+una\s+pagina|op\s+één\s+pagina|på\s+en\s+sida"
    r"|na\s+jednej\s+stronie|на\s+одной\s+странице|全文表示|全文阅读|阅读全文)\b",
    re.IGNORECASE,
)
# A pager's links are short; one that carries the part's own headline is a line.
MOST_LABEL = 120
_COMMENTS = re.compile(
    r"comment|kommentar|comentari|disqus|replies|respond|leserbrief|forum|reviews", re.IGNORECASE
)
# How far up it is looked whether a link stands among comments, or among other stories.
CLIMB = 8
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


@dataclass(frozen=True, slots=True)
class _Found:
    """A link of a pager."""

    url: str
    """Where it leads."""
    label: int | None
    """The number that it shows."""
    declared: bool
    """Whether it is declared as the next or former page, or looks like it."""


def find_pages(document: Document) -> Paging:
    """Say which page of an article this is, and where the others are."""
    here = canonical(document.page.url) or document.page.url
    key = spelling_of(here)[0]
    links = list(_pager_links(document, here))
    if not links or not _is_story(document, key):
        return WHOLE_BY_ITSELF
    for stem, number in ((key, None), *numbers_of(here)):
        paging = _pages_of(stem, number, key, links)
        if paging is not None:
            return Paging(paging.part, (*paging.links, *_whole_of(document, stem, here)))
    return WHOLE_BY_ITSELF


def numbers_of(url: str) -> list[tuple[str, int]]:
    """Give the ways to read an address as that of a numbered page: (first page's key, number)."""
    key = spelling_of(url)[0]
    place, _, query = key.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    found = []
    for name, value in pairs:
        if name.lower() in _KEYS and value.isdecimal() and int(value) <= MOST_NUMBER:
            rest = urlencode([pair for pair in pairs if pair != (name, value)])
            found.append((f"{place}?{rest}" if rest else place, int(value)))
    host, slash, path = place.partition("/")
    for pattern in _PATHS:
        if match := pattern.match(slash + path):
            stem = f"{host}{match['stem']}{match['end'] or ''}"
            found.append((f"{stem}?{query}" if query else stem, int(match["n"])))
            if match["end"] and match["stem"].count("/") > 0:
                # `/ferry/2.html` may be the second page of `/ferry` as well.
                bare = f"{host}{match['stem']}"
                found.append((f"{bare}?{query}" if query else bare, int(match["n"])))
    return [(stem, number) for stem, number in dict.fromkeys(found) if "/" in stem]


def _pages_of(stem: str, number: int | None, key: str, links: Iterable[_Found]) -> Paging | None:
    """Read the links as pages of the article at `stem`; None where they are none.

    Args:
        stem: key of the first page.
        number: what this page's own address says; None where it is the first.
        key: key of this page.
        links: what its pagers hold.
    """
    first: str | None = None
    pages: dict[str, tuple[int, int | None]] = {}
    declared: set[str] = set()
    for link in links:
        its_key = spelling_of(link.url)[0]
        if its_key == stem and key != stem:
            first = first or link.url
        for base, its_number in numbers_of(link.url):
            if base == stem and its_key != key:
                known = pages.get(link.url, (its_number, None))[1]
                pages[link.url] = (its_number, link.label or known)
                if link.declared:
                    declared.add(link.url)
                break
    # Some systems count from 0: what shows 2 leads to 1.
    shifts = {label - its_number for its_number, label in pages.values() if label is not None}
    shift = 1 if shifts == {1} else 0
    counted = {
        url: its_number + shift
        for url, (its_number, label) in pages.items()
        if label == its_number + shift or (label is None and url in declared)
    }
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


def _pager_links(document: Document, here: str) -> Iterator[_Found]:
    """Give the links that a pager may hold, each with the number it shows."""
    site = site_of(here)
    stems = (spelling_of(here)[0], *(stem for stem, _ in numbers_of(here)))
    names = {_name_in(stem) for stem in stems}
    for link in document.named["link"]:
        if _is_declared(link) and (url := _own_address(link.get("href") or "", here, site)):
            yield _Found(url, None, declared=True)
    for href, link in document.links:
        if not _may_turn(href, names) or href.startswith(("javascript:", "mailto:")):
            continue
        texts = [text_of(link), link.get("aria-label") or "", link.get("title") or ""]
        texts = [text for text in texts if text and len(text) <= MOST_LABEL]
        label = next((int(m[1]) for text in texts if (m := _NUMBER.match(text))), None)
        if label is None:
            label = next((int(m[1]) for text in texts if (m := _NAMED.search(text))), None)
        declared = _is_declared(link) or any(_NEXT.match(text) for text in texts)
        declared = declared or bool(_NEXT_CLASS.search(link.get("class") or ""))
        if (label is None and not declared) or _is_of_comments(link, href):
            continue
        if url := _own_address(href, here, site):
            yield _Found(url, label, declared)


def _is_declared(link: HtmlElement) -> bool:
    rel = (link.get("rel") or "").lower().split()
    return "next" in rel or "prev" in rel


def _own_address(href: str, here: str, site: str) -> str | None:
    url = canonical(href, here) if href else None
    return url if url is not None and site_of(url) == site else None


def _may_turn(href: str, names: set[str]) -> bool:
    """Tell whether an address may be that of the article's pages: most links' are not.

    Args:
        href: as it stands on the page.
        names: what the article's address ends in.
    """
    if len(href) > MAX_URL:
        return False
    if "/" not in href or len(href) <= SHORT:
        return True
    return any(name in href for name in names)


def _name_in(stem: str) -> str:
    """Give what an address ends in, without its query and its document's ending."""
    name = stem.partition("?")[0].rpartition("/")[2]
    return name.rpartition(".")[0] or name


def _is_of_comments(link: HtmlElement, href: str) -> bool:
    """Tell whether a pager turns the pages of the comments."""
    if _COMMENTS.search(urlsplit(href).fragment) or _COMMENTS.search(urlsplit(href).query):
        return True
    for outer, _ in zip(link.iterancestors(), range(CLIMB), strict=False):
        if outer.tag in ("body", "html"):
            return False
        if _COMMENTS.search(f"{outer.get('class') or ''} {outer.get('id') or ''}"):
            return True
    return False


def _is_story(document: Document, key: str) -> bool:
    """Tell whether a page is an article's and no front, by what it declares or by its address."""
    if document.articles or any(document.meta("article:published_time")):
        return True
    return bool(document.headings) and bool(_STORY_PATH.search(key.partition("/")[2]))


def _whole_of(document: Document, stem: str, here: str) -> Iterator[PageLink]:
    """Give the page that has all parts in one, where the page names it."""
    path = stem.partition("?")[0].rpartition(".")[0] or stem
    for href, link in document.links:
        said = len(text := text_of(link)) <= MOST_LABEL and bool(_WHOLE.search(text))
        if not said and "all" not in href and "page" not in href and "komplett" not in href:
            continue
        url = canonical(href, here)
        if url is None or url == here:
            continue
        key, spelling = spelling_of(url)
        if (spelling is Spelling.WHOLE and key == stem) or (said and key.startswith(path)):
            yield PageLink(kind="whole", url=url)
            return
