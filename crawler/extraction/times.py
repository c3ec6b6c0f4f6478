"""When a page says it was published and modified: a Document in, claims out, best first.

A claim is what one place says. Which one is believed depends on how far its kind of place can be
trusted and on how exact it is; a place that is less trusted may refine the one that is more
trusted, never contradict it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.blocks import Block
from crawler.extraction.document import Document, text_of
from crawler.extraction.flaws import filed_day, flaw_of
from crawler.extraction.guessing import guess_day
from crawler.extraction.jsonld import strings
from crawler.extraction.moments import (
    day_of,
    instant_of,
    precision_of,
    read_moment,
)
from crawler.extraction.visible import visible_times
from crawler.items import Published

# Meta tags in the order of how exactly their makers define them (Open Graph, schema.org, the
# analytics vendors' own, Dublin Core, homemade). Names are lower case.
PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "published_time",
    "publish-date",
    "publishdate",
    "publish_date",
    "published-date",
    "pubdate",
    "publication_date",
    "publicationdate",
    "article_date_original",
    "originalpublicationdate",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "rnews:datepublished",
    "date.created",
    "article:published",
    "article.created",
    "iso-8601-publish-date",
    "bt:pubdate",
    "vr:published_time",
    "last-published",
    "date",
)
MODIFIED_METAS = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "cxenseparse:recs:modifiedtime",
    "article.updated",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "modified",
    "revised",
)
# How far a kind of source is believed. Feeds and JSON-LD are written by the publishing system for
# machines; `<time>` may belong to a teaser; htmldate guesses.
# Last-Modified is mostly the time at which the page was put together for us: a claim on record that
# nothing is drawn from.
TRUST = {"json-ld": 5, "feed": 4, "sitemap": 4, "meta": 4, "time": 3, "text": 2, "htmldate": 1}
UNUSED = "http:last-modified"
FED = ("feed", "sitemap")
# Two spellings of one moment differ by a zone at most (14 h) and editors' rounding.
INSTANT = 2
MARKED_TIMES = etree.XPath("//*[@itemprop='datePublished' or @itemprop='dateModified']")
MARK = b"itemprop"
# Between that name and its value stand an equals sign, a quotation mark, perhaps white space.
MARK_CHARS = 24
SAME_STORY = timedelta(hours=26)


def find_times(document: Document, blocks: list[Block], texts: list[str]) -> tuple[Published, ...]:
    """Collect every claim that can be read: the believed ones first, the flawed ones last.

    The first of kind `published` is the article's time, and so for `modified` (see `best`).

    Args:
        document: the page.
        blocks: its text, for the times that readers see.
        texts: the story's lines, for the day in its dateline.
    """
    found = [
        *((kind, value, source, raw) for kind, source, raw in _raw_claims(document)
          if (value := read_moment(raw))),
        *((kind, value, "text", raw) for kind, value, raw in visible_times(blocks)),
    ]  # fmt: skip
    claims = dict.fromkeys(
        Published(kind=kind, value=value, source=source, raw=raw[:100])
        for kind, value, source, raw in found
    )
    fetched, filed = document.page.fetched, filed_day(texts)
    ranked: list[Published] = []
    published: Published | None = None
    for kind in ("published", "modified"):
        judged = [
            replace(claim, flaw=flaw) if flaw else claim
            for claim in claims
            if claim.kind == kind
            for flaw in (flaw_of(claim, fetched, published, filed),)
        ]
        usable = [claim for claim in judged if claim.flaw is None]
        if kind == "published" and not usable:
            usable = guess_day(document, judged, filed)
        ranked += _rank([claim for claim in usable if claim.source != UNUSED])
        ranked += [claim for claim in judged if claim.flaw or claim.source == UNUSED]
        published = best(tuple(ranked), "published")
    return tuple(ranked)


def best(times: tuple[Published, ...], kind: str) -> Published | None:
    """Give the believed claim of a kind; what is flawed is not believed."""
    return next(
        (
            claim
            for claim in times
            if claim.kind == kind and claim.flaw is None and claim.source != UNUSED
        ),
        None,
    )


def _raw_claims(document: Document) -> Iterator[tuple[str, str, str]]:
    for node in document.articles[:1]:
        created = () if "datePublished" in node else (("dateCreated", "published"),)
        members = (("datePublished", "published"), ("dateModified", "modified"), *created)
        for key, kind in members:
            yield from ((kind, "json-ld", raw) for raw in strings(node.get(key), "@value"))
    for names, kind in ((PUBLISHED_METAS, "published"), (MODIFIED_METAS, "modified")):
        for name in filter(document.metas.__contains__, names):
            yield from ((kind, f"meta:{name}", raw) for raw in document.metas[name])
    if (lead := document.page.lead) is not None:
        source = "sitemap" if lead.kind == "sitemap" else "feed"
        yield "published", source, lead.published or ""
        yield "modified", source, lead.modified or ""
    yield "modified", UNUSED, document.page.last_modified or ""
    yield from _time_elements(document)


def _time_elements(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield the `<time>` elements that stand by the headline, not those of teasers."""
    marked = MARKED_TIMES(document.tree) if _is_marked(document.page.body) else []
    for element in cast("list[HtmlElement]", marked):
        raw = element.get("content") or element.get("datetime") or text_of(element)
        kind = "modified" if element.get("itemprop") == "dateModified" else "published"
        if element.tag != "meta" and raw:
            yield kind, "time", raw
    for element in _near_headline(document):
        raw = element.get("datetime") or text_of(element)
        label = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        kind = "modified" if re.search("modif|updat", label) else "published"
        if raw:
            yield kind, "time", raw


