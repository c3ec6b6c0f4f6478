"""Words -> shingles as 64-bit numbers, one for each place in the text.

A number for each place, not only a set: how long the shared runs are and where they stand says
more about copying than how many shingles are shared.
"""

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from crawler.fingerprint.normalise import ALPHABETIC, IDEOGRAPHIC, read_words
from crawler.instants import instant
from crawler.items import Article, Shingled, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Odd 64-bit constant (2**64 divided by the golden ratio): multiplying by it spreads neighbouring
# numbers over the whole range (Knuth, TAOCP 3, 6.4).
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
# Characters of scripts without spaces that say as much as a word of the others: a translated page
# of news has some 1.6 Chinese or Japanese characters and some 4 Thai ones for an English word. Five
# words in a row are then some eight or twenty characters; shingles of five characters would be
# single words, which every text repeats.
_UNITS = {"ideographic": 1.6, "alphabetic": 4.0}
# A token of these scripts is the characters from its place on; with the four further places of a
# shingle it spans about what five words do.
_SPANS = {"ideographic": 4, "alphabetic": 12}
_SCRIPTS = {
    "ideographic": re.compile(f"[{IDEOGRAPHIC}]"),
    "alphabetic": re.compile(f"[{ALPHABETIC}]"),
}


@lru_cache(maxsize=1 << 18)
def _word_hash(word: str) -> int:
    """Hash a word to 64 bits, the same in every process (Python's own hash is salted)."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def hash_shingles(words: "NDArray[np.uint64]", size: int) -> "NDArray[np.uint64]":
    """Combine each run of `size` word hashes, order included, into one number.

    A collision of two different shingles in a store of a billion has a probability below 3 %.
    """
    count = len(words) - size + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for at in range(size):
            mixed = (mixed ^ words[at : at + count]) * _SPREAD
            mixed ^= mixed >> _SHIFT
    return mixed


def _spanned(
    hashes: "NDArray[np.uint64]", words: list[str], text: str
) -> tuple["NDArray[np.uint64]", float]:
    """Let a character of a script without spaces stand for the few that begin with it.

    Returns:
        The numbers, and how many of them say as much as one word on average.
    """
    found = hashes
    equal = float(len(words))
    for name, script in _SCRIPTS.items():
        if script.search(text) is None:
            continue
        here = np.fromiter((script.match(word) is not None for word in words), np.bool_, len(words))
        span = _SPANS[name]
        padded = np.concatenate((hashes, np.zeros(span - 1, dtype=np.uint64)))
        found = np.where(here, hash_shingles(padded, span), found)
        equal -= float(here.sum()) * (1 - 1 / _UNITS[name])
    return found, len(words) / equal if equal else 1.0


def packed(read: Shingled, period: int) -> Words:
    """Give the bytes to keep; `period` is where the article counts for what its site repeats."""
    return Words(
        article_id=read.article_id,
        site=read.site,
        period=period,
        when=read.when,
        at=read.at,
        unit=read.unit,
        words=read.words.astype("<u8").tobytes(),
        quoted=np.packbits(read.quoted).tobytes(),
    )


def restored(kept: Words, size: int) -> Shingled:
    """Give back what `shingle` made; `size` is the number of words in a shingle."""
    hashes = np.frombuffer(kept.words, dtype="<u8").astype(np.uint64)
    bits = np.unpackbits(np.frombuffer(kept.quoted, dtype=np.uint8), count=len(hashes))
    return Shingled(
        article_id=kept.article_id,
        site=kept.site,
        when=kept.when,
        at=kept.at,
        unit=kept.unit,
        words=hashes,
        quoted=bits.astype(np.bool_),
        shingles=hash_shingles(hashes, size),
    )


def shingle(article: Article, size: int) -> Shingled:
    """Turn an article's text into numbers.

    Args:
        article: `text` is read, its title is not: outlets change titles first.
        size: words in a shingle.
    """
    at = instant(article.fetched or article.published or "")
    words, quoted = read_words(article.text)
    hashes = np.fromiter((_word_hash(word) for word in words), dtype=np.uint64, count=len(words))
    hashes, unit = _spanned(hashes, words, article.text)
    return Shingled(
        article_id=article.id,
        site=article.site,
        when=article.published or article.fetched or "",
        at=None if at is None else int(at.timestamp()),
        words=hashes,
        unit=unit,
        quoted=np.array(quoted, dtype=np.bool_),
        shingles=hash_shingles(hashes, size),
    )
