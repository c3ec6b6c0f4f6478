"""Make XML of feeds and sitemaps readable without changing what it says.

Bytes arrive as the server sent them, bytes leave that a strict parser can take further.
"""

import re

# An ampersand that begins no character reference: the commonest fault of hand-written XML. What
# stands in CDATA is text already and stays as it is.
_AMPERSAND = re.compile(rb"<!\[CDATA\[.*?\]\]>|&(?!#?\w{1,31};)", re.DOTALL)
_DECLARED = re.compile(r"""(<\?xml[^>]*?)\sencoding\s*=\s*["'][^"']*["']""")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WIDE_STARTS = (b"<\x00?\x00", b"\x00<\x00?")


def mend(body: bytes) -> tuple[bytes, bool]:
    """Give the document with bare ampersands escaped, and whether it was recoded to UTF-8.

    UTF-16 is recoded, so that patterns of bytes fit; NULs, which no XML may hold, go.
    """
    recoded = body.startswith((*_WIDE_MARKS, *_WIDE_STARTS))
    if recoded:
        order = "utf-16" if body.startswith(_WIDE_MARKS) else _byte_order(body)
        text = body.decode(order, errors="replace")
        body = _DECLARED.sub(r"\1", text, count=1).encode("utf-8", errors="replace")
    bare = body.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf \t\r\n")
    return _AMPERSAND.sub(_escape, bare), recoded


def _byte_order(body: bytes) -> str:
    return "utf-16-le" if body.startswith(b"<\x00") else "utf-16-be"


def _escape(found: re.Match[bytes]) -> bytes:
    return b"&amp;" if found.group() == b"&" else found.group()
