"""Tables are fitted to a terminal by what people need, never beyond its edge."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.cli.fitting import GAP, Column, fit

TABLE = (
    Column(title="id"),
    Column(title="copies", right=True, spare=2),
    Column(title="credits", folds=True, least=7, spare=1),
    Column(title="headline", folds=True, least=10),
)
ROWS = [("c123", "8", "AP 5/8", "Two teenagers find a comet with a drainpipe")]


def test_a_wide_terminal_shows_everything_whole() -> None:
    assert fit(TABLE, ROWS, 200) == [(0, 4), (1, 6), (2, 7), (3, 43)]


def test_the_most_sparable_column_goes_first() -> None:
    assert [index for index, _ in fit(TABLE, ROWS, 30)] == [0, 2, 3]
    assert [index for index, _ in fit(TABLE, ROWS, 18)] == [0, 3]


def test_a_wide_letter_counts_as_two_cells() -> None:
    assert fit((Column(title="t"),), [("橋が開く",)], 80) == [(0, 8)]


@given(width=st.integers(20, 300), rows=st.lists(st.tuples(*[st.text(max_size=60)] * 4)))
def test_a_table_of_folding_columns_never_reaches_over_the_edge(
    width: int, rows: list[tuple[str, ...]]
) -> None:
    columns = [Column(title=str(n), folds=True, least=8, spare=n) for n in range(4)]
    widths = [cells for _, cells in fit(columns, rows, width)]
    assert sum(widths) + GAP * (len(widths) - 1) <= width
