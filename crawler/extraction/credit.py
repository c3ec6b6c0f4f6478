"""Which agency an article credits with its text: lines and metadata in, evidence out.

Only places that credit are read: dateline, byline, credit line, JSON-LD. A mention inside a
sentence ("he told Reuters") is none, however often it stands there.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from crawler.extraction.document import Document
from crawler.extraction.jsonld import strings
from crawler.items import Evidence

# Letters up to which a form must be written as listed: "ANA" is an agency, "Ana" a person.
SHORT = 5
DASH = r"\s*(?:[-–—:|]{1,2}|--)\s+"
# "BERLIN (dpa) - ", "WASHINGTON, March 3 (Reuters) — ": a place of up to eight words without a
# full stop, then the agency in brackets, then a dash; or the agency in brackets alone.
DATELINE = re.compile(
    r"^(?P<place>[^()!?;]{0,60}?)\s*[(（\[](?P<credit>[^()（）\[\]]{2,60})[)）\]]\s*(?P<dash>[-–—:.]{0,2})"
)
# "Reuters - text", "BERLIN, 3. März /dpa/ -".
LEADING = re.compile(r"^(?P<credit>[^-–—().]{2,40}?)\s+[-–—]{1,2}\s+(?=\S)")
SLASHED = re.compile(r"^[^/]{0,60}/(?P<credit>[^/]{2,40})/")
# Credit lines at the end. The words before the name, in the languages of the larger markets.
CREDIT_LINE = re.compile(
    r"^\W*(?:(?:with\s+)?(?:additional\s+)?(?:information|material|reporting|files?|input|inputs)\s+(?:from|by)"
    r"|(?:news\s+)?(?:source|sources|via|from|agency|agencies)|quelle|quellen|mit\s+material\s+von|mit\s+informationen\s+von"
    r"|source\s*\(s\)|avec|fuente|fuentes|con\s+información\s+de|fonte|com\s+informações\s+d[aeo]|bron|źródło|kilde|källa"
    r"|по\s+материалам|источник|по\s+данным|kaynak|fonti|©|\(c\)|copyright|©\s*\d{4})\s*[:\-]?\s*(?:©\s*)?(?:\d{4}\s+)?(?P<rest>.{2,80})$",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"^[(\[（](?P<rest>[^()（）\[\]]{2,60})[)\]）]\W*$")
GENERIC = re.compile(
    r"^\W*(?:the\s+)?(?:news\s+)?(?:agencies|agenturen|agences|agencias|agenzie|agências)\W*$",
    re.IGNORECASE,
)
SUFFIX = re.compile(r"[^()]*[(（](?P<rest>[^()（）]{2,40})[)）]\W*$")
WEIGHTS = {"dateline": 0.95, "byline": 0.9, "credit-line": 0.85, "json-ld": 0.8}
# Lines at the end of the body among which a credit line may stand.
TAIL_LINES = 3
# A dateline opens the story, behind at most a kicker, a deck and what a template puts there.
HEAD_LINES = 5
# A dateline has a sentence behind it; a credit line has nothing.
OPENING_CHARS = 20


@lru_cache(maxsize=1)
def _agencies() -> dict[str, str]:
    """Map each spelling to the agency's name; long forms in lower case, short ones as written."""
    table = tomllib.loads(files(__package__).joinpath("agencies.toml").read_text("utf-8"))
    forms: dict[str, str] = {}
    for entry in table["agency"]:
        for form in (entry["name"], *entry["forms"]):
            forms[form if len(form) <= SHORT else form.lower()] = entry["name"]
    return forms


def agency_named(text: str) -> str | None:
    """Give the agency whose name is the whole of a short text, or its first part before a slash."""
    forms = _agencies()
    for part in re.split(r"\s*(?:[/,;|+&]|\band\b|\bund\b|\bet\b)\s*", text.strip(" .()[]©")):
        bare = re.sub(
            r"^(?:by|von|par|por|di)\s+|\s+(?:staff|writers?|reporters?|news agency)$",
            "",
            part,
            flags=re.IGNORECASE,
        ).strip()
        for form in (bare, bare.lower() if len(bare) > SHORT else ""):
            if form in forms:
                return forms[form]
    return None


def find_credit(
    texts: list[str], bylines: list[str], document: Document
) -> tuple[str | None, tuple[Evidence, ...]]:
    """Give the credited agency and all the evidence, the heaviest first.

    Args:
        texts: the story's lines.
        bylines: names from metadata and byline lines that stood in the body.
        document: the page, for its JSON-LD.
    """
    found = [*_datelines(texts), *_bylines(bylines), *_credit_lines(texts), *_from_json(document)]
    found.sort(key=lambda evidence: -evidence.weight)
    agency = next((e.value for e in found if e.supports == "agency"), None)
    return agency, tuple(dict.fromkeys(found))


def _evidence(value: str, quote: str, where: str, supports: str = "agency") -> Evidence:
    return Evidence(
        supports=supports, value=value, quote=quote[:200], where=where, weight=WEIGHTS[where]
    )


def _datelines(texts: list[str]) -> list[Evidence]:
    for text in texts[:HEAD_LINES]:
        start = text[:140]
        for pattern in (DATELINE, SLASHED, LEADING):
            found = pattern.match(start)
            if not found or len(text) - found.end() < OPENING_CHARS:
                continue
            parts = found.groupdict()
            if "." in (parts.get("place") or "") and not parts.get("dash"):
                continue  # a sentence with a bracket in it, not a place with an abbreviation
            name = agency_named(parts["credit"])
            if name:
                return [_evidence(name, found.group().strip(), "dateline")]
    return []


def _bylines(bylines: list[str]) -> list[Evidence]:
    return [_evidence(name, line, "byline") for line in bylines if (name := agency_named(line))]


def _credit_lines(texts: list[str]) -> list[Evidence]:
    found: list[Evidence] = []
    for text in texts[-TAIL_LINES:] if len(texts) > 1 else []:
        match = CREDIT_LINE.match(text) or BRACKETED.match(text)
        if not match:
            continue
        rest = match.group("rest")
        inner = SUFFIX.match(rest)
        name = agency_named(rest) or (agency_named(inner.group("rest")) if inner else None)
        if name:
            found.append(_evidence(name, text, "credit-line"))
        elif GENERIC.match(rest):
            found.append(_evidence("agencies", text, "credit-line", "source"))
    return found


def _from_json(document: Document) -> list[Evidence]:
    found: list[Evidence] = []
    for node in document.articles[:1]:
        for key in ("sourceOrganization", "isBasedOn", "copyrightHolder", "provider"):
            for text in strings(node.get(key), "name", "url", "@id"):
                name = agency_named(text)
                found += [_evidence(name, f"{key}: {text}", "json-ld")] if name else []
    return found
