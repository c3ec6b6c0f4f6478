"""What owners ask of those who keep their pages."""

import pytest

from crawler.discovery import directives


@pytest.mark.parametrize(
    ("headers", "body", "asked"),
    [
        (["noarchive"], b"", ("noarchive",)),
        (["NoArchive, nosnippet", "noindex"], b"", ("noarchive", "noindex", "nosnippet")),
        (["wiretrace: noarchive"], b"", ("noarchive",)),
        (["otherbot: noarchive, nosnippet"], b"", ()),
        (["max-snippet:20, noarchive"], b"", ("noarchive",)),
        (["unavailable_after: 25 Jun 2027 15:00:00 PST"], b"", ()),
        ([], b"<head><meta name='robots' content='index, noarchive'>", ("noarchive",)),
        ([], b'<META CONTENT="nosnippet" NAME=robots />', ("nosnippet",)),
        ([], b'<meta name="otherbot" content="noarchive">', ()),
        ([], b'<meta name="description" content="noarchive">', ()),
        (["noai"], b'<meta name="wiretrace" content="noarchive">', ("noai", "noarchive")),
        ([], b"<p>" + b"x" * 200_000 + b'<meta name="robots" content="noarchive">', ()),
    ],
)
def test_directives_are_read_from_headers_and_meta(
    headers: list[str], body: bytes, asked: tuple[str, ...]
) -> None:
    assert directives(headers, body) == asked
