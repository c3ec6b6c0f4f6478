"""Find the feeds and sitemaps that a page declares."""

from selectolax.lexbor import LexborHTMLParser

from crawler.discovery.entries import Discovered
from crawler.urls import canonical

FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
)


def find_autodiscovery(html: str | bytes, url: str) -> Discovered:
    """Give the feeds and sitemaps named by `<link>` in a page, each once, in order.

    Feeds of comments are left out: they carry readers' words, not stories.
    """
    feeds: dict[str, None] = {}
    sitemaps: dict[str, None] = {}
    for link in LexborHTMLParser(html).css("link[rel][href]"):
        attributes = link.attributes
        address = canonical(attributes.get("href") or "", url)
        relations = (attributes.get("rel") or "").lower().split()
        if address is None:
            continue
        kind = (attributes.get("type") or "").lower().partition(";")[0].strip()
        if "sitemap" in relations:
            sitemaps[address] = None
        elif kind in FEED_TYPES and {"alternate", "feed"} & set(relations):
            name = f"{address} {attributes.get('title') or ''}".lower()
            if "comment" not in name:
                feeds[address] = None
    return Discovered(feeds=tuple(feeds), sitemaps=tuple(sitemaps))
