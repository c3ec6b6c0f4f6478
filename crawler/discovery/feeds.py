"""Feeds to entries: RSS, Atom and RDF through feedparser, JSON Feed through json.

Bytes arrive, entries leave. What stands before the break of a cut or broken feed is kept.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import feedparser

from crawler.discovery.entries import Entry
from crawler.discovery.jsonfeeds import read_json_feed
from crawler.discovery.mending import mend
from crawler.discovery.plaintext import MAX_SUMMARY, MAX_TITLE, plain
from crawler.discovery.times import iso_time
from crawler.errors import FeedBroken
from crawler.urls import canonical

# The end of the last whole entry, and the start of one that is not whole, in any namespace prefix.
_ENTRY_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ENTRY_START = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_HTML_START = re.compile(rb"^\s*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)
# Servers call feeds text/plain or leave their type out; that says nothing of what stands in them.
_HARMLESS = (feedparser.NonXMLContentType, feedparser.CharacterEncodingOverride)


def read_feed(body: bytes, *, url: str, content_type: str, limit: int) -> list[Entry]:
    """Give the entries of a feed in its own order, each address once.

    Args:
        body: the document as it came, after content decoding.
        url: address that answered; relative links resolve against xml:base or this.
        content_type: Content-Type header, for the character encoding; may be empty.
        limit: most entries taken.

    Raises:
        FeedBroken: it is no feed, or holds no entry that could be read.
    """
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise FeedBroken(f"{url} is empty.", "Check the address of the feed.")
    if _HTML_START.match(start):
        raise FeedBroken(f"{url} is a web page, not a feed.", "Check the address of the feed.")
    if start.startswith(b"{"):
        return read_json_feed(body, url=url, limit=limit)
    mended, recoded = mend(body)
    parsed = feedparser.parse(
        BytesIO(_drop_torn_entry(mended)),
        response_headers={
            "content-type": "application/xml; charset=utf-8" if recoded else content_type,
            "content-location": url,
        },
        sanitize_html=False,  # only plain text is taken, and cleaning costs half of the time
        resolve_relative_uris=False,  # the same, for links inside texts; xml:base still counts
    )
    dated = not (parsed.version or "").startswith("atom")
    entries = list(_entries(parsed.entries, url, limit, dated_once=dated))
    fault = parsed.get("bozo_exception") if parsed.bozo else None
    if isinstance(fault, _HARMLESS):
        fault = None
    if not entries and (fault or not parsed.version):
        why = str(fault or "not a known format")
        raise FeedBroken(f"{url} holds no readable entry ({why}).", "Look at it in a browser.")
    return entries


def _drop_torn_entry(body: bytes) -> bytes:
    """Cut an entry that has a beginning and no end: half an address leads nowhere."""
    ends = list(_ENTRY_END.finditer(body))
    last = ends[-1].end() if ends else 0
    torn = _ENTRY_START.search(body, last)
    return body[: torn.start()] if torn and ends else body


def _entries(raw: list[Any], url: str, limit: int, *, dated_once: bool) -> Iterator[Entry]:
    """Yield entries; with `dated_once` a lone `updated` is dc:date, which states publication."""
    seen: set[str] = set()
    for item in raw:
        address = _address(item, url)
        if address is None or address in seen:
            continue
        seen.add(address)
        yield Entry(
            url=address,
            title=plain(item.get("title"), MAX_TITLE),
            summary=plain(item.get("summary"), MAX_SUMMARY),
            published=_time(item, "published")
            or _time(item, "created")
            or (_time(item, "updated") if dated_once else None),
            modified=_time(item, "updated"),
        )
        if len(seen) >= limit:
            return


def _time(item: Any, key: str) -> str | None:  # noqa: ANN401 - feedparser has no types
    # Asked for a missing `updated`, feedparser answers with `published`; `in` tells the truth.
    return iso_time(item.get(key)) if key in item else None


def _address(item: Any, url: str) -> str | None:  # noqa: ANN401 - feedparser has no types
    """Give the article's address: the original behind a click counter, the link, a linked id."""
    alternates = [
        link.get("href")
        for link in item.get("links", [])
        if link.get("rel", "alternate") == "alternate"
    ]
    for value in (item.get("feedburner_origlink"), item.get("link"), *alternates):
        resolved = canonical(value, url) if value else None
        if resolved is not None:
            return resolved
    return None
