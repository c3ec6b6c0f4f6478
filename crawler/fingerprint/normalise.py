"""Text -> words, such that typography never hides a copy.

Two outlets print one sentence with straight or curly quotes, soft hyphens, ligatures, full-width
digits or capitals; the words must come out the same. Scripts that write no spaces (Chinese,
Japanese, Thai, Lao, Khmer, Burmese) give one word a character, so that a "word 5-gram" is a
character 5-gram there.
"""

import re
import unicodedata

SHINGLING_VERSION = "w5.1"
"""Stored with each signature; to be raised with any change of this module or of `shingles`."""

# Blocks of Unicode whose scripts are written without spaces between words (UAX #29 leaves them to
# dictionaries). Hangul is absent: Korean has spaces.
_SPACELESS = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"  # kana and iteration marks
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Han
    "\U00020000-\U0003134f"  # Han, supplementary
)
_MARKS = '“”„‟«»‹›「」『』《》"'
_TOKEN = re.compile(rf"(?P<word>[{_SPACELESS}]|[^\W_{_SPACELESS}]+)|[{_MARKS}]")
# Invisible in print, but they split words: soft hyphen, zero-width characters, word joiner, BOM,
# direction marks.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x200E, 0x2010), *range(0x202A, 0x202F)]
)
# Apostrophes inside a word go, whichever of the five is used: don't = don’t = dont.
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
# A quotation hardly runs longer than this many words without a closing mark: beyond it the opening
# mark was a stray one (an inch sign), and prose must not be taken for quotation.
MAX_QUOTE_WORDS = 150


def read_words(text: str) -> tuple[list[str], list[bool]]:
    """Give the words of a text in order, and for each whether it stands in quotation marks.

    NFKC folds ligatures, full-width forms and compatibility characters (Unicode Standard Annex
    15); case is folded; combining accents stay, since they tell words apart in many languages.
    """
    folded = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold()
    paragraphs = [part.strip() for part in _APOSTROPHE.sub("", folded).split("\n")]
    words: list[str] = []
    quoted: list[bool] = []
    for at, paragraph in enumerate(paragraphs):
        following = next((part for part in paragraphs[at + 1 :] if part), "")
        _read_paragraph(paragraph, following, words, quoted)
    return words, quoted


def _read_paragraph(paragraph: str, following: str, words: list[str], quoted: list[bool]) -> None:
    """Append a paragraph's words; any mark opens a quotation, and the next one closes it.

    Which glyph opens and which closes differs by language (German closes with the mark that opens
    in English), so only their alternation counts, afresh in each paragraph.
    """
    opened: int | None = None
    for found in _TOKEN.finditer(paragraph):
        if found["word"]:
            words.append(found["word"])
            quoted.append(False)
        elif opened is None:
            opened = len(words)
        else:
            opened = _close(opened, quoted)
    # The convention of print: a quotation that goes on in the next paragraph is not closed here
    # and is opened again there.
    if opened is not None and following and following[0] in _MARKS:
        _close(opened, quoted)


def _close(opened: int, quoted: list[bool]) -> int | None:
    """Mark the words since `opened`; a run too long to be one was opened by a stray mark."""
    length = len(quoted) - opened
    if length > MAX_QUOTE_WORDS:
        return len(quoted)
    quoted[opened:] = [True] * length
    return None
