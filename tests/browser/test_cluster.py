"""A cluster's page: compare any two copies, look into a paragraph, ask who carries words."""

from dataclasses import replace
from pathlib import Path

import pytest

from crawler.report import build_report
from tests.browser.conftest import Tab
from tests.report.made_up import FERRY, MadeUp, ferry, provenance

PAGE = "clusters/cfeed0000aa.html"

# Compares 400 pairs of made-up texts and gives the first pair of which something is missing.
LOST = r"""() => {
  const said = (runs, without) => runs.filter(run => run.op !== without)
    .map(run => run.text).join("");
  const draw = seed => () => (seed = seed * 16807 % 2147483647) / 2147483647;
  const random = draw(7), words = ["a", "bb", "c.", "dd", "—", "é", "漢", "字"];
  const text = () => Array.from(
    { length: Math.floor(random() * 30) }, () => words[Math.floor(random() * 8)]).join(" ");
  const squeezed = text => text.replace(/\s+/g, "");
  for (let i = 0; i < 400; i += 1) {
    const a = text(), b = text(), runs = wiretrace.diffWords(a, b);
    if (squeezed(said(runs, "insert")) !== squeezed(a)) return [a, b, "first"];
    if (said(runs, "delete") !== b) return [a, b, "second"];
  }
  return null;
}"""


def moved_ferry() -> MadeUp:
    """Give the ferry story with a version that moves a paragraph and changes a number."""
    made = ferry()
    paragraphs = FERRY.split("\n")
    text = "\n".join(
        [paragraphs[0], paragraphs[2], paragraphs[1], *paragraphs[3:], "More soon, says the board."]
    ).replace("300 passengers", "320 passengers")
    made.articles["art0095"] = replace(made.articles["art0095"], text=text)
    return made


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cluster") / "report"
    source = moved_ferry().source(provenance={"cfeed0000aa": provenance()})
    return build_report(source, folder).parent


def test_a_cluster_is_opened_from_the_index(tab: Tab, report: Path) -> None:
    tab.open(report / "index.html")
    tab.page.wait_for_selector("body[data-ready]")
    tab.page.get_by_role("link", name="Night ferry to sail again").click()
    tab.page.wait_for_url(f"**/{PAGE}")
    assert tab.page.inner_text("h1").startswith("Night ferry")


def test_any_two_copies_are_compared_inline_and_side_by_side(tab: Tab, report: Path) -> None:
    tab.open(report / PAGE)
    tab.page.select_option("#left", label="2. outlet12.example (v1)")
    tab.page.select_option("#right", label="4. outlet95.example (v3)")
    place = tab.page.locator("#comparison")
    assert place.locator("del").all_inner_texts() == ["300"]
    assert place.locator("ins").all_inner_texts() == ["320", "More soon, says the board."]
    assert tab.page.inner_text("#tally") == "6 words put in, 1 word taken out, 1 paragraph moved."
    assert place.locator(".fate.moved").inner_text() in ("moved from ¶3", "moved from ¶2")
    tab.page.get_by_label("side by side").check()
    rows = place.locator("tbody tr")
    assert rows.count() == 7
    assert "Version 1" in place.locator("thead").inner_text()
    tab.page.get_by_label("inline").check()
    tab.page.click("#swap")
    assert place.locator("ins").all_inner_texts() == ["300"]
    tab.page.select_option("#left", label="3. outlet47.example (v2)")
    tab.page.select_option("#right", label="4. outlet95.example (v3)")
    assert "put in" in tab.page.inner_text("#tally")
    joined = place.evaluate(
        "e => [...e.querySelectorAll('p')].filter(p => !p.querySelector('del')).length"
    )
    assert joined >= 3


def test_the_difference_loses_no_word_of_either_text(tab: Tab, report: Path) -> None:
    tab.open(report / PAGE)
    lost = tab.page.evaluate(LOST)
    assert lost is None


def test_a_cell_of_the_matrix_opens_its_paragraph(tab: Tab, report: Path) -> None:
    tab.open(report / PAGE)
    row = tab.page.locator(".matrix tbody tr", has_text="The ferry carries about 300")
    assert row.locator("td").all_inner_texts() == ["outlet47.example", "kept", "cut", "edited"]
    row.get_by_role("link", name="edited").click()
    dialog = tab.page.locator("dialog[open]")
    assert dialog.locator("ins").all_inner_texts() == ["320"]
    tab.page.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_who_carries_which_number_is_told_and_can_be_asked(tab: Tab, report: Path) -> None:
    tab.open(report / PAGE)
    numbers = tab.page.locator(".readings").inner_text()
    assert "300" in numbers
    assert "320" in numbers
    tab.page.fill("#carried", "320 Passengers")
    answer = tab.page.inner_text("#carry").split("\n")
    assert answer[0] == "Carried by outlet95.example (v3)"
    assert answer[1].startswith("Not by outlet0.example, outlet12.example (v1)")


def test_who_had_it_first_and_the_tree_of_versions_are_told(tab: Tab, report: Path) -> None:
    tab.open(report / PAGE)
    text = tab.page.inner_text("main")
    assert "Who had it first likely" in text
    assert "93 % likely" in text
    assert "Its time stands in two places that agree." in text
    assert "5 minutes to 12 minutes" in text
    assert "Whose text it is: Meridian Wire. Two copies credit it." in text
    nested = tab.page.locator(".tree > ul > li > ul > li")
    assert nested.count() == 2
    assert tab.page.locator(".timeline .gap title").text_content() == (
        "The feed of outlet3.example could not be read."
    )


def test_a_link_to_a_text_opens_it(tab: Tab, report: Path) -> None:
    tab.open(report / PAGE, "#v2p3")
    assert tab.page.locator("#v2p3").is_visible()
