"""The questions a report is opened for, each answered within three clicks from its first page."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from crawler.report import build_report
from tests.browser.conftest import Tab
from tests.browser.test_cluster import moved_ferry
from tests.report.made_up import provenance


@dataclass(slots=True)
class Reader:
    """Somebody who opens the report's first page and clicks."""

    tab: Tab
    clicks: int = 0

    def click(self, name: str) -> None:
        """Click the first link of this name that can be seen."""
        self.tab.page.get_by_role("link", name=name).locator("visible=true").first.click()
        self.tab.page.wait_for_load_state("load")
        self.clicks += 1

    def sees(self, selector: str) -> str:
        """Give a part's text once it stands within the window, not somewhere further down."""
        part = self.tab.page.locator(selector).first
        part.wait_for()
        self.tab.page.wait_for_function(
            "part => part.getBoundingClientRect().top < innerHeight",
            arg=part.element_handle(),
        )
        return " ".join(part.inner_text().split())


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("questions") / "report"
    made = moved_ferry()
    paragraphs = made.articles["art0047"].text.split("\n")
    cut = "\n".join(one for one in paragraphs if "People on Hest" not in one)
    made.articles["art0047"] = replace(made.articles["art0047"], text=cut)
    source = made.source(provenance={"cfeed0000aa": provenance()})
    return build_report(source, folder).parent


@pytest.fixture
def reader(tab: Tab, report: Path) -> Reader:
    tab.open(report / "index.html")
    tab.page.wait_for_selector("body[data-ready]")
    return Reader(tab)


def test_who_had_it_first(reader: Reader) -> None:
    reader.click("Night ferry to sail again")
    assert "first is outlet0.example" in reader.sees(".lede + .told")
    reader.click("Who had it first")
    assert reader.sees(".candidates li").startswith("outlet0.example 93 % likely")
    assert reader.clicks <= 3


def test_who_cut_the_third_paragraph(reader: Reader) -> None:
    reader.click("Night ferry to sail again")
    reader.click("Paragraphs")
    third = reader.sees(".matrix tbody tr:has(th:has-text('¶3'))")
    assert third.startswith("¶3 “People on Hest have paid")
    cut = reader.tab.page.locator(".matrix tr:has(th:has-text('¶3')) td.cutters")
    assert cut.inner_text() == "outlet47.example"
    assert reader.clicks <= 3


def test_who_still_carries_the_old_number(reader: Reader) -> None:
    reader.click("Night ferry to sail again")
    reader.click("Numbers that differ")
    told = reader.sees(".readings")
    old, new = sorted(("300", "320"), key=told.index)
    first = told[told.index(old) : told.index(new)]
    carried = {old: first, new: told[told.index(new) :]}
    assert "outlet0.example" in carried["300"]
    assert "outlet95.example (v3)" in carried["320"]
    assert "outlet95.example" not in carried["300"]
    assert reader.clicks <= 3
