"""A web of a few hosts on loopback, for crawls in tests.

One server is the proxy for all hosts: the crawl is pointed at it by `http_proxy`. It keeps a log.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from urllib.parse import urlsplit

from crawler.newsroom import Request

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server says at one address."""

    body: bytes = b""
    status: int = 200
    kind: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    stuck: bool = False
    """Whether it says "not modified" to whoever names any ETag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, as the server saw it."""

    at: float
    host: str
    path: str
    agent: str
    status: int
    etag: str = ""
    """Of which it was asked whether it still holds."""
    since: str = ""
    """Since when it was asked whether anything changed."""
    retry_after_s: float | None = None
    """Seconds to wait that the answer named."""


Page = Answer | Callable[[int], Answer]
"""An answer, or what makes the one for the nth request (from 1) of an address."""


class Web:
    """Hosts with their addresses, and the log."""

    def __init__(self, hosts: Mapping[str, Mapping[str, Page]]) -> None:
        self.hosts = hosts
        self.log: list[Asked] = []
        self._counts: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()

    def answer(self, host: str, path: str, agent: str, etag: str = "", since: str = "") -> Answer:
        """Find the answer and write the log."""
        with self._lock:
            number = self._counts[host, path] = self._counts.get((host, path), 0) + 1
            page = self.hosts.get(host, {}).get(path, Answer(status=404))
            answer = page if isinstance(page, Answer) else page(number)
            # RFC 9110, section 13.2.2: a date counts where no ETag is asked about.
            same = (
                etag == answer.headers.get("ETag")
                if etag
                else since == answer.headers.get("Last-Modified")
            )
            if (etag or since) and (answer.stuck or same):
                answer = Answer(status=304, headers=answer.headers)
            wait = answer.headers.get("Retry-After")
            asked = Asked(
                at=time.monotonic(),
                host=host,
                path=path,
                agent=agent,
                status=answer.status,
                etag=etag,
                since=since,
                retry_after_s=float(wait) if wait is not None else None,
            )
            self.log.append(asked)
        return answer

    def requests(self) -> list[Request]:
        """Give the log as the newsroom's records, to be judged by `politeness`."""
        return [
            Request(
                time=asked.at,
                host=asked.host,
                path=asked.path,
                status=asked.status,
                user_agent=asked.agent,
                retry_after_s=asked.retry_after_s,
            )
            for asked in self.log
        ]

    def paths(self, host: str) -> list[str]:
        """Give what was asked of a host, in order."""
        return [asked.path for asked in self.log if asked.host == host]

    def gaps(self, host: str) -> list[float]:
        """Give the seconds between the requests to a host."""
        times = [asked.at for asked in self.log if asked.host == host]
        return [after - before for before, after in pairwise(times)]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    web: Web

    def do_GET(self) -> None:
        """Answer a request in proxy form, or one that comes directly."""
        parts = urlsplit(self.path)
        host = parts.hostname or self.headers.get("Host", "").rpartition(":")[0]
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        answer = self.web.answer(
            host,
            path,
            self.headers.get("User-Agent", ""),
            self.headers.get("If-None-Match", ""),
            self.headers.get("If-Modified-Since", ""),
        )
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        try:
            self.wfile.write(answer.body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Keep quiet; the web has its own log."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A crawl that is killed tears its connections; that is no news."""


@contextmanager
def serve(web: Web) -> Iterator[str]:
    """Serve a web; gives the proxy's URL."""
    handler = type("Handler", (_Handler,), {"web": web})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


STORY = """
The night ferry to {place} ran onto a sandbank shortly before dawn, and its captain asked for help by radio.
Two tugs left the harbour of {place} within the hour. Nobody was hurt, the harbour master said, and the forty passengers were given breakfast on board.
Divers looked at the hull in the afternoon and found no damage. The company said the ferry to {place} would sail again the next morning, with another captain at the wheel.
"""  # noqa: E501 - a paragraph is a line


def story(place: str, links: str = "") -> Answer:
    """Make a page with a short story of its own."""
    text = "".join(f"<p>{line.format(place=place)}</p>" for line in STORY.strip().splitlines())
    title = f"Night ferry to {place} runs onto a sandbank"
    page = (
        f'<html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>'
        f"{text}</article>{links}</body></html>"
    )
    return Answer(body=page.encode())


def rss(*paths: str, host: str) -> Answer:
    """Make a feed of addresses."""
    items = "".join(
        f"<item><title>Ferry {number} is late once more</title><link>http://{host}{path}</link>"
        f"<pubDate>Mon, 02 Mar 2026 09:0{number % 10}:00 +0100</pubDate></item>"
        for number, path in enumerate(paths)
    )
    text = f"<rss version='2.0'><channel><title>{host}</title>{items}</channel></rss>"
    return Answer(body=text.encode(), kind="application/rss+xml")


def robots(text: str, status: int = 200) -> Answer:
    """Make a robots.txt."""
    return Answer(body=text.encode(), kind="text/plain", status=status)
