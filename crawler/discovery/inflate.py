"""Decompress gzip within a bound, and keep what a cut file still holds."""

import zlib

GZIP = b"\x1f\x8b"
# The sitemap protocol's own limit for one uncompressed file is 50 MB.
# https://www.sitemaps.org/protocol.html
MAX_BYTES = 52_428_800


def inflate(body: bytes, max_bytes: int = MAX_BYTES) -> bytes:
    """Give the content of a gzip file (or the bytes as they are), cut at `max_bytes`.

    Members that follow one another are joined, as gzip does; damage ends the reading.
    """
    if not body.startswith(GZIP):
        return body[:max_bytes]
    parts: list[bytes] = []
    room, rest = max_bytes, body
    while rest.startswith(GZIP) and room > 0:
        engine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            parts.append(engine.decompress(rest, room))
        except zlib.error:
            break
        room -= len(parts[-1])
        rest = engine.unused_data
    return b"".join(parts)
