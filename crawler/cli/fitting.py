"""Fit a table into a terminal: which columns are shown, and how wide each is.

rich would press the widest column first, which is the headline people came to read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

GAP = 2
"""Blanks between two columns."""
LEAST = 12
"""Narrowest folding column: a longer word of most headlines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table."""

    title: str
    """Its heading; also the heading of the plain lines."""
    right: bool = False
    """Whether its cells are numbers."""
    style: str = ""
    """rich style on a terminal, never the only carrier of a meaning."""
    folds: bool = False
    """Whether a long cell may go on in the next line (others are kept whole)."""
    least: int = LEAST
    """Cells that a folding column needs to be read, where the terminal has them."""
    spare: int = 0
    """Order in which columns are left out of a terminal that is too narrow; 0 is never."""


def fit(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int
) -> list[tuple[int, int]]:
    """Give the index and width of each column to show.

    Columns that can be spared go first, the most sparing one first; then every folding column gets
    its least, and what is left goes to those that need more, evenly.
    """
    natural = [
        max(cell_len(text) for text in (column.title, *(row[index] for row in rows)))
        for index, column in enumerate(columns)
    ]
    least = [
        min(natural[index], column.least) if column.folds else natural[index]
        for index, column in enumerate(columns)
    ]
    kept = list(range(len(columns)))
    while sum(least[index] + GAP for index in kept) - GAP > width:
        sparable = [index for index in kept if columns[index].spare]
        if not sparable:
            break
        kept.remove(max(sparable, key=lambda index: columns[index].spare))
    widths = {index: least[index] for index in kept}
    _share_out(widths, natural, width - sum(widths.values()) - GAP * (len(kept) - 1))
    return list(widths.items())


def _share_out(widths: dict[int, int], natural: Sequence[int], left: int) -> None:
    """Widen the columns that are narrower than their cells, one cell in turn."""
    while left > 0:
        hungry = [index for index, width in widths.items() if width < natural[index]]
        if not hungry:
            return
        for index in hungry[:left]:
            widths[index] += 1
        left -= min(left, len(hungry))
