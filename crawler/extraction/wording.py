"""What furniture says of itself: one placed line in, the reason to remove it or None out.

The phrases are data (`phrases.toml`). A phrase alone removes nothing: it must start a short line,
and what follows it must be a mark, a link or the line's end.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from crawler.extraction.structure import Placed, key_of

HASHTAGS = re.compile(r"\W*(?:#[^\s#]+[\s,;|]*)+$")
# Longer lines are sentences, whatever they start with.
MAX_PROMPT_WORDS = 40
MAX_BYLINE_WORDS = 12
# What may follow a label: a colon, a bar, a dash, an arrow.
MARK = re.compile(r"\s*(?:[:：|›»→>–—-]|\.{3}|…)")
PHOTO_END = re.compile(
    r"(?:^|[\s(\[.|/])(?:photo|foto|image|picture|bild|beeld|imagen|immagine|фото|ảnh|fot)s?(?:\s+(?:credit|by))?\s*(?::|/|©|by\s)\s*[^.!?]{2,60}[.)\]]?$"
    r"|(?:/|\bvia\s+)\s*(?:getty images|ap photo|shutterstock|imago|picture alliance)\W*$",
    re.IGNORECASE,
)
RIGHTS = re.compile(
    r"all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|tutti i diritti|todos os direitos|все права защищены|wszelkie prawa zastrzeżone",
    re.IGNORECASE,
)
COPYRIGHT = re.compile(r"^\W*(?:copyright\b|©|\(c\))\s*(?:©\s*)?@?\s*(?:19|20)\d\d", re.IGNORECASE)
ONLY_TIME = re.compile(
    r"^\W*(?:[a-zäöüéèß]{2,12}\.?,?\s*)?(?:\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}|\d{1,2}\.?\s+\w{3,10}\.?,?\s+\d{4}|\w{3,10}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}:\d\d)\b[\w\s:.,|()-]{0,40}$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads(files(__package__).joinpath("phrases.toml").read_text("utf-8"))
    return {
        name: re.compile(
            r"^\W*(?:"
            + "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
            + r")(?!\w)",
            re.IGNORECASE,
        )
        for name, phrases in table.items()
    }


def says(item: Placed, at: int, count: int, names: set[str]) -> str | None:
    """Give the reason for which a line's words condemn it.

    Args:
        item: the line.
        at: its number among the body's lines.
        count: how many lines there are.
        names: keys of the authors' names.
    """
    text = item.line.text
    if HASHTAGS.match(text):
        return "hashtags"
    if len(text.split()) > MAX_PROMPT_WORDS:
        return None
    return _as_picture(text) or _as_signature(item, at, names) or _as_prompt(item, at, count)


def _starts(name: str, text: str) -> re.Match[str] | None:
    return _phrases()[name].match(text)


def _labels(name: str, text: str) -> bool:
    """Tell whether a phrase is the whole line or a label with a mark behind it."""
    found = _starts(name, text)
    if not found:
        return False
    rest = text[found.end() :]
    return not rest.strip(" .:!?»>…") or bool(MARK.match(rest))


def _as_picture(text: str) -> str | None:
    if PHOTO_END.search(text) or (_labels("photo", text) and len(text.split()) <= MAX_BYLINE_WORDS):
        return "caption"
    return None


def _as_signature(item: Placed, at: int, names: set[str]) -> str | None:
    text = item.line.text
    words = len(text.split())
    ends = text.rstrip().endswith((".", "!", "?", "…", "”", '"'))
    early = item.turn < 0 or at < 3
    if key_of(text) in names:
        return "byline"
    if words <= MAX_BYLINE_WORDS and early and not ends and (found := _starts("byline", text)):
        rest = text[found.end() :].strip(" :")
        if rest[:1].isupper() or key_of(rest) in names:
            return "byline"
    if (
        early
        and words <= MAX_BYLINE_WORDS
        and (ONLY_TIME.match(text) or (_starts("stamp", text) and re.search(r"\d", text)))
    ):
        return "time-stamp"
    if (
        item.turn > 0
        and words
        and any(key_of(text).startswith(name) for name in names if len(name) > 5)
    ):
        return "author-box"
    return None


def _as_prompt(item: Placed, at: int, count: int) -> str | None:
    text = item.line.text
    linked = item.links > 0 or item.turn > 0 or at >= count - 4
    if _labels("related", text) or (_starts("related", text) and item.links >= 0.5):
        return "related"
    if _labels("advertisement", text) or (
        _starts("advertisement", text)
        and len(text.split()) <= 12
        and item.turn == 0
        and len(text) > 20
        and not text.endswith(".")
    ):
        return "advertisement"
    if _labels("comment", text) or (
        linked and len(text.split()) <= 15 and _starts("comment", text)
    ):
        return "comment-prompt"
    if _labels("share", text) or (linked and len(text.split()) <= 12 and _starts("share", text)):
        return "share-prompt"
    if linked and _starts("newsletter", text):
        return "newsletter-prompt"
    if _labels("tags", text) and (item.links > 0 or at >= count - 3):
        return "tags"
    if RIGHTS.search(text) or COPYRIGHT.match(text):
        return "copyright"
    return None
