"""Sketches: independent of order, comparable, and honest about what they were made with."""

import random

import numpy as np
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import FingerprintParams
from crawler.fingerprint import (
    SCHEME,
    SHINGLING_VERSION,
    Sketch,
    kind_of,
    packed,
    restored,
    shingle,
    sign,
)
from crawler.fingerprint.shingles import hash_shingles
from crawler.items import Article

PARAMS = FingerprintParams()
numbers = st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=60, unique=True)


def drawn(values: "np.ndarray[tuple[int], np.dtype[np.uint64]]") -> Sketch:
    return next(sign([values], PARAMS))


def minhash(sketch: Sketch) -> MinHash:
    return MinHash(
        hashvalues=np.frombuffer(sketch.hashvalues, dtype="<u4"),
        seed=PARAMS.seed,
        hashfunc=int,
        scheme=SCHEME,
    )


@given(numbers, st.randoms(use_true_random=False))
def test_a_sketch_does_not_depend_on_the_order_of_shingles(
    values: list[int], rng: random.Random
) -> None:
    shuffled = [*values, values[0]]
    rng.shuffle(shuffled)
    first, second = (drawn(np.array(row, dtype=np.uint64)) for row in (values, shuffled))
    assert first == second


def test_a_sketch_is_the_one_that_datasketch_gives() -> None:
    own = minhash(drawn(np.array([3 << 32, 5 << 32, 7 << 32], dtype=np.uint64)))
    theirs = MinHash(num_perm=PARAMS.permutations, seed=PARAMS.seed, hashfunc=int, scheme=SCHEME)
    theirs.update_batch([3, 5, 7])
    assert own == theirs


def test_the_kind_says_what_a_signature_was_made_with() -> None:
    assert kind_of(PARAMS) == f"{SHINGLING_VERSION}/5/{SCHEME}/1/128"


def test_anchors_are_the_shingles_that_every_text_would_choose() -> None:
    found = drawn(np.arange(10, dtype=np.uint64))
    assert np.frombuffer(found.anchors, dtype="<u8").tolist() == [0, 4, 8]
    assert (found.shingles, len(found.hashvalues)) == (10, 4 * PARAMS.permutations)


def test_a_text_without_shingles_has_no_minima() -> None:
    assert drawn(np.zeros(0, dtype=np.uint64)) == Sketch(shingles=0, hashvalues=b"", anchors=b"")


def test_the_estimate_is_near_the_truth() -> None:
    one = np.arange(2000, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    assert abs(minhash(drawn(one[:1500])).jaccard(minhash(drawn(one[500:]))) - 0.5) < 0.15


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


@given(st.text(max_size=200))
def test_kept_words_come_back_as_they_were(text: str) -> None:
    read = shingle(
        Article(id="x", url="", site="s", title="", text=text, fetched="2026-03-02T00:00:00Z"), 5
    )
    back = restored(packed(read, 7), 5)
    assert (back.article_id, back.site, back.when, back.at) == ("x", "s", read.when, 1772409600)
    for name in ("words", "quoted", "shingles"):
        assert np.array_equal(getattr(back, name), getattr(read, name))
