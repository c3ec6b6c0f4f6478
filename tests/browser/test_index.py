"""The table of all clusters: filter, sort, search, keys, and ten thousand of them."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.report import build_report
from crawler.report.ledger import Ledger
from crawler.report.news import News
from crawler.report.outlets import Outlets
from crawler.report.pages import pages_of, pieces_of, row_of
from crawler.report.state import former_report
from crawler.report.views import report_view
from tests.browser.conftest import Tab
from tests.report.made_up import ferry, many


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give 251 clusters, one of which is of another language, outlet and agency."""
    made = many(250, 2)
    made.articles["art0095"] = replace(
        made.articles["art0095"], text=f"{made.articles['art0095'].text}\nEin Zug nach Überlingen."
    )
    folder = tmp_path_factory.mktemp("index") / "report"
    return build_report(made.source(stories={"Ferry": ["cfeed0000aa"]}), folder).parent


def opened(tab: Tab, report: Path) -> None:
    tab.open(report / "index.html")
    tab.page.wait_for_selector("body[data-ready]")


def found(tab: Tab) -> str:
    told: str = tab.page.inner_text("#found")
    return told


def headlines(tab: Tab) -> list[str]:
    told: list[str] = tab.page.locator("#clusters tbody th a").all_inner_texts()
    return told


def test_words_are_found_in_headlines_and_in_the_texts_of_any_copy(tab: Tab, report: Path) -> None:
    opened(tab, report)
    for words, number in (
        ("ferry", "1 cluster of 251"),
        ("UBERLINGEN", "1 cluster of 251"),
        ("divers shaft", "1 cluster of 251"),
        ("“a cracked shaft”", "1 cluster of 251"),
        ("“shaft cracked a”", "0 clusters of 251"),
        ("zeppelin", "0 clusters of 251"),
    ):
        tab.page.fill("#words", words)
        tab.page.get_by_text(number, exact=True).wait_for()
    assert "Take a filter away" in tab.page.inner_text("#clusters caption")


def test_words_of_the_texts_are_read_when_somebody_searches(tab: Tab, report: Path) -> None:
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    opened(tab, report)
    assert "rows-0.js" in asked
    assert not [name for name in asked if name.startswith("words")]
    tab.page.fill("#words", "shaft")
    tab.page.get_by_text("1 cluster of 251", exact=True).wait_for()
    assert {"words-0.js", "words-1.js"} <= set(asked)


@pytest.mark.parametrize(
    ("field", "value", "number"),
    [
        ("#agency", "Meridian Wire", "1 cluster of 251"),
        ("#agency", "-", "250 clusters of 251"),
        ("#relation", "abridged", "1 cluster of 251"),
        ("#language", "en", "251 clusters of 251"),
        ("#story", "0", "1 cluster of 251"),
    ],
)
def test_filters_leave_what_fits(
    tab: Tab, report: Path, field: str, value: str, number: str
) -> None:
    opened(tab, report)
    tab.page.select_option(field, value)
    tab.page.get_by_text(number, exact=True).wait_for()
    tab.page.click("button[type=reset]")
    tab.page.wait_for_function("() => document.querySelector('#found').textContent === ''")
    assert len(headlines(tab)) == 100


def test_outlets_and_days_filter_too(tab: Tab, report: Path) -> None:
    opened(tab, report)
    tab.page.fill("#outlet", "outlet95")
    tab.page.get_by_text("1 cluster of 251", exact=True).wait_for()
    tab.page.fill("#outlet", "")
    tab.page.fill("#since", "2026-03-05")
    tab.page.get_by_text("0 clusters of 251", exact=True).wait_for()
    tab.page.fill("#since", "2026-03-03")
    tab.page.get_by_text("251 clusters of 251", exact=True).wait_for()


def test_headers_sort_both_ways_and_say_so(tab: Tab, report: Path) -> None:
    opened(tab, report)
    tab.page.get_by_role("button", name="Copies").click()
    head = tab.page.locator("th[data-sort=copies]")
    assert head.get_attribute("aria-sort") == "descending"
    assert headlines(tab)[0].startswith("Night ferry")
    tab.page.get_by_role("button", name="Copies").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert not headlines(tab)[0].startswith("Night ferry")
    tab.page.get_by_role("button", name="Story").click()
    names = headlines(tab)
    assert names[0].startswith("Night ferry")
    assert names[1:3] == ["Story 0 in 0 words", "Story 1 in 0 words"]


