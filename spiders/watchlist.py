"""The spider `watchlist`: all sources in one crawl, so that a host has one queue and one delay."""

from typing import ClassVar

from spiders.archives import ArchiveReader
from spiders.base import SourceSpider
from spiders.feeds import FeedReader
from spiders.sections import SectionReader
from spiders.sitemaps import SitemapReader
from spiders.urls import UrlListReader


class WatchlistSpider(SourceSpider):
    """Crawls everything the watchlist names; what `wiretrace run` uses."""

    name = "watchlist"
    readers: ClassVar = {
        reader.kind: reader
        for reader in (FeedReader, SitemapReader, SectionReader, UrlListReader, ArchiveReader)
    }
