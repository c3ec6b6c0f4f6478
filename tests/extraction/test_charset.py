"""The text is right whatever the page claims about its encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.charset import as_utf8


def decode(body: bytes, content_type: str) -> str:
    """Give the text as Python's."""
    return as_utf8(body, content_type).decode("utf-8")


GERMAN = "<p>Die Bürger wählten überraschend den Außenseiter.</p>"
RUSSIAN = "<p>Совет принял решение построить второй мост через реку.</p>"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (GERMAN.encode(), "text/html; charset=iso-8859-1"),
        (b"<meta charset=latin1>" + GERMAN.encode(), ""),
        (GERMAN.encode("cp1252"), "text/html; charset=iso-8859-1"),
        (b"<meta charset='windows-1252'>" + GERMAN.encode("cp1252"), "text/html"),
        (GERMAN.encode("cp1252"), "text/html; charset=utf-8"),
        (GERMAN.encode("utf-16"), ""),
        (GERMAN.encode("utf-16-le"), ""),
        (b"\xef\xbb\xbf" + GERMAN.encode(), "text/html; charset=cp1251"),
        (GERMAN.encode(), "text/html; charset=no-such-thing"),
    ],
)
def test_german_is_read_under_every_label(body: bytes, content_type: str) -> None:
    assert GERMAN in decode(body, content_type)


@pytest.mark.parametrize("name", ["cp1251", "koi8-r", "iso8859-5"])
def test_a_declared_encoding_is_believed_where_it_is_no_utf8(name: str) -> None:
    assert decode(RUSSIAN.encode(name), f"text/html; charset={name}") == RUSSIAN


def test_one_damaged_byte_does_not_make_utf8_something_else() -> None:
    body = (RUSSIAN * 20).encode() + b"\xff"
    assert RUSSIAN in decode(body, "text/html")


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_give_text_without_controls(body: bytes, content_type: str) -> None:
    assert not any(ord(c) < 32 and c not in "\t\n\r\x0c" for c in decode(body, content_type))
