"""The part of a page that a learned template reads: a page in, the same with a shorter body out.

Four fifths of a page's elements are menus, teasers and forms; parsing and walking them costs more
than reading the story. Where a section's template says which element holds headline and story, that
element is cut out of the bytes, with the head and what the page says as data. Whatever speaks
against a cut leaves the page whole.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from html import escape, unescape

from crawler.extraction.turning import Turning
from crawler.items import Page, Template

# In UTF-16 and the seven-bit encodings of East Asia a byte of a letter may look like markup.
FOREIGN = (b"\x00", b"\x1b")
CLASS = re.compile(rb"\sclass\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
# What is none of the page's text, whatever it looks like; in a comment or a script stand no tags.
RAW_START = rb"(?P<raw>!--|(?:script|style|svg)(?=[\s>]))"
RAW = re.compile(rb"<" + RAW_START, re.IGNORECASE)
HREF = re.compile(rb"href=(?P<quote>[\"']?)(?P<href>[^\"'\s>]*)")
# Addresses in the page's own folder: a pager's may hold nothing of the page's name.
BESIDE = re.compile(rb"href=[\"'](?P<href>[^\"'/#:\s]{1,200})[\"']")
# The longest tags of real pages that hold a story have 2,000 bytes.
LONGEST_TAG = 5000
# A class, or a page's own name, that stands more often on a page than this tells nothing.
MOST_PLACES = 300
DIGIT = re.compile(r"\d")
# Other addresses that end as the page's own does: more are a list of stories, and no pager.
MOST_FURTHER = 30


def excerpt(page: Page, template: Template) -> Page | None:
    """Give the page with what its template reads, and nothing else; None where it cannot be told.

    Kept are the head, the element around headline and story, JSON-LD from anywhere, and links to
    other forms of the page. A page whose pager stands elsewhere is not cut.
    """
    body = page.body
    head = body.find(b"</head")
    if not template.scope or head < 0 or any(byte in body for byte in FOREIGN):
        return None
    start = _start(body, template.scope, head)
    end = _end(body, template.scope.partition(" ")[0], start) if start is not None else None
    if start is None or end is None:
        return None
    rest = (body[head:start], body[end:])
    forms = _forms(rest, page.url)
    if forms is None:
        return None
    data = [block for each in rest for block in _data(each)]
    links = [f'<a href="{escape(url)}"></a>'.encode() for url in forms]
    top, story = _without_raw(body[:head]), _without_raw(body[start:end])
    pieces = (*top, b"</head><body>", *story, *data, *links, b"</body></html>")
    return replace(page, body=b"".join(pieces))


def name_of(tag: str, classes: str) -> str:
    """Name an element by its tag and its classes; those with numbers are serial, if others are not.

    Args:
        tag: in lower case.
        classes: what its `class` attribute holds.
    """
    found = sorted(set(classes.split()))
    return " ".join((tag, *([word for word in found if not DIGIT.search(word)] or found)))


def _start(body: bytes, scope: str, head: int) -> int | None:
    """Find the first tag behind the head that opens an element of this name.

    On the pages from which the name was learned it was the only one.
    """
    tag, *classes = scope.split(" ")
    token = max(classes, key=len).encode() if classes else b"<" + tag.encode()
    at = head
    for _ in range(MOST_PLACES):
        at = body.find(token, at + 1)
        if at < 0:
            return None
        opens = body.rfind(b"<", max(head, at - LONGEST_TAG), at + 1)
        closes = body.find(b">", at, at + LONGEST_TAG)
        if opens >= 0 and closes >= 0 and _name(body[opens : closes + 1]) == scope:
            return opens
    return None


def _name(tag: bytes) -> str:
    """Name an element by its opening tag."""
    name = tag[1:LONGEST_TAG].split(None, 1)[0].rstrip(b"/>").lower()
    match = CLASS.search(tag)
    value = next((each for each in match.groups() if each is not None), b"") if match else b""
    return name_of(name.decode("ascii", "replace"), unescape(value.decode("utf-8", "replace")))


def _end(body: bytes, tag: str, start: int) -> int | None:
    """Find where the element ends that opens at `start`, by counting tags of its name."""
    depth, at = 0, start
    while found := _tags(tag).search(body, at):
        at = found.end()
        if found["raw"] is not None:
            # What stands in a script or a comment is no tag.
            at = _behind_raw(body, found)
            continue
        depth += -1 if found["slash"] else 1
        if depth == 0:
            return body.find(b">", at) + 1 or len(body)
    return None


def _without_raw(part: bytes) -> list[bytes]:
    """Give a part in pieces without its scripts, styles and comments; JSON-LD stays."""
    pieces: list[bytes] = []
    at = begin = 0
    while found := RAW.search(part, at):
        at = _behind_raw(part, found)
        if not _is_data(part, found):
            pieces.append(part[begin : found.start()])
            begin = at
    return [*pieces, part[begin:]]


def _behind_raw(body: bytes, opening: re.Match[bytes]) -> int:
    """Find where a script, a style or a comment ends; one that is not closed takes all the rest."""
    mark = b"-->" if opening["raw"] == b"!--" else b"</" + opening["raw"]
    closes = body.find(mark, opening.end())
    return body.find(b">", closes) + 1 or len(body) if closes >= 0 else len(body)


def _is_data(body: bytes, opening: re.Match[bytes]) -> bool:
    return b"ld+json" in body[opening.end() : body.find(b">", opening.end())]


@lru_cache(maxsize=64)
def _tags(tag: str) -> re.Pattern[bytes]:
    own = re.escape(tag.encode())
    return re.compile(
        rb"<(?:(?P<slash>/?)" + own + rb"(?=[\s/>])|" + RAW_START + rb")", re.IGNORECASE
    )


def _data(part: bytes) -> Iterator[bytes]:
    """Yield the JSON-LD blocks."""
    at = part.find(b"ld+json")
    while at >= 0:
        opens = part.rfind(b"<", max(0, at - LONGEST_TAG), at)
        end = part.find(b"</script", at)
        if opens < 0 or end < 0:
            return
        yield part[opens:end] + b"</script>"
        at = part.find(b"ld+json", end)


def _forms(rest: tuple[bytes, ...], url: str) -> list[str] | None:
    """Give the addresses of the page's other forms; None where the page is turned there."""
    turning = Turning.of(url)
    hrefs = [match["href"] for part in rest for match in BESIDE.finditer(part)]
    for name in turning.names:
        for part in rest:
            if (found := _hrefs_with(part, name.encode())) is None:
                return None
            hrefs += found
    texts = dict.fromkeys(unescape(href.decode("utf-8", "replace")) for href in hrefs)
    near = turning.near(texts)
    if len(near) > MOST_FURTHER or any(map(turning.leads_to_part, near)):
        return None
    return [href for href in texts if href in near and turning.leads_to_form(href)]


def _hrefs_with(part: bytes, name: bytes) -> list[bytes] | None:
    """Give the values of `href` attributes that hold a name; None where too much does."""
    found: list[bytes] = []
    at = -1
    for _ in range(MOST_PLACES):
        at = part.find(name, at + 1)
        if at < 0:
            return found
        opens = part.rfind(b"href=", max(0, at - LONGEST_TAG), at)
        if opens >= 0 and (match := HREF.match(part, opens)) and match.end() > at:
            found.append(match["href"])
    return None
