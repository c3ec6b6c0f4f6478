"""One headless chromium for all, and a page that fails its test when the browser complains.

The browser is Debian's: Playwright's own download needs a network. Whatever a page says on the
console, every error, every request that does not stay on the disk and every violation of the
page's policy is collected, and must be empty at a test's end.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

playwright = pytest.importorskip(
    "playwright.sync_api", reason="the group `browser` is not installed"
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

# Told of each page before its own scripts run: a violation of the policy is an event.
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event => {
  window.violations.push(event.violatedDirective + " " + event.blockedURI);
});
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder; skip it where there is no browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="chromium is not installed"))


@dataclass(slots=True)
class Complaints:
    """What the browser said against a page."""

    console: list[str] = field(default_factory=list)
    """Errors and warnings on its console, and exceptions of its scripts."""
    requests: list[str] = field(default_factory=list)
    """Addresses asked for that are not files of the report."""
    violations: list[str] = field(default_factory=list)
    """What its policy refused."""


@dataclass(slots=True)
class Tab:
    """A page with its complaints."""

    page: Any
    """Playwright's page."""
    complaints: Complaints
    """What was said so far."""

    def open(self, path: Path, anchor: str = "") -> None:
        """Open a file from the disk and wait until its scripts have run."""
        self.page.goto(path.resolve().as_uri() + anchor)
        self.page.wait_for_load_state("load")

    def gather(self) -> Complaints:
        """Add the violations of the page that is open, and give all complaints."""
        self.complaints.violations.extend(self.page.evaluate("window.violations"))
        return self.complaints


# Not for the whole session: as long as Playwright is open its event loop runs in this process, and
# a test of another folder that starts one of its own would fail.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    with playwright.sync_playwright() as library:
        opened = library.chromium.launch(executable_path=CHROMIUM, args=sandbox)
        yield opened
        opened.close()


@pytest.fixture
def tab(browser: Any, request: pytest.FixtureRequest) -> Iterator[Tab]:
    """Give a new tab; `@pytest.mark.parametrize("tab", [{...}], indirect=True)` sets it up."""
    context = browser.new_context(**{"timezone_id": "Asia/Tokyo", **getattr(request, "param", {})})
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.set_default_timeout(10_000)
    found = Tab(page, Complaints())
    page.on("console", lambda message: _note(found.complaints, message))
    page.on("pageerror", lambda error: found.complaints.console.append(str(error)))
    page.on("request", lambda asked: _asked(found.complaints, asked.url))
    yield found
    complaints = found.gather()
    context.close()
    assert complaints == Complaints()


def _note(complaints: Complaints, message: Any) -> None:
    if message.type in ("error", "warning"):
        complaints.console.append(message.text)


def _asked(complaints: Complaints, url: str) -> None:
    if not url.startswith(("file:", "about:", "data:", "http://127.0.0.1:")):
        complaints.requests.append(url)
