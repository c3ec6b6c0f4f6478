"""A browser that draws pages and touches no network: HTML in, the drawn document out.

Chromium would look up names and connect by itself, past robots.txt, the delays and the guard
against private addresses (a name may resolve otherwise the second time). So every request of a page
is answered from here, by a function that asks through the crawl's own downloader, and the browser's
proxy is an address where nobody listens: what slips past goes nowhere. That is why the library is
driven directly and not through scrapy-playwright, which lets the browser fetch.
https://playwright.dev/python/docs/network
"""

import asyncio
import importlib.util
import os
import shutil
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.errors import RenderUnavailable

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import BrowserContext, Page, Playwright, Route

# Where the systems put it; without one Playwright's own is taken, should it have been installed.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Port 9 discards; behind this proxy no name is looked up and no connection made.
NOWHERE = "http://127.0.0.1:9"
ARGUMENTS = (
    # A page's scripts may hold so many megabytes; real ones hold below a hundred.
    "--js-flags=--max-old-space-size=256",
    "--disable-gpu",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
# What a page may ask for: code and data. Pictures, fonts, films and style sheets tell no story.
WANTED = frozenset(("script", "xhr", "fetch"))
# A story needs a framework, its own code and an answer or two; a page that asks for more is not
# read the better for it.
MAX_REQUESTS = 40
# Seconds for what should take none: a page whose script never ends does not even close.
GRACE_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a page's request is answered with."""

    status: int
    """HTTP status."""
    headers: Mapping[str, str]
    """Headers, without those of the transfer."""
    body: bytes
    """The document, unpacked."""


Fetch = Callable[[str], Awaitable[Answered | None]]
"""Gives what an address answers, or None where it is not to be asked."""


def find_browser() -> str | None:
    """Give the path of the system's own Chromium, if there is one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def require_library() -> None:
    """Say what is missing before a crawl begins.

    Raises:
        RenderUnavailable: the extra is not installed.
    """
    if importlib.util.find_spec("playwright") is None:
        raise RenderUnavailable(
            "A source has render = true, and the library that drives a browser is not installed.",
            "Run `pip install 'wiretrace[render]'` and install Chromium (`apt install chromium`, or"
            " `playwright install chromium`).",
        )


class Browser:
    """One Chromium, started when the first page is drawn.

    Args:
        agent: the user agent that pages see.
        limit_s: seconds for one page, its requests included.
    """

    def __init__(self, agent: str, limit_s: float) -> None:
        self._agent = agent
        self._limit_s = limit_s
        self._library: Playwright | None = None
        self._chromium: Chromium | None = None
        # One page at a time: a page may take a gigabyte.
        self._turn = asyncio.Lock()

    async def draw(self, url: str, html: bytes, content_type: str, fetch: Fetch) -> str | None:
        """Give the document that a page's scripts make of it; None where they never come to an end.

        Args:
            url: address of the page.
            html: the page as the server sent it.
            content_type: its Content-Type header.
            fetch: answers what its scripts ask for.

        Raises:
            RenderUnavailable: there is no browser, or it does not start.
        """
        first = Answered(status=200, headers={"content-type": content_type}, body=html)
        async with self._turn:
            chromium = await self._started()
            try:
                async with asyncio.timeout(self._limit_s + GRACE_S):
                    return await self._draw(chromium, url, first, fetch)
            except TimeoutError:
                await self._end()
                return None

    async def _draw(
        self, chromium: "Chromium", url: str, first: Answered, fetch: Fetch
    ) -> str | None:
        from playwright.async_api import Error  # noqa: PLC0415 - an extra

        context: BrowserContext | None = None
        try:
            context = await chromium.new_context(
                user_agent=self._agent, service_workers="block", accept_downloads=False
            )
            visit = _Visit(first, fetch)
            await context.route("**/*", visit.answer)
            await context.route_web_socket("**/*", lambda socket: socket.close())
            page = await context.new_page()
            await self._settle(page, url)
            return await page.content()
        except Error:
            return None  # the page crashed, or its memory was at an end
        finally:
            if context is not None:
                with suppress(Error):
                    await context.close()

    async def _settle(self, page: "Page", url: str) -> None:
        """Wait until the page asks for nothing more; what is drawn by the deadline counts."""
        from playwright.async_api import TimeoutError as Late  # noqa: PLC0415 - an extra

        with suppress(Late):
            milliseconds = self._limit_s * 1000
            await page.goto(url, wait_until="networkidle", timeout=milliseconds)

    async def _started(self) -> "Chromium":
        from playwright.async_api import Error, async_playwright  # noqa: PLC0415 - an extra

        if self._chromium is not None and self._chromium.is_connected():
            return self._chromium
        if self._library is None:
            self._library = await async_playwright().start()
        # The system's superuser, as in containers, has no sandbox.
        superuser = sys.platform != "win32" and os.geteuid() == 0
        sandbox = ("--no-sandbox",) if superuser else ()
        try:
            self._chromium = await self._library.chromium.launch(
                executable_path=find_browser(),
                args=[*ARGUMENTS, *sandbox],
                proxy={"server": NOWHERE},
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except Error as error:
            raise RenderUnavailable(
                f"Chromium does not start: {' '.join(str(error).split())[:300]}",
                "Install it (`apt install chromium`, or `playwright install chromium`).",
            ) from error
        return self._chromium

    async def _end(self) -> None:
        """End Chromium, whatever its pages do; the next page gets a new one."""
        chromium, self._chromium = self._chromium, None
        if chromium is not None:
            with suppress(Exception):
                await asyncio.wait_for(chromium.close(), GRACE_S)

    async def close(self) -> None:
        """End Chromium and what drives it."""
        await self._end()
        if self._library is not None:
            await self._library.stop()
            self._library = None


class _Visit:
    """Answers the requests of one page."""

    def __init__(self, first: Answered, fetch: Fetch) -> None:
        self._first: Answered | None = first
        self._fetch = fetch
        self._asked = 0

    async def answer(self, route: "Route") -> None:
        """Answer a request, or break it off."""
        from playwright.async_api import Error  # noqa: PLC0415 - an extra

        found = await self._found(route)
        with suppress(Error):  # the page may be closed meanwhile
            if found is None:
                await route.abort()
            else:
                await route.fulfill(
                    status=found.status, headers=dict(found.headers), body=found.body
                )

    async def _found(self, route: "Route") -> Answered | None:
        request = route.request
        if request.is_navigation_request():
            # The page itself; frames, and where its scripts want to go, are other pages.
            first, self._first = self._first, None
            return first
        if request.method != "GET" or request.resource_type not in WANTED:
            return None
        self._asked += 1
        return await self._fetch(request.url) if self._asked <= MAX_REQUESTS else None
