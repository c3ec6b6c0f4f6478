"""A small polite reader written for these tests alone: it shares no code with what it checks.

It fetches with http.client through the proxy, reads feeds and sitemaps with the standard XML
parser and fronts with the standard HTML parser, and obeys robots.txt.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

AGENT = "newsroom-test"


@dataclass
class Answer:
    url: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        charset = re.search(r"charset=([\w-]+)", self.headers.get("content-type", ""))
        return self.body.decode(charset[1] if charset else "utf-8")


class Links(HTMLParser):
    """Every link of a page with the words in it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._open = dict(attrs).get("href")
            self.found.append((self._open or "", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self.found[-1] = (self._open, self.found[-1][1] + data)


def links(text: str, base: str) -> list[tuple[str, str]]:
    parser = Links()
    parser.feed(text)
    return [(urljoin(base, url), words) for url, words in parser.found if not url.startswith("#")]


def local_name(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def named(root: ET.Element, name: str) -> Iterator[ET.Element]:
    return (element for element in root.iter() if local_name(element) == name)


def feed_entries(body: bytes) -> dict[str, str]:
    """Address and time of each entry of a feed of any of the four kinds."""
    if body.startswith(b"{"):
        return {item["url"]: item["date_published"] for item in json.loads(body)["items"]}
    root = ET.fromstring(body)
    entries = {}
    for kind in ("item", "entry"):
        for item in named(root, kind):
            link = next(named(item, "link"))
            times = [
                element.text or ""
                for name in ("pubDate", "published", "date")
                for element in named(item, name)
            ]
            entries[link.get("href") or link.text or ""] = times[0]
    return entries


def sitemap_entries(body: bytes) -> dict[str, str]:
    """Address and publication time of each entry; of an index, addresses with no time."""
    root = ET.fromstring(gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body)
    entries = {}
    for item in [*named(root, "url"), *named(root, "sitemap")]:
        times = [element.text or "" for element in named(item, "publication_date")]
        entries[next(named(item, "loc")).text or ""] = times[0] if times else ""
    return entries


@dataclass
class Reader:
    port: int
    robots: dict[str, RobotFileParser] = field(default_factory=dict)

    def get(self, url: str, method: str = "GET") -> Answer:
        """Ask the proxy, following redirects."""
        for _ in range(5):
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request(method, url, headers={"User-Agent": AGENT})
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            answer = Answer(url, response.status, headers, response.read())
            connection.close()
            if answer.status != 302:
                return answer
            url = answer.headers["location"]
        return answer

    def allowed(self, url: str) -> bool:
        host = urlsplit(url).netloc
        if host not in self.robots:
            answer = self.get(f"http://{host}/robots.txt")
            rules = self.robots[host] = RobotFileParser()
            if answer.status >= 500:
                rules.parse(["User-agent: *", "Disallow: /"])
            else:
                rules.parse(answer.text.splitlines() if answer.status == 200 else [])
        return self.robots[host].can_fetch(AGENT, url)

    def polite(self, url: str) -> Answer | None:
        return self.get(url) if self.allowed(url) else None

    def leads(self, kind: str, url: str) -> set[str]:
        """Every address that a source names, through pagination and indexes."""
        answer = self.polite(url)
        if answer is None:
            return set()
        if kind == "feed":
            return set(feed_entries(answer.body))
        if kind == "sitemap":
            found = set(sitemap_entries(answer.body))
            if b"<sitemapindex" in answer.body:
                return {lead for part in found for lead in self.leads("sitemap", part)}
            return found
        return self._front(answer)

    def _front(self, answer: Answer) -> set[str]:
        found = links(answer.text, answer.url)
        leads = {url for url, words in found if len(words) > 30}
        older = re.compile(
            r"^(\W|Older|Earlier|More news|Next|Ältere|posts|stories)+", re.IGNORECASE
        )
        for url, words in found:
            if len(words) < 25 and older.match(words) and url != answer.url:
                following = self.polite(url)
                if following is not None:
                    leads |= self._front(following)
        return leads
