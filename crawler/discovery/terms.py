"""Turn a watched story into the words by which a headline about it is recognised.

A text or key words arrive, `StoryTerms` leave. Without a corpus there are no document
frequencies, so what is rare is guessed from form: names, numbers, long words.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from crawler.discovery.entries import StoryTerms

# Words are compared by their first letters, which folds most inflections ("Korean", "Koreans",
# "koreanische") without a stemmer for each language.
STEM = 6
# Shorter words carry no story; scripts written without spaces count each character pair anyway.
MIN_WORD = 3
# Terms kept of a text: the most telling 60 cover the names and figures of a story of 500 words.
MAX_TERMS = 60

# Weights: a name is what headlines about a story share, the more so if the story repeats it or
# leads with it; a word of its own headline and a figure are next; a long word is a weak sign.
NAME = 1.0
NAME_REPEATED = 1.5
NUMBER = 0.6
LONG_WORD = 0.4
IN_LEAD = 0.5
HEADLINE_WORD = 0.7
LONG = 8

_TOKEN = re.compile(r"\d[\d.,]*\d|\w+")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s+|[\"“„«'‘]\s*|\n)\s*$")
# Capitalised everywhere and in every story; names only in form.
_COMMON = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december montag dienstag mittwoch donnerstag
    freitag samstag sonntag januar februar märz mai juni juli oktober dezember lundi mardi mercredi
    jeudi vendredi samedi dimanche the this that these those mr mrs ms president minister prime
    government state states united photo file reuters associated press afp dpa news editing
    reporting
"""
_COMMON_NAMES = frozenset(_COMMON.split())
_SMALL = """
    the and for with from that this have has was were will would could should about after before
    over under into their them they there then than when where which while who whom whose what why
    how his her its our your you she him not but are been being also more most some such only very
    said says say new one two three first last year years day days week der die das und ist von mit
    für auf den dem des ein eine einer einen als auch sich nach bei aus wie wird werden sind war
    les des une est dans pour par sur avec plus que qui aux los las una por para con del que como
    más sus fue gli che per con del della dei una nel sono het een van voor met dat
"""
_SMALL_WORDS = frozenset(_SMALL.split())


def fold(word: str) -> str:
    """Give a word's comparable stem: no case, no accents, its first letters."""
    flat = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in flat if not unicodedata.combining(c))[:STEM]


def stems_of(text: str) -> set[str]:
    """Give the stems of all words and figures of a text that could carry a story."""
    return {
        fold(token)
        for token in _TOKEN.findall(text)
        if (len(token) >= MIN_WORD or token.isdigit()) and token.casefold() not in _SMALL_WORDS
    }


def story_terms(
    name: str,
    *,
    text: str = "",
    words: Iterable[str] = (),
    since: str | None = None,
    until: str | None = None,
) -> StoryTerms:
    """Draw the terms of a story from key words, else from its text.

    Args:
        name: name of the story.
        text: the story, headline first; empty where it is not known (yet).
        words: key words or phrases; when given, they alone count.
        since: start of its time window, ISO 8601.
        until: end of it.
    """
    phrases = tuple(
        stems for phrase in words if (stems := frozenset(fold(t) for t in _TOKEN.findall(phrase)))
    )
    return StoryTerms(
        name=name,
        weights={} if phrases else _weigh(text),
        vocabulary=frozenset() if phrases else frozenset(stems_of(text)),
        phrases=phrases,
        since=since,
        until=until,
    )


def _weigh(text: str) -> dict[str, float]:
    lead = text[:300]  # headline and first sentence, where a story names what it is about
    counts: Counter[str] = Counter()
    best: dict[str, float] = {}
    for match in _TOKEN.finditer(text):
        token = match.group()
        if len(token) < MIN_WORD and not (token.isdigit() and len(token) > 1):
            continue
        if token.casefold() in _SMALL_WORDS or token.casefold() in _COMMON_NAMES:
            continue
        weight = _weight(token, text[max(0, match.start() - 4) : match.start()])
        stem = fold(token)
        if weight > 0:
            counts[stem] += 1
            best[stem] = max(best.get(stem, 0.0), weight)
    for stem in stems_of(text.partition("\n")[0]):
        best[stem] = max(best.get(stem, 0.0), HEADLINE_WORD)
    leading = stems_of(lead)
    for stem, weight in best.items():
        repeated = weight == NAME and counts[stem] > 1
        best[stem] = (NAME_REPEATED if repeated else weight) + (IN_LEAD if stem in leading else 0)
    kept = sorted(best, key=lambda stem: (-best[stem], -counts[stem], stem))[:MAX_TERMS]
    return {stem: best[stem] for stem in kept}


def _weight(token: str, before: str) -> float:
    if token[0].isdigit():
        return NUMBER
    if token[0].isupper() and not _SENTENCE_START.search(before):
        return NAME
    return LONG_WORD if len(token) >= LONG else 0.0
