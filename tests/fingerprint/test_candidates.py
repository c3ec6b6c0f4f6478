"""Candidates: copies are found, cut copies too, strangers are not."""

from collections.abc import Sequence

import numpy as np
from datasketch import MinHash, MinHashLSH
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.config import FingerprintParams
from crawler.fingerprint import SCHEME, candidate_pairs, kind_of, sign
from crawler.fingerprint.candidates import MIN_EQUAL
from crawler.items import Signature

PARAMS = FingerprintParams()
Numbers = np.ndarray[tuple[int], np.dtype[np.uint64]]


def shingles(start: int, count: int) -> Numbers:
    """Distinct well-mixed numbers; equal arguments give equal ones."""
    rows = np.arange(start, start + count, dtype=np.uint64)
    mixed = rows * np.uint64(0x9E3779B97F4A7C15)
    return mixed ^ (mixed >> np.uint64(29))


def signed(sets: dict[str, Numbers]) -> list[Signature]:
    return [
        Signature(
            article_id=name,
            site="",
            when="",
            at=None,
            kind=kind_of(PARAMS),
            words=0,
            length=0,
            left_out=b"",
            digest=b"",
            shingles=sketch.shingles,
            hashvalues=sketch.hashvalues,
            anchors=sketch.anchors,
        )
        for name, sketch in zip(sets, sign(sets.values(), PARAMS), strict=True)
    ]


def found(new: Sequence[Signature], old: Sequence[Signature] = ()) -> list[tuple[str, str]]:
    return list(candidate_pairs(new, old, PARAMS))


def test_similar_texts_become_candidates_once_and_in_order() -> None:
    sets = {"b": shingles(0, 400), "a": shingles(40, 400), "c": shingles(9000, 400)}
    assert found(signed(sets)) == [("a", "b")]


def test_a_brief_inside_a_long_page_is_found_by_its_anchors() -> None:
    sets = {
        "page": np.concatenate([shingles(0, 60), shingles(5000, 3000)]),
        "brief": shingles(0, 60),
    }
    assert found(signed(sets)) == [("brief", "page")]


def test_a_shared_phrase_makes_no_candidates() -> None:
    sets = {
        "a": np.concatenate([shingles(0, 2), shingles(1000, 300)]),
        "b": np.concatenate([shingles(0, 2), shingles(2000, 300)]),
    }
    assert found(signed(sets)) == []


def test_what_was_compared_before_is_not_compared_again() -> None:
    old = signed({"a": shingles(0, 300), "b": shingles(10, 300)})
    new = signed({"c": shingles(5, 300)})
    assert found(new, old) == [("a", "c"), ("b", "c")]
    assert found([], old) == []


def test_no_texts_and_empty_texts_give_no_candidates() -> None:
    assert found([]) == []
    assert found(signed({"a": shingles(0, 0), "b": shingles(0, 0), "c": shingles(0, 50)})) == []


def test_bands_find_what_datasketch_finds() -> None:
    """Its index with the same bands and rows, less the pairs whose minima hardly agree."""
    rng = np.random.default_rng(5)
    sets = {
        f"t{n:02}": np.concatenate([shingles(0, int(rng.integers(0, 200))), shingles(n * 999, 150)])
        for n in range(40)
    }
    index = MinHashLSH(num_perm=PARAMS.permutations, params=(PARAMS.bands, PARAMS.rows))
    sketches: dict[str, MinHash] = {}
    theirs: set[tuple[str, str]] = set()
    mine = [*signed(sets)]
    for each in mine:
        minima = np.frombuffer(each.hashvalues, dtype="<u4")
        sketch = MinHash(hashvalues=minima, seed=PARAMS.seed, hashfunc=int, scheme=SCHEME)
        near = [name for name in index.query(sketch) if sketch.jaccard(sketches[name]) >= MIN_EQUAL]
        theirs |= {(min(name, each.article_id), max(name, each.article_id)) for name in near}
        index.insert(each.article_id, sketch)
        sketches[each.article_id] = sketch
    without_anchors = [
        Signature(**{name: getattr(each, name) for name in FIELDS} | {"anchors": b""})
        for each in mine
    ]
    assert theirs
    assert set(found(without_anchors)) == theirs


FIELDS = tuple(Signature.__dataclass_fields__)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 200)), min_size=2, max_size=8))
def test_whether_two_texts_are_candidates_depends_on_the_two_alone(
    spans: list[tuple[int, int]],
) -> None:
    everyone = signed({f"t{n}": shingles(start, count) for n, (start, count) in enumerate(spans)})
    alone = [
        pair
        for at, one in enumerate(everyone)
        for two in everyone[at + 1 :]
        for pair in found([one], [two])
    ]
    assert found(everyone) == sorted(alone)
