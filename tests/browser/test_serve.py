"""The live viewer in a browser: the same pages, with buttons."""

from pathlib import Path

import pytest

from crawler.config import Config
from tests.browser.conftest import Tab
from tests.browser.test_opening import serious
from tests.cli.conftest import fill
from tests.cli.test_serve import cluster_of, serving


@pytest.mark.slow
def test_a_copy_is_split_off_and_the_split_taken_back(tab: Tab, tmp_path: Path) -> None:
    config = Config(output=tmp_path / "output")
    fill(config.output)
    with serving(config) as port:
        tab.page.goto(f"http://127.0.0.1:{port}/")
        tab.page.wait_for_selector("body[data-ready]")
        tab.page.get_by_role("link", name="Bridge").first.click()
        tab.page.wait_for_url(f"**/clusters/{cluster_of(config)}.html")
        tab.page.get_by_text("Decide about this cluster").click()
        assert serious(tab) == []
        tab.page.get_by_label("coast.example").check()
        tab.page.get_by_role("button", name="Split off").click()
        tab.page.get_by_text("Split 1 done.").wait_for()
        assert "3 copies" in tab.page.inner_text(".lede")
        tab.page.get_by_role("button", name="Undo split 1").click()
        tab.page.get_by_text("Split 1 taken back.").wait_for()
        assert "4 copies" in tab.page.inner_text(".lede")
        tab.page.get_by_label("Call it").fill("The bridge")
        tab.page.get_by_role("button", name="Label").click()
        tab.page.get_by_text("Label 2 done.").wait_for()
        assert tab.page.inner_text("h1").startswith("The bridge")
        assert tab.gather().violations == []
        tab.page.goto("about:blank")
        tab.page.evaluate("window.violations = []")
