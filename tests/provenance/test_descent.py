"""The version tree: what was made from what, and how sure that is."""

import random
from datetime import datetime, timedelta

import pytest

from crawler.items import Branch, Certainty, Edit
from crawler.provenance.descent import draw
from crawler.provenance.intervals import Interval
from crawler.provenance.readings import Version
from tests.provenance.made_up import TEXT
from tests.provenance.transmission import START, history, versions

LINES = TEXT.split("\n")


def version(number: int, text: str, hour: float, *, copies: int = 1) -> Version:
    ran = START + timedelta(hours=hour)
    interval = Interval(low=ran, high=ran + timedelta(minutes=1), basis="test")
    return Version(number=number, text=text, interval=interval, copies=copies)


def parents(branches: tuple[Branch, ...]) -> dict[int, int | None]:
    return {branch.child: branch.parent for branch in branches}


def test_a_cut_copy_comes_from_the_whole_one_and_the_whole_one_from_the_source() -> None:
    whole, cut = version(1, TEXT, 0), version(2, "\n".join(LINES[:3]), 2)
    found = draw([cut, whole])
    assert parents(found) == {1: None, 2: 1}
    assert found[1].own == (Edit(before="\n".join(LINES[3:]).rstrip("."), after=""),)


def test_a_copy_that_lacks_a_passage_has_handed_it_to_nobody() -> None:
    """Although it ran before the whole one, which therefore came from elsewhere."""
    found = draw([version(1, "\n".join(LINES[:3]), 0), version(2, TEXT, 2)])
    assert parents(found)[2] is None


def test_an_update_comes_from_what_it_added_to() -> None:
    added = [
        *LINES[:2],
        "The lamp was tried on Friday night, and a trawler complained.",
        *LINES[2:],
    ]
    early, update = version(1, TEXT, 0), version(2, "\n".join(added), 3)
    later = version(3, "\n".join(added).replace("300 jars", "some 300 jars"), 5)
    found = draw([early, update, later])
    assert parents(found) == {1: None, 2: 1, 3: 2}
    assert any("trawler complained" in edit.after for edit in found[2].shared)


def test_changes_in_common_join_two_copies_and_are_quoted() -> None:
    changed = TEXT.replace("four winters", "five long winters").replace("an hour", "two hours")
    changed = changed.replace("a storm", "a gale")
    again = changed.replace("people home", "everyone home")
    found = draw(
        [
            version(1, TEXT, 0),
            version(2, changed, 1),
            version(3, again, 2),
            version(4, TEXT.replace("300 jars", "400 jars"), 3),
        ]
    )
    assert parents(found) == {1: None, 2: 1, 3: 2, 4: 1}
    assert found[2].certainty is Certainty.CERTAIN
    assert Edit(before="four", after="five long") in found[2].shared
    assert found[2].shared_count == 3
    assert found[2].own == (Edit(before="people", after="everyone"),)
    assert "3 readings that the common source had not" in " ".join(found[2].reasons)


def test_two_copies_with_changes_of_their_own_come_from_a_source_that_was_not_seen() -> None:
    one = TEXT.replace("four winters", "five winters").replace("lens", "old lens")
    other = TEXT.replace("300 jars", "400 jars").replace("lamp", "new lamp")
    third = TEXT.replace("June", "summer").replace("single ship", "single boat")
    found = draw([version(1, one, 0), version(2, other, 1), version(3, third, 2)])
    assert set(parents(found).values()) == {None}


def test_who_would_do_as_well_is_named() -> None:
    """Two copies of one version's text, each with a change that a third copy lost with its end."""
    one = TEXT.replace("an hour", "two hours")
    other = TEXT.replace("an hour", "half a day")
    cut = "\n".join(LINES[:3])
    found = draw([version(1, one, 0), version(2, other, 1), version(3, cut, 2)])
    assert found[2].certainty is Certainty.ONE_OF
    assert {found[2].parent, *found[2].alternatives} == {1, 2}


def test_a_branch_against_the_times_is_not_sure() -> None:
    """The texts say that 2 was made from 1; the clocks say that 1 ran hours later."""
    changed = TEXT
    for word in sorted(set(TEXT.replace(".", "").replace(",", "").split()) - {"300", "jars"}):
        if len(word) > 4:
            changed = changed.replace(f" {word}", f" {word}x")
    further = changed
    for word in ("jars", "year", "trust", "will", "July", "said", "home"):
        further = further.replace(f" {word}", f" {word}y")
    plain = [version(3 + at, TEXT.replace("300", str(at)), at / 4) for at in range(4)]
    found = draw([version(1, changed, 9), version(2, further, 2), *plain])
    assert found[1].parent == 1
    assert found[1].certainty is Certainty.UNKNOWN
    assert "claims to have run later" in " ".join(found[1].reasons)


def test_one_version_has_no_tree() -> None:
    assert draw([version(1, TEXT, 0)]) == ()


def test_versions_without_times_and_empty_ones_are_drawn() -> None:
    never = Interval(low=None, high=None, basis="")
    given = [
        Version(number=number, text=text, interval=never, copies=1)
        for number, text in enumerate(["", "word", TEXT], start=1)
    ]
    assert [branch.child for branch in draw(given)] == [1, 2, 3]


def accuracy(size: int, blur: timedelta, from_source: float) -> tuple[float, float]:
    """Give the share of right branches, of all and of the certain ones."""
    right: list[tuple[bool, bool]] = []
    for seed in range(8):
        copies = history(seed, size, from_source=from_source)
        for copy, branch in zip(copies, draw(versions(copies, blur=blur)), strict=True):
            ok = (branch.parent or 0) == copy.parent
            right.append((ok, branch.certainty is Certainty.CERTAIN))
    sure = [ok for ok, certain in right if certain]
    return sum(ok for ok, _ in right) / len(right), sum(sure) / len(sure)


@pytest.mark.parametrize("from_source", [0.0, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("blur", [timedelta(), timedelta(days=30)], ids=["timed", "untimed"])
def test_made_up_histories_are_found_again(blur: timedelta, from_source: float) -> None:
    every, sure = accuracy(12, blur, from_source)
    assert every >= 0.75
    assert sure >= 0.95


def test_the_order_in_which_versions_arrive_does_not_matter() -> None:
    given = versions(history(5, 20))
    shuffled = given.copy()
    random.Random(5).shuffle(shuffled)
    assert draw(shuffled) == draw(given)


@pytest.mark.slow
def test_two_hundred_versions_take_seconds() -> None:
    began = datetime.now().astimezone()
    assert len(draw(versions(history(1, 200)))) == 200
    assert datetime.now().astimezone() - began < timedelta(seconds=30)
