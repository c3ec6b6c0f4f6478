"""What a site repeats in several stories is taken out of them; what a story repeats stays."""

import itertools
import random

from crawler.extraction import drop_repeats
from crawler.extraction.repeats import cut_as_known
from crawler.items import Article

CLOSING = "The Town Post is paid for by its readers, and by nobody else since 1871."
OPENING = "Town Post, your paper for the coast."


def article(name: str, lines: list[str]) -> Article:
    return Article(id=name, url="", site="town.example", title=name, text="\n".join(lines))


def story(name: str, count: int = 4) -> list[str]:
    return [
        f"Paragraph {n} of {name}'s story says what {name} did on day {n}." for n in range(count)
    ]


def apply(articles: list[Article]) -> dict[str, Article]:
    return {one.id: one for one in articles} | {one.id: one for one in drop_repeats(articles)}


def test_a_closing_line_of_three_stories_is_the_sites() -> None:
    given = [article(name, [*story(name), CLOSING]) for name in ("ann", "ben", "cat")]
    found = apply(given)
    assert found["ann"].text.split("\n") == story("ann")
    (piece,) = found["ann"].removed
    assert (piece.text, piece.reason) == (CLOSING, "repeated-on-site")


def test_an_opening_line_too_and_both_together() -> None:
    given = [article(name, [OPENING, *story(name), "By post", CLOSING]) for name in "abc"]
    assert apply(given)["b"].text.split("\n") == story("b")


def test_two_stories_prove_nothing() -> None:
    given = [article(name, [*story(name), CLOSING]) for name in ("ann", "ben")]
    assert list(drop_repeats(given)) == []


def test_three_forms_of_one_story_are_one_story() -> None:
    given = [article(name, [*story("ann"), CLOSING]) for name in ("page", "amp", "print")]
    given.append(article("ben", [*story("ben"), CLOSING]))
    assert list(drop_repeats(given)) == []


def test_a_background_paragraph_in_the_middle_stays() -> None:
    given = [
        article(name, [*story(name), CLOSING, *story(f"{name} later")]) for name in ("a", "b", "c")
    ]
    assert list(drop_repeats(given)) == []


def test_a_line_of_three_among_many_stories_is_not_the_sites() -> None:
    given = [article(f"s{n}", story(f"s{n}")) for n in range(30)]
    given += [article(name, [*story(name), CLOSING]) for name in ("ann", "ben", "cat")]
    assert list(drop_repeats(given)) == []


def test_what_was_cut_comes_back_when_later_stories_do_not_repeat_it() -> None:
    cut = apply([article(name, [*story(name), CLOSING]) for name in ("ann", "ben", "cat")])
    later = [article(f"s{n}", story(f"s{n}")) for n in range(30)]
    found = apply([*cut.values(), *later])
    assert found["ann"].text.split("\n") == [*story("ann"), CLOSING]
    assert found["ann"].removed == ()


def test_a_second_comparison_changes_nothing() -> None:
    cut = apply([article(name, [*story(name), CLOSING]) for name in ("ann", "ben", "cat")])
    assert list(drop_repeats(cut.values())) == []


def test_the_order_of_articles_does_not_matter() -> None:
    given = [article(name, [OPENING, *story(name), CLOSING]) for name in ("a", "b", "c", "d")]
    wanted = apply(given)
    for shuffled in itertools.islice(itertools.permutations(given), 6):
        assert apply(list(shuffled)) == wanted


def test_a_text_that_is_nothing_but_repeats_stays() -> None:
    given = [article(name, [*story(name), CLOSING]) for name in ("ann", "ben", "cat")]
    assert apply([*given, article("note", [CLOSING])])["note"].text == CLOSING


def test_a_large_site_is_compared_in_linear_time() -> None:
    rng = random.Random(1)
    given = [
        article(f"s{n}", [OPENING, *story(f"s{n}", rng.randint(2, 9)), CLOSING]) for n in range(800)
    ]
    assert len(list(drop_repeats(given))) == 800


def test_a_page_read_again_is_cut_as_before() -> None:
    cut = apply([article(name, [*story(name), CLOSING]) for name in ("ann", "ben", "cat")])
    again = article("ann", [*story("ann"), CLOSING])
    assert cut_as_known(again, cut["ann"]) == cut["ann"]
    updated = article("ann", [*story("ann"), "One more thing.", CLOSING])
    assert cut_as_known(updated, cut["ann"]).text.endswith("One more thing.")
    assert cut_as_known(again, again) == again
