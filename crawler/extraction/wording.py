"""What furniture says of itself: one placed line in, the reason to remove it or None out.

The phrases are data (`phrases.toml`). A phrase alone removes nothing: it must start a short line,
and be all of it, or be followed by the mark of a label, or stand where prompts stand.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from crawler.extraction.document import holds_any, key_of
from crawler.extraction.placed import Placed

HASHTAGS = re.compile(r"\W*(?:#[^\s#,;|]+[\s,;|]*)+$")
# Longer lines are sentences, whatever they start with.
PROMPT_WORDS = 40
PROMPT_CHARS = 400
# Prompts to share or comment have few words; a sentence that starts with "share" has more.
SHORT_PROMPT_WORDS = 14
# Bylines, picture credits and time stamps: two names, their offices, a date.
LABEL_WORDS = 12
# Among so many lines at either end a byline or a prompt may stand.
FIRST_LINES = 3
LAST_LINES = 4
# An author's name of fewer letters ("dan") begins too many words.
NAME_LETTERS = 6
# A line that begins like a label and is links for so much of it is one.
LINKED = 0.5
# What may follow a label: a colon, a bar, a dash, an arrow.
MARK = re.compile(r"\s*(?:[:：|›»→>–—-]|\.{3}|…)")
# One of these stands in every such line; looking for them takes a tenth of the pattern's time.
PHOTO_WORDS = (
    *("photo", "fot", "imag", "picture", "bild", "beeld", "immagine", "фото", "ảnh"),
    "shutterstock",
)
PHOTO_END = re.compile(
    r"(?:^|[\s(\[.|/])(?:photo|foto|image|picture|bild|beeld|imagen|immagine|фото|ảnh|fot)s?"
    r"(?:\s+(?:credit|by))?\s*(?::|/|©|by\s)\s*[^.!?]{2,60}[.)\]]?$"
    r"|(?:/|\bvia\s+)\s*(?:getty images|ap photo|shutterstock|imago|picture alliance)\W*$",
    re.IGNORECASE,
)
# The label of an advertisement and what it says of the story around it.
AD_GAP = re.compile(r"^\W*advertisement\b.{0,30}\bcontinues? below\W*$", re.IGNORECASE)
RIGHTS = (
    *("all rights reserved", "alle rechte vorbehalten", "tous droits réservés"),
    *("todos los derechos reserv", "tutti i diritti riserv", "todos os direitos reserv"),
    *("все права защищены", "prawa zastrzeżone"),
)
COPYRIGHT = re.compile(r"^\W*(?:copyright\b|©|\(c\))\s*(?:©\s*)?@?\s*(?:19|20)\d\d", re.IGNORECASE)
DISCLOSURE = re.compile(
    r"affiliate[ -]?(?:links?|commission|partner)|may (?:earn|receive)[\w\s]{0,20} commission",
    re.IGNORECASE,
)
ONLY_TIME = re.compile(
    r"^\W*(?:[^\W\d]{2,12}\.?,?\s*)?"
    r"(?:\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}|\d{1,2}\.?\s+[^\W\d]{3,10}\.?,?\s+\d{4}"
    r"|[^\W\d]{3,10}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}:\d\d)\b[\w\s:.,|()-]{0,40}$",
    re.IGNORECASE,
)


# Letters of a phrase by which a line is told that begins with none.
OPENING = 5
LETTER = re.compile(r"\w")


@lru_cache(maxsize=1)
def _table() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("phrases.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _phrases() -> dict[str, re.Pattern[str]]:
    """Give the phrases' patterns; the longest is tried first, and none may end inside a word."""
    return {
        name: re.compile(
            rf"^\W*(?:{'|'.join(map(re.escape, sorted(phrases, key=len, reverse=True)))})(?!\w)",
            re.IGNORECASE,
        )
        for name, phrases in _table().items()
    }


@lru_cache(maxsize=1)
def _openings() -> tuple[frozenset[str], ...]:
    """Give the first letters of all phrases by how many they are, one to `OPENING`."""
    keys = {phrase.lower()[:OPENING] for phrases in _table().values() for phrase in phrases}
    return tuple(frozenset(key for key in keys if len(key) == n + 1) for n in range(OPENING))


