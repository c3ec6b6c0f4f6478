"""The conformance benchmark finds what is right and what is wrong, on cases of our own."""

import io
import json
import tarfile
from pathlib import Path

from benchmarks.conformance import feeds, naughty, robots
from benchmarks.textproto import RobotsCase, read_cases

CASES = r"""
# A comment: { with "signs" }
tests: [
  {
    robotstxt: "User-agent: *\n"
        "Disallow: /b\xC3\xBC\n"
    test_expectations: [
      { testurl: "http://quay.example/b%C3%BC" useragent: "ferry" expected_outcome: DISALLOWED },
      { testurl: "http://quay.example/a" useragent: "ferry" expected_outcome: ALLOWED }
    ]
  },
  {
    robotstxt: "\357\273\277User-agent: ferry\nDisallow: /\n"
    test_expectations: { testurl: "http://quay.example/" useragent: "ferry"
      expected_outcome: ALLOWED additional_explanation: "wrong on purpose" }
  }
]
"""


def test_cases_are_read_with_their_bytes() -> None:
    first, second, third = read_cases(CASES)
    assert first == RobotsCase(
        robots="User-agent: *\nDisallow: /b\u00fc\n".encode(),
        url="http://quay.example/b%C3%BC",
        agent="ferry",
        allowed=False,
    )
    assert second.allowed
    assert third.robots.startswith(b"\xef\xbb\xbfUser-agent")


def test_robots_cases_are_counted_and_those_that_differ_are_named(tmp_path: Path) -> None:
    (tmp_path / "one.textproto").write_text(CASES, encoding="utf-8")
    found = robots(tmp_path)
    assert (found["cases"], found["as_expected"]) == (3, 2)
    assert (
        "one.textproto: http://quay.example/ for ferry should be allowed"
        in found["not_as_expected"]
    )


def test_feeds_are_compared_with_what_they_state(tmp_path: Path) -> None:
    texts = {
        "right.xml": "<!-- Expect: entries[0]['title'] == u'Ferry' --><rss version='2.0'><channel>"
        "<item><title>Ferry</title><link>http://quay.example/1</link></item></channel></rss>",
        "wrong.xml": "<!-- Expect: entries[0]['link'] == 'http://quay.example/2' --><rss "
        "version='2.0'><channel><item><link>http://quay.example/1</link></item></channel></rss>",
        "none.xml": "nothing of the kind",
    }
    with tarfile.open(tmp_path / "feeds.tar.gz", "w:gz") as tar:
        for name, text in texts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text.encode()))
    found = feeds(tmp_path)
    assert (found["feeds"], found["read"], found["as_stated"]) == (3, 2, 1)
    assert found["refused:feed-broken"] == 1
    assert found["not_as_stated"] == ["wrong.xml: link should be http://quay.example/2"]
    assert found["crashes"] == []


def test_odd_strings_lose_nothing(tmp_path: Path) -> None:
    odd = ["", "\u202eabc", "'; DROP TABLE leads; --", "\ud83d\ude00", "<script>x</script>", "%00"]
    (tmp_path / "odd.json").write_text(json.dumps(odd))
    assert naughty(tmp_path) == {
        "strings": len(odd),
        "ways": ["address", "robots", "feed_title", "page", "store"],
        "wrong": [],
    }
