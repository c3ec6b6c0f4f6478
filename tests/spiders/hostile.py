"""Servers that mean harm, on loopback behind one proxy: each path of `bad.example` is one way.

They answer with more than anybody can take, with what never ends, or with what grows when unpacked.
"""

import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import brotli
from backports import zstd  # what Scrapy itself unpacks with

from tests.spiders.web import story

HUGE = 300_000_000
"""Bytes that each bomb unpacks to."""


def bombs() -> dict[str, tuple[str, bytes]]:
    """Give a page of `HUGE` spaces in each packing, by name: the encoding and the bytes."""
    engine, raw = zlib.compressobj(9, wbits=31), zlib.compressobj(9)
    pieces, bare = [], []
    block = b" " * 1_000_000
    small = brotli.Compressor(quality=1)
    brotlis = []
    for _ in range(HUGE // len(block)):
        pieces.append(engine.compress(block))
        bare.append(raw.compress(block))
        brotlis.append(small.process(block))
    gzipped = b"".join((*pieces, engine.flush()))
    return {
        "gzip": ("gzip", gzipped),
        "deflate": ("deflate", b"".join((*bare, raw.flush()))),
        "br": ("br", b"".join((*brotlis, small.finish()))),
        "zstd": ("zstd", b"".join(zstd.compress(block, 1) for _ in range(HUGE // len(block)))),
        "twice": ("gzip, gzip", zlib.compress(gzipped, 9, wbits=31)),
        "stacked": (", ".join(["gzip"] * 30), gzipped),
    }


Send = Callable[[bytes], object]
BOMBS = bombs()


def head(status: str = "200 OK", *lines: str) -> bytes:
    """Give the head of an answer."""
    return "\r\n".join((f"HTTP/1.1 {status}", "Content-Type: text/html", *lines, "", "")).encode()


def endless_headers(send: Send) -> None:
    send(b"HTTP/1.1 200 OK\r\n")
    for number in range(1_000_000):
        send(f"X-Header-{number}: {'x' * 1000}\r\n".encode())


def endless_cookies(send: Send) -> None:
    send(b"HTTP/1.1 200 OK\r\n")
    for number in range(1_000_000):
        send(f"Set-Cookie: c{number}={'x' * 3000}; Path=/\r\n".encode())


def endless_interim(send: Send) -> None:
    for _ in range(1_000_000):
        send(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 100)


def endless_line(send: Send) -> None:
    send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(100_000):
        send(b"x" * 10_000)


def endless_body(send: Send) -> None:
    send(head("200 OK", "Transfer-Encoding: chunked"))
    for _ in range(100_000):
        send(b"2710\r\n" + b"x" * 10_000 + b"\r\n")


def false_length(send: Send) -> None:
    send(head("200 OK", f"Content-Length: {10**12}"))
    send(b"<html>")


def drip(send: Send) -> None:
    send(head("200 OK", "Transfer-Encoding: chunked"))
    for _ in range(600):
        send(b"1\r\nx\r\n")
        time.sleep(0.1)


def dripping_head(send: Send) -> None:
    send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(600):
        send(b"x")
        time.sleep(0.1)


def chain(send: Send, path: str) -> None:
    number = int(path.rpartition("-")[2] or 0) if "-" in path else 0
    send(head("302 Found", f"Location: /chain-{number + 1}", "Content-Length: 0"))


def circle(send: Send) -> None:
    send(head("302 Found", "Location: /circle", "Content-Length: 0"))


def growing(send: Send, path: str) -> None:
    send(head("302 Found", f"Location: {path}{'/again' if len(path) < 60 else 'x' * 3000}",
              "Content-Length: 0"))  # fmt: skip


def packed(name: str) -> Callable[[Send], None]:
    encoding, body = BOMBS[name]

    def answer(send: Send) -> None:
        send(head("200 OK", f"Content-Encoding: {encoding}", f"Content-Length: {len(body)}"))
        send(body)

    return answer


WAYS: dict[str, tuple[Callable[[Send], None], str]] = {
    "/headers": (endless_headers, "headers-too-large"),
    "/cookies": (endless_cookies, "headers-too-large"),
    "/interim": (endless_interim, "headers-too-large"),
    "/line": (endless_line, "headers-too-large"),
    "/body": (endless_body, "page-too-large"),
    "/length": (false_length, "page-too-large"),
    "/drip": (drip, "timeout"),
    "/dripping-head": (dripping_head, "timeout"),
    "/circle": (circle, "redirect-loop"),
    "/gzip": (packed("gzip"), "page-too-large"),
    "/deflate": (packed("deflate"), "page-too-large"),
    "/br": (packed("br"), "page-too-large"),
    "/zstd": (packed("zstd"), "page-too-large"),
    "/twice": (packed("twice"), "page-too-large"),
    "/stacked": (packed("stacked"), "encoding-stacked"),
}
"""What each address does, and the reason under which it has to be given up."""
MORE = {"/chain": "redirect-loop", "/growing": "address-trap"}
"""Those that answer by their path."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Do harm, or give a page where there is nothing else at the path."""
        path = urlsplit(self.path).path
        self.close_connection = True
        try:
            self._answer(path)
        except OSError:
            return  # the crawl has had enough, as it should

    def _answer(self, path: str) -> None:
        send = self.wfile.write
        if path in WAYS:
            WAYS[path][0](send)
        elif path.startswith("/chain"):
            chain(send, path)
        elif path.startswith("/growing"):
            growing(send, path)
        else:
            body, kind = documents(path)
            send(f"HTTP/1.1 {'200 OK' if body else '404 Not Found'}\r\nContent-Type: {kind}\r\n"
                 f"Content-Length: {len(body)}\r\n\r\n".encode() + body)  # fmt: skip

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Keep quiet."""


def documents(path: str) -> tuple[bytes, str]:
    """Give what is well-formed and harmful all the same: feeds and sitemaps; else a story."""
    if path == "/rss.xml":
        paths = [*WAYS, *MORE, "/good"]
        items = "".join(
            f"<item><title>Ferry {name}</title><link>http://bad.example{name}</link></item>"
            for name in paths
        )
        return f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "text/xml"
    if path == "/laughs.xml":
        return laughs("<urlset><url><loc>http://bad.example/&h;</loc></url></urlset>"), "text/xml"
    if path == "/laughs-feed.xml":
        item = "<item><title>&h;</title><link>http://bad.example/laugh</link></item>"
        return laughs(f"<rss version='2.0'><channel>{item}</channel></rss>"), "text/xml"
    if path.startswith("/index"):
        # Each index names two hundred more, and itself.
        children = "".join(
            f"<sitemap><loc>http://bad.example{path}{n}</loc></sitemap>" for n in range(200)
        )
        return f"<sitemapindex>{children}</sitemapindex>".encode(), "text/xml"
    if path == "/wide.xml":
        urls = "".join(
            f"<url><loc>http://wide.example/ferry-{n}-is-late-again</loc></url>"
            for n in range(20_000)
        )
        return f"<urlset>{urls}</urlset>".encode(), "text/xml"
    return story("Goodhaven").body, "text/html"


def laughs(root: str) -> bytes:
    """Give a document whose one entity stands for a thousand million others."""
    entities = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefg", "bcdefgh", strict=True)
    )
    return f'<!DOCTYPE x [<!ENTITY a "ha">{entities}]>{root}'.encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Torn connections are what the test is about."""


@contextmanager
def serve_harm() -> Iterator[str]:
    """Serve; gives the proxy's URL."""
    server = _Server(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
