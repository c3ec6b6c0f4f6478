"""News agencies by their names: a short text in, the agencies that it names out.

The names are data (`agencies.toml`). Here a text is a name, or a list of names; whether the place
where it stands credits anybody is for others to say.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files

from crawler.urls import site_of

# Letters up to which a form must be written as listed: "ANI" is an agency, "Ani" a person.
SHORT = 5
# A longer text is no list of names.
LONGEST = 120
# What joins the names of a list, in the languages of the larger markets.
JOINED = re.compile(
    r"\s*[/,;|+&·•]\s*|\s+[-–—]\s+|\s+(?:and|und|et|y|e|и|та|og|och|en|ve|i|oraz|dan|và|with|mit|avec|con|com|med)\s+"
)
# What stands around a name in a byline or credit line and is no part of it.
BEFORE = re.compile(
    r"^(?:(?:[ld][’']|dell[’'])|(?:by|von|vom|par|por|di|da|do|de|del|av|af|door|przez|от|the|der|ia"
    r"|(?:the\s+)?(?:news\s+)?agency|agence|agencia|agenzia|agência|agentur|nachrichtenagentur"
    r"|(?:информ)?агентств[оа]|иа|корр\.?|nyhetsbyrån|redaktion|redazione|redacción|redação"
    r"|rédaction(?:\s+de)?|news\s+service\s+of)\s+)+",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"\s+(?:staff|writers?|reporters?|correspondents?|news\s+agency|newswires?|wires?"
    r"|(?:wire|news)\s+services?|news|agency|ag(?:encia|ence|enzia|ência)|gmbh|inc\.?|ltd\.?|llc"
    r"|bureau|desk|newsroom|team|redaktion)$",
    re.IGNORECASE,
)
# "AP White House correspondent", "Reuters business staff".
OFFICE = re.compile(
    r"(?:\s+\w+){1,3}\s+(?:writer|reporter|editor|correspondent|staff|bureau|desk)s?$",
    re.IGNORECASE,
)
EDGES = " .,:()[]{}（）【】©®*_«»\"“”'/–—-\u200b\u200e\u200f"
# An editor's mark beside the agency: "dpa/lni", "SDA/sep", "AFP/JK".
MARK = re.compile(r"[a-zäöüé]{1,6}|[A-ZÄÖÜ]{1,4}|Fim|Ende?|Fin")
# Sellers of pictures; who is named beside them made a picture.
PICTURES = re.compile(
    r"\b(?:getty|shutterstock|imago|alamy|istock|adobe\s*stock|picture[- ]alliance|lehtikuva"
    r"|photos?|fotos?|images?|pictures?|bilder?|фото|zumapress|sipa|scanpix|hans\s+lucas)\b",
    re.IGNORECASE,
)
# How a line begins that credits a picture, or describes one.
PICTURE_START = re.compile(
    r"^\W*(?:(?:file|handout|courtesy|ap|afp|reuters)\s+)?(?:photo|foto|fotograf|image|picture|bild"
    r"|imagen|imagem|immagine|фото|zdjęcie|fot\.|beeld|kuva|fotoğraf|video|vidéo|archiv|file\s+[-–—]"
    r"|crédit\s+photo|写真|图片|사진|صورة)\w{0,3}\b",
    re.IGNORECASE,
)
TOKEN = re.compile(r"[^\W_]+")
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


class Sureness(IntEnum):
    """How far a place itself says that a name is an agency's."""

    OPEN = 0
    """Anything may stand here: a short name counts on a page in its agency's language only."""
    SIGNED = 1
    """Behind "by": as open, and names that count when they sign."""
    SURE = 2
    """In a dateline's brackets or alone in brackets: every name counts but those that sign."""
    NAMED = 3
    """Behind "source:" and the like: every name counts."""


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling."""

    agency: str
    """The agency's name."""
    least: Sureness
    """The least sure place in which the spelling counts."""
    languages: frozenset[str]
    """Languages in which it counts in an open place, too."""

    def counts(self, sureness: Sureness, language: str | None) -> bool:
        """Tell whether the spelling names the agency in such a place."""
        if self.least is Sureness.SIGNED:
            return sureness in (Sureness.SIGNED, Sureness.NAMED)
        return sureness >= self.least or (language or "") in self.languages


@dataclass(frozen=True, slots=True)
class Names:
    """What a list of names holds."""

    agencies: tuple[str, ...] = ()
    """Names of the agencies, in order, each once."""
    others: tuple[str, ...] = ()
    """The parts that are no agency; editors' marks are left out."""
    is_picture: bool = False
    """Whether one of the parts is a seller or a sort of pictures."""


@lru_cache(maxsize=1)
def _table() -> list[dict[str, object]]:
    text = files(__package__).joinpath("agencies.toml").read_text("utf-8")
    return list(tomllib.loads(text)["agency"])


def key_of_form(form: str) -> str:
    """Give the form as it is looked up: long ones in lower case, short ones as written."""
    bare = form.strip(EDGES)
    return bare if len(bare) <= SHORT else bare.casefold()