def _is_marked(body: bytes) -> bool:
    """Tell whether a page may have times in microdata, at a tenth of a walk through its tree."""
    at = body.find(MARK)
    while at >= 0:
        if b"date" in body[at : at + MARK_CHARS]:
            return True
        at = body.find(MARK, at + len(MARK))
    return False


def _near_headline(document: Document) -> list[HtmlElement]:
    """Give the `<time>` elements of the smallest element around the headline that holds any."""
    if not document.headings or not document.named["time"]:
        return []
    node: HtmlElement | None = document.headings[0]
    # Six levels: headline, header, article head; beyond that it is the page, with its teasers.
    for _ in range(6):
        node = node.getparent() if node is not None else None
        if node is None or node.tag in ("body", "html"):
            return []
        found = list(node.iter("time"))
        if found:
            # More than three are a list of other stories.
            return found[:2] if len(found) <= 3 else []  # noqa: PLR2004 - published, updated, and one of a caption
    return []


def _trust(claim: Published) -> int:
    return TRUST.get(claim.source.split(":", 1)[0], 0)


def _rank(claims: list[Published]) -> list[Published]:
    """Put the believed claim first: the most trusted, refined by the most exact that agrees."""
    trusted = sorted(claims, key=lambda c: (-_trust(c), -precision_of(c.value)))
    if not trusted:
        return []
    anchor = trusted[0]
    if precision_of(anchor.value) < INSTANT:
        # A page without a zone may be stale or in any zone; the feed's instant is neither.
        fed = (c for c in trusted if c.source in FED and precision_of(c.value) == INSTANT)
        anchor = next(fed, anchor)
    finer = [
        claim
        for claim in trusted
        if precision_of(claim.value) > precision_of(anchor.value) and _agree(claim, anchor)
    ]
    first = max(finer, key=lambda c: (precision_of(c.value), _trust(c)), default=anchor)
    return [first, *(claim for claim in trusted if claim is not first)]


def _agree(one: Published, other: Published) -> bool:
    """Tell whether two claims may speak of one moment, given zones and missing clocks."""
    first, second = _middle(one.value), _middle(other.value)
    if first is None or second is None:
        return False
    slack = (
        SAME_STORY if "T" in one.value and "T" in other.value else SAME_STORY + timedelta(hours=12)
    )
    return abs(first - second) <= slack


def _middle(value: str) -> datetime | None:
    """Give a time without zone for comparison; a day counts from its noon."""
    at = instant_of(value)
    if at is not None:
        return at.replace(tzinfo=None)
    if "T" in value:
        return datetime.fromisoformat(value).replace(tzinfo=None)
    day: date | None = day_of(value)
    return datetime(day.year, day.month, day.day, 12) if day else None  # noqa: DTZ001 - compared without zone on purpose
