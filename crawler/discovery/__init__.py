"""From documents to leads: what a feed, a sitemap or a front page names, and whether it matters.

Bytes of a document arrive, entries and links leave; nothing here touches the network or a clock.
"""

from crawler.discovery.directives import directives
from crawler.discovery.entries import (
    Entry,
    Front,
    FrontLink,
    Place,
    SitemapDocument,
    StoryTerms,
    Verdict,
)
from crawler.discovery.feeds import read_feed
from crawler.discovery.freshness import fresh_for_s
from crawler.discovery.fronts import read_front
from crawler.discovery.opml import read_opml, write_opml
from crawler.discovery.sitemaps import read_sitemap
from crawler.discovery.sites import find_places
from crawler.discovery.stories import StoryMatcher
from crawler.discovery.terms import story_terms
from crawler.discovery.times import iso_time, moment_of, utc_text

__all__ = [
    "Entry",
    "Front",
    "FrontLink",
    "Place",
    "SitemapDocument",
    "StoryMatcher",
    "StoryTerms",
    "Verdict",
    "directives",
    "find_places",
    "fresh_for_s",
    "iso_time",
    "moment_of",
    "read_feed",
    "read_front",
    "read_opml",
    "read_sitemap",
    "story_terms",
    "utc_text",
    "write_opml",
]
