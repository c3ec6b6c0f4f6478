"""Who signed the article: a Document in, names out, as printed.

JSON-LD, then meta tags, then elements marked as author; the first place that names somebody wins.
"""

import re
from collections.abc import Iterator

from crawler.extraction.document import Document, key_of, text_of, tidy
from crawler.extraction.jsonld import strings

METAS = (
    "author",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "byl",
    "article.author",
    "twitter:creator",
)
# "By Anna Example", in the languages where a byline has such a word.
BY = re.compile(
    r"^(?:written\s+by|by|von|par|di|por|av|af|door|przez|autor(?:en)?:?|author:?)\s+",
    re.IGNORECASE,
)
MARKED = (
    "//*[@rel='author' or @itemprop='author' or contains(@class, 'byline')"
    " or contains(@class, 'author-name')]"
)
# A name, not a sentence about the person: agencies' full names have 6 words.
MAX_WORDS = 8
JOINED = re.compile(r",?\s+(?:and|und|et|og|och|en|y|e|ve|&)\s+", re.IGNORECASE)
# More names than this are a staff list.
MAX_NAMES = 12


def find_authors(document: Document) -> list[str]:
    """Give the names in the order printed; empty where nobody signed."""
    publishers = {key_of(name) for name in document.publishers}
    for raw in (_from_json(document), *_from_metas(document), _from_markup(document)):
        names = list(dict.fromkeys(name for text in raw for name in _names(text)))
        names = [name for name in names if key_of(name) not in publishers] or names
        if names:
            return names[:MAX_NAMES]
    return []


def _from_json(document: Document) -> Iterator[str]:
    for node in document.articles[:1]:
        for key in ("author", "creator"):
            yield from strings(node.get(key), "name")


def _from_metas(document: Document) -> Iterator[list[str]]:
    """Yield what each tag says; one may hold an address only, and the next the name."""
    yield from (list(document.meta(name)) for name in METAS)


def _from_markup(document: Document) -> Iterator[str]:
    for element in document.tree.xpath(MARKED)[:5]:
        # Beside the name stand buttons to follow and a time; the name is the link to the author.
        links = [text for link in element.iter("a") if (text := text_of(link))]
        yield links[0] if links else text_of(element)


def _split(text: str) -> list[str]:
    """Part names that one text joins; "Kim and Lee Ltd" stays, both sides must be full names."""
    parts = re.split(r"\s*[;|]\s*", text)
    joined = [JOINED.split(part) for part in parts]
    return [
        name
        for part, names in zip(parts, joined, strict=True)
        for name in (names if all(len(n.split()) > 1 for n in names) else [part])
    ]


def _names(text: str) -> Iterator[str]:
    for part in _split(tidy(text)):
        name = BY.sub("", part).strip(" ,")
        plain = not re.search(r"https?:|www\.|@|[<>{}]", name)
        if name and plain and len(name.split()) <= MAX_WORDS and any(c.isalpha() for c in name):
            yield name
