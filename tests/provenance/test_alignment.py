"""Two texts aligned by words."""

import random

from hypothesis import given
from hypothesis import strategies as st

from crawler.provenance.alignment import Place, differences, split

few = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=40)


@given(few, few)
def test_the_differences_turn_one_into_the_other(a: list[str], b: list[str]) -> None:
    made: list[str] = []
    at = 0
    for place in differences(a, b):
        made += [*a[at : place.start], *b[place.from_ : place.to]]
        at = place.end
    assert made + a[at:] == b


@given(few)
def test_a_text_does_not_differ_from_itself(a: list[str]) -> None:
    assert differences(a, a) == []


def test_each_change_is_found_where_it_is() -> None:
    a = split("The board said on Tuesday that divers had fitted the new shaft in four days.").folded
    b = split("The board said that divers had quietly fitted the new shaft in five days.").folded
    assert differences(a, b) == [Place(3, 5, 3, 3), Place(8, 8, 6, 7), Place(13, 14, 12, 13)]


def test_long_texts_with_nothing_in_common_are_one_place() -> None:
    rng = random.Random(1)
    a = [f"a{rng.random()}" for _ in range(3000)]
    b = [f"b{rng.random()}" for _ in range(3000)]
    assert differences(a, b) == [Place(0, 3000, 0, 3000)]


def test_words_are_folded_and_quoted_as_written() -> None:
    words = split("“It’s” ＴＥＲＮ Rock,\nhe said. 東京")
    assert words.folded == ("it's", "tern", "rock", "he", "said", "東", "京")
    assert words.quote(0, 3) == "It’s” ＴＥＲＮ Rock"
    assert words.quote(2, 2) == ""
