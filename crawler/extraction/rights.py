"""Copyright lines: a line in, its holder and perhaps the agency whose text it is out.

In the article, a notice that names an agency and nothing else is a credit. A notice outside is on
every page of a site, and one with more in it names who sold the text, not always who wrote it.
"""

import re

from crawler.extraction.agencies import agencies_in, read_names
from crawler.extraction.document import holds_any
from crawler.extraction.spellings import EDGES, Sureness
from crawler.extraction.weighing import Kind, name_agencies
from crawler.items import Evidence

YEARS = r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)\d\d|\d\d))?"
LEADING_YEARS = re.compile(rf"^\W*(?:{YEARS}\W*)+")
NOTICE = re.compile(
    rf"(?:©|\(c\)(?=\W)|\bcopyright\b)(?:[\s,:.@]*(?:©|\(c\)|\bcopyright\b|\bby\b|{YEARS}))*"
    r"[\s,:.@]*(?P<holder>[^\W\d].{1,120})$",
    re.IGNORECASE,
)
# A holder ends before what else a notice says.
TAIL = re.compile(
    r"[\s,.;|–—-]*(?:\b(?:all|alle|tous|todos|tutti|все|wszelkie|alla|alle|tüm|toute|reproduc\w+"
    r"|this\s+material|weitergabe|unauthori[sz]ed)\b|\.\s|\||\n|;|\(|©|,\s*\w+:\d|版权所有|"
    rf"{YEARS}).*$",
    re.IGNORECASE | re.DOTALL,
)
RESERVED = re.compile(
    r"(?P<holder>[^.]{2,60}?)[\s,.–-]+(?:all rights reserved|alle rechte vorbehalten"
    r"|tous droits réservés|todos los derechos reservados|tutti i diritti riservati"
    r"|todos os direitos reservados|все права защищены|wszelkie prawa zastrzeżone)\W*$",
    re.IGNORECASE,
)
# What may stand before the notice itself.
FOREWORD = re.compile(
    r"^\W*(?:riproduzione riservata|all rights reserved|alle rechte vorbehalten"
    r"|tous droits réservés|todos los derechos reservados|tutti i diritti riservati"
    r"|todos os direitos reservados)\W*(?=©|\()",
    re.IGNORECASE,
)
# What is left of a notice that names nobody.
NOBODY = re.compile(
    r"\W*(?:riproduzione riservata|all rights reserved|alle rechte vorbehalten|все права защищены"
    r"|tous droits réservés|جميع الحقوق محفوظة|版权所有|haki zote zimehifadhiwa|copyright)\W*$",
    re.IGNORECASE,
)
# One of these stands in every notice.
SIGNS = (
    *("©", "(c)", "copyright", "reserved", "vorbehalten", "réservés", "reservados", "riservati"),
    *("защищены", "zastrzeżone"),
)
# The notice stands at a line's start, or closes it; in between it is part of a sentence.
EARLY = 6
# Longer names are sentences.
HOLDER_WORDS = 9


def holder_in(text: str) -> str | None:
    """Give the holder that a notice or a tag about copyright names, without years and phrases.

    >>> holder_in("Copyright (c) 2026 River Media, all rights reserved")
    'River Media'
    """
    match = NOTICE.match(FOREWORD.sub("", text)) or RESERVED.match(text)
    rest = match["holder"] if match else LEADING_YEARS.sub("", text)
    holder = TAIL.sub("", rest).strip(EDGES)
    named = any(c.isalpha() for c in holder) and not NOBODY.match(holder)
    return holder if named and len(holder.split()) <= HOLDER_WORDS else None


def read_rights(line: str, *, inside: bool) -> list[Evidence]:
    """Give what a copyright line says; empty where it is none.

    Args:
        line: its tidy text.
        inside: whether it stands in the article.
    """
    match = _notice_in(line) if holds_any(line.lower(), SIGNS) else None
    holder = holder_in(match.group()) if match is not None else None
    if holder is None:
        return []
    kind = Kind.RIGHTS if inside else Kind.SITE_RIGHTS
    found = [kind.says("holder", holder, line)]
    names = read_names(holder, Sureness.NAMED)
    if names.is_picture:
        return [Kind.PHOTO.says("photo", holder, line)]
    if not inside:
        return found + name_agencies(Kind.OUTSIDE, names.agencies, line)
    if names.agencies and not names.others:
        return name_agencies(Kind.NOTICE, names.agencies, line) + found
    named = tuple(dict.fromkeys(name for _, _, name in agencies_in(holder)))
    return found + name_agencies(Kind.LONG_NOTICE, named or names.agencies, line)


def _notice_in(line: str) -> re.Match[str] | None:
    match = NOTICE.search(FOREWORD.sub("", line))
    return RESERVED.match(line) if match is None or match.start() > EARLY else match
