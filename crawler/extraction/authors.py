"""Who signed the article: a Document in, names out, as printed.

JSON-LD, then meta tags, then elements marked as author; the first place that names somebody wins.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

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
    r"^(?:written\s+by|reported\s+by|escrito\s+por|skrevet\s+a[fv]|a\s+cura\s+di|by|von|par|di|por"
    r"|av|af|door|przez|oleh|bởi|autor(?:in|en|a|es)?:?|auteur:?|author:?|te[kx]t:?|автор:?|текст:?|quelle:|source:"
    r"|yazan:?|بقلم:?|文[/／：:]|记者|記者)(?:\s+|(?<=[/／：:者]))",
    re.IGNORECASE,
)
# Class names of what holds the author's name.
SIGNED = re.compile(r"byline|author|Author|AUTHOR")
# What people are, in parts of their own behind a comma, or behind the name in Korean and Chinese.
JOBS = re.compile(
    r"\b(?:(?:\w*(?:editor|reporter|writer|correspond|journalis|redak|redac|rédac|korrespond|chef)"
    r"|correspons|period|giornalis|corrispond|inviat|jornalis|repórter|verslagg|dziennik|korespond"
    r"|корресп|редакт|журналист|muhabir|editör|wartawan|staff|columnist|producer|contribut|freelanc"
    r"|director|volont)\w*|phóng viên)|مراسل|محرر",
    re.IGNORECASE,
)
OFFICE = re.compile(r"\s*(?:기자|특파원|記者|记者|特派員|特派员)$")
# "(abc)" is the writer's mark at the end of a text; "Ada Fields, 2 March 2026" ends in a time.
MARK = re.compile(r"\s*\([^)]{1,8}\)$")
WHEN = re.compile(r"[\s,–-]*\b\d{1,2}\b.*(?:(?:19|20)\d\d|\d:\d\d).*$")
# A name, not a sentence about the person: agencies' full names have 6 words.
MAX_WORDS = 8
JOINED = re.compile(r",?\s+(?:and|und|et|og|och|en|y|e|ve|&)\s+", re.IGNORECASE)
# More names than this are a staff list.
MAX_NAMES = 12
# A full name has two words.
MIN_FULL = 2
# Places for an author looked at, and the longest text of one that is a name.
MAX_MARKED = 5
MAX_MARKED_CHARS = 80


def find_authors(document: Document) -> list[str]:
    """Give the names in the order printed; empty where nobody signed.

    The publisher's own name signs where no other place names a person.
    """
    publishers = {key_of(name) for name in document.publishers}
    house: list[str] = []
    for raw in (_from_json(document), *_from_metas(document), _from_markup(document)):
        names = list(dict.fromkeys(name for text in raw for name in _names(text)))
        people = [name for name in names if key_of(name) not in publishers]
        if people:
            return people[:MAX_NAMES]
        house = house or names
    return house[:MAX_NAMES]


def _from_json(document: Document) -> Iterator[str]:
    for node in document.articles[:1]:
        for key in ("author", "creator"):
            yield from strings(node.get(key), "name")


def _from_metas(document: Document) -> Iterator[list[str]]:
    """Yield what each tag says; one may hold an address only, and the next the name."""
    yield from (list(document.meta(name)) for name in METAS)


def _from_markup(document: Document) -> Iterator[str]:
    for element in islice(_marked(document.tree), MAX_MARKED):
        # Beside the name stand buttons to follow and a time; the name is the link to the author.
        links = [text for link in element.iter("a") if (text := text_of(link))]
        text = links[0] if links else text_of(element)
        if text and len(text) <= MAX_MARKED_CHARS:
            yield text
            return


def _marked(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements that are marked as holding the author, in order, as far as asked for."""
    for element in tree.iter():
        names = element.get("class")
        if (
            (names and SIGNED.search(names))
            or element.get("rel") == "author"
            or element.get("itemprop") == "author"
        ):
            yield element


def _split(text: str) -> list[str]:
    """Part names that one text joins; "Kim and Lee Ltd" stays, both sides must be full names."""
    parts = re.split(r"\s*[;|、]\s*", text)
    joined = [JOINED.split(part) for part in parts]
    names = [
        name
        for part, names in zip(parts, joined, strict=True)
        for name in (names if all(len(n.split()) > 1 for n in names) else [part])
    ]
    return [part for name in names for part in _without_office(name)]


def _without_office(text: str) -> list[str]:
    """Part "Ada Fields, Ben Walker" and cut "Ada Fields, Political Editor, Northport".

    Behind a full name and a comma stands another, an agency's short name, or what the person is and
    where; "Fields, Ada" has no full name before the comma.
    """
    first, *rest = (part.strip() for part in text.split(","))
    if len(first.split()) < MIN_FULL or not rest:
        return [text]
    short = (part for part in rest if part.isupper() or part.islower() or len(part.split()) > 1)
    return [first, *(part for part in short if not JOBS.search(part))]


def _names(text: str) -> Iterator[str]:
    for part in _split(BY.sub("", tidy(text))):
        name = WHEN.sub("", MARK.sub("", OFFICE.sub("", BY.sub("", part)))).strip(" ,.:")
        plain = not re.search(r"https?:|www\.|@|[<>{}]|^\(", name)
        word = f"{name} x" if name else ""
        if name and BY.sub("", word) == word and plain and _is_name(name):
            yield name


def _is_name(name: str) -> bool:
    return len(name.split()) <= MAX_WORDS and any(c.isalpha() for c in name)
