"""Find the numbers that copies do not agree on: who still carries the old one.

The paragraph matrix and the versions' texts arrive; what leaves names, for each paragraph in which
numbers differ, each reading with its versions. A number that went with its whole paragraph does
not differ, it was cut.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.report.paragraphs import Fate, Row, split

# Digits of any script, with inner points, commas, colons and the like: 2.3, 1,200, 18:30, ٣٠.
_NUMBER = re.compile(r"\d+(?:[.,:/\u066b\u066c]\d+)*")
# Words shown on each side of a number: by them a reader knows what it counts.
AROUND_WORDS = 4
STANDS = (Fate.KEPT, Fate.EDITED, Fate.MOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reading of the numbers of a paragraph."""

    numbers: tuple[str, ...]
    """Those that not all readings share, in order of the text."""
    context: str
    """The words around the first of them; empty where this reading has none."""
    versions: tuple[int, ...]
    """Places of the versions that have it, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A paragraph whose numbers differ between versions."""

    paragraph: int
    """Its number in the reference text."""
    readings: tuple[Reading, ...]
    """In order of the versions."""


def disagreements(rows: Sequence[Row], texts: Sequence[str]) -> tuple[Disagreement, ...]:
    """Give the paragraphs of the reference in which versions have different numbers."""
    paragraphs = [split(text) for text in texts]
    found = []
    for row in rows:
        changed = {Fate.EDITED, Fate.MOVED} & {cell.fate for cell in row.cells}
        if not row.number or not changed:
            continue
        readings: dict[tuple[str, ...], list[int]] = {}
        for at, cell in enumerate(row.cells):
            if cell.fate in STANDS:
                numbers = tuple(_NUMBER.findall(paragraphs[at][cell.paragraph - 1]))
                readings.setdefault(numbers, []).append(at)
        common = set.intersection(*(set(numbers) for numbers in readings)) if readings else set()
        apart = [
            Reading(
                numbers=own,
                context=_context(paragraphs[places[0]][row.cells[places[0]].paragraph - 1], own),
                versions=tuple(places),
            )
            for numbers, places in readings.items()
            for own in [tuple(number for number in numbers if number not in common)]
        ]
        if len({reading.numbers for reading in apart}) > 1:
            found.append(Disagreement(paragraph=row.number, readings=tuple(apart)))
    return tuple(found)


def _context(paragraph: str, numbers: tuple[str, ...]) -> str:
    """Give the words around the first number; a script without spaces gives letters instead."""
    if not numbers:
        return ""
    found = next(one for one in _NUMBER.finditer(paragraph) if one.group() == numbers[0])
    before = paragraph[: found.start()].split()
    after = paragraph[found.end() :].split()
    start = found.start() - len(" ".join(before[-AROUND_WORDS:])) - AROUND_WORDS
    end = found.end() + len(" ".join(after[:AROUND_WORDS])) + AROUND_WORDS
    shown = paragraph[max(0, start) : end].split()
    return f"… {' '.join(shown[1:-1] if len(shown) > 2 * AROUND_WORDS else shown)} …"