@lru_cache(maxsize=1)
def _forms() -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for entry in _table():
        name, languages = str(entry["name"]), frozenset(_texts(entry, "languages"))
        short, signed = _texts(entry, "short"), _texts(entry, "signed")
        for text in short:
            forms[key_of_form(text)] = Form(name, Sureness.SURE, languages)
        for text in signed:
            forms[key_of_form(text)] = Form(name, Sureness.SIGNED, languages)
        for text in (name, str(entry["full"]), *_texts(entry, "forms")):
            forms.setdefault(key_of_form(text), Form(name, Sureness.OPEN, languages))
    return forms


@lru_cache(maxsize=1)
def _tell_tales() -> frozenset[str]:
    """Give each form's rarest word: a text without any of them names no agency."""
    words = {form: TOKEN.findall(form.casefold()) for form in _forms()}
    count = Counter(word for each in words.values() for word in each)
    return frozenset(min(each, key=lambda word: (count[word], word)) for each in words.values())


def _texts(entry: dict[str, object], key: str) -> list[str]:
    found = entry.get(key, [])
    return [str(item) for item in found] if isinstance(found, list) else []


@lru_cache(maxsize=1)
def agency_sites() -> dict[str, str]:
    """Give the agency of each registered domain on which one publishes."""
    return {site: str(entry["name"]) for entry in _table() for site in _texts(entry, "domains")}


def agency_names() -> frozenset[str]:
    """Give all names and spellings of agencies."""
    kinds = ("forms", "short", "signed")
    return frozenset(
        name
        for entry in _table()
        for name in (
            str(entry["name"]),
            str(entry["full"]),
            *(form for kind in kinds for form in _texts(entry, kind)),
        )
    )


def agency_of_site(url: str) -> str | None:
    """Give the agency to whose own site an address leads."""
    return agency_sites().get(site_of(url))


def read_names(text: str, sureness: Sureness, language: str | None = None) -> Names:
    """Take a short text as a name or a list of names.

    Args:
        text: a byline without its persons' offices, the inside of brackets, a credit's end.
        sureness: what the place says of a name that stands there.
        language: of the page, ISO 639-1.
    """
    whole = text.strip(EDGES)
    if not whole or len(whole) > LONGEST:
        return Names()
    if _tell_tales().isdisjoint(TOKEN.findall(whole.casefold())):
        return Names(others=(whole,), is_picture=bool(PICTURES.search(whole)))
    if name := _agency_named(whole, sureness, language):
        return Names(agencies=(name,))
    found: list[str] = []
    others: list[str] = []
    for part in JOINED.split(whole):
        bare = part.strip(EDGES)
        if name := _agency_named(bare, sureness, language):
            found.append(name)
        elif hyphened := _hyphened(bare, sureness, language):
            found += hyphened
        elif bare and not MARK.fullmatch(bare):
            others.append(bare)
    return Names(
        agencies=tuple(dict.fromkeys(found)),
        others=tuple(others),
        is_picture=bool(PICTURES.search(whole)),
    )


def _hyphened(text: str, sureness: Sureness, language: str | None) -> list[str]:
    """Read two agencies joined by a hyphen, as in "TT-AFP"."""
    parts = re.split(r"[-–]", text)
    names = [_agency_named(part.strip(), sureness, language) for part in parts]
    return [name for name in names if name] if len(parts) > 1 and all(names) else []


def _agency_named(text: str, sureness: Sureness, language: str | None) -> str | None:
    """Give the agency whose name is the whole of a text, offices and articles left out."""
    texts = (text, BEFORE.sub("", text))
    shorter = (pattern.sub("", each) for pattern in (AFTER, OFFICE) for each in texts)
    for candidate in dict.fromkeys((*texts, *shorter)):
        form = _forms().get(key_of_form(candidate))
        if form is not None and form.counts(sureness, language):
            return form.agency
    return None


@lru_cache(maxsize=1)
def _first_words() -> dict[str, tuple[str, ...]]:
    """Index the forms that count anywhere by their first word."""
    found: dict[str, list[str]] = {}
    for key, form in _forms().items():
        first = WORD.match(key)
        # Each "The …" has a form without the article, and articles stand in every sentence.
        if form.least is Sureness.OPEN and first and first.group().casefold() != "the":
            found.setdefault(first.group().casefold(), []).append(key)
    return {word: tuple(sorted(keys, key=len, reverse=True)) for word, keys in found.items()}


def agencies_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and agency of each name that stands anywhere in a text.

    Scripts that write no spaces between words are not searched.
    """
    index, forms = _first_words(), _forms()
    if index.keys().isdisjoint(WORD.findall(text.casefold())):
        return  # most lines name nobody, and this tells so ten times quicker
    done = 0
    for word in WORD.finditer(text):
        if word.start() < done:
            continue
        for key in index.get(word.group().casefold(), ()):
            end = word.start() + len(key)
            if text[end : end + 1].isalnum() or key_of_form(text[word.start() : end]) != key:
                continue
            yield word.start(), end, forms[key].agency
            done = end
            break
