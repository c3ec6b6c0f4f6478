"""Candidates: copies are found, cut copies too, strangers are not."""

import numpy as np
import pytest

from crawler.config import FingerprintParams
from crawler.fingerprint import anchored_pairs, candidate_pairs, sign
from crawler.fingerprint.anchors import MAX_HOLDERS
from crawler.items import Signature

PARAMS = FingerprintParams()


def shingles(start: int, count: int) -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    """Distinct well-mixed numbers; equal arguments give equal ones."""
    rows = np.arange(start, start + count, dtype=np.uint64)
    mixed = rows * np.uint64(0x9E3779B97F4A7C15)
    return mixed ^ (mixed >> np.uint64(29))


def test_similar_texts_become_candidates_once_and_in_order() -> None:
    sets = [("b", shingles(0, 400)), ("a", shingles(40, 400)), ("c", shingles(9000, 400))]
    assert list(candidate_pairs(sign(sets, PARAMS), PARAMS)) == [("a", "b")]


def test_a_brief_inside_a_long_page_is_found_by_its_anchors() -> None:
    brief, page = shingles(0, 60), np.concatenate([shingles(0, 60), shingles(5000, 900)])
    assert list(anchored_pairs([("page", page), ("brief", brief)])) == [("brief", "page")]


def test_one_shared_phrase_is_no_anchor() -> None:
    one = np.concatenate([shingles(0, 1), shingles(1000, 300)])
    two = np.concatenate([shingles(0, 1), shingles(2000, 300)])
    assert list(anchored_pairs([("a", one), ("b", two)])) == []


def test_what_stands_in_very_many_texts_gives_no_pairs() -> None:
    crowd = [(f"{number:03}", shingles(0, 80)) for number in range(MAX_HOLDERS + 1)]
    assert list(anchored_pairs(crowd)) == []
    assert len(list(anchored_pairs(crowd[:3]))) == 3


def test_no_texts_give_no_candidates() -> None:
    assert list(anchored_pairs([])) == []
    assert list(candidate_pairs([], PARAMS)) == []


def test_signatures_of_another_scheme_are_refused_not_mixed() -> None:
    mine = next(sign([("a", shingles(0, 50))], PARAMS))
    old = Signature(
        article_id="b",
        scheme="legacy",
        seed=1,
        shingling=mine.shingling,
        shingles=50,
        hashvalues=mine.hashvalues,
    )
    with pytest.raises(ValueError, match="scheme"):
        list(candidate_pairs([mine, old], PARAMS))
