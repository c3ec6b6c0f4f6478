"""Datelines: a line that may open a story in, the agencies of its dateline out.

A dateline is a place, often a day, and who filed the story: "BERLIN (dpa) - ", "МОСКВА, 3 мар -
РИА Новости.", "Accra, March 3, GNA - ", "【北京共同】". The same words inside a sentence ("he told
the agency (AP) that") are a mention. What tells them apart is the place: every word of it is
capitalised, a number, a month or a particle; and what follows: a dash, or the start of a sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extraction.agencies import PICTURE_START, Names, read_names
from crawler.extraction.document import holds_any
from crawler.extraction.spellings import EDGES, Sureness
from crawler.extraction.visible import MONTHS

# A dateline is longer only where a template has glued something to it.
LONGEST = 140
# "FREDERICTON AND SAINT JOHN, New Brunswick, March 3, 2026" has nine words.
PLACE_WORDS = 11
# A dateline has a sentence behind it; a credit line has nothing.
OPENING_CHARS = 20
# The place, then the agency in brackets; what follows the brackets is looked at later.
BRACKETED = re.compile(
    r"(?P<place>[^()（）\[\]!?;\"“”]{0,80}?)\s*[(（\[](?P<credit>[^()（）\[\]]{2,60})[)）\]]"
    r"(?P<end>\s*[-–—:.=,]{0,3})\s*"
)
# "BERLIN, 3. März /dpa/ - ", "МОСКВА, 3 марта. /ТАСС/. ".
SLASHED = re.compile(r"(?P<place>[^/()!?;]{0,60}?)\s*/(?P<credit>[^/]{2,40})/(?P<end>[\s.,:–—-]*)")
# "Reuters - ", "AFP -- ".
LEADING = re.compile(r"(?P<credit>[^-–—().]{2,40}(?:-[A-ZА-Я]\w+)?)\s+[-–—]{1,2}\s+")
# "Accra, March 3, GNA - ", "Москва. 3 марта. INTERFAX.RU - ".
LAST = re.compile(
    r"(?P<place>[^()!?;:]{2,60}?)[,.]\s+(?P<credit>(?:[^,.()–—]|\.(?=\S)){2,32}?)(?P<end>\s*[-–—]{1,2})\s+"
)
# "МОСКВА, 3 мар - РИА Новости. ", "PARIS - AFP - ".
BEHIND = re.compile(
    r"(?P<place>[^()!?;:–—]{2,60}?)\s+[-–—]\s+(?P<credit>[^,.()–—]{2,32}?)(?P<end>\s*[.,:–—])\s+"
)
# "新华社北京3月3日电", "【北京共同】", "（中央社台北3日電）", "(서울=연합뉴스)".
CHINESE = re.compile(
    r"[（(【\[]?\s*(?P<credit>新华社|新華社|中新社|中新网|中央社|法新社|路透社|美联社|美聯社|德新社|塔斯社|韩联社|共同社)"
    r"[^，。,\s电電）)】]{0,24}(?P<end>\s*[电電訊讯])"
)
JAPANESE = re.compile(
    r"【(?P<place>[^】]{0,14}?)(?P<credit>共同|時事|ロイター|AFP時事|AFP|AP)(?P<end>】)"
)
KOREAN = re.compile(r"[(\[](?P<place>[^()=\[\]]{1,24})=(?P<credit>[^()=\[\]]{2,12})(?P<end>[)\]])")
# Words that are written small inside a place's name or a date.
PARTICLES = frozenset(
    (
        *("of", "the", "on", "and", "upon", "de", "del", "la", "las", "los", "el", "y", "le"),
        *("les", "du", "des", "et", "sur", "sous", "en", "am", "an", "der", "den", "dem", "bei"),
        *("im", "und", "di", "della", "delle", "e", "da", "do", "dos", "das", "al", "ob", "na"),
        *("au", "aux", "à", "d", "l", "s", "n", "van", "ter", "in", "a", "auf", "dei", "degli"),
        *("nad", "w", "og", "och", "i", "kl", "st", "nd", "rd", "th", "и", "г", "года", "на"),
    )
)
MONTH = re.compile("|".join(MONTHS), re.IGNORECASE)
TOKEN = re.compile(r"[^\W\d_]+")
# A source that is no known agency: a station's or paper's short name, "KATV", "Times News".
UNKNOWN = re.compile(r"[A-Z][\w&.'-]{1,24}(?:\s+[A-Z][\w&.'-]{1,24}){0,2}")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a line's dateline says."""

    names: Names
    """Who filed the story."""
    quote: str
    """The dateline as it stands there."""
    is_marked: bool
    """Whether brackets, slashes or the script's own marks set the agency apart."""


