"""Times that readers see: the page's blocks in, claims out, where the text allows one reading.

Only short texts between the headline and the story, or in an element named after a date, are read:
elsewhere a date is part of the news. A day needs its year; of numbers, only the orders that cannot
be mistaken are read (year first, or day first with full stops, as in most of Europe).
"""

import re
from collections.abc import Iterator
from datetime import datetime

from crawler.extraction.blocks import Block
from crawler.extraction.document import holds_any
from crawler.extraction.offsets import offset_of

# Longer texts are sentences.
MAX_WORDS = 16
MAX_CHARS = 300
# How each year begins that is read here: the patterns below know no others.
CENTURIES = ("20", "19")
# So many blocks behind the headline may stand before the story begins: deck, byline, shares.
NEAR = 12
NAMED = re.compile(
    r"(?<![a-z])(?:date|datum|fecha|data|time|publi|posted|stamp|uhrzeit)", re.IGNORECASE
)
CHANGED = re.compile(
    r"updat|modif|aktualisiert|mis à jour|mise à jour|actualiza|aggiorna|atualiza|bijgewerkt"
    r"|oppdatert|uppdaterad|opdateret|aktualizac|обновлено|güncelle|更新",
    re.IGNORECASE,
)
# Months by the first letters that tell them apart, in the languages that write them near this way.
MONTHS = (
    r"jan|янв|oca|sty|led|ene",
    r"f[eé]b|f[eé]v|фев|şub|lut|úno",
    r"m[aä]r|мар|březn|maa|mrt|mrz",
    r"apr|avr|abr|апр|nis|kwi|dub",
    r"ma[iyjg]|мая|kvě",
    r"jun|juin|giu|июн|haz|cze|červn",
    r"jul|juil|lug|июл|tem|lip|červenc",
    r"aug|ao[uû]|ag[ou]|авг|ağu|sie|srp",
    r"sep|set|сен|eyl|wrz|zář",
    r"o[ck]t|ott|out|окт|eki|paź|říj",
    r"nov|ноя|kas|lis",
    r"de[czs]|d[eé]c|dic|дек|ara|gru|pros",
)
MONTH = "|".join(f"(?P<m{n}>{letters})" for n, letters in enumerate(MONTHS, start=1))
CLOCK = (
    r"(?:[\s,.|–-]*(?:at|um|à|alle|as|às|a las|kl\.?|klo|в|om)?\s*"
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?!\d)\s*(?P<half>[ap]\.?m\.?)?"
    r"(?:\s*(?:uhr\b)?\s*\(?(?P<zone>(?:UTC|GMT)\s?[+\-−]\d{1,2}(?::?\d\d)?|[A-ZМСК]{2,4}\b))?)?"
)
DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\.?\s*(?:de\s+|of\s+)?(?:{MONTH})[^\W\d]*\.?,?\s*(?:de\s+|del\s+)?(?P<year>(?:19|20)\d\d)(?!\d){CLOCK}",
    re.IGNORECASE,
)
MONTH_FIRST = re.compile(
    rf"(?<!\w)(?:{MONTH})[^\W\d]*\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)(?!\d){CLOCK}",
    re.IGNORECASE,
)
DOTTED = re.compile(
    rf"(?<![\d.])(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>(?:19|20)\d\d)(?!\d){CLOCK}",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[年./년-]\s?(?P<month>\d{{1,2}})\s?[月./월-]\s?(?P<day>\d{{1,2}})(?!\d)\s?[日일]?{CLOCK}",
    re.IGNORECASE,
)


def visible_times(blocks: list[Block]) -> Iterator[tuple[str, str, str]]:
    """Yield kind, ISO 8601 text and the words of each time that stands by the headline."""
    heads = [block.order for block in blocks if block.element.tag == "h1"]
    start = heads[0] if heads else 0
    for block in blocks:
        if len(block.text) > MAX_CHARS or not holds_any(block.text, CENTURIES):
            continue  # a day needs its year
        text = block.line
        near = 0 <= block.order - start <= NEAR
        if text.count(" ") >= MAX_WORDS:
            continue
        names = f"{block.element.get('class') or ''} {block.element.get('id') or ''}"
        if (near or NAMED.search(names)) and (value := read_visible(text)):
            yield ("modified" if CHANGED.search(text) else "published"), value, text


def read_visible(text: str) -> str | None:
    """Give the first date in a short text as ISO 8601, with its clock time where it has one.

    >>> read_visible("Stand: 4. März 2026, 06:34 Uhr")
    '2026-03-04T06:34:00'
    """
    for pattern in (YEAR_FIRST, DOTTED, DAY_FIRST, MONTH_FIRST):
        if found := pattern.search(text):
            return _iso(found.groupdict())
    return None


def _iso(parts: dict[str, str | None]) -> str | None:
    month = parts.get("month") or next(
        (name[1:] for name, value in parts.items() if re.fullmatch(r"m\d+", name) and value), None
    )
    day = f"{parts['year']}-{int(month or 0):02d}-{int(parts['day'] or 0):02d}"
    if parts["hour"] is None:
        return day
    hour = int(parts["hour"])
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"].lower().startswith("p") else 0)
    try:
        at = datetime.fromisoformat(f"{day}T{hour:02d}:{int(parts['minute'] or 0):02d}:00")
    except ValueError:
        return day  # no clock shows it: a phone number, or a score
    return at.isoformat() + (offset_of(parts["zone"], at) or "" if parts["zone"] else "")
