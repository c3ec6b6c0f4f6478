"""What a page declares of itself for machines: a Document in, evidence out.

Structured data (https://schema.org/NewsArticle), meta tags for syndicated text, the canonical
address (RFC 6596), directives to search engines. Publishers, holders and owners stand here so that
outlets of one house can be told; they say nothing of who wrote the text.
"""

import re
from collections.abc import Iterator

from crawler.extraction.agencies import agency_of_site, read_names
from crawler.extraction.document import Document, key_of, tidy
from crawler.extraction.jsonld import Node, strings
from crawler.extraction.rights import holder_in
from crawler.extraction.spellings import Sureness
from crawler.extraction.weighing import Kind, name_agencies
from crawler.items import Evidence
from crawler.urls import canonical, site_of

NAMES = ("name", "legalName", "url", "@id")
WORKS = ("url", "@id", "name", "headline")
# What a property of structured data supports, and its kind of evidence.
JSON_MEMBERS = (
    ("sourceOrganization", "source", Kind.JSON_SOURCE, NAMES),
    ("provider", "source", Kind.JSON_SOURCE, NAMES),
    ("isBasedOn", "original", Kind.JSON_BASED_ON, WORKS),
    ("isBasedOnUrl", "original", Kind.JSON_BASED_ON, WORKS),
    ("translationOfWork", "translation", Kind.JSON_TRANSLATED, WORKS),
    ("copyrightHolder", "holder", Kind.JSON_HOLDER, NAMES),
    ("publisher", "publisher", Kind.JSON_PUBLISHER, NAMES),
)
META_TAGS = (
    (("syndication-source",), "original", Kind.META_SOURCE),
    (("original-source",), "original", Kind.META_ORIGINAL),
    (
        (
            *("dc.source", "dcterms.source", "article:source", "source", "agency", "news_agency"),
            *("article:agency", "content-provider", "content_provider", "sourceorganization"),
        ),
        "source",
        Kind.META_SOURCE,
    ),
    (("article:publisher", "dc.publisher", "dcterms.publisher", "publisher"), "publisher",
     Kind.META_PUBLISHER),
    (("og:site_name",), "publisher", Kind.META_SITE),
    (("copyright", "dc.rights", "dcterms.rightsholder", "dc.rightsholder", "copyrightholder",
      "rights"), "holder", Kind.META_HOLDER),
)  # fmt: skip
# Values of the tag by which publishers tell search engines and shares who may read.
TIERS = frozenset(("locked", "metered", "paid", "premium", "subscriber", "subscription"))
DIRECTIVES = ("noindex", "noarchive", "nosnippet")
NO = frozenset(("false", "no", "0"))
# Some systems write the label into the value: "来源：新华网".
LABEL = re.compile(r"^(?:source|quelle|fuente|fonte|来源|來源|稿源)\s*[:：]\s*", re.IGNORECASE)
# Longer values are sentences about rights, not a holder's name.
MAX_NAME = 120


def find_declared(document: Document) -> Iterator[Evidence]:
    """Yield what the page says of its origin, publisher, rights and readers."""
    for node in document.articles[:1]:
        yield from _from_json(node, document)
    yield from _from_metas(document)
    address = document.declared_canonical
    if address and site_of(address) != site_of(document.page.url):
        yield Kind.CANONICAL.says("canonical", address, f"rel=canonical: {address}")
        if name := agency_of_site(address):
            yield Kind.AGENCY_CANONICAL.says("agency", name, f"rel=canonical: {address}")


def _from_json(node: Node, document: Document) -> Iterator[Evidence]:
    for key, supports, kind, members in JSON_MEMBERS:
        for text in strings(node.get(key), *members):
            yield from _declared(kind, supports, text, f"{key}: {text}", document)
    for owner in _inner(node.get("publisher"), "parentOrganization"):
        for text in strings(owner, *NAMES):
            yield Kind.JSON_OWNER.says("holder", text, f"publisher.parentOrganization: {text}")
    yield from _pictures(node)
    for part in (node, *_dicts(node.get("hasPart"))):
        value = part.get("isAccessibleForFree")
        if value is False or (isinstance(value, str) and value.strip().lower() in NO):
            quote = f"isAccessibleForFree: {str(value).lower()}"
            yield Kind.JSON_PAYWALL.says("paywall", "not free", quote)
            break


def _pictures(node: Node) -> Iterator[Evidence]:
    for image in _dicts(node.get("image")):
        for key in ("creditText", "copyrightHolder", "creator", "author", "copyrightNotice"):
            for text in strings(image.get(key), "name"):
                names = read_names(text, Sureness.NAMED)
                for name in names.agencies:
                    yield Kind.JSON_PHOTO.says("photo", name, f"image.{key}: {text}")


def _from_metas(document: Document) -> Iterator[Evidence]:
    for names, supports, kind in META_TAGS:
        for name in names:
            for text in document.meta(name):
                yield from _declared(kind, supports, text, f"{name}: {text}", document)
    for tier in document.meta("article:content_tier"):
        if tier.lower() in TIERS:
            yield Kind.META_PAYWALL.says("paywall", "not free", f"article:content_tier: {tier}")
    for text in document.meta("robots", "googlebot"):
        for directive in DIRECTIVES:
            if directive in re.split(r"[\s,]+", text.lower()):
                yield Kind.META_ROBOTS.says("robots", directive, f"robots: {text}")


def _declared(
    kind: Kind, supports: str, text: str, quote: str, document: Document
) -> Iterator[Evidence]:
    """Yield one declaration, and the agency that it names as the source of the text."""
    value = (holder_in(tidy(text)) or "") if supports == "holder" else tidy(text)
    if not any(c.isalnum() for c in value) or len(value) > MAX_NAME * 2:
        return
    if supports in ("original", "translation"):
        address = canonical(value, document.page.url) if "/" in value else None
        if address and address in (document.page.url, document.canonical_url):
            return  # the tag is on every page of many sites and names the page itself
        value = address or value
    if supports == "source":
        value = LABEL.sub("", value)
    if supports in ("source", "original", "holder"):
        names = read_names(value, Sureness.NAMED)
        if names.agencies and not names.others:
            yield from name_agencies(kind, names.agencies, quote)
        yield from _by_address(value, quote)
        if supports == "source" and names.agencies and not names.others:
            return
    if supports != "source" or not _is_own(value, document):
        yield kind.says(supports, value, quote)


def _is_own(value: str, document: Document) -> bool:
    """Tell whether a source is the page's own outlet, by its name or its address."""
    own = site_of(document.page.url)
    address = canonical(value) if "://" in value else None
    if address:
        return site_of(address) == own
    names = {key_of(name) for name in document.publishers}
    return key_of(value) in names or key_of(own.split(".")[0]) in key_of(value)


def _by_address(address: str, quote: str) -> Iterator[Evidence]:
    if name := agency_of_site(address) if "://" in address else None:
        yield Kind.AGENCY_ADDRESS.says("agency", name, quote)


def _inner(value: object, key: str) -> Iterator[object]:
    for node in _dicts(value):
        if key in node:
            yield node[key]


def _dicts(value: object) -> list[Node]:
    return [item for item in (value if isinstance(value, list) else [value])
            if isinstance(item, dict)]  # fmt: skip
