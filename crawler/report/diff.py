"""Compare two texts word by word, exactly and quickly.

Two texts arrive; what leaves is a list of segments: joined, the equal and deleted ones give the
first text to the last blank, the equal and inserted ones the second.

Copies of a story share whole paragraphs, so paragraphs are matched first and only the others are
compared word by word (`matching.py`); then what would only confuse a reader is tidied away.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from crawler.report.matching import matches

Op = Literal["equal", "insert", "delete"]

# Lengths of anchor runs, tried in turn. Five words in a row are hardly ever there by chance; two
# catch names and dates in a passage that was rewritten around them. Single words are left to
# difflib: over a long gap they line up texts that have nothing to do with each other.
ANCHOR_WORDS = (5, 2)
# A run this short between two changes says nothing to a reader ("the", "of a"): it is shown as
# part of the change, unless the changes around it are even shorter. A name of two words has more
# letters and stays.
MAX_ISLAND_WORDS = 2
MAX_ISLAND_LETTERS = 8

_PARAGRAPH = re.compile(r"[^\n]*\n|[^\n]+")

# A word with inner apostrophes, hyphens and points, or one other character; then the blanks after
# it. Chinese and Japanese put no blanks between words: there each character counts as one.
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"([^\W{_CJK}]+(?:['’\-.,][^\W{_CJK}]+)*|[^\w\s]|[{_CJK}]|\w|^(?=\s))(\s*)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text that both hold, or only the second (insert), or only the first (delete)."""

    op: Op
    """What became of it on the way from the first text to the second."""
    text: str
    """The characters as they stand, never empty."""


@dataclass(slots=True)
class _Block:
    """A run of tokens: equal ones, or what one change took out and put in."""

    equal: bool
    old: list[str]
    new: list[str]


def diff_words(a: str, b: str) -> list[Segment]:
    """Give the segments that turn text `a` into text `b`.

    The deleted words of a change come before the inserted ones. A difference in blanks alone (a
    paragraph split in two) is shown as such. Equal texts give one equal segment, two empty ones
    none.
    """
    if a == b:
        return [Segment("equal", a)] if a else []
    return list(_joined(_segments(_without_islands(_all_blocks(a, b)))))


def _all_blocks(a: str, b: str) -> Iterator[_Block]:
    """Pass over paragraphs that stand unchanged in both, and compare the rest by words."""
    old, new = _PARAGRAPH.findall(a), _PARAGRAPH.findall(b)
    at_old = at_new = 0
    for start_old, start_new, size in (*matches(old, new, (1,)), (len(old), len(new), 0)):
        gap_old, gap_new = "".join(old[at_old:start_old]), "".join(new[at_new:start_new])
        yield from _blocks(_TOKEN.findall(gap_old), _TOKEN.findall(gap_new))
        at_old, at_new = start_old + size, start_new + size
        if size:
            yield _Block(equal=True, old=old[start_old:at_old], new=[])


def _blocks(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> Iterator[_Block]:
    """Give runs of equal tokens and the changes between them, in order."""
    at_old = at_new = 0
    words_old, words_new = [word for word, _ in old], [word for word, _ in new]
    for start_old, start_new, size in (
        *matches(words_old, words_new, ANCHOR_WORDS),
        (len(old), len(new), 0),
    ):
        if at_old < start_old or at_new < start_new:
            yield _Block(
                equal=False,
                old=["".join(token) for token in old[at_old:start_old]],
                new=["".join(token) for token in new[at_new:start_new]],
            )
        at_old, at_new = start_old + size, start_new + size
        if size:
            yield from _equal_blocks(old[start_old:at_old], new[start_new:at_new])


def _equal_blocks(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
) -> Iterator[_Block]:
    """Cut a run of the same words where the blanks after a word differ."""
    if old == new:
        yield _Block(equal=True, old=["".join(token) for token in old], new=[])
        return
    run: list[str] = []
    for (word, gap_old), (_, gap_new) in zip(old, new, strict=True):
        if gap_old == gap_new:
            run.append(word + gap_old)
            continue
        yield _Block(equal=True, old=[*run, word], new=[])
        yield _Block(equal=False, old=[gap_old], new=[gap_new])
        run = []
    if run:
        yield _Block(equal=True, old=run, new=[])


def _without_islands(blocks: Iterable[_Block]) -> list[_Block]:
    """Make one change of two that only a word or two, or a comma, keeps apart."""
    result: list[_Block] = []
    for block in blocks:
        if not block.equal and _is_island(result, block):
            island = result.pop()
            result[-1].old.extend(island.old + block.old)
            result[-1].new.extend(island.old + block.new)
        elif result and result[-1].equal == block.equal:
            result[-1].old.extend(block.old)
            result[-1].new.extend(block.new)
        else:
            result.append(block)
    return result


def _is_island(result: Sequence[_Block], after: _Block) -> bool:
    if len(result) < 2 or not result[-1].equal or result[-2].equal:  # noqa: PLR2004 - change, island
        return False
    if sum(len(token.rstrip()) for token in result[-1].old) > MAX_ISLAND_LETTERS:
        return False
    smaller = min(_size(result[-2]), _size(after))
    return smaller > 0 and _count_words(result[-1].old) <= min(MAX_ISLAND_WORDS, smaller)


def _size(change: _Block) -> int:
    """Words of the larger side of a change; 0 where only blanks changed."""
    return max(_count_words(change.old), _count_words(change.new))


def _count_words(tokens: Iterable[str]) -> int:
    return sum(word[0].isalnum() for token in tokens for word in token.split())


def _segments(blocks: Iterable[_Block]) -> Iterator[Segment]:
    for block in blocks:
        if block.equal:
            yield Segment("equal", "".join(block.old))
            continue
        old, new = "".join(block.old), "".join(block.new)
        blanks = _common_blanks(old, new)
        yield Segment("delete", old.removesuffix(blanks))
        yield Segment("insert", new.removesuffix(blanks))
        yield Segment("equal", blanks)


def _common_blanks(old: str, new: str) -> str:
    """Give the blanks that end both sides of a change: the word before them changed, not they."""
    ends = [text[len(text.rstrip()) :] for text in (old, new)]
    return ends[0] if ends[0] == ends[1] else ""


def _joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Join neighbours of one kind and leave out empty ones."""
    for op, run in groupby((s for s in segments if s.text), key=lambda segment: segment.op):
        yield Segment(op, "".join(segment.text for segment in run))
