"""Rows as lines and cells."""

import json

from hypothesis import given
from hypothesis import strategies as st

from crawler.report.tables import FORMULA_STARTS, csv_cell, json_line


@given(st.text())
def test_a_text_cell_is_itself_or_itself_after_an_apostrophe(text: str) -> None:
    cell = csv_cell(text, "text")
    assert not cell.startswith(FORMULA_STARTS)
    assert cell in (text, f"'{text}")
    assert (cell == text) is not text.startswith(FORMULA_STARTS)


def test_cells_that_are_no_text_are_written_plainly() -> None:
    assert csv_cell(None, "text") == csv_cell(None, "whole") == ""
    assert (csv_cell(-1, "whole"), csv_cell(0.25, "share")) == ("-1", "0.25")
    assert (csv_cell(True, "truth"), csv_cell(False, "truth")) == ("true", "false")
    assert csv_cell([{"reason": "é"}], "json") == '[{"reason": "é"}]'


@given(st.dictionaries(st.text(), st.text(st.characters())))
def test_a_row_is_one_line_that_reads_back_as_it_was(row: dict[str, str]) -> None:
    line = json_line(row)
    assert line.count(b"\n") == 1
    assert json.loads(line) == row
