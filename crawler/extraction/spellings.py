"""The spellings of agencies' names: `agencies.toml` in, look-up tables out.

A spelling of up to `SHORT` letters counts as written, since "tass" and "ana" are words.
"""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files

# Letters up to which a form must be written as listed: "ANI" is an agency, "Ani" a person.
SHORT = 5
EDGES = " .,:()[]{}（）【】©®*_«»\"“”'/–—-\u200b\u200e\u200f"
TOKEN = re.compile(r"[^\W_]+")
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


# What stands between words: where a text has nothing else outside ASCII, splitting it takes a
# quarter of the time that the pattern takes.
PRINTERS_MARKS = "“”„‘’‚–—…«»\xa0"
SPACES = {code: " " for code in range(128) if not chr(code).isalnum()}


def words_of(text: str) -> set[str]:
    """Give the words that `TOKEN` finds in a text."""
    plain = text
    if not plain.isascii():
        for mark in PRINTERS_MARKS:
            plain = plain.replace(mark, " ")
    return set(plain.translate(SPACES).split() if plain.isascii() else TOKEN.findall(text))


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


@lru_cache(maxsize=1)
def _table() -> list[dict[str, object]]:
    text = files(__package__).joinpath("agencies.toml").read_text("utf-8")
    return list(tomllib.loads(text)["agency"])


def key_of_form(form: str) -> str:
    """Give the form as it is looked up: long ones in lower case, short ones as written."""
    bare = form.strip(EDGES)
    return bare if len(bare) <= SHORT else bare.casefold()


@lru_cache(maxsize=1)
def forms() -> dict[str, Form]:
    """Give each spelling's form by its key."""
    found: dict[str, Form] = {}
    for entry in _table():
        name, languages = str(entry["name"]), frozenset(_texts(entry, "languages"))
        short, signed = _texts(entry, "short"), _texts(entry, "signed")
        for text in short:
            found[key_of_form(text)] = Form(name, Sureness.SURE, languages)
        for text in signed:
            found[key_of_form(text)] = Form(name, Sureness.SIGNED, languages)
        for text in (name, str(entry["full"]), *_texts(entry, "forms")):
            found.setdefault(key_of_form(text), Form(name, Sureness.OPEN, languages))
    return found


@lru_cache(maxsize=1)
def tell_tales() -> frozenset[str]:
    """Give each form's rarest word: a text without any of them names no agency."""
    return frozenset(_tales().values())


@lru_cache(maxsize=1)
def open_tales() -> dict[str, tuple[str, ...]]:
    """Give the forms that count anywhere, in lower case, by their rarest word."""
    found: dict[str, list[str]] = {}
    for form, tale in _tales().items():
        if forms()[form].least is Sureness.OPEN:
            found.setdefault(tale, []).append(form.casefold())
    return {tale: tuple(each) for tale, each in found.items()}


def _tales() -> dict[str, str]:
    words = {form: TOKEN.findall(form.casefold()) for form in forms()}
    count = Counter(word for each in words.values() for word in each)
    return {form: min(each, key=lambda word: (count[word], word)) for form, each in words.items()}


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


@lru_cache(maxsize=1)
def first_words() -> dict[str, tuple[str, ...]]:
    """Index the forms that count anywhere by their first word."""
    found: dict[str, list[str]] = {}
    for key, form in forms().items():
        first = WORD.match(key)
        # Each "The …" has a form without the article, and articles stand in every sentence.
        if form.least is Sureness.OPEN and first and first.group().casefold() != "the":
            found.setdefault(first.group().casefold(), []).append(key)
    return {word: tuple(sorted(keys, key=len, reverse=True)) for word, keys in found.items()}
