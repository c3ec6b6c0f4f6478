"""Find the links of a page's pagers: a Document in, links with the number they show out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extraction.document import Document, text_of
from crawler.extraction.numbered import NAMES
from crawler.extraction.turning import Turning
from crawler.items import PageLink
from crawler.urls import Spelling, canonical, spelling_of

# What stands on a pager's links, in the languages met most.
_NUMBER = re.compile(
    rf"^[\W_]*(?:(?:{NAMES})\W*)?(\d{{1,2}})(?:\W+(?:of|von|de|sur|di|van|av|z|/)\W*\d{{1,2}}"
    r"|\s*/\s*\d{1,2})?(?:\W*$|\s*[:–—-]\s)",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\b(?:{NAMES})\W{{0,2}}(\d{{1,2}})\b", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class PagerLink:
    """A link of a pager."""

    url: str
    """Where it leads."""
    label: int | None
    """The number that it shows."""
    declared: bool
    """Whether it is declared as the next or former page, or looks like it."""


def pager_links(document: Document, here: str) -> Iterator[PagerLink]:
    """Give the links that a pager may hold, each with the number it shows."""
    turning = Turning.of(here)
    for link in (*document.related("next"), *document.related("prev")):
        if url := turning.address(link.get("href") or ""):
            yield PagerLink(url, None, declared=True)
    near = turning.near([href for href, _ in document.links])
    for href, link in document.links:
        if href not in near:
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
        if url := turning.address(href):
            yield PagerLink(url, label, declared)


def _is_declared(link: HtmlElement) -> bool:
    rel = (link.get("rel") or "").lower().split()
    return "next" in rel or "prev" in rel


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


def whole_of(document: Document, stem: str, here: str) -> Iterator[PageLink]:
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
