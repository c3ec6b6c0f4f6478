"""Say what each version did with each paragraph: kept, edited, moved, cut or added it.

The texts of a cluster's versions arrive; a matrix leaves, a row for each paragraph and a cell for
each version. The reference text's paragraphs come in its order; what versions added stands where
they put it. A reader sees at one glance who cut the third paragraph.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

# Words of a paragraph named in its row: enough to know it again.
OPENING_WORDS = 14
# Two paragraphs are the same one, edited, when this share of the shorter one's distinct words
# stands in the other, or this share of both: below, what they share are articles and names.
SAME_OF_SHORTER = 0.65
SAME_OF_BOTH = 0.4
# A shorter paragraph ("He did not answer.") has too few words to be recognised after an edit.
LEAST_WORDS = 5

_WORD = re.compile(r"\w+")


class Fate(StrEnum):
    """What a version did with a paragraph."""

    KEPT = "kept"
    """The same words in the same place."""
    EDITED = "edited"
    """Most of its words, in its place."""
    MOVED = "moved"
    """It stands in another place, edited or not."""
    CUT = "cut"
    """The reference has it and the version has not."""
    ADDED = "added"
    """The version has it and the reference has not."""
    ABSENT = "absent"
    """Neither the reference nor this version has it."""


class Cell(NamedTuple):
    """A paragraph in one version."""

    fate: Fate
    """What became of it."""
    paragraph: int
    """Its number in the version's text, from 1; 0 where it does not stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One paragraph in all versions."""

    number: int
    """Its number in the reference text, from 1; 0 where that has it not."""
    opening: str
    """Its first words."""
    cells: tuple[Cell, ...]
    """One for each version, in their order."""

    def versions(self, fate: Fate) -> tuple[int, ...]:
        """Give the places of the versions with this fate, from 0."""
        return tuple(at for at, cell in enumerate(self.cells) if cell.fate is fate)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    key: str
    words: frozenset[str]
    text: str


@dataclass(slots=True)
class _Added:
    paragraph: _Paragraph
    after: int
    """Paragraph of the reference after which it stands, -1 at the head."""
    places: dict[int, int]
    """Version to the paragraph's number there."""


def split(text: str) -> list[str]:
    """Give the paragraphs of a text, as everything here counts them."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def matrix(reference: str, versions: Sequence[str]) -> tuple[Row, ...]:
    """Give the rows; a version whose text is the reference's keeps everything."""
    ours = [_read(paragraph) for paragraph in split(reference)]
    fates: list[list[Cell]] = []
    added: list[_Added] = []
    for at, text in enumerate(versions):
        if text == reference:
            fates.append([Cell(Fate.KEPT, number) for number in range(1, len(ours) + 1)])
            continue
        theirs = [_read(paragraph) for paragraph in split(text)]
        partner = pair_up(ours, theirs)
        fates.append(_fates(ours, theirs, partner))
        _add(added, at, theirs, partner)
    rows = [
        Row(
            number=index + 1,
            opening=_opening(paragraph.text),
            cells=tuple(cells[index] for cells in fates),
        )
        for index, paragraph in enumerate(ours)
    ]
    return tuple(_woven(rows, added, len(versions)))


def _read(text: str) -> _Paragraph:
    words = _WORD.findall(text.casefold())
    return _Paragraph(" ".join(words), frozenset(words), text)


def pair_up(ours: Sequence[_Paragraph], theirs: Sequence[_Paragraph]) -> dict[int, int]:
    """Give, for paragraphs of theirs, the one of ours that it is; both are used once."""
    places: dict[str, list[int]] = {}
    for index, paragraph in enumerate(ours):
        places.setdefault(paragraph.key, []).append(index)
    partner: dict[int, int] = {}
    for index, paragraph in enumerate(theirs):
        if found := places.get(paragraph.key):
            partner[index] = found.pop(0)
    left = set(range(len(ours))) - set(partner.values())
    closeness = sorted(
        (
            (-share, abs(mine - index), mine, index)
            for index, paragraph in enumerate(theirs)
            if index not in partner
            for mine in left
            if (share := _alike(ours[mine].words, paragraph.words))
        )
    )
    for _, _, mine, index in closeness:
        if mine in left and index not in partner:
            partner[index] = mine
            left.discard(mine)
    return partner


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    """Give how much two paragraphs share, or 0 where they are not the same one."""
    shorter = min(len(a), len(b))
    if shorter < LEAST_WORDS:
        return 0
    shared = len(a & b)
    of_both = shared / (len(a) + len(b) - shared)
    return of_both if shared >= SAME_OF_SHORTER * shorter or of_both >= SAME_OF_BOTH else 0


def _fates(
    ours: Sequence[_Paragraph], theirs: Sequence[_Paragraph], partner: Mapping[int, int]
) -> list[Cell]:
    in_order = _in_order([mine for _, mine in sorted(partner.items())])
    cells = [Cell(Fate.CUT, 0)] * len(ours)
    for index, mine in partner.items():
        if mine not in in_order:
            fate = Fate.MOVED
        elif theirs[index].key == ours[mine].key:
            fate = Fate.KEPT
        else:
            fate = Fate.EDITED
        cells[mine] = Cell(fate, index + 1)
    return cells


def _in_order(places: Sequence[int]) -> set[int]:
    """Give the most places that stand in rising order (patience sorting); the others moved."""
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        pile = bisect_left(tops, place)
        before[place] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [place]
    kept: set[int] = set()
    place_or_none = tops[-1] if tops else None
    while place_or_none is not None:
        kept.add(place_or_none)
        place_or_none = before[place_or_none]
    return kept


def _add(
    added: list[_Added], version: int, theirs: Sequence[_Paragraph], partner: Mapping[int, int]
) -> None:
    """File what a version added, with a like paragraph that another version added, if any."""
    new = [index for index in range(len(theirs)) if index not in partner]
    if not new:
        return
    known = pair_up([each.paragraph for each in added], [theirs[index] for index in new])
    after = -1
    position = dict(zip(new, range(len(new)), strict=True))
    for index, paragraph in enumerate(theirs):
        if index in partner:
            after = partner[index]
        elif position[index] in known:
            added[known[position[index]]].places[version] = index + 1
        else:
            added.append(_Added(paragraph, after, {version: index + 1}))


def _woven(rows: Sequence[Row], added: Sequence[_Added], versions: int) -> list[Row]:
    """Put added paragraphs where the versions have them."""
    woven: list[Row] = []
    for after in range(-1, len(rows)):
        if after >= 0:
            woven.append(rows[after])
        woven.extend(
            Row(
                number=0,
                opening=_opening(each.paragraph.text),
                cells=tuple(
                    Cell(Fate.ADDED, each.places[at]) if at in each.places else Cell(Fate.ABSENT, 0)
                    for at in range(versions)
                ),
            )
            for each in added
            if each.after == after
        )
    return woven


def _opening(text: str) -> str:
    words = text.split(maxsplit=OPENING_WORDS)
    if len(words) == 1:  # a script without spaces
        return text if len(text) <= 3 * OPENING_WORDS else f"{text[: 3 * OPENING_WORDS]} …"
    return " ".join(words[:OPENING_WORDS]) + (" …" if len(words) > OPENING_WORDS else "")
