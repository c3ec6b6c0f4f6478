"""JSON Feed to entries.

https://www.jsonfeed.org/version/1.1/
"""

import json
from typing import Any

from crawler.discovery.entries import Entry
from crawler.discovery.plaintext import MAX_SUMMARY, MAX_TITLE, plain
from crawler.discovery.times import iso_time
from crawler.errors import FeedBroken
from crawler.urls import canonical


def read_json_feed(body: bytes, *, url: str, limit: int) -> list[Entry]:
    """Give the entries of a JSON Feed; a cut one gives its whole items.

    Raises:
        FeedBroken: it is not JSON, or has no list of items.
    """
    text = body.decode("utf-8-sig", errors="replace")
    items = _items(text)
    if items is None:
        raise FeedBroken(f"{url} is JSON without feed items.", "Check the address of the feed.")
    entries: dict[str, Entry] = {}
    for item in items:
        entry = _entry(item, url) if isinstance(item, dict) else None
        if entry is not None:
            entries.setdefault(entry.url, entry)
        if len(entries) >= limit:
            break
    return list(entries.values())


def _items(text: str) -> list[Any] | None:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return _whole_items(text)
    items = document.get("items") if isinstance(document, dict) else None
    return items if isinstance(items, list) else None


def _whole_items(text: str) -> list[Any] | None:
    """Read the items of a cut document one by one until the break."""
    start = text.find("[", text.find('"items"'))
    if '"items"' not in text or start < 0:
        return None
    decoder, at, items = json.JSONDecoder(), start + 1, []
    while at < len(text):
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        items.append(item)
    return items or None


def _entry(item: dict[str, Any], url: str) -> Entry | None:
    # A link blog's own page is `url`; `external_url` is what it points to and may lack a page.
    address = next(
        (
            found
            for key in ("url", "external_url", "id")
            if isinstance(item.get(key), str) and (found := canonical(item[key], url))
        ),
        None,
    )
    if address is None:
        return None
    summary = _text(item, "summary") or _text(item, "content_text") or _text(item, "content_html")
    return Entry(
        url=address,
        title=plain(_text(item, "title"), MAX_TITLE),
        summary=plain(summary, MAX_SUMMARY),
        published=iso_time(_text(item, "date_published")),
        modified=iso_time(_text(item, "date_modified")),
    )


def _text(item: dict[str, Any], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) else None
