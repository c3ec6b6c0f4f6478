"""Signatures: independent of order, comparable, and honest about what they were made with."""

import random

import numpy as np
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import FingerprintParams
from crawler.fingerprint import SCHEME, SHINGLING_VERSION, shingle, sign
from crawler.fingerprint.minhash import restore
from crawler.fingerprint.shingles import hash_shingles
from crawler.items import Article

PARAMS = FingerprintParams()
numbers = st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=60, unique=True)


@given(numbers, st.randoms(use_true_random=False))
def test_a_signature_does_not_depend_on_the_order_of_shingles(
    values: list[int], rng: random.Random
) -> None:
    shuffled = values.copy()
    rng.shuffle(shuffled)
    first, second = (
        next(sign([("x", np.array(row, dtype=np.uint64))], PARAMS)) for row in (values, shuffled)
    )
    assert first == second


def test_a_signature_is_the_one_that_datasketch_gives() -> None:
    shingles = np.array([3 << 32, 5 << 32, 7 << 32], dtype=np.uint64)
    own = restore(next(sign([("x", shingles)], PARAMS)))
    theirs = MinHash(num_perm=PARAMS.permutations, seed=PARAMS.seed, hashfunc=int, scheme=SCHEME)
    theirs.update_batch([3, 5, 7])
    assert own == theirs


def test_a_signature_says_what_it_was_made_with() -> None:
    found = next(sign([("x", np.arange(5, dtype=np.uint64))], PARAMS))
    assert (found.scheme, found.seed, found.shingling) == (SCHEME, 1, SHINGLING_VERSION)
    assert found.shingles == 5
    assert len(found.hashvalues) == 4 * PARAMS.permutations


def test_an_article_without_shingles_is_not_signed() -> None:
    assert list(sign([("x", np.zeros(0, dtype=np.uint64))], PARAMS)) == []


def test_the_estimate_is_near_the_truth() -> None:
    one = np.arange(2000, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    signed = list(sign([("a", one[:1500]), ("b", one[500:])], PARAMS))
    assert abs(restore(signed[0]).jaccard(restore(signed[1])) - 0.5) < 0.15


def test_a_shingle_depends_on_the_order_of_its_words() -> None:
    words = np.array([1, 2, 3, 4, 5], dtype=np.uint64)
    assert hash_shingles(words, 5)[0] != hash_shingles(words[::-1].copy(), 5)[0]


def test_fewer_words_than_a_shingle_give_none() -> None:
    found = shingle(Article(id="x", url="", site="", title="", text="Only four words here"), 5)
    assert len(found.words) == 4
    assert len(found.shingles) == 0


def test_equal_runs_of_words_give_equal_shingles_wherever_they_stand() -> None:
    one, two = (
        shingle(Article(id="x", url="", site="", title="", text=text), 5)
        for text in ("a b c d e f", "x y a b c d e f z")
    )
    assert set(one.shingles.tolist()) <= set(two.shingles.tolist())
