"""News as an Atom feed: events arrive, a document by RFC 4287 leaves.

Ids and times never change once an event was given out, so a reader shows each once.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from html import escape
from uuid import NAMESPACE_URL, uuid5

from crawler.items import Event, EventCopy
from crawler.report.terminal import plain

# What `plain` leaves and XML 1.0 (production 2) does not allow: surrogates and two noncharacters.
_FORBIDDEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
TITLE = "wiretrace: new clusters and new copies"
ENTRY = """\
  <entry>
    <id>urn:uuid:{id}</id>
    <title>{title}</title>
    <updated>{found}</updated>
    <link rel="alternate" href="{url}"/>
    <link rel="related" type="text/html" href="report/clusters/{cluster}.html"/>
    <category term="{kind}"/>{stories}
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{content}</div></content>
  </entry>
"""
FEED = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>urn:uuid:{id}</id>
  <title>{title}</title>
  <updated>{updated}</updated>
  <author><name>wiretrace</name></author>
  <generator uri="https://pypi.org/project/wiretrace/">wiretrace</generator>
  <link rel="related" type="text/html" href="report/index.html"/>
{entries}</feed>
"""
KINDS = {"new-cluster": "New cluster", "new-copy": "New copy"}
"""How each kind of event is said."""


def atom_feed(events: Sequence[Event], *, origin: str, now: str) -> bytes:
    """Give the feed of events, in the order given (newest first).

    Args:
        events: news.
        origin: what tells this store from others; the feed's id is drawn from it.
        now: UTC; the time of a feed without events.
    """
    updated = max((event.found for event in events), default=now, key=datetime.fromisoformat)
    return FEED.format(
        id=uuid5(NAMESPACE_URL, f"wiretrace:feed:{origin}"),
        title=TITLE,
        updated=updated,
        entries="".join(map(_entry, events)),
    ).encode()


def _entry(event: Event) -> str:
    first = event.copies[0]
    return ENTRY.format(
        id=event.id,
        title=_safe(f"{KINDS[event.kind]}: {event.title or first.url}"),
        found=event.found,
        url=_safe(first.url) or "report/index.html",
        cluster=_safe(event.cluster),
        kind=event.kind,
        stories="".join(f'\n    <category term="story: {_safe(name)}"/>' for name in event.stories),
        content=_content(event),
    )


def _content(event: Event) -> str:
    """Write the copies as a list; what the web gave is words, never markup."""
    items = "".join(f"<li>{_copy(copy)}</li>" for copy in event.copies)
    watched = f"<p>Story: {_safe(', '.join(event.stories))}</p>" if event.stories else ""
    return f"{watched}<ul>{items}</ul>"


def _copy(copy: EventCopy) -> str:
    when = f", {_safe(copy.published)}" if copy.published else ""
    relation = copy.relation.replace("_", " ")
    name = _safe(copy.title) or _safe(copy.url)
    link = f'<a href="{_safe(copy.url)}">{name}</a>' if copy.url else name
    return f"{_safe(copy.site)}{when} ({relation}): {link}"


def _safe(text: str) -> str:
    """Give text for XML: no markup, no character that XML 1.0 forbids."""
    return escape(_FORBIDDEN.sub("", plain(text)))
