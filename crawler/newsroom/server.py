"""Serve documents on loopback as a forward proxy, so that no name has to resolve.

A client that is given `proxy_url` as its HTTP proxy asks for `GET http://harbour-courier.example/`
and gets that publisher's page; one that connects directly is answered by its Host header. Whatever
is not in the newsroom is answered 404, and CONNECT 501: nothing real is ever asked.
"""

import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from crawler.newsroom.records import Document, Request

IDLE_S = 10.0
"""Seconds after which a silent connection is closed, so that no thread waits for ever."""
_TEXT = {"Content-Type": "text/plain; charset=utf-8"}
_NOT_FOUND = Document(status=404, headers=_TEXT, body=b"There is no such page here.\n")


class NewsroomServer:
    """A server in threads of its own; listens from the start of the `with` block to its end.

    Args:
        documents: answers by host and path with query.
        host: address to listen on.
        port: port, or 0 for any free one.
    """

    def __init__(
        self, documents: Mapping[tuple[str, str], Document], *, host: str, port: int
    ) -> None:
        self._documents = documents
        self._host = host
        self._wanted_port = port
        self._asked: dict[tuple[str, str], int] = {}
        self._log: list[Request] = []
        self._lock = threading.Lock()
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._server = _Server((self._host, self._wanted_port), _Handler)
        self._server.newsroom = self
        # The short poll makes the end of the block quick; the default is half a second.
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        assert self._thread is not None
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """Port it listens on."""
        assert self._server is not None, "the server listens only inside its with block"
        return int(self._server.server_address[1])

    @property
    def proxy_url(self) -> str:
        """Value for `http_proxy` and `https_proxy`."""
        return f"http://{self._host}:{self.port}"

    @property
    def log(self) -> list[Request]:
        """Every request so far, oldest first."""
        with self._lock:
            return list(self._log)

    def answer(self, host: str, path: str, user_agent: str) -> Document:
        """Choose the answer to a request and log it."""
        asked = time.monotonic()
        key, document = self._find(host, path)
        with self._lock:
            turn = self._asked[key] = self._asked.get(key, -1) + 1
            if turn < len(document.refusals):
                document = document.refusals[turn]
            wait = document.headers.get("Retry-After")
            self._log.append(
                Request(
                    time=asked,
                    host=host,
                    path=path,
                    status=document.status,
                    user_agent=user_agent,
                    retry_after_s=float(wait) if wait is not None else None,
                )
            )
        return document

    def _find(self, host: str, path: str) -> tuple[tuple[str, str], Document]:
        """Find a document by its whole path, or without a query nobody knows (tracking)."""
        for key in ((host, path), (host, path.split("?", 1)[0])):
            if key in self._documents:
                return key, self._documents[key]
        return (host, path), _NOT_FOUND


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Idle keep-alive connections of a crawler must not hold up the end of the block.
    block_on_close = False
    request_queue_size = 128
    newsroom: NewsroomServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up in the middle of a slow answer are expected."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE_S
    server: _Server
    # One write for header and body: two small ones meet delayed acknowledgements (40 ms each).
    wbufsize = -1

    def do_GET(self) -> None:
        """Answer with the document."""
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with the document's header alone."""
        self._send(with_body=False)

    def do_CONNECT(self) -> None:
        """Refuse a tunnel: there is no TLS here and nothing behind it."""
        self.send_error(501, "This proxy knows local publishers only")
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own name
        """Keep off stderr, which belongs to the program; `NewsroomServer.log` has the requests."""

    def _send(self, *, with_body: bool) -> None:
        parts = urlsplit(self.path)
        host = (parts.netloc or self.headers.get("Host", "")).rsplit(":", 1)[0].lower()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        document = self.server.newsroom.answer(host, path, self.headers.get("User-Agent", ""))
        self.send_response(document.status)
        for name, value in document.headers.items():
            self.send_header(name, value)
        streamed = document.repeat > 1 or document.pause_s > 0
        if streamed:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(len(document.body)))
        self.end_headers()
        if with_body and streamed:
            self._stream(document)
        elif with_body:
            self.wfile.write(document.body)

    def _stream(self, document: Document) -> None:
        """Send the pieces one by one; ends quietly when the client has had enough."""
        chunk = b"%x\r\n%s\r\n" % (len(document.body), document.body)
        try:
            for _ in range(document.repeat):
                self.wfile.write(chunk)
                if document.pause_s:
                    self.wfile.flush()
                    time.sleep(document.pause_s)
            self.wfile.write(b"0\r\n\r\n")
        except ConnectionError:
            self.close_connection = True
