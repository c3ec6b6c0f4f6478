"""What two texts are to each other."""

import random

import pytest

from crawler.clustering.compare import compare
from crawler.clustering.relations import relate, reverse
from crawler.clustering.texts import Text, ready
from crawler.config import ClusteringParams
from crawler.fingerprint import shingle
from crawler.items import Relation
from tests.clustering.made_up import article, cut, edit, story

PARAMS = ClusteringParams()


def text(words: str) -> Text:
    return ready(shingle(article("x", words), 5), None, 5)


def relation(a: str, b: str) -> Relation:
    return relate(compare(text(a), text(b), 5), PARAMS)


WHOLE = story(1)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (WHOLE, WHOLE, Relation.IDENTICAL),
        (WHOLE, WHOLE.replace("\n", "  ").upper(), Relation.IDENTICAL),
        (edit(WHOLE, 12), WHOLE, Relation.EDITED),
        (edit(WHOLE, 14, 1), edit(WHOLE, 14, 2), Relation.EDITED),
        (cut(WHOLE, 0.3), WHOLE, Relation.ABRIDGED),
        (WHOLE, cut(WHOLE, 0.3), Relation.EXPANDED),
        (WHOLE + "\n" + story(2, 400), WHOLE, Relation.EXPANDED),
        (story(3, 300) + "\n" + cut(WHOLE, 0.3), WHOLE, Relation.PARTIAL),
        (WHOLE, story(4), Relation.NONE),
        ("", WHOLE, Relation.NONE),
        ("", "", Relation.NONE),
        ("too short here", "too short here", Relation.IDENTICAL),
    ],
)
def test_relation(a: str, b: str, expected: Relation) -> None:
    assert relation(a, b) is expected


def test_two_reports_that_share_only_what_was_said_are_not_copies() -> None:
    statement = story(9, 120).replace("\n", " ")
    one = f"{story(5, 100)}\nShe said: “{statement}”\n{story(6, 60)}"
    two = f"{story(7, 80)}\n“{statement}”, she added.\n{story(8, 70)}"
    assert relation(one, two) is Relation.QUOTE_ONLY


def test_the_same_passage_outside_quotation_marks_is_partial() -> None:
    passage = story(9, 120).replace("\n", " ")
    one = f"{story(5, 100)}\n{passage}\n{story(6, 60)}"
    two = f"{story(7, 80)}\n{passage}\n{story(8, 70)}"
    assert relation(one, two) is Relation.PARTIAL


def test_a_shared_phrase_is_nothing() -> None:
    assert (
        relation(
            story(5) + " as he told reporters on Monday",
            story(6) + " as he told reporters on Monday",
        )
        is Relation.NONE
    )


@pytest.mark.parametrize("relation", list(Relation))
def test_reading_a_relation_backwards_twice_gives_it_back(relation: Relation) -> None:
    assert reverse(reverse(relation)) is relation


def test_figures_are_shares_of_each_side() -> None:
    found = compare(text(cut(WHOLE, 0.5)), text(WHOLE), 5)
    assert found.containment_a == 1.0
    assert 0.45 < found.containment_b < 0.55
    assert found.jaccard == found.containment_b
    assert found.coverage_a == 1.0
    assert (found.start_a, found.start_b) == (0, 0)


def test_reports_made_from_one_template_are_not_copies() -> None:
    """They share phrases of six words between figures of their own."""
    phrases = [story(200 + n, 6).replace("\n", " ") for n in range(30)]
    one, two = (
        " ".join(f"{phrase} {mark}{n}" for n, phrase in enumerate(phrases)) for mark in "xy"
    )
    found = compare(text(one), text(two), 5)
    assert found.coverage_a > 0.8
    assert found.solid_a == 0.0
    assert relation(one, two) not in (Relation.EDITED, Relation.ABRIDGED, Relation.EXPANDED)


def test_a_speech_that_is_one_quotation_has_copies_as_well() -> None:
    speech = " ".join(f"“{story(500 + n, 40)}”" for n in range(5)).replace("\n", " ")
    assert relation(edit(speech, 15), speech) is Relation.EDITED


RNG = random.Random(4)
JAPANESE = "".join(chr(0x4E00 + RNG.randrange(2000)) for _ in range(600))
THAI = "".join(chr(0x0E01 + RNG.randrange(46)) for _ in range(1500))


@pytest.mark.parametrize("whole", [JAPANESE, THAI])
def test_scripts_without_spaces_are_compared_by_their_characters(whole: str) -> None:
    other = whole[::-1]
    changed = "".join("々" if n % 60 == 7 else one for n, one in enumerate(whole))
    assert relation(whole, changed) is Relation.EDITED
    assert relation(whole[: len(whole) // 3], whole) is Relation.ABRIDGED
    assert relation(whole, other) is Relation.NONE
    passage = whole[: len(whole) // 4]
    assert relation(passage + other, whole) is Relation.PARTIAL
