"""The headline as the reader sees it: a Document in, one line out.

Headline (h1), Open Graph, JSON-LD and `<title>` each have their own additions: section names, site
names, search-engine wording. What several of them share is the headline.
"""

import re
from html import unescape

from crawler.extraction.document import Document, key_of, text_of, tidy
from crawler.extraction.jsonld import strings

SEPARATOR = re.compile(r"\s+[|–—·•»«:/\\>-]{1,2}\s+|\s*[|»]\s*|\s+[-–—]{1,3}\s+")
# Fewer letters are a section's or site's name, not a headline.
MIN_KEY = 8
# The longest headlines have 250 characters; longer titles are data that got lost.
MAX_TITLE = 500


# The headline that readers see, the one told to search engines, the one made for shares; the page's
# own name is made from any of these and decides between them only.
HEADING, DATA, SHARES, NAME = "heading", "data", "shares", "name"
SHARE_METAS = ("og:title", "twitter:title", "title", "headline", "sailthru.title", "parsely-title")
WEIGHTS = {HEADING: 1.2, DATA: 1.0, SHARES: 1.1, NAME: 0.5}
# A headline that stands whole in a longer one agrees with it by half: the rest may be its kicker,
# or a section of the site.
INSIDE = 0.5


def find_title(document: Document) -> str:
    """Give the headline without the site's suffix; empty where the page has none.

    A place counts once, however many tags repeat it: a desk that writes a catchier line for shares
    puts it into three meta tags, and its story's headline into one heading.
    """
    candidates = [(text, voice, key_of(text)) for text, voice in _candidates(document)]
    best, chosen = 0.0, ""
    for text, _, key in candidates:
        said: dict[str, float] = {}
        for _, voice, other in candidates:
            same = key == other
            share = 1.0 if same else INSIDE * (len(key) >= MIN_KEY and key in other)
            said[voice] = max(said.get(voice, 0.0), share * WEIGHTS[voice])
        if sum(said.values()) > best:
            best, chosen = sum(said.values()), text
    return chosen


def _candidates(document: Document) -> list[tuple[str, str]]:
    """Give the headlines and where each stands; of several headings, the first three."""
    sites = {key for name in document.publishers if (key := key_of(name))}
    found = [(text_of(h1), HEADING) for h1 in document.headings[:3]]
    for node in document.articles[:1]:
        found += [(tidy(unescape(text)), DATA) for text in strings(node.get("headline"))][:1]
    for name in SHARE_METAS:
        found += [(without_site(text, sites), SHARES) for text in document.meta(name)][:1]
    title = document.tree.find(".//title")
    if title is not None and title.text:
        found.append((without_site(tidy(title.text), sites), NAME))
    return [(text, voice) for text, voice in found if key_of(text)]


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
