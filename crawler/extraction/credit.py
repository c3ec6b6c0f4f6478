"""Credit lines: a short line at the end of a story in, evidence of whose text it is out.

The words are data (`credits.toml`); a line credits when it is made of such words and names, and
of nothing else. A sentence that names an agency is a mention (`mentions.py`), however it begins.
"""

import re
from enum import Enum

from crawler.extraction.agencies import PICTURE_START, Names, agencies_in, read_names
from crawler.extraction.crediting import phrases
from crawler.extraction.document import holds_any
from crawler.extraction.origins import read_origin
from crawler.extraction.rights import read_rights
from crawler.extraction.spellings import EDGES, Sureness
from crawler.extraction.weighing import Kind, name_agencies
from crawler.items import Evidence

# Longer lines are prose; of them only what closes the last sentence is read.
LINE_WORDS = 60
LINE_CHARS = 500
CREDIT_WORDS = 16
NAME_WORDS = 5
OTHER_WORDS = 8
# A name in brackets or slashes behind the last sentence, or behind a dash: "… said. (dpa)".
CLOSED = re.compile(
    r"[.!?…»”“\"’]\s*[(\[（/](?P<credit>[^()（）\[\]/]{2,40}(?:/[^()/]{2,20})?)[)\]）/]\W*$"
)
DASHED = re.compile(r"[.!?…»”\"’]\s*[–—-]{1,2}\s*(?P<credit>[^-–—.]{2,40}(?:-\w+)?)\W*$")
ALONE = re.compile(r"^\W*[(\[（/](?P<rest>[^()（）\[\]]{2,60}?)[)\]）/]\W*$")
INNER = re.compile(r"(?P<outer>[^()（）]*)[(（](?P<inner>[^()（）]{2,40})[)）]\W*$")
IN_PLACE = re.compile(r"\s+(?:in|à|en|em|aus|a|в|w)\s+[A-ZÀ-ÞА-Я][\w .'-]+$")
# Of the many lines at a page's foot, those are read that may be a notice or a source line.
NOTICED = (
    *("©", "(c)", "copyright", "reserv", "vorbehalten", "réservés", "защищены", "source", "quelle"),
    *("fuente", "fonte", "bron", "kilde", "källa", "źródł", "источник", "kaynak", "来源", "來源"),
    "المصدر",
)
REUTERS = re.compile(
    r"^\W*(?:additional\s+)?reporting\s+by\s.{3,200}[;.]\s*(?:writing|editing|compiled)\s+by\s",
    re.IGNORECASE,
)
# One of these stands in every sentence that says who helped with a report.
GIVING = ("contrib", "beigetragen", "trug", "colabor", "bidro")
# Words that introduce a name and say nothing of a source: "Text: Anna Example".
NO_SOURCE = re.compile(r"^\W*(?:text|texte|article|credits?|crédits?|via|theo)\b", re.IGNORECASE)


class Zone(Enum):
    """Where a line stands, seen from the story."""

    BODY = "body"
    """Among the last lines of the story itself."""
    AFTER = "after"
    """Behind it, in the same article."""
    PAGE = "page"
    """Elsewhere on the page."""


def read_credit(line: str, zone: Zone, language: str | None) -> list[Evidence]:
    """Give the evidence in one line that stands where credits stand.

    Args:
        line: its tidy text.
        zone: where it stands; what stands outside the article is weak.
        language: of the page, ISO 639-1.
    """
    words = line.count(" ") + 1
    if zone is Zone.PAGE and not holds_any(line.lower(), NOTICED):
        return []
    if words > LINE_WORDS or len(line) > LINE_CHARS:
        return _closing(line, language) if zone is Zone.BODY else []
    if PICTURE_START.match(line):
        return [Kind.PHOTO.says("photo", name, line) for _, _, name in agencies_in(line)]
    if REUTERS.match(line):
        return name_agencies(Kind.REUTERS_STYLE, ("Reuters",), line)
    found = read_rights(line, inside=zone is not Zone.PAGE)
    if not found:
        found = read_origin(line, words)
    if not found and words <= CREDIT_WORDS:
        found = _named(line, zone, language)
    if not found:
        found = _gave(line) or _fed(line, language)
    if not found and zone is Zone.BODY:
        found = _closing(line, language)
    return found if zone is not Zone.PAGE else [_outside(piece) for piece in found]


