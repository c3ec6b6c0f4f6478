"""JSON-LD: script texts in, the nodes that describe an article out, the page's own first.

Publishers write graphs, arrays, several blocks, blocks about other articles, and broken JSON.
Everything here is linear in the size of the script: the standard decoder, then at most one repair
and one pass of a pattern that cannot backtrack.
https://schema.org/NewsArticle
"""

import json
import re
from collections.abc import Iterator

from crawler.urls import canonical

Node = dict[str, object]

ARTICLE = re.compile(
    r"(?:^|[/:])(?:\w*Article|BlogPosting|LiveBlogPosting|Report|Review|SocialMediaPosting)$"
)
WEB_PAGE = re.compile(r"(?:^|[/:])(?:\w*Page|VideoObject|CreativeWork)$")
# Properties below which other articles are described.
OTHERS = frozenset(
    (
        "itemListElement",
        "hasPart",
        "liveBlogUpdate",
        "relatedLink",
        "mentions",
        "citation",
        "isPartOf",
        "comment",
        "breadcrumb",
        "review",
        "publisher",
        "author",
    )
)
# Properties that graphs fill with a reference to a node of their own (https://schema.org).
REFERRING = (
    "author",
    "creator",
    "publisher",
    "copyrightHolder",
    "sourceOrganization",
    "provider",
    "isBasedOn",
    "translationOfWork",
)
# 4 MB of JSON-LD is a data dump; the largest seen on a news page is near 300 kB.
MAX_SCRIPT = 4_000_000
NOT_WORD = re.compile(r"[\W_]+")
CONTROLS = re.compile(r"[\x00-\x1f]+")
TRAILING_COMMA = re.compile(r",\s*+(?=[}\]])")
WRAPPED = re.compile(
    r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|\]\]>|/\*\]\]>\*/)\s*$"
)
# What can still be read from a block that is no JSON: plain string members. The possessive
# quantifier keeps a text full of escapes linear.
MEMBER = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|articleBody)"\s*+:\s*+"((?:[^"\\]|\\.)*+)"'
)


def json_articles(scripts: list[str], urls: set[str], headlines: set[str]) -> list[Node]:
    """Collect the article nodes of all blocks; the one about this page comes first.

    Args:
        scripts: the texts of the `application/ld+json` scripts.
        urls: addresses under which the page is known.
        headlines: its headlines as other places on the page give them.
    """
    values = [value for script in scripts for value in _load(script)]
    known = _named_nodes(values)
    nodes = [_resolved(node, known) for value in values for node in _walk(value)]
    if len(nodes) < 2:  # noqa: PLR2004 - one alone need not be compared
        return nodes
    marks = {mark for url in urls if (mark := canonical(url))}
    wanted = {_key(headline) for headline in headlines}

    def fit(item: tuple[int, Node]) -> tuple[int, int]:
        place, node = item
        score = 4 * (_key(node.get("headline") or node.get("name")) in wanted)
        score += 4 * bool(marks & set(_addresses(node)))
        score += 2 * _is_type(node, ARTICLE)
        return -score, place

    return [node for _, node in sorted(enumerate(nodes), key=fit)]


def _key(value: object) -> str:
    return NOT_WORD.sub("", value.lower()) if isinstance(value, str) else ""


def _load(script: str) -> Iterator[object]:
    """Decode a block, broken ones as far as they can be read."""
    text = script[:MAX_SCRIPT].strip().rstrip(";")
    for mend in (str, _mended):  # most blocks are whole, and mending costs more than reading
        try:
            yield json.loads(mend(text), strict=False)
        except (ValueError, RecursionError):
            continue
        return
    found: Node = {}
    for name, raw in MEMBER.findall(text):
        try:
            found.setdefault(name, json.loads(f'"{raw}"', strict=False))
        except ValueError:
            found.setdefault(name, raw)
    if found:
        yield {"@type": "Article", **found}


def _mended(text: str) -> str:
    """Take away what publishers' systems put around and into JSON."""
    return TRAILING_COMMA.sub("", CONTROLS.sub(" ", WRAPPED.sub("", text)))


def _walk(value: object) -> Iterator[Node]:
    """Yield article and page nodes in document order; what describes others is skipped."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            if _is_type(item, ARTICLE) or _is_type(item, WEB_PAGE):
                yield item
            inner = [v for k, v in item.items() if k not in OTHERS and isinstance(v, (dict, list))]
            stack.extend(reversed(inner))


def _named_nodes(values: list[object]) -> dict[str, Node]:
    """Give the nodes that others may refer to by their `@id`, the fullest of each."""
    known: dict[str, Node] = {}
    stack = list(values)
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(item)
        elif isinstance(item, dict):
            name = item.get("@id")
            if isinstance(name, str) and len(item) > len(known.get(name, ("@id",))):
                known[name] = item
            stack.extend(v for v in item.values() if isinstance(v, (dict, list)))
    return known


def _resolved(node: Node, known: dict[str, Node]) -> Node:
    """Put the nodes themselves where a node refers to the people and houses behind it."""

    def follow(value: object) -> object:
        if isinstance(value, list):
            return [follow(item) for item in value]
        if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
            return known.get(str(value.get("@id")), value)
        return value

    changed = {key: follow(node[key]) for key in REFERRING if key in node}
    return node | changed if changed else node


def _is_type(node: Node, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(name) for name in strings(node.get("@type")))


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        for text in strings(node.get(key), "@id", "url"):
            if mark := canonical(text):
                yield mark


def strings(value: object, *keys: str) -> Iterator[str]:
    """Yield the texts in a value that may be a text, a node (its `keys`), or a list of them."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            if item.strip():
                yield item
        elif isinstance(item, dict):
            for key in keys:
                inner = item.get(key)
                if isinstance(inner, str) and inner.strip():
                    yield inner
                    break
