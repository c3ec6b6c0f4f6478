"""The headline as the reader sees it: a Document in, one line out.

Headline (h1), Open Graph, JSON-LD and `<title>` each have their own additions: section names, site
names, search-engine wording. What several of them share is the headline.
"""

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.blocks import BLOCKS
from crawler.extraction.document import Document, key_of, tidy
from crawler.extraction.jsonld import strings

SEPARATOR = re.compile(r"\s+[|–—·•»«:/\\>-]{1,2}\s+|\s*[|»]\s*|\s+[-–—]{1,3}\s+")
# Fewer letters are a section's or site's name, not a headline.
MIN_KEY = 8
# The longest headlines have 250 characters; longer titles are data that got lost.
MAX_TITLE = 500
# Further headings are those of other stories, or of the story's parts.
HEADINGS = 3

# The headline that readers see, the one told to search engines, the one made for shares; the page's
# own name is made from any of these and decides between them only.
HEADING, DATA, SHARES, NAME = "heading", "data", "shares", "name"
SHARE_METAS = ("og:title", "twitter:title", "title", "headline", "sailthru.title", "parsely-title")
WEIGHTS = {HEADING: 1.2, DATA: 1.0, SHARES: 1.1, NAME: 0.5}
# A headline that stands whole in a longer one agrees with it by less than half: the rest may be its
# kicker, or a section of the site, and then two that have it outvote one that has not.
INSIDE = 0.4
# Fewer letters behind a kicker are the end of a headline that has a part in another colour.
LEAST_BESIDE = 16
# What follows a headline behind one of these is the site's or the section's name.
SUFFIX = re.compile(r"\s+[|–—·•»\\-]{1,3}\s+|\s*[|»｜ㅣ：*]\s*|(?<=\S)-(?=\S)")
# Headings lie in these elements where they repeat the page's name in the path to it.
PATHS = ("li", "nav")
PATH_NAME = re.compile(r"bread-?crumb", re.IGNORECASE)
PATH_LEVELS = 4


def find_titles(document: Document) -> tuple[str, list[str]]:
    """Give the headline without the site's suffix, and those that data and tags for shares have.

    The first is empty where the page has none.

    A place counts once, however many tags repeat it: a desk that writes a catchier line for shares
    puts it into three meta tags, and its story's headline into one heading.
    """
    candidates = [(text, voice, key_of(text)) for text, voice in _candidates(document)]
    said = [text for text, voice, _ in candidates if voice in (DATA, SHARES)]
    return _chosen(document, candidates), list(dict.fromkeys(said))


def _chosen(document: Document, candidates: list[tuple[str, str, str]]) -> str:
    """Give the headline on which the candidates agree most: its text, where it stands, its key."""
    if len({key for *_, key in candidates}) > 1:
        apart = _beside_kicker(document, {key for _, v, key in candidates if v in (DATA, SHARES)})
        if apart is not None:
            return apart
        shown = _shown(document, {key for _, voice, key in candidates if voice != HEADING})
        candidates += [(text, HEADING, key_of(text)) for text in shown]
    best, chosen = 0.0, ""
    for text, _, key in candidates:
        said: dict[str, float] = {}
        for other, voice, other_key in candidates:
            share = _agreement(text, key, other, other_key)
            said[voice] = max(said.get(voice, 0.0), share * WEIGHTS[voice])
        total = sum(said.values())
        if total > best or (total == best and _is_longer(chosen, text)):
            best, chosen = total, text
    return next((text for text, *_ in candidates if _is_cut_at_quote(chosen, text)), chosen)


def _agreement(text: str, key: str, other: str, other_key: str) -> float:
    """Tell how far another line says the same, 0 to 1."""
    if key == other_key:
        return 1.0
    if len(key) < MIN_KEY or key not in other_key:
        return 0.0
    return 1.0 if _is_longer(other, text) else INSIDE


def _is_longer(other: str, text: str) -> bool:
    """Tell whether another line is this one with a site's or section's name behind it."""
    return other.startswith(text) and SUFFIX.match(other, len(text)) is not None


