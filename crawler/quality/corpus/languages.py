"""The languages of the corpus: their patterns, how their sentences are joined, counted and edited.

The lists lie in `lexicon/`, one file a language, so that a person can read what the corpus is made
of without reading code.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from crawler.quality.corpus.grammar import Grammar, Rules, compile_rules

SPACED = ("en", "ar", "he")
"""Languages whose words are separated by spaces."""
SPACELESS = ("ja", "zh", "th")
"""Languages that write none: they are counted and edited by characters."""
_FILES = {
    "en": "english",
    "ar": "arabic",
    "he": "hebrew",
    "ja": "japanese",
    "zh": "chinese",
    "th": "thai",
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ARTICLE = re.compile(r"\b([Aa]) (?=[aeiouAEIOU])")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """One language."""

    code: str
    """ISO 639-1."""
    grammar: Grammar
    """Its patterns."""
    lists: Mapping[str, Any]
    """Its file, for the lists that stories draw from once (names, topics)."""
    topics: tuple[Rules, ...]
    """Words of each topic; empty where all stories share the language's."""
    spaced: bool
    """Whether words are separated by spaces."""
    finish: Callable[[str], str]
    """Makes a sentence of an expanded pattern."""

    @property
    def joiner(self) -> str:
        """What stands between two sentences."""
        return "" if self.code in ("ja", "zh") else " "

    def count(self, text: str) -> int:
        """Count words, or characters where there are no words to count."""
        return len(text.split()) if self.spaced else len(text)

    def say(self, name: str, rng: Random, own: Rules) -> str:
        """Draw a sentence."""
        return self.finish(self.grammar.expand(name, rng, own))


@cache
def language(code: str) -> Language:
    """Read a language's file."""
    lists = lexicon(_FILES[code])
    return Language(
        code=code,
        grammar=Grammar(compile_rules(lists["words"]), _FIGURES),
        lists=lists,
        topics=tuple(compile_rules(topic) for _, topic in sorted(lists.get("topics", {}).items())),
        spaced=code in SPACED,
        finish=_finish_english if code == "en" else str.strip,
    )


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Read a file of lists."""
    path = files("crawler.quality.corpus").joinpath("lexicon", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _finish_english(text: str) -> str:
    """Begin with a capital, also inside quotation marks, and write `an` before vowels."""
    text = _ARTICLE.sub(r"\1n ", text)
    text = re.sub(r"([.:] |^|[.:,] “|^“)([a-z])", lambda m: m[1] + m[2].upper(), text)
    return re.sub(r"(said[^.]*?, “)([A-Z])", lambda m: m[1] + m[2], text)


def _number(rng: Random) -> str:
    value = int(10 ** rng.uniform(1.2, 4.8))
    return f"{value:,}"


def _money(rng: Random) -> str:
    unit = ("thousand", "million", "million", "billion")[int(rng.random() * 4)]
    return f"{rng.randrange(1, 99)}.{rng.randrange(0, 10)} {unit} crowns"


_FIGURES = {
    "number": _number,
    "number2": lambda rng: str(rng.randrange(2, 60)),
    "money": _money,
    "percent": lambda rng: f"{rng.randrange(0, 90)}.{rng.randrange(0, 10)}",
    "price": lambda rng: f"{rng.randrange(2, 900)}.{rng.randrange(10, 99)}",
    "cents": lambda rng: str(rng.randrange(3, 99)),
    "age": lambda rng: str(rng.randrange(19, 91)),
    "degrees": lambda rng: str(rng.randrange(1, 36)),
    "minutes": lambda rng: f"{rng.randrange(0, 60):02}",
    "magnitude": lambda rng: f"{rng.randrange(2, 6)}.{rng.randrange(0, 10)}",
    "score": lambda rng: f"{rng.randrange(60, 130)}-{rng.randrange(40, 110)}",
    "goals": lambda rng: str(rng.randrange(0, 7)),
    "daynumber": lambda rng: str(rng.randrange(1, 29)),
    "day": lambda rng: DAYS[int(rng.random() * 7)],
}
