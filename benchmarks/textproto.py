"""Read test cases for robots.txt written as textual protocol buffers.

Only what the published specification of such cases uses is understood: nested messages, lists,
texts in several pieces. https://protobuf.dev/reference/protobuf/textformat-spec/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TOKENS = re.compile(r'#[^\n]*|"(?:\\.|[^"\\])*"|[\[\]{},:]|[\w.+-]+', re.DOTALL)
ESCAPES = re.compile(rb"\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|(.))", re.DOTALL)
PLAIN = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsCase:
    """One question to a robots.txt and the right answer."""

    robots: bytes
    """The file."""
    url: str
    """Address asked about."""
    agent: str
    """Name of the crawler."""
    allowed: bool
    """Whether it may be asked for."""


def read_cases(text: str) -> Iterator[RobotsCase]:
    """Give the cases of a file."""
    tokens = [token for token in TOKENS.findall(text) if not token.startswith("#")]
    message, _ = _message(tokens, 0)
    for test in _flat(message["tests"]):
        robots = b"".join(test.get("robotstxt", [b""]))
        for expected in _flat(test["test_expectations"]):
            yield RobotsCase(
                robots=robots,
                url=b"".join(expected["testurl"]).decode(),
                agent=b"".join(expected["useragent"]).decode(),
                allowed=expected["expected_outcome"][0] == "ALLOWED",
            )


def _flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from value
        else:
            yield value


def _message(tokens: list[str], at: int) -> tuple[dict[str, list[Any]], int]:
    """Read fields up to the closing brace; each has a list of values."""
    fields: dict[str, list[Any]] = {}
    while at < len(tokens) and tokens[at] != "}":
        name = tokens[at]
        at += 1
        if tokens[at] == ":":
            at += 1
        value, at = _value(tokens, at)
        fields.setdefault(name, []).append(value)
        if at < len(tokens) and tokens[at] == ",":
            at += 1
    return fields, at + 1


def _value(tokens: list[str], at: int) -> tuple[Any, int]:
    piece = tokens[at]
    if piece == "{":
        return _message(tokens, at + 1)
    if piece == "[":
        values, at = [], at + 1
        while tokens[at] != "]":
            value, at = _value(tokens, at)
            values.append(value)
            if tokens[at] == ",":
                at += 1
        return values, at + 1
    if not piece.startswith('"'):
        return piece, at + 1
    pieces = []
    while at < len(tokens) and tokens[at].startswith('"'):
        pieces.append(ESCAPES.sub(_unescaped, tokens[at][1:-1].encode()))
        at += 1
    return b"".join(pieces), at


def _unescaped(found: re.Match[bytes]) -> bytes:
    hexadecimal, octal, letter = found.groups()
    if hexadecimal:
        return bytes([int(hexadecimal, 16)])
    if octal:
        return bytes([int(octal, 8) % 256])
    return PLAIN.get(letter, letter)
