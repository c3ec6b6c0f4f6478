"""A paragraph -> where its quotations stand, in every style of print.

Double marks of all languages, single marks told from apostrophes, and speech that a dash opens at
the beginning of a paragraph (Nordic, Polish, French, Spanish and Russian print).
"""

import re

DOUBLE = '“”„‟«»‹›「」『』《》〝〞〟❝❞"'
"""Any of them opens a quotation and the next one closes it: which glyph opens differs by language
(German closes with the mark that opens in English), so only their alternation counts."""

_DOUBLE = re.compile(f"[{DOUBLE}]")
# A single mark opens before a letter and after nothing, a space or a bracket, and closes after a
# letter or the sentence's stop and before no letter. A digit after it is an elided year ('90s).
_OPENS = re.compile(r"(?<![^\s(\[—–-])[‘’‚'](?=[^\W\d])")
_CLOSES = re.compile(r"(?<=[^\s(\[])['’‘](?!\w)")
# The stop inside a single quotation: what tells its end from a plural's apostrophe (workers').
_STOPPED = re.compile(r"(?<=[.,!?…])['’‘](?!\w)")
SHORTEST = 3
"""Letters in a single quotation: rock 'n' roll has none."""
_DASH = re.compile(r"[–—―]\s*(?=\w)|-\s+(?=[^\W\d])")
# The dash's speech ends with its sentence. Most of these lines are one sentence and "says X".
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")


def find_quotations(paragraph: str, following: str) -> list[tuple[int, int]]:
    """Give (begin, end) of each quotation, marks left out, in order of their beginning.

    Args:
        paragraph: folded text (NFKC, case) without line ends.
        following: the next paragraph that has text: a quotation that goes on there is not closed
            here and is opened again there, by the convention of print.
    """
    found = _double(paragraph, following)
    if not found:
        found = _single(paragraph) or _dashed(paragraph)
    return found


def _double(paragraph: str, following: str) -> list[tuple[int, int]]:
    marks = [mark.start() for mark in _DOUBLE.finditer(paragraph)]
    found = [(opened + 1, closed) for opened, closed in zip(marks[::2], marks[1::2], strict=False)]
    goes_on = bool(following) and _DOUBLE.match(following) is not None
    if len(marks) % 2 and goes_on:
        found.append((marks[-1] + 1, len(paragraph)))
    return found


def _single(paragraph: str) -> list[tuple[int, int]]:
    found = []
    at = 0
    while opened := _OPENS.search(paragraph, at):
        closed = _STOPPED.search(paragraph, opened.end())
        other = _OPENS.search(paragraph, opened.end())
        if closed is None or (other is not None and other.start() < closed.start()):
            closed = _CLOSES.search(paragraph, opened.end()) or closed
        if closed is None:
            break
        if closed.start() - opened.end() >= SHORTEST:
            found.append((opened.end(), closed.start()))
        at = closed.end()
    return found


def _dashed(paragraph: str) -> list[tuple[int, int]]:
    opened = _DASH.match(paragraph)
    if opened is None:
        return []
    end = _SENTENCE_END.search(paragraph, opened.end())
    return [(opened.end(), end.start() if end else len(paragraph))]
