"""Sitemaps to entries: indexes, url sets, news sitemaps, plain lists, gzipped or cut.

Bytes arrive, a `SitemapDocument` leaves. https://www.sitemaps.org/protocol.html,
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from crawler.discovery.entries import Entry, SitemapDocument
from crawler.discovery.inflate import inflate
from crawler.discovery.mending import mend
from crawler.discovery.plaintext import MAX_TITLE, plain
from crawler.discovery.times import iso_time, moment_of
from crawler.errors import SitemapBroken
from crawler.urls import canonical

# Child sitemaps of pictures, lists and static pages hold no articles.
_NO_ARTICLES = re.compile(
    r"(image|video|categor|tags?\b|author|page-sitemap|pages?\b|user|product|static|section)",
    re.IGNORECASE,
)
_NEWS = re.compile(r"(news|latest|recent|today|article|post)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


def read_sitemap(body: bytes, *, url: str, limit: int) -> SitemapDocument:
    """Give what a sitemap names; of a longer one, the newest `limit` entries.

    Args:
        body: the file as it came; gzip is recognised by its first bytes.
        url: address that answered.
        limit: most entries given.

    Raises:
        SitemapBroken: it is no sitemap, or declares entities (a bomb, never needed).
    """
    content, _ = mend(inflate(body))
    if not content:
        raise SitemapBroken(f"{url} is empty.", "Check the address of the sitemap.")
    if content.startswith(b"<"):
        kind, entries = _read_xml(content, url)
    else:
        kind, entries = "urlset", list(_read_lines(content, url))
        if not entries:
            raise SitemapBroken(f"{url} is not a sitemap.", "Check its address.")
    unique = list({entry.url: entry for entry in entries}.values())
    if kind == "index":
        unique.sort(key=_index_rank, reverse=True)
    elif len(unique) > limit:
        unique.sort(key=_age_rank, reverse=True)
    return SitemapDocument(
        kind=kind, entries=tuple(unique[:limit]), cut=max(0, len(unique) - limit)
    )


def _read_xml(content: bytes, url: str) -> tuple[str, list[Entry]]:
    kind = ""
    entries: list[Entry] = []
    try:
        for event, element in iterparse(BytesIO(content), ("start", "end")):
            name = _local(element)
            if event == "start":
                kind = kind or _kind(name, url)
            elif name in ("url", "sitemap"):
                entry = _entry(element, url)
                if entry is not None:
                    entries.append(entry)
                element.clear()  # a file of 50,000 entries need not stand in memory as a tree
    except ParseError as error:
        if not entries:
            raise SitemapBroken(f"{url} is not readable XML ({error}).", "Check it.") from error
    except DefusedXmlException as error:
        raise SitemapBroken(f"{url} declares XML entities; it is not read.") from error
    return kind or "urlset", entries


def _kind(root: str, url: str) -> str:
    if root == "sitemapindex":
        return "index"
    if root == "urlset":
        return "urlset"
    raise SitemapBroken(f"{url} is <{root}>, not a sitemap.", "Check the address of the sitemap.")


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _entry(element: Element, url: str) -> Entry | None:
    found: dict[str, str] = {}
    for child in element.iter():
        # An image's or video's own <loc> and <title> stand deeper, in other namespaces.
        if child.text and "image" not in str(child.tag) and "video" not in str(child.tag):
            found.setdefault(_local(child), child.text.strip())
    address = canonical(found.get("loc", ""), url)
    if address is None:
        return None
    return Entry(
        url=address,
        title=plain(found.get("title"), MAX_TITLE),
        published=iso_time(found.get("publication_date")),
        modified=iso_time(found.get("lastmod")),
    )


def _read_lines(content: bytes, url: str) -> Iterator[Entry]:
    for line in content.replace(b"&amp;", b"&").decode("utf-8", errors="replace").splitlines():
        text = line.strip()
        address = canonical(text) if text.startswith(("http://", "https://")) else None
        if address is not None and " " not in text:
            yield Entry(url=address)
        elif text:
            raise SitemapBroken(f"{url} is neither XML nor a list of addresses.", "Check it.")


def _age_rank(entry: Entry) -> float:
    moment = moment_of(entry.published) or moment_of(entry.modified)
    return moment.timestamp() if moment else 0.0


def _index_rank(entry: Entry) -> tuple[bool, bool, float, tuple[int, ...]]:
    """Order child sitemaps: with articles, named after news, changed lately, numbered highest."""
    path = entry.url.rpartition("/")[2]
    numbers = tuple(int(digits[:12]) for digits in _NUMBER.findall(path))
    return (
        not _NO_ARTICLES.search(path),
        bool(_NEWS.search(path)),
        _age_rank(entry),
        numbers,
    )
