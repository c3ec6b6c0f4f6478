"""Where a site says that its news are listed: feeds and sitemaps, from a page and robots.txt.

A page's HTML and a robots.txt arrive, addresses leave; nobody has asked yet whether they hold.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from crawler.discovery.entries import Place
from crawler.discovery.plaintext import MAX_TITLE, plain
from crawler.urls import canonical

# Media types of feeds, as the link element of a page names them
# (https://html.spec.whatwg.org/multipage/links.html#rel-alternate, https://www.jsonfeed.org/).
FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/json",
    }
)
# Feeds of comments are declared beside those of news and name no articles.
_COMMENTS = re.compile(
    r"comments?(?:[/\-_.?=]|\b)|kommentare|comentarios|commentaires", re.IGNORECASE
)
# https://www.sitemaps.org/protocol.html#submit_robots
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def find_places(html: bytes, robots: bytes, *, url: str) -> list[Place]:
    """Give the feeds a page declares and the sitemaps robots.txt names, each once, in this order.

    Args:
        html: the page; empty where it could not be had.
        robots: the site's robots.txt; likewise.
        url: the page's address, against which links resolve.
    """
    found: dict[str, Place] = {}
    for place in (*_feeds(html, url), *_sitemaps(robots, url)):
        found.setdefault(place.url, place)
    return list(found.values())


def _feeds(html: bytes, url: str) -> Iterator[Place]:
    for node in LexborHTMLParser(html).css("link[rel~=alternate i][type][href]"):
        attributes = node.attributes
        kind = (attributes.get("type") or "").split(";")[0].strip().lower()
        address = canonical(attributes.get("href") or "", url)
        title = plain(attributes.get("title"), MAX_TITLE)
        if kind not in FEED_TYPES or address is None or "/wp-json/" in address:
            continue
        if not _COMMENTS.search(f"{address} {title or ''}"):
            yield Place(kind="feed", url=address, title=title)


def _sitemaps(robots: bytes, url: str) -> Iterator[Place]:
    for named in _SITEMAP.findall(robots.decode("utf-8", "replace")):
        address = canonical(named, url)
        if address is not None:
            yield Place(kind="sitemap", url=address)
