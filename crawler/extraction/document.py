"""Parse a page once: bytes in, a Document out that every other module of this room reads.

The tree is never changed after it was built; who prunes works on a copy.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from lxml import etree
from lxml.etree import ErrorTypes
from lxml.html import HtmlComment, HtmlElement, HTMLParser, document_fromstring

from crawler.config.model import ExtractionLimits
from crawler.errors import PageEmpty, PageNotHtml
from crawler.extraction.charset import as_utf8
from crawler.extraction.guard import refuse_endless_tags, refuse_too_deep
from crawler.extraction.jsonld import json_articles, strings
from crawler.items import Page
from crawler.urls import canonical, host_of

# Translating a text is five times faster than asking for each letter, and is so in ASCII alone.
NOT_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}
# More line breaks than this are not verse: trafilatura's time grows with their square (100,000
# of them take 2 to 13 s), so they become plain white space. Real pages stay below 500.
MAX_BREAKS = 3000
# So many marks and links side by side in one element are no sentence: each leaves a piece of text
# of its own, and lxml's time for those grows with the square of their number (10,000 links take 6
# s, 3,000 half a second). Their text stays. The longest row of real pages has 250.
MAX_SIBLINGS = 3000
INLINE = (
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font"),
    *("i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub"),
    *("sup", "time", "tt", "u", "var", "wbr"),
)
# A tag that no rule knows, for elements that are about to be stripped.
BARE = "bare"
# Open elements above which libxml2 stops reading, unless it is told not to (XML_PARSE_HUGE).
PARSER_DEPTH = 255
# lxml.html asks a Python function for the class of each element it hands out, which is a third of
# the cost of walking a tree. Forms and inputs with classes of their own mean nothing here.
ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment)

# What shows only where a line ends, or never: soft hyphen, zero-width space, word joiner, byte
# order mark. trafilatura drops some of them, so they would tell its lines from the page's blocks.
UNSEEN_MARKS = ("\u00ad", "\u200b", "\u2060", "\ufeff")
WITHOUT_MARKS = dict.fromkeys(map(ord, UNSEEN_MARKS))

ASKED_FOR = ("meta", "link", "script", "title", "h1", "time", "figcaption", "a")
# Plain strings: lxml's own know their element, which costs more than finding them.
TEXTS = etree.XPath(".//text()[not(parent::script or parent::style)]", smart_strings=False)


def tidy(text: str) -> str:
    """Give text as it is displayed: runs of white space are one space, unseen marks are none."""
    if not text.isascii() and holds_any(text, UNSEEN_MARKS):
        text = text.translate(WITHOUT_MARKS)
    # Splitting at white space is several times faster than a pattern, and this runs on every line.
    return " ".join(text.split())


def text_of(element: HtmlElement) -> str:
    """Give the tidy text of an element and everything in it, scripts left out."""
    return tidy("".join(cast("list[str]", TEXTS(element))))


def holds_any(text: str, words: Iterable[str]) -> bool:
    """Tell whether one of these words, or parts of words, stands in a text.

    Not by any(): for lists of thirty words that takes three times as long, on every line.
    """
    for word in words:  # noqa: SIM110 - see above
        if word in text:
            return True
    return False


def key_of(text: str) -> str:
    """Give letters and digits only, in lower case: equal for texts that look the same."""
    if text.isascii():
        return text.translate(NOT_LETTERS).lower()
    return "".join(filter(str.isalnum, text)).lower()


@dataclass(frozen=True)
class Document:
    """A parsed page; the derived parts are computed when first asked for."""

    page: Page
    """Where it came from."""
    tree: HtmlElement
    """The root element (`html`), without comments and processing instructions."""
    tags: int
    """How often a sign stands in its markup that opens a tag: no fewer than it has elements."""

    @cached_property
    def named(self) -> dict[str, list[HtmlElement]]:
        """The elements that every page is asked for, by tag, in document order, from one walk."""
        found: dict[str, list[HtmlElement]] = {tag: [] for tag in ASKED_FOR}
        for element in self.tree.iter(*ASKED_FOR):
            found[element.tag].append(element)
        return found

    @cached_property
    def links(self) -> list[tuple[str, HtmlElement]]:
        """The links in the page's body that lead to an address, with it."""
        return [
            (href, link)
            for link in self.named["a"]
            if (href := link.get("href")) and href[0] != "#"
        ]

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Contents of the meta tags by lower-case name, property, itemprop or http-equiv."""
        found: dict[str, list[str]] = {}
        for meta in self.named["meta"]:
            content = tidy(meta.get("content") or "")
            for attribute in ("name", "property", "itemprop", "http-equiv"):
                if content and (name := meta.get(attribute)):
                    found.setdefault(name.strip().lower(), []).append(content)
        return found

    def meta(self, *names: str) -> Iterator[str]:
        """Yield the contents of the named meta tags, in the order of the names."""
        for name in names:
            yield from self.metas.get(name, ())

    @cached_property
    def headings(self) -> list[HtmlElement]:
        """The h1 elements that hold text, in document order."""
        return [h1 for h1 in self.named["h1"] if text_of(h1)]

    @cached_property
    def _related(self) -> dict[str, list[HtmlElement]]:
        found: dict[str, list[HtmlElement]] = {}
        for link in self.named["link"]:
            for rel in (link.get("rel") or "").lower().split():
                found.setdefault(rel, []).append(link)
        return found

    def related(self, rel: str) -> list[HtmlElement]:
        """Give the `link` elements of a relation, in document order."""
        return self._related.get(rel, [])

    @cached_property
    def declared_canonical(self) -> str | None:
        """rel=canonical as declared, made absolute."""
        for link in self.related("canonical"):
            if href := link.get("href"):
                return canonical(href, self.page.url)
        return None

    @cached_property
    def canonical_url(self) -> str | None:
        """rel=canonical; og:url where that is missing."""
        if self.declared_canonical:
            return self.declared_canonical
        return next((canonical(url, self.page.url) for url in self.meta("og:url")), None)

    @cached_property
    def descriptions(self) -> list[str]:
        """What the page tells search engines and shares about its story."""
        said = list(self.meta("og:description", "description", "twitter:description"))
        said += [t for node in self.articles[:1] for t in strings(node.get("description"))]
        return list(dict.fromkeys(said))

    @cached_property
    def publishers(self) -> set[str]:
        """Names under which the page's publisher speaks of itself, its host's labels included."""
        names = set(self.meta("og:site_name", "application-name", "twitter:site", "publisher"))
        for node in self.articles[:1]:
            names |= set(strings(node.get("publisher"), "name"))
        host = host_of(self.page.url).removeprefix("www.")
        labels = host.split(".")[:-1]
        return {*names, host, *labels, "".join(labels)}

    @cached_property
    def articles(self) -> list[dict[str, object]]:
        """JSON-LD nodes that describe an article, the one about this page first."""
        scripts = [
            script.text or ""
            for script in self.named["script"]
            if "ld+json" in (script.get("type") or "").lower()
        ]
        names = {tidy(name) for name in self.meta("og:title", "twitter:title")}
        names |= {text_of(heading) for heading in self.headings}
        urls = {self.page.url, self.page.requested_url, self.canonical_url}
        return json_articles(scripts, {url for url in urls if url}, names)


def parse(page: Page, limits: ExtractionLimits) -> Document:
    """Parse a page that the guard has let through.

    Raises:
        PageEmpty: the markup holds no element.
        PageNotHtml: libxml2 cannot make a tree of it.
        PageTooDeep: more than `limits.max_depth` open elements at once.
        PageTooComplex: a tag with more attributes than the parser can stand.
        MemoryError: its tree is larger than this process may be.
    """
    refuse_endless_tags(page)
    markup = as_utf8(page.body, page.content_type)
    # libxml2 says itself where a page nests deeper than its own limit, and then drops the rest:
    # only such pages need to be counted, and be parsed again without that limit.
    if limits.max_depth < PARSER_DEPTH:
        refuse_too_deep(page, limits)
    try:
        tree, is_deep = _tree(markup, huge=False)
        if is_deep:
            refuse_too_deep(page, limits)
            tree, _ = _tree(markup, huge=True)
    except etree.ParserError as error:
        raise PageEmpty(f"{page.url} holds no element ({error}).") from error
    except etree.LxmlError as error:
        if getattr(error, "code", None) == ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error  # not the page's syntax, whatever lxml calls it
        raise PageNotHtml(f"{page.url} cannot be parsed ({error}).") from error
    # Nearly all pages have fewer tags in all, and counting those is as good as free.
    tags = markup.count(b"<")
    if tags > min(MAX_BREAKS, MAX_SIBLINGS):
        _calm(tree)
    return Document(page=page, tree=tree, tags=tags)


def _tree(markup: bytes, *, huge: bool) -> tuple[HtmlElement, bool]:
    """Give the tree, and whether one of libxml2's limits cut it short."""
    # Not a shared parser: lxml keeps the errors of the last document in it.
    parser = HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        # A table of ids that nobody asks costs a tenth of parsing.
        collect_ids=False,
        huge_tree=huge,
    )
    parser.set_element_class_lookup(ONE_CLASS)
    tree = document_fromstring(markup, parser=parser)
    limited = any(entry.type == ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    return tree, limited


def _calm(tree: HtmlElement) -> None:
    """Make plain text of line breaks and marks where there are more than any story has."""
    breaks = list(tree.iter("br"))
    wide = [element for element in tree.iter() if len(element) > MAX_SIBLINGS]
    if len(breaks) > MAX_BREAKS:
        for element in breaks:
            element.tail = f"\n{element.tail or ''}"
        etree.strip_tags(tree, "br")
    for element in wide:
        for child in element.iterchildren(*INLINE):
            etree.strip_tags(child, "*")
            child.tag = BARE
        etree.strip_tags(element, BARE)
    if wide or len(breaks) > MAX_BREAKS:
        _join_texts(tree)


def _join_texts(tree: HtmlElement) -> None:
    """Make one text of those that lie side by side since the tags between them were stripped."""
    for element in tree.iter():
        element.text, element.tail = element.text, element.tail