def test_pages_turn_and_rows_are_the_same_with_and_without_scripts(tab: Tab, report: Path) -> None:
    plain = tab.page.context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto((report / "index.html").as_uri())
    cells = "#clusters tbody tr:first-child > *"
    without = page.locator(cells).all_inner_texts()
    plain.close()
    opened(tab, report)
    # All but the third cell, the time of the first copy, which is told in the reader's zone.
    told = tab.page.locator(cells).all_inner_texts()
    assert [*told[:3], *told[4:]] == [*without[:3], *without[4:]]
    assert tab.page.inner_text("#at") == "1 of 3"
    first = headlines(tab)[0]
    tab.page.click("#next")
    assert headlines(tab)[0] != first
    tab.page.click("#back")
    assert headlines(tab)[0] == first


def test_the_keyboard_alone_finds_and_opens_a_cluster(tab: Tab, report: Path) -> None:
    opened(tab, report)
    keyboard = tab.page.keyboard
    keyboard.press("/")
    keyboard.type("ferry")
    tab.page.get_by_text("1 cluster of 251", exact=True).wait_for()
    keyboard.press("Escape")
    tab.page.wait_for_function("() => document.querySelector('#found').textContent === ''")
    keyboard.press("ArrowDown")
    keyboard.press("j")
    focus = "() => document.activeElement.textContent"
    assert tab.page.evaluate(focus) == headlines(tab)[1]
    keyboard.press("k")
    assert tab.page.evaluate(focus) == headlines(tab)[0]
    keyboard.press("Enter")
    tab.page.wait_for_url("**/clusters/*.html")


def test_times_are_told_in_the_zone_of_the_reader_with_that_of_the_source_on_hover(
    tab: Tab, report: Path
) -> None:
    tab.open(report / "clusters" / "cfeed0000aa.html")
    told = tab.page.locator("#m1 td time").first
    assert told.inner_text() == "3 Mar 2026, 14:00"
    assert told.get_attribute("title") == "given as 06:00 UTC+01:00; 3 Mar 2026, 05:00 UTC"
    assert "Asia/Tokyo" in tab.page.inner_text("#zone")
    assert "3 Mar 2026, 14:00" in tab.page.inner_text(".lede")
    without_zone = tab.page.locator("#m3 td time").first
    assert without_zone.inner_text() == "3 Mar 2026, 06:47"


def ten_thousand(folder: Path) -> None:
    """Put 10,000 clusters into the index of a report; only the ferry's has a page."""
    source = ferry().source()
    build_report(source, folder)
    state = former_report(folder)
    model, ledger, words = state.clusters["cfeed0000aa"], Ledger(), {}
    for number in range(10_000):
        facts = replace(model, id=f"t{number}", headline=f"Pier {number} closed")
        ledger.put(facts, row_of(facts, {}), size=1)
        words[facts.id] = f'{state.words[model.id][:-1]}quay{facts.id} "'
    view = report_view(source, ledger, Outlets(), News())
    pieces = list(pieces_of(view, ledger, words))
    for page in (*pieces, *pages_of(view, Outlets(), [piece.name for piece in pieces])):
        (folder / page.name).write_text(page.render(), encoding="utf-8")


@pytest.mark.slow
def test_ten_thousand_clusters_can_be_used_a_moment_after_opening(tab: Tab, tmp_path: Path) -> None:
    """1.5 s is what is promised on a machine of one's own; a gate's may be four times slower."""
    ten_thousand(tmp_path / "report")
    started = time.perf_counter()
    opened(tab, tmp_path / "report")
    took = time.perf_counter() - started
    assert "of 10,000" in tab.page.inner_text("#clusters caption")
    assert took < 6
    tab.page.fill("#words", "quayt9876")
    tab.page.get_by_text("1 cluster of 10,000", exact=True).wait_for()
    assert headlines(tab) == ["Pier 9876 closed"]