def _outside(piece: Evidence) -> Evidence:
    if piece.where == Kind.OUTSIDE.where:
        return piece
    return Kind.OUTSIDE.says(piece.supports, piece.value, piece.quote)


def _named(line: str, zone: Zone, language: str | None) -> list[Evidence]:
    """Read a line that is made of a credit's words and names."""
    if match := ALONE.match(line):
        inner = _named_behind(match["rest"], language) or _plain(
            match["rest"], Kind.BRACKETS, Sureness.SURE, language
        )
        return [Kind.BRACKETS.says(p.supports, p.value, line) if p.weight >= Kind.GAVE.weight
                else Kind.SEVERAL.says(p.supports, p.value, line) for p in inner]  # fmt: skip
    if found := _named_behind(line, language):
        return found
    kind = Kind.SIGNATURE if zone is Zone.BODY else Kind.BARE_NAME
    return _plain(line, kind, Sureness.OPEN, language)


def _plain(line: str, kind: Kind, sureness: Sureness, language: str | None) -> list[Evidence]:
    names = read_names(line, sureness, language)
    if names.others or names.is_picture:
        return []
    return name_agencies(kind, names.agencies, line)


def _named_behind(line: str, language: str | None) -> list[Evidence]:
    """Read names behind the words that introduce them."""
    for kind, name in ((Kind.SOURCE_LINE, "source"), (Kind.DRAWN, "drawn")):
        match = phrases()[name].match(line)
        if not match:
            continue
        rest = match["rest"].strip()
        if phrases()["agencies"].match(rest):
            return [Kind.NO_NAME.says("source", "agencies", line)]
        names = _rest(rest, language)
        if names.is_picture:
            return [Kind.PHOTO.says("photo", agency, line) for agency in names.agencies]
        marked = name == "drawn" or bool(match["mark"].strip())
        if names.agencies and _may_join(names, marked=marked):
            return name_agencies(kind, names.agencies, line)
        if name == "source" and marked and _is_other_source(line, rest, names):
            return [Kind.OTHER_SOURCE.says("source", rest.strip(EDGES), line)]
    return []


def _rest(rest: str, language: str | None) -> Names:
    """Read the names, also those in brackets behind "agencies" or behind a paper's own name."""
    if match := INNER.match(rest):
        outer, inner = match["outer"].strip(), match["inner"]
        if not outer or phrases()["agencies"].match(outer):
            return read_names(inner, Sureness.NAMED, language)
        names = read_names(outer, Sureness.NAMED, language)
        return names if names.agencies else read_names(inner, Sureness.NAMED, language)
    return read_names(IN_PLACE.sub("", rest.strip(EDGES)), Sureness.NAMED, language)


def _may_join(names: Names, *, marked: bool) -> bool:
    """Tell whether what stands beside the agencies may be another source, not a sentence."""
    if not marked and names.others:
        return False
    return len(names.others) <= NAME_WORDS and all(
        len(other.split()) <= NAME_WORDS and _is_capitalised(other) for other in names.others
    )


def _is_capitalised(name: str) -> bool:
    words = [word for word in name.split() if word[0].isalpha()]
    return sum(word[0].islower() for word in words) * 2 <= len(words)


def _is_other_source(line: str, rest: str, names: Names) -> bool:
    short = len(rest.split()) <= OTHER_WORDS and not names.agencies
    return short and not NO_SOURCE.match(line) and any(c.isalpha() for c in rest)


def _gave(line: str) -> list[Evidence]:
    match = phrases()["gave"].match(line) if holds_any(line.lower(), GIVING) else None
    if not match:
        return []
    agencies = tuple(dict.fromkeys(name for _, _, name in agencies_in(match["who"])))
    return name_agencies(Kind.GAVE, agencies, line)


def _fed(line: str, language: str | None) -> list[Evidence]:
    """Read a sentence that says from whose feed the text was taken as it is."""
    match = phrases()["fed"].search(line)
    return _plain(match["rest"], Kind.SOURCE_LINE, Sureness.NAMED, language) if match else []


def _closing(line: str, language: str | None) -> list[Evidence]:
    """Read a name that signs the last sentence."""
    for pattern, sureness in ((CLOSED, Sureness.SURE), (DASHED, Sureness.OPEN)):
        if match := pattern.search(line[-90:]):
            found = _plain(match["credit"], Kind.CLOSING, sureness, language)
            if found:
                return [Kind.CLOSING.says(p.supports, p.value, line[-90:])
                        if len(found) == 1 else p for p in found]  # fmt: skip
    return []
