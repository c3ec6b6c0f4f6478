"""Two texts as words, aligned: what stands in both, and the places at which they differ.

Anchors are runs of words that occur once in each text, in the same order in both (the idea of
patience diff, Bram Cohen, 2004); the short stretches between them are compared with difflib. That
keeps texts of thousands of words at milliseconds, where difflib alone takes seconds.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# Letters and digits with the apostrophes inside words; scripts that write no spaces give a word a
# character.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
    r"(?:['’][^\W_]+)*"
)
# Words in an anchor: three are rarely repeated within one story.
ANCHOR = 3
# Words times words up to which a stretch between anchors is compared word by word; two texts that
# share no anchor over more than that are different there.
MOST_CELLS = 40_000


class Place(NamedTuple):
    """A place at which two texts differ: words `a[start:end]` against `b[from_:to]`."""

    start: int
    end: int
    from_: int
    to: int


class Words(NamedTuple):
    """A text's words, folded for comparison, and as they are written."""

    folded: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    text: str

    def quote(self, start: int, end: int) -> str:
        """Give the text from a word to another (exclusive) as it is written."""
        if start >= end:
            return ""
        return self.text[self.spans[start][0] : self.spans[end - 1][1]]


def split(text: str) -> Words:
    """Give a text's words; case, width, apostrophes and typography do not tell them apart."""
    found = list(_WORD.finditer(text))
    folded = tuple(
        unicodedata.normalize("NFKC", match.group()).casefold().replace("’", "'") for match in found
    )
    return Words(folded, tuple(match.span() for match in found), text)


def differences(a: Sequence[str], b: Sequence[str]) -> list[Place]:
    """Give the places at which two sequences of words differ, in order."""
    places = []
    at_a = at_b = 0
    for start, from_, length in [*_runs(a, b), (len(a), len(b), 0)]:
        if start > at_a or from_ > at_b:
            places.append(Place(at_a, start, at_b, from_))
        at_a, at_b = start + length, from_ + length
    return places


def _runs(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Give the matching runs (start in a, start in b, length), ordered in both."""
    at_a = at_b = 0
    for start, from_ in [*_anchors(a, b), (len(a), len(b))]:
        if start < at_a or from_ < at_b:
            continue
        for offset_a, offset_b, length in _between(a[at_a:start], b[at_b:from_]):
            yield at_a + offset_a, at_b + offset_b, length
        length = 0
        while (
            start + length < len(a)
            and from_ + length < len(b)
            and a[start + length] == b[from_ + length]
        ):
            length += 1
        if length:
            yield start, from_, length
        at_a, at_b = start + length, from_ + length


def _anchors(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Give the runs that occur once in each, the longest sequence of them that keeps the order."""
    ours, theirs = _once(a), _once(b)
    pairs = sorted((at, theirs[run]) for run, at in ours.items() if run in theirs)
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, at) in enumerate(pairs):
        place = bisect_left(tails, at)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(at)
            ends.append(number)
        else:
            tails[place], ends[place] = at, number
    chain = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    seen: dict[tuple[str, ...], int] = {}
    for at in range(len(words) - ANCHOR + 1):
        run = tuple(words[at : at + ANCHOR])
        seen[run] = -1 if run in seen else at
    return {run: at for run, at in seen.items() if at >= 0}


def _between(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    if not a or not b or len(a) * len(b) > MOST_CELLS:
        return
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    for block in matcher.get_matching_blocks():
        if block.size:
            yield block.a, block.b, block.size