def read_dateline(line: str, language: str | None, *, alone: bool = False) -> Dateline | None:
    """Give the dateline that opens a line, or None where there is none that names anybody.

    Args:
        line: a line of the story, or one that stands above it.
        language: of the page, ISO 639-1.
        alone: whether the line holds the dateline alone, and the story follows in the next.
    """
    start = line.lstrip(" \u200b\u200e\u200f\ufeff*_")
    if alone:
        start += " — X"
    for found in _readings(start[:LONGEST], language):
        if alone or len(start) - len(found.quote) >= OPENING_CHARS:
            return found
    return None


def _readings(start: str, language: str | None) -> Iterator[Dateline]:
    for pattern in _patterns_of_script(start):
        if (match := pattern.match(start)) and (names := _names(match, Sureness.SURE, language)):
            yield Dateline(names, match.group().strip(), is_marked=True)
    # Most lines have none of the marks, and looking for those costs less than any pattern.
    if holds_any(start, "([（") and (match := BRACKETED.match(start)):
        yield from _bracketed(match, start, language)
    match = SLASHED.match(start) if "/" in start else None
    if match and _is_place(match["place"]) and (names := _names(match, Sureness.SURE, language)):
        yield Dateline(names, match.group().strip(), is_marked=True)
    if holds_any(start, "-–—"):
        yield from _dashed(start, language)


def _patterns_of_script(start: str) -> Iterator[re.Pattern[str]]:
    """Yield the patterns of East Asia's agencies that a line may match."""
    if not start.isascii():
        yield CHINESE
        yield JAPANESE
    if "=" in start:
        yield KOREAN


def _dashed(start: str, language: str | None) -> Iterator[Dateline]:
    """Read datelines in which dashes alone set the agency apart."""
    match = LEADING.match(start)
    if match and _opens(start[match.end() :]):
        # An agency's name alone before a dash; a person's or outlet's beside it is a headline.
        names = _names(match, Sureness.OPEN, language)
        if names and not names.others:
            yield Dateline(names, match.group().strip(), is_marked=False)
    for pattern in (LAST, BEHIND):
        match = pattern.match(start)
        if match and _is_dated(match["place"]) and _is_place(match["place"]):
            # The day leaves no doubt that it is a dateline, so a short name will do.
            names = _names(match, Sureness.SURE, language)
            if names and not names.others:
                yield Dateline(names, match.group().strip(), is_marked=False)


def _bracketed(match: re.Match[str], start: str, language: str | None) -> Iterator[Dateline]:
    place, rest = match["place"].strip(), start[match.end() :].lstrip()
    if PICTURE_START.match(place) or not (not place or _is_place(place)):
        return
    dashed = any(mark in match["end"] for mark in "-–—:=") or match["end"].strip() == "."
    if not dashed and read_names(place, Sureness.OPEN).agencies:
        return
    # "nach Angaben der Agentur (AFP) - sie fragte": in German every noun looks like a place.
    sure = dashed and (not place or _is_loud(place) or _is_dated(place))
    if not sure and not _opens(rest):
        return
    names = _names(match, Sureness.SURE, language)
    if names and not (not place and not dashed and names.others):
        yield Dateline(names, match.group().strip(), is_marked=True)
    elif dashed and place and _is_loud(place) and UNKNOWN.fullmatch(match["credit"].strip()):
        yield Dateline(
            Names(others=(match["credit"].strip(),)), match.group().strip(), is_marked=True
        )


def _names(match: re.Match[str], sureness: Sureness, language: str | None) -> Names | None:
    """Read the names in a dateline; the first part of them must be an agency."""
    names = read_names(match["credit"], sureness, language)
    if not names.agencies or names.is_picture:
        return None
    first = match["credit"].strip(EDGES)
    # "(Town Post/AP)" is the paper's own text with help; "(AP/Town Post)" is the agency's.
    return None if any(first.startswith(other) for other in names.others) else names


def _opens(rest: str) -> bool:
    """Tell whether a sentence begins here; a parenthesis in a sentence goes on in lower case."""
    head = rest.lstrip(" \"'“”„«‘’»¿¡(—–-")[:1]
    return bool(head) and not head.islower()


def _is_dated(place: str) -> bool:
    return any(c.isdigit() for c in place)


def _is_loud(place: str) -> bool:
    """Tell whether the place's first word is in capitals, as in the house styles of agencies."""
    first = TOKEN.search(place)
    return first is not None and len(first.group()) > 1 and first.group().isupper()


def _is_place(text: str) -> bool:
    """Tell whether every word may stand in a place and a day."""
    words = TOKEN.findall(text)
    if len(words) > PLACE_WORDS:
        return False
    return all(
        not word[0].islower() or word.casefold() in PARTICLES or MONTH.match(word) for word in words
    )
