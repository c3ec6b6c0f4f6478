"""A viewer on this machine: the report's pages over a store that is read anew for each of them.

The pages beside the clusters' own are those of a report in a folder of the viewer's, brought up to
date when the store has changed; a cluster's page is made when it is asked for. They are the
report's templates and no second interface.

Who may read: on loopback whoever is on this machine and asks for it by a loopback name (another
site's page that had its own name resolve here gets nothing); elsewhere whoever has the token.
"""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from crawler.cli.live import LivePages
from crawler.errors import NotFound, StoreLocked, UsageError, WiretraceError

LOOPBACK = ("127.0.0.1", "::1", "localhost")
COOKIE = "wiretrace"
# A form of ours names a cluster and its copies; the largest clusters have some thousand copies.
MAX_FORM_BYTES = 200_000
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript"}


@dataclass(slots=True, kw_only=True)
class Viewer:
    """What the requests of one server share."""

    pages: LivePages
    """Gives the pages, and takes decisions."""
    token: str | None = None
    """What a reader must have; None: nothing, for loopback."""
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    """What a form must carry, so that no other site can send one for the reader."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    """Held while a page is made: the store and the folder are one."""


def server_of(viewer: Viewer, host: str, port: int) -> ThreadingHTTPServer:
    """Give a server that is bound and not yet serving; port 0 takes a free one."""
    handler = type("Handler", (_Handler,), {"viewer": viewer})
    server = ThreadingHTTPServer((host, port), handler)
    server.daemon_threads = True
    return server


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    viewer: Viewer
    protocol_version = "HTTP/1.1"
    server_version = "wiretrace"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """Give a page."""
        self._guarded(self._get)

    def do_POST(self) -> None:
        """Take a decision."""
        self._guarded(self._post)

    def log_message(self, *_: object) -> None:
        """Say nothing: what is read is the reader's own business."""

    def _guarded(self, answer: Callable[[], None]) -> None:
        try:
            if self._may_read():
                answer()
        except NotFound as error:
            self._say(HTTPStatus.NOT_FOUND, str(error))
        except UsageError as error:
            self._say(HTTPStatus.BAD_REQUEST, str(error))
        except StoreLocked as error:
            self._say(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
        except WiretraceError as error:
            self._say(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            self.close_connection = True

    def _may_read(self) -> bool:
        name = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        if self.viewer.token is None:
            if name in LOOPBACK:
                return True
            self._say(HTTPStatus.FORBIDDEN, "Ask for it as 127.0.0.1 or localhost.")
            return False
        query = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
        if secrets.compare_digest(query.encode(), self.viewer.token.encode()):
            self._go(urlsplit(self.path).path, cookie=True)
            return False
        if secrets.compare_digest(self._cookie().encode(), self.viewer.token.encode()):
            return True
        self._say(HTTPStatus.FORBIDDEN, "Open the address with the token that `serve` printed.")
        return False

    def _cookie(self) -> str:
        try:
            found = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        except CookieError:
            return ""
        return found.value if found else ""

    def _get(self) -> None:
        name = urlsplit(self.path).path.lstrip("/") or "index.html"
        if name == "favicon.ico":  # every browser asks for it, and we have none
            self._send(HTTPStatus.NO_CONTENT, "image/x-icon", b"")
            return
        said = parse_qs(urlsplit(self.path).query).get("said", [""])[0]
        with self.viewer.lock:
            body = self.viewer.pages.page(name, csrf=self.viewer.csrf, said=said)
        self._send(HTTPStatus.OK, TYPES.get(Path(name).suffix, "application/octet-stream"), body)

    def _post(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MAX_FORM_BYTES:
            self.close_connection = True
            self._say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is no form of ours.")
            return
        form = parse_qs(self.rfile.read(int(length)).decode("utf-8", "replace"))
        origin = self.headers.get("Origin")
        same = origin is None or urlsplit(origin).netloc == self.headers.get("Host")
        sent = form.get("csrf", [""])[0]
        ours = secrets.compare_digest(sent.encode(), self.viewer.csrf.encode())
        if not (same and ours) or urlsplit(self.path).path != "/decide":
            self._say(HTTPStatus.FORBIDDEN, "That form was not sent by a page of this viewer.")
            return
        with self.viewer.lock:
            target = self.viewer.pages.decide(form)
        self._go(target)

    def _go(self, place: str, *, cookie: bool = False) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        # One slash: two would lead to another host.
        self.send_header("Location", "/" + place.lstrip("/"))
        if cookie:
            value = f"{COOKIE}={self.viewer.token}; HttpOnly; SameSite=Strict; Path=/"
            self.send_header("Set-Cookie", value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _say(self, status: HTTPStatus, line: str) -> None:
        self._send(status, "text/plain; charset=utf-8", f"{line}\n".encode())

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Referrer-Policy", "same-origin")
        self.end_headers()
        self.wfile.write(body)
