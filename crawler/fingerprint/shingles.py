"""Words -> shingles as 64-bit numbers, one for each place in the text.

A number for each place, not only a set: how long the shared runs are and where they stand says
more about copying than how many shingles are shared.
"""

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from crawler.fingerprint.normalise import read_words
from crawler.items import Article, Shingled

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Odd 64-bit constant (2**64 divided by the golden ratio): multiplying by it spreads neighbouring
# numbers over the whole range (Knuth, TAOCP 3, 6.4).
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


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


def shingle(article: Article, size: int) -> Shingled:
    """Turn an article's text into numbers.

    Args:
        article: `text` is read, its title is not: outlets change titles first.
        size: words in a shingle.
    """
    words, quoted = read_words(article.text)
    hashes = np.fromiter((_word_hash(word) for word in words), dtype=np.uint64, count=len(words))
    return Shingled(
        article_id=article.id,
        site=article.site,
        when=article.published or article.fetched or "",
        words=hashes,
        quoted=np.array(quoted, dtype=np.bool_),
        shingles=hash_shingles(hashes, size),
    )
