"""robots.txt read as RFC 9309 says, and as its writers meant it."""

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.middlewares.rules import fits, product_token, read_rules

HOST = "https://courier.example"


OF_TWO_GROUPS = """User-agent: wiretrace
Disallow: /a
User-agent: x
Allow: /

User-agent: wiretrace
Disallow: /b
"""


def allows(text: str | bytes, path: str, agent: str = "wiretrace") -> bool:
    body = text.encode() if isinstance(text, str) else text
    return read_rules(body, agent).allows(f"{HOST}{path}")


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        # A group of our own replaces that for all; groups of one name are one.
        ("User-agent: *\nDisallow: /\n\nUser-agent: wiretrace\nDisallow: /a\n", "/b", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: WireTrace\nAllow: /\n", "/b", True),
        (OF_TWO_GROUPS, "/b", False),
        ("User-agent: wiretrace\nDisallow: /a\nUser-agent: x\nDisallow: /c\n", "/c", True),
        ("User-agent: x\nUser-agent: wiretrace\nDisallow: /a\n", "/a", False),
        ("User-agent: wiretrace\nUser-agent: *\nDisallow: /a\n", "/a", False),
        ("User-agent: wiretrace/9.1 (news)\nDisallow: /a\n", "/a", False),
        ("User-agent: wiretracer\nDisallow: /a\n", "/a", True),
        ("User-agent: wire\nDisallow: /a\n", "/a", True),
        ("User-agent: *\nDisallow: /a\nUser-agent: wiretrace\n", "/a", True),
        # The longest rule wins, and allow where two are as long.
        ("User-agent: *\nDisallow: /a/\nAllow: /a/b/\n", "/a/b/c", True),
        ("User-agent: *\nAllow: /a/b/\nDisallow: /a/\n", "/a/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", True),
        ("User-agent: *\nAllow: /*.html\nDisallow: /news\n", "/news.html", True),
        ("User-agent: *\nDisallow: /*?print=\nAllow: /\n", "/story?print=1", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/x.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/x.pdf?y", True),
        ("User-agent: *\nDisallow: /a$b\n", "/a$b", False),
        ("User-agent: *\nDisallow:\n", "/a", True),
        ("User-agent: *\nDisallow: /\nAllow: /$\n", "/", True),
        ("User-agent: *\nDisallow: /\nAllow: /$\n", "/a", False),
        ("User-agent: *\nDisallow: /x/\nAllow: /x/index.html\n", "/x/", True),
        # Rules before any name are nobody's; unknown lines change nothing.
        ("Disallow: /a\nUser-agent: *\nDisallow: /b\n", "/a", True),
        ("User-agent: *\nNoindex: /b\nSitemap: /s.xml\nDisallow: /a\n", "/a", False),
        ("User-agent: x\nCrawl-delay: 5\nUser-agent: wiretrace\nDisallow: /a\n", "/a", False),
        # What people write.
        ("user-agent:*\r\ndisallow:/a # not this\r\n", "/a", False),
        ("User-agent *\rDissallow /a\r", "/a", False),
        ("  User agent : *\n\t Disallow : /a \t\n", "/a", False),
        # Encodings.
        ("User-agent: *\nDisallow: /b\u00fccher\n", "/b%C3%BCcher/1", False),
        ("User-agent: *\nDisallow: /b%c3%bccher\n", "/b%C3%BCcher/1", False),
        ("User-agent: *\nDisallow: /%62%61%7A\n", "/baz", False),
        ("User-agent: *\nDisallow: /baz\n", "/%62az", False),
        ("User-agent: *\nDisallow: /a%2Fb\n", "/a/b", True),
        ("User-agent: *\nDisallow: /A\n", "/a", True),
    ],
)  # fmt: skip
def test_what_a_file_allows(text: str, path: str, allowed: bool) -> None:
    assert allows(text, path) is allowed


RULES = "User-agent: *\nDisallow: /a\n"


@pytest.mark.parametrize(
    "body",
    [
        codecs.BOM_UTF8 + RULES.encode(),
        codecs.BOM_UTF8[:2] + RULES.encode(),
        RULES.encode("utf-16"),
        RULES.encode("utf-16-le"),
        RULES.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + RULES.encode("utf-16-be"),
    ],
)
def test_a_byte_order_mark_hides_nothing(body: bytes) -> None:
    assert not allows(body, "/a")
    assert allows(body, "/b")


def test_the_file_is_read_up_to_500_kib_and_no_further() -> None:
    comment = "# " + "x" * 97 + "\n"
    before = comment * (500_000 // len(comment))
    assert not allows(f"User-agent: *\n{before}Disallow: /a\n", "/a")
    assert allows(f"User-agent: *\n{before}{comment * 200}Disallow: /a\n", "/a")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 2.5\n", 2.5),
        ("User-agent: *\nCrawl-delay: 9\nUser-agent: wiretrace\nCrawl-delay: 1\nDisallow:\n", 1),
        ("User-agent: wiretrace\nCrawl-delay: 1\nCrawl-delay: 3 # s\n", 3),
        ("User-agent: *\nCrawl-delay: -4\n", 0),
        ("User-agent: *\nCrawl-delay: nan\n", 0),
        ("User-agent: *\nCrawl-delay: soon\n", 0),
        ("User-agent: other\nCrawl-delay: 7\n", 0),
    ],
)
def test_crawl_delay_is_read_from_our_group(text: str, seconds: float) -> None:
    assert read_rules(text.encode(), "wiretrace").crawl_delay_s == seconds


@pytest.mark.parametrize(
    ("agent", "token"),
    [
        ("wiretrace/1.0 (+https://x.example)", "wiretrace"),
        ("Desk_Bot-x", "Desk_Bot-x"),
        ("News Bot/2", "News"),
        ("", ""),
    ],
)
def test_our_name_is_the_product_token(agent: str, token: str) -> None:
    assert product_token(agent) == token


def test_a_thousand_stars_cost_no_time() -> None:
    body = ("User-agent: *\n" + ("Disallow: /" + "a*" * 2000 + "b$\n") * 100).encode()
    rules = read_rules(body, "wiretrace")
    begun = time.process_time()
    assert rules.allows(f"{HOST}/" + "a" * 2000)
    assert time.process_time() - begun < 2


@given(st.binary(max_size=300), st.text(max_size=50))
def test_any_bytes_are_read_without_an_error(body: bytes, path: str) -> None:
    assert allows(body, f"/{path}") in (True, False)


@given(st.text("ab*$/", max_size=12), st.text("ab$/", max_size=12))
def test_patterns_fit_as_the_regular_expression_they_stand_for(pattern: str, path: str) -> None:
    import re  # noqa: PLC0415 - the oracle of this test alone

    anchored = pattern.endswith("$")
    body = pattern[:-1] if anchored else pattern
    expression = ".*".join(map(re.escape, body.split("*"))) + ("$" if anchored else "")
    assert fits(pattern, path) is bool(re.match(expression, path, re.DOTALL))
