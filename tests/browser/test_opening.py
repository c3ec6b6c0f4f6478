"""Every page opens from disk, in every size and scheme, and nobody has to complain."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.report import build_report
from tests.browser.conftest import Tab
from tests.report.made_up import ferry, provenance
from tests.report.test_html import hostile

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

# Without `preload`, which asks for the style sheet a second time, over a connection.
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "preload": False}
SIZES = [{"width": 360, "height": 740}, {"width": 1600, "height": 1000}]
# A4 at 96 dpi between Chromium's margins.
PAPER = {"width": 718, "height": 1000}
SETUPS = [
    {"viewport": size, "color_scheme": scheme} for size in SIZES for scheme in ("light", "dark")
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a report with everything on its pages: news, a story, provenance, networks."""
    folder = tmp_path_factory.mktemp("report") / "report"
    made = ferry()
    build_report(replace(made, clusters=[]).source(), folder)
    source = made.source(
        provenance={"cfeed0000aa": provenance()},
        stories={"Ferry": ["cfeed0000aa"], "Nothing yet": []},
    )
    return build_report(source, folder).parent


@pytest.fixture(scope="module")
def hostile_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_report(hostile().source(), tmp_path_factory.mktemp("hostile")).parent


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def width_beyond(tab: Tab) -> int:
    """Give the pixels by which the page is wider than its window."""
    told: int = tab.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return told


def serious(tab: Tab) -> list[tuple[str, Any]]:
    """Give what axe finds serious or worse on the page that is open, with the elements."""
    found = axe.Axe().run(tab.page, options=AXE)
    return [
        (one["id"], [node["target"] for node in one["nodes"]])
        for one in found.response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("tab", SETUPS, indirect=True, ids=lambda setup: str(setup.values()))
def test_every_page_fits_its_window_and_is_accessible(tab: Tab, report: Path) -> None:
    assert len(pages(report)) >= 4
    for path in pages(report):
        tab.open(path)
        assert width_beyond(tab) <= 0, path
        assert serious(tab) == [], path


@pytest.mark.parametrize("tab", SETUPS[:2], indirect=True, ids=["light", "dark"])
def test_the_scheme_of_the_reader_is_taken(tab: Tab, report: Path) -> None:
    tab.open(report / "index.html")
    colour = tab.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    channels = [int(part) for part in colour.strip("rgb()").split(",")]
    dark = tab.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert (max(channels) < 64) is dark
    assert (min(channels) > 192) is not dark


def test_every_page_prints_and_no_table_is_wider_than_the_paper(tab: Tab, report: Path) -> None:
    tab.page.set_viewport_size(PAPER)
    for path in pages(report):
        tab.open(path)
        tab.page.emulate_media(media="print")
        assert not tab.page.locator("nav").first.is_visible()
        assert width_beyond(tab) <= 0, path
        assert tab.page.pdf(format="A4").startswith(b"%PDF-")


def test_text_of_the_web_never_becomes_markup(tab: Tab, hostile_report: Path) -> None:
    for path in pages(hostile_report):
        tab.open(path)
        assert tab.page.evaluate("document.images.length") == 0
        assert (
            tab.page.evaluate("[...document.querySelectorAll('[onerror], [onload]')].length") == 0
        )
        assert "<script>alert(1)</script>" in tab.page.inner_text("main") or path.stem == "coverage"
