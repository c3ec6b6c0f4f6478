"""Where a text ran first, and what it was translated from: a line in, evidence out."""

from functools import lru_cache

from crawler.extraction.agencies import read_names
from crawler.extraction.crediting import phrases
from crawler.extraction.document import holds_any
from crawler.extraction.spellings import EDGES, Sureness
from crawler.extraction.weighing import Kind, name_agencies
from crawler.items import Evidence

# A translator's credit is short; "a novel translated from the Spanish" stands in a sentence.
TRANSLATION_WORDS = 14
# One of these stands in every line that tells a text's origin; most lines have none, and looking
# for plain words in them takes a tenth of the time that a pattern of these words takes.
ORIGIN = (
    *("published", "publié", "publicad", "publicó", "publicer", "publizi", "pubblic", "printed"),
    *("appeared", "paru", "origin", "ursprüng", "erschien", "veröffent", "zuerst"),
    *(
        "first posted",
        "first ran",
        "first report",
        "first written",
        "previously",
        "provided",
        "produced",
        "distributed",
        "опублик",
        "вышл",
        "verschen",
    ),
    *("gepubl", "ukaza", "translat", "übers", "übertrag", "englischen", "aus dem", "tradu"),
    *("tradott", "adapté", "перев", "vertaald", "övers", "overs", "tłumacz", "przeł", "przekład"),
    "çeviri",
)


def reads_as_way_to_original(text: str) -> bool:
    """Tell whether a link's text offers the original."""
    return bool(phrases()["reading"].match(text))


def tells_original(line: str) -> bool:
    """Tell whether a line says where the text ran first."""
    return _speaks_of_origin(line) and _who("original", line) is not None


def read_origin(line: str, words: int) -> list[Evidence]:
    """Give what a line says of where its text comes from.

    Args:
        line: its tidy text.
        words: how many words it has.
    """
    found: list[Evidence] = []
    if not _speaks_of_origin(line):
        return found
    if who := _who("original", line):
        found.append(Kind.ORIGINAL_LINE.says("original", who, line))
        names = read_names(who, Sureness.NAMED)
        found += name_agencies(Kind.ORIGINAL_LINE, names.agencies[:1], line)
    if words <= TRANSLATION_WORDS and (who := _who("translation", line)):
        found.append(Kind.TRANSLATED.says("translation", who, line))
    return found


def _speaks_of_origin(line: str) -> bool:
    return holds_any(line.lower(), ORIGIN)


@lru_cache(maxsize=16)  # a story's last lines are asked by the ledger for credits and for links
def _who(name: str, line: str) -> str | None:
    match = phrases()[name].search(line)
    if match is None:
        return None
    return next((who.strip(EDGES) for who in match.groupdict().values() if who), None)
