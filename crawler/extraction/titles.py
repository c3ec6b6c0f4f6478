"""The headline as the reader sees it: a Document in, one line out.

Headline (h1), Open Graph, JSON-LD and `<title>` each have their own additions: section names, site
names, search-engine wording. What several of them share is the headline.
"""

import re

from crawler.extraction.document import Document, key_of, text_of, tidy
from crawler.extraction.jsonld import strings

SEPARATOR = re.compile(r"\s+[|–—·•»«:/\\>-]{1,2}\s+|\s*[|»]\s*|\s+[-–—]{1,3}\s+")
# Fewer letters are a section's or site's name, not a headline.
MIN_KEY = 8
# The longest headlines have 250 characters; longer titles are data that got lost.
MAX_TITLE = 500


def find_title(document: Document) -> str:
    """Give the headline without the site's suffix; empty where the page has none."""
    candidates = _candidates(document)
    if not candidates:
        return ""
    keys = [key_of(text) for text, _ in candidates]
    scores = []
    for place, (_, weight) in enumerate(candidates):
        key = keys[place]
        same = sum(other == key for other in keys)
        inside = sum(other != key and len(key) >= MIN_KEY and key in other for other in keys)
        scores.append((same + 0.7 * inside + weight, -place))
    chosen = max(range(len(candidates)), key=lambda place: scores[place])
    return candidates[chosen][0]


def _candidates(document: Document) -> list[tuple[str, float]]:
    """Give the headlines of each place, with a weight that decides between equals."""
    found: list[tuple[str, float]] = []
    sites = {key for name in document.publishers if (key := key_of(name))}
    heads = [text_of(h1) for h1 in document.headings]
    found += [(head, 0.6) for head in heads[:3]]
    for node in document.articles[:1]:
        found += [(tidy(text), 0.3) for text in strings(node.get("headline"))][:1]
    for name in (
        "og:title",
        "twitter:title",
        "title",
        "headline",
        "sailthru.title",
        "parsely-title",
    ):
        found += [(without_site(text, sites), 0.4) for text in document.meta(name)][:1]
    title = document.tree.find(".//title")
    if title is not None and title.text:
        found.append((without_site(tidy(title.text), sites), 0.2))
    return [(text, weight) for text, weight in found if key_of(text)]


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
