"""Lay a word diff out in paragraphs, with long unchanged stretches set aside.

Two texts arrive; paragraphs of segments leave. A reader looks for what changed: unchanged
paragraphs in a row are one fold that can be opened.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from crawler.report.diff import Segment, diff_words

# Fewer unchanged paragraphs than this stay open: they are the context of the change beside them.
FOLD_FROM = 2
# Stands for a paragraph break that was put in or taken out.
BREAK = "¶"

Paragraph = tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Paragraphs that are all changed, or all unchanged."""

    folded: bool
    """Whether they are unchanged and enough to be set aside."""
    paragraphs: tuple[Paragraph, ...]
    """The paragraphs, each at least one segment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A text against the reference, ready to be laid out."""

    stretches: tuple[Stretch, ...]
    """In order of the text."""
    inserted: int
    """Words that the reference does not have."""
    deleted: int
    """Words that only the reference has."""


def compare(reference: str, text: str) -> Comparison:
    """Compare a text with the reference; `insert` is what the text has and the reference not."""
    segments = diff_words(reference, text)
    paragraphs = list(_paragraphs(segments))
    return Comparison(
        stretches=tuple(_stretches(paragraphs)),
        inserted=_words(segments, "insert"),
        deleted=_words(segments, "delete"),
    )


def _words(segments: Sequence[Segment], op: str) -> int:
    return sum(len(segment.text.split()) for segment in segments if segment.op == op)


def _paragraphs(segments: Sequence[Segment]) -> Iterator[Paragraph]:
    """Cut at newlines, whoever holds them; paragraphs without a visible character are left out."""
    current: list[Segment] = []
    for segment in segments:
        lines = segment.text.split("\n")
        for number, line in enumerate(lines):
            if number:
                if segment.op != "equal" and not segment.text.strip():
                    current.append(Segment(segment.op, BREAK))
                if any(part.text.strip() for part in current):
                    yield tuple(current)
                current = []
            if line:
                current.append(Segment(segment.op, line))
    if any(part.text.strip() for part in current):
        yield tuple(current)


def _stretches(paragraphs: Sequence[Paragraph]) -> Iterator[Stretch]:
    for unchanged, run in groupby(paragraphs, key=_is_unchanged):
        group = tuple(run)
        yield Stretch(folded=unchanged and len(group) >= FOLD_FROM, paragraphs=group)


def _is_unchanged(paragraph: Paragraph) -> bool:
    return all(segment.op == "equal" for segment in paragraph)
