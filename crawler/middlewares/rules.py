"""Read robots.txt as RFC 9309 says.

The bytes of a file and our name arrive, `Rules` leave, which say what may be asked. Where the RFC
is silent, the file is read as the large crawlers read it, since that is what its writer tried it
on: misspelt keys, a missing colon, a byte order mark. https://www.rfc-editor.org/rfc/rfc9309,
https://developers.google.com/search/docs/crawling-indexing/robots/robots_txt
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

# RFC 9309, section 2.5: crawlers must read at least 500 KiB; the rest of a longer file is noise.
MAX_BYTES = 512_000
# A longer line is none that a person wrote; it is read up to here.
MAX_LINE = 16_664
# Characters of a product token (RFC 9309, section 2.2.1); what follows them, as in `Bot/1.0`, is
# not compared.
TOKEN = re.compile(r"[A-Za-z_-]+")
# Keys with the misspellings that stand in real files often enough to be meant.
KEYS = {
    "user-agent": "agent", "useragent": "agent", "user agent": "agent",
    "allow": "allow",
    "disallow": "disallow", "dissallow": "disallow", "dissalow": "disallow",
    "disalow": "disallow", "diasllow": "disallow", "disallaw": "disallow",
    "crawl-delay": "delay", "crawldelay": "delay",
}  # fmt: skip
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_INDEX = re.compile(r"/index\.html?$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One allow or disallow line."""

    allow: bool
    """Which of the two."""
    pattern: str
    """Start of a path, in which `*` stands for anything and a last `$` for the end."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says to one crawler."""

    rules: tuple[Rule, ...] = ()
    """Those of its own groups together, or of the groups for all where it has none."""
    crawl_delay_s: float = 0.0
    """Longest Crawl-delay in them; 0 where there is none."""

    def allows(self, url: str) -> bool:
        """Say whether an address may be asked for: the longest rule that fits wins, allow a tie."""
        path = path_of(url)
        best, allowed = 0, True
        for rule in self.rules:
            size = len(rule.pattern)
            if (size, rule.allow) > (best, allowed and best > 0) and fits(rule.pattern, path):
                best, allowed = size, rule.allow
        return allowed


def product_token(user_agent: str) -> str:
    """Give the name by which a robots.txt would call the sender of this User-Agent."""
    found = TOKEN.search(user_agent)
    return found.group() if found else ""


def read_rules(body: bytes, agent: str) -> Rules:
    """Read a file for the crawler that is called `agent`.

    Groups of one name are merged, and so are those of `*`; names are compared without regard to
    case. Never fails: a line that is no rule is passed over.
    """
    own: list[tuple[str, str]] = []
    everybody: list[tuple[str, str]] = []
    named = False
    groups: list[list[tuple[str, str]]] = []
    in_rules = False
    for key, value in _lines(body):
        if key == "agent":
            if in_rules:
                groups, in_rules = [], False
            token = TOKEN.match(value)
            if value == "*" or value[:2] in ("* ", "*\t"):
                groups.append(everybody)
            elif token and token.group().lower() == agent.lower():
                named = True
                groups.append(own)
            continue
        # Crawl-delay is no rule of the RFC and does not end the names of a group.
        in_rules = in_rules or key != "delay"
        for group in groups:
            group.append((key, value))
    chosen = own if named else everybody
    rules = [Rule(key == "allow", normal(value)) for key, value in chosen if key != "delay"]
    # `Allow: /news/index.html` is meant for /news/ as well.
    rules += [
        Rule(allow=True, pattern=_INDEX.sub("/$", rule.pattern))
        for rule in rules
        if rule.allow and _INDEX.search(rule.pattern)
    ]
    delays = [_seconds(value) for key, value in chosen if key == "delay"]
    return Rules(rules=tuple(rules), crawl_delay_s=max(delays, default=0.0))


def _lines(body: bytes) -> Iterator[tuple[str, str]]:
    """Give the lines that have a known key, with their value."""
    for line in re.split(r"\r\n|\r|\n", _text(body[:MAX_BYTES])):
        content = line[:MAX_LINE].partition("#")[0].strip(" \t")
        key, colon, value = content.partition(":")
        if not colon:
            words = content.split()
            if len(words) != 2:  # noqa: PLR2004 - a key and a value, whose colon was forgotten
                continue
            key, value = words
        known = KEYS.get(key.strip().lower())
        if known:
            yield known, value.strip(" \t")


def _text(body: bytes) -> str:
    """Give the file as text in which each character is one byte of UTF-8.

    A byte order mark goes, even a cut one; UTF-16, which no standard allows, is recoded.
    """
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        body = body.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    elif b"\x00" in body[:4]:
        order = "utf-16-be" if body.startswith(b"\x00") else "utf-16-le"
        body = body.decode(order, errors="replace").encode("utf-8", errors="replace")
    for mark in (b"\xef\xbb\xbf", b"\xef\xbb", b"\xef"):
        if body.startswith(mark):
            return body[len(mark) :].decode("latin-1")
    return body.decode("latin-1")


def _seconds(text: str) -> float:
    try:
        value = float(text.split(maxsplit=1)[0]) if text else 0.0
    except ValueError:
        return 0.0
    return value if math.isfinite(value) and value > 0 else 0.0


def path_of(url: str) -> str:
    """Give what rules are compared with: path and query of an address, in one encoding."""
    parts = urlsplit(url)
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    query = f"?{parts.query}" if "?" in url.partition("#")[0] else ""
    return _recoded(f"{path}{query}")


def normal(pattern: str) -> str:
    """Give a rule's pattern in the same encoding: other bytes than ASCII are percent-encoded."""
    encoded = "".join(char if char < "\x80" else f"%{ord(char):02X}" for char in pattern)
    return _recoded(encoded)


def _recoded(text: str) -> str:
    """Decode what needs no encoding, and write the rest in capitals (RFC 9309, section 2.2.2)."""

    def one(found: re.Match[str]) -> str:
        char = chr(int(found.group(1), 16))
        return char if _UNRESERVED.fullmatch(char) else found.group().upper()

    return _ENCODED.sub(one, text)


def fits(pattern: str, path: str) -> bool:
    """Say whether a pattern fits the beginning of a path, or all of it where it ends in `$`.

    Each piece between stars is taken at its first place, so a pattern of a thousand stars costs no
    more than one of a few.
    """
    anchored = pattern.endswith("$")
    first, *rest = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not rest:
        return not anchored or at == len(path)
    for piece in rest[:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if anchored:
        return len(path) - len(rest[-1]) >= at and path.endswith(rest[-1])
    return path.find(rest[-1], at) >= 0