@lru_cache(maxsize=4)  # one line is asked for one phrase after the other
def _may_start(text: str) -> bool:
    """Tell whether a line may begin with a phrase: few do, and each pattern costs time."""
    first = LETTER.search(text)
    if first is None:
        return False
    start = text[first.start() : first.start() + OPENING].lower()
    for letters, keys in enumerate(_openings(), start=1):  # noqa: SIM110 - thrice as quick as any()
        if start[:letters] in keys:
            return True
    return False


def condemn(item: Placed, at: int, count: int, names: set[str]) -> str | None:
    """Give the reason for which a line's words condemn it.

    Args:
        item: the line.
        at: its number among the body's lines.
        count: how many lines there are.
        names: keys of the authors' names.
    """
    text = item.line.text
    if len(text) > PROMPT_CHARS or text.count(" ") >= PROMPT_WORDS:
        return None
    if HASHTAGS.match(text):
        return "hashtags"
    pictured = holds_any(text.lower(), PHOTO_WORDS) and PHOTO_END.search(text)
    if pictured or (_labels("photo", text) and _has_words(text, LABEL_WORDS)):
        return "caption"
    near_end = at >= count - LAST_LINES
    signed = _as_signature(item, at, names)
    return signed or _as_label(item, near_end=near_end) or _as_notice(text)


def _has_words(text: str, limit: int) -> bool:
    return len(text.split()) <= limit


def _starts(name: str, text: str) -> re.Match[str] | None:
    return _phrases()[name].match(text) if _may_start(text) else None


def _labels(name: str, text: str) -> bool:
    """Tell whether a phrase is the whole line or a label with a mark behind it."""
    found = _starts(name, text)
    if not found:
        return False
    rest = text[found.end() :]
    return not rest.strip(" .:!?»>…") or bool(MARK.match(rest))


def _as_signature(item: Placed, at: int, names: set[str]) -> str | None:
    """Judge a line as one that says who wrote, or when."""
    text = item.line.text
    key = key_of(text) if names else ""
    if key in names:
        return "byline"
    if item.turn > 0 and any(len(n) >= NAME_LETTERS and key.startswith(n) for n in names):
        return "author-box"
    if (item.turn >= 0 and at >= FIRST_LINES) or not _has_words(text, LABEL_WORDS):
        return None
    found = _starts("byline", text)
    if found and not text.endswith((".", "!", "?", "…", "”", '"')):
        rest = text[found.end() :].strip(" :")
        if rest[:1].isupper() or key_of(rest) in names:
            return "byline"
    stamped = _starts("stamp", text) and any(c.isdigit() for c in text)
    return "time-stamp" if stamped or ONLY_TIME.match(text) else None


def _as_label(item: Placed, *, near_end: bool) -> str | None:
    """Judge a line as a label or a prompt, by its phrase and its place together."""
    text = item.line.text
    if not _may_start(text):
        return None
    prompting = item.links > 0 or item.turn > 0
    short = prompting and _has_words(text, SHORT_PROMPT_WORDS)
    # Each row: the reason, the phrases, and whether their mere start is enough here.
    rows = (
        ("related", "related", item.links >= LINKED),
        ("advertisement", "advertisement", False),
        ("comment-prompt", "comment", short),
        ("share-prompt", "share", short),
        ("newsletter-prompt", "newsletter", prompting),
        ("paywall-prompt", "paywall", prompting or near_end),
    )
    for reason, name, start_is_enough in rows:
        if _labels(name, text) or (start_is_enough and _starts(name, text)):
            return reason
    return "tags" if (prompting or near_end) and _labels("tags", text) else None


def _as_notice(text: str) -> str | None:
    """Judge a line as what a paper says of itself, its rights or its advertisements."""
    if AD_GAP.match(text):
        return "advertisement"
    low = text.lower()
    if holds_any(low, RIGHTS) or COPYRIGHT.match(text):
        return "copyright"
    disclosing = "affiliate" in low or "commission" in low
    return "disclosure" if disclosing and DISCLOSURE.search(text) else None
