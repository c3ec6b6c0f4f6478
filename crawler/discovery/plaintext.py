"""Titles and summaries as plain text, whatever markup a feed wraps them in."""

import html
import re

from selectolax.lexbor import LexborHTMLParser

# A headline beyond this is a paragraph in the wrong element; a summary needs no more for telling
# what a story is about (some feeds put the whole article there).
MAX_TITLE = 500
MAX_SUMMARY = 1000

_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
# What a browser never shows: its text must not pass for words of the story.
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
# Control characters are no text; a NUL would cut strings in other programs.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def plain(text: str | None, limit: int) -> str | None:
    """Strip tags and character references, squash white space, cut to `limit` characters."""
    if not text:
        return None
    bounded = _CONTROL.sub(" ", text[: limit * 20])
    if _TAG.search(bounded):
        root = LexborHTMLParser(_HIDDEN.sub(" ", bounded)).body
        bounded = root.text(separator=" ") if root else ""
    elif "&" in bounded:
        bounded = html.unescape(bounded)
    squashed = " ".join(bounded.split())
    if len(squashed) > limit:
        squashed = squashed[:limit].rsplit(" ", 1)[0] + "…"
    return squashed or None
