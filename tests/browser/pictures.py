"""Take the README's pictures of a report: `python -m tests.browser.pictures REPORT IMAGES`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM

WIDTH = 1200
# Name, selector of what stands at the top of the picture (none: the page's own), height in pixels.
PICTURES = (
    ("report-index", "", 1250),
    ("report-cluster", "", 1150),
    ("report-paragraphs", "#paragraphs", 900),
)


def take(report: Path, images: Path) -> None:
    """Take all pictures; the cluster is the one with the longest page."""
    longest = max((report / "clusters").iterdir(), key=lambda page: page.stat().st_size)
    with sync_playwright() as library:
        browser = library.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": WIDTH, "height": 900}, color_scheme="light", timezone_id="UTC"
        )
        page = context.new_page()
        for name, top, height in PICTURES:
            path = report / "index.html" if name == "report-index" else longest
            page.goto(path.resolve().as_uri())
            page.wait_for_load_state("load")
            if name == "report-index":
                page.wait_for_selector("body[data-ready]")
            box = page.locator(top).bounding_box() if top else None
            above = box["y"] - 24 if box else 0
            page.screenshot(
                path=images / f"{name}.png",
                full_page=True,
                clip={"x": 0, "y": above, "width": WIDTH, "height": height},
            )
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