def _is_cut_at_quote(text: str, whole: str) -> bool:
    """Tell whether a tag lost the rest of a line at a quotation mark that was not escaped."""
    return whole.startswith(text) and whole[len(text) :].lstrip().startswith('"')


def _candidates(document: Document) -> list[tuple[str, str]]:
    """Give the headlines and where each stands; of several headings, the first three."""
    sites = {key for name in document.publishers if (key := key_of(name))}
    found = [(_line(h1), NAME if _in_path(h1) else HEADING) for h1 in document.headings[:HEADINGS]]
    for node in document.articles[:1]:
        found += [(tidy(unescape(text)), DATA) for text in strings(node.get("headline"))][:1]
    for name in SHARE_METAS:
        found += [(without_site(text, sites), SHARES) for text in document.meta(name)][:1]
    for title in document.named["title"][:1]:
        found.append((without_site(tidy(title.text or ""), sites), NAME))
    return [(text, voice) for text, voice in found if key_of(text)]


def _heads(document: Document) -> Iterator[HtmlElement]:
    """Yield the headings that lead nowhere and are no part of the path to the page."""
    for heading in document.tree.iter("h1", "h2"):
        linked = heading.find(".//a") is not None
        if not linked and next(heading.iterancestors("a"), None) is None and not _in_path(heading):
            yield heading


def _shown(document: Document, keys: set[str]) -> Iterator[str]:
    """Yield what stands in a heading exactly as a tag has it.

    Where the h1 is made for search engines, the headline is the h2 above the story; and a heading
    may hold its kicker in an element beside the headline's.
    """
    for heading in _heads(document):
        for element in heading.iter():
            text = _line(element)
            if len(text) <= MAX_TITLE and key_of(text) in keys:
                yield text


def _beside_kicker(document: Document, keys: set[str]) -> str | None:
    """Give the headline that a heading holds in an element of its own, behind its kicker.

    A tag must end in it, and none must have the kicker as well: where one has, desks do not agree
    on whether it is part of the headline.
    """
    for heading in _heads(document):
        parts = [
            (text, key_of(text)) for part in heading.iterdescendants() if (text := _line(part))
        ]
        whole = key_of(_line(heading)) if parts else ""
        for text, key in parts:
            apart = len(key) >= LEAST_BESIDE and key != whole and whole.endswith(key)
            if apart and whole not in keys and any(each.endswith(key) for each in keys):
                return text
    return None


def _line(heading: HtmlElement) -> str:
    """Give a heading's text; what stands in parts of their own on the page is parted by a space.

    A part ends the line where it is a block or a break. Of others only the letters tell: after a
    small letter no capital follows within a word.
    """
    if not len(heading):
        return tidy(heading.text or "")
    text = ""
    for event, element in etree.iterwalk(heading, events=("start", "end")):
        starts = event == "start"
        part = element.text if starts else element.tail
        if element is heading and not starts:
            break
        if part and not (starts and element.tag in ("script", "style")):
            glued = text[-1:].islower() and part[0].isupper()
            text += f" {part}" if element.tag in BLOCKS or element.tag == "br" or glued else part
    return tidy(text)


def _in_path(heading: HtmlElement) -> bool:
    """Tell whether a heading is part of the path to the page, not the head of its story."""
    if heading.tag in PATHS or next(heading.iterancestors(*PATHS), None) is not None:
        return True
    outer: HtmlElement | None = heading
    for _ in range(PATH_LEVELS + 1):
        if outer is None:
            break
        if PATH_NAME.search(f"{outer.get('class') or ''} {outer.get('id') or ''}"):
            return True
        outer = outer.getparent()
    return False


def without_site(title: str, sites: set[str]) -> str:
    """Cut parts that name the site from the end, then from the beginning."""
    text = tidy(title)[:MAX_TITLE]
    while True:
        breaks = list(SEPARATOR.finditer(text))
        if breaks and key_of(text[breaks[-1].end() :]) in sites:
            text = text[: breaks[-1].start()].strip()
        elif breaks and key_of(text[: breaks[0].start()]) in sites:
            text = text[breaks[0].end() :].strip()
        else:
            return text
