"""Text -> words, such that typography never hides a copy.

Two outlets print one sentence with straight or curly quotes, soft hyphens, ligatures, full-width
digits or capitals; the words must come out the same. Scripts that write no spaces (Chinese,
Japanese, Thai, Lao, Khmer, Burmese) give one word a character; `shingles` says how many of them
stand for a word of other scripts.
"""

import re
import unicodedata
from collections.abc import Iterator

from crawler.fingerprint.quotes import find_quotations

SHINGLING_VERSION = "w5.3"
"""Stored with each signature; to be raised with any change of this module, of `quotes` or of
`shingles`."""

# Blocks of Unicode whose scripts are written without spaces between words (UAX #29 leaves them to
# dictionaries). Hangul is absent: Korean has spaces.
ALPHABETIC = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
)
IDEOGRAPHIC = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"  # kana and iteration marks
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Han
    "\U00020000-\U0003134f"  # Han, supplementary
)
_SPACELESS = ALPHABETIC + IDEOGRAPHIC
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W_{_SPACELESS}]+")
# Invisible in print, but they split words: soft hyphen, zero-width characters, word joiner, BOM,
# direction marks, Arabic letter mark and tatweel (a stretched line inside an Arabic word).
_INVISIBLE = dict.fromkeys(
    [
        *(0x00AD, 0x061C, 0x0640, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF),
        *range(0x200E, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)
# Apostrophes inside a word go, whichever of the five is used: don't = don’t = dont.
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
# Vowel points that only some print: Hebrew points, Arabic harakat.
_POINTS = re.compile(r"[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u064b-\u0652\u0670]")
# A quotation hardly runs longer than this many words without a closing mark: beyond it the opening
# mark was a stray one (an inch sign), and prose must not be taken for quotation.
MAX_QUOTE_WORDS = 150


def read_words(text: str) -> tuple[list[str], list[bool]]:
    """Give the words of a text in order, and for each whether it stands in quotation marks.

    NFKC folds ligatures, full-width forms and compatibility characters (Unicode Standard Annex
    15); case is folded; combining accents stay, since they tell words apart in many languages,
    but for the points of Hebrew and Arabic, which news leaves out.
    """
    paragraphs = [fold(part).strip() for part in text.split("\n")]
    words: list[str] = []
    quoted: list[bool] = []
    for at, paragraph in enumerate(paragraphs):
        following = next((part for part in paragraphs[at + 1 : at + 3] if part), "")
        _read_paragraph(paragraph, following, words, quoted)
    return words, quoted


def place_words(text: str) -> list[tuple[int, int]]:
    """Give (begin, end) in the text of each word that `read_words` gives, in order.

    A word's place is that of the unspaced piece of text it stands in; in a piece that folding
    leaves as long as it was, it is the word's own.
    """
    places: list[tuple[int, int]] = []
    for piece in re.finditer(r"\S+", text):
        folded = fold(piece[0])
        exact = len(folded) == len(piece[0])
        for word in _WORD.finditer(folded):
            begin, end = word.span() if exact else (0, len(piece[0]))
            places.append((piece.start() + begin, piece.start() + end))
    return places


def fold(text: str) -> str:
    """Fold what print varies: compatibility forms, case, invisible characters, apostrophes."""
    folded = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold()
    return _POINTS.sub("", _APOSTROPHE.sub("", folded))


def _read_paragraph(paragraph: str, following: str, words: list[str], quoted: list[bool]) -> None:
    """Append a paragraph's words and their marks."""
    found = [(match.start(), match[0]) for match in _WORD.finditer(paragraph)]
    begun = len(words)
    words.extend(word for _, word in found)
    quoted.extend([False] * len(found))
    starts = [start for start, _ in found]
    for first, last in _words_inside(starts, find_quotations(paragraph, following)):
        if last - first <= MAX_QUOTE_WORDS:
            quoted[begun + first : begun + last] = [True] * (last - first)


def _words_inside(starts: list[int], spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give (first, last exclusive) of the words that begin inside each span; both are in order."""
    at = 0
    for begin, end in spans:
        while at < len(starts) and starts[at] < begin:
            at += 1
        first = at
        while at < len(starts) and starts[at] < end:
            at += 1
        yield first, at
