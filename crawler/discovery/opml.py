"""OPML, in which feed readers exchange lists of feeds (https://opml.org/spec2.opml).

A document arrives and places leave, or the other way round.
"""

from collections.abc import Iterable, Iterator
from html import escape
from io import BytesIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from crawler.discovery.entries import Place
from crawler.discovery.mending import mend
from crawler.discovery.plaintext import MAX_TITLE, plain
from crawler.errors import InputError
from crawler.urls import canonical

OUTLINE = '    <outline type="rss" text="{title}" title="{title}" xmlUrl="{url}"/>\n'
DOCUMENT = """\
<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
  <head><title>Sources of wiretrace</title></head>
  <body>
{outlines}  </body>
</opml>
"""


def read_opml(body: bytes) -> list[Place]:
    """Give the feeds of a list in its order, folders opened, each address once.

    Raises:
        InputError: it is no OPML, or names no feed.
    """
    content, _ = mend(body)
    try:
        found = {place.url: place for place in _outlines(content)}
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise InputError(f"The list cannot be read as OPML: {error}.") from error
    if not found:
        raise InputError("The list names no feed.", "Export it from a feed reader as OPML.")
    return list(found.values())


def _outlines(content: bytes) -> Iterator[Place]:
    for _, element in iterparse(BytesIO(content), events=("end",)):
        # Readers differ in how they spell the attribute's name.
        attributes = {name.lower(): value for name, value in element.attrib.items()}
        address = canonical(attributes.get("xmlurl", ""))
        if element.tag.lower() == "outline" and address is not None:
            title = plain(attributes.get("title") or attributes.get("text"), MAX_TITLE)
            yield Place(kind="feed", url=address, title=title)


def write_opml(places: Iterable[Place]) -> str:
    """Give a list of feeds as a document."""
    outlines = "".join(
        OUTLINE.format(title=escape(place.title or place.url), url=escape(place.url))
        for place in places
    )
    return DOCUMENT.format(outlines=outlines)
