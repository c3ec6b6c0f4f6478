"""What the owner of a page asks of those who keep it: noarchive, nosnippet and the like.

Headers and the document arrive, names leave.
https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag
"""

import re
from collections.abc import Iterable

# Directives that speak to whoever keeps or shows a page, and those that carry a value of their own.
DIRECTIVES = frozenset(
    {"noarchive", "nocache", "nosnippet", "noindex", "nofollow", "none", "noai", "noimageindex"}
)
VALUED = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
OUR_NAMES = frozenset({"", "*", "robots", "wiretrace"})
# The meta tag stands in the head, which rarely has more than this.
HEAD_BYTES = 100_000
META = re.compile(r"<meta\s[^>]{1,500}>", re.IGNORECASE)
ROBOTS_NAME = re.compile(r"""\bname\s*=\s*["']?(?:robots|wiretrace)["'\s/>]""", re.IGNORECASE)
CONTENT = re.compile(r"""\bcontent\s*=\s*["']([^"'>]*)""", re.IGNORECASE)


def directives(headers: Iterable[str], body: bytes) -> tuple[str, ...]:
    """Give what a page's owner asks, sorted; what is asked of another crawler is left aside.

    Args:
        headers: values of X-Robots-Tag.
        body: the page.
    """
    tags = META.findall(body[:HEAD_BYTES].decode("latin-1"))
    contents = [CONTENT.search(tag) for tag in tags if ROBOTS_NAME.search(tag)]
    texts = [*map(_ours, headers), *(found.group(1) for found in contents if found)]
    return tuple(
        sorted({part.strip().lower() for text in texts for part in text.split(",")} & DIRECTIVES)
    )


def _ours(header: str) -> str:
    """Give the part of a header that is for everybody or for us: `otherbot: noarchive` is not."""
    agent, colon, rest = header.partition(":")
    name = agent.strip().lower()
    if not colon or "," in agent or name in VALUED:
        return header
    return rest if name in OUR_NAMES else ""
