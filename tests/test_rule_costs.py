"""The table of what extraction's rules save and cost."""

from collections import Counter

from benchmarks.rules import rule_costs
from crawler.items import Article, Removed


def letters(text: str) -> Counter[tuple[str, ...]]:
    return Counter((letter,) for letter in text)


def test_a_piece_costs_what_the_truth_has_and_the_article_lacks() -> None:
    removed = (
        Removed(text="xyz", reason="box"),
        Removed(text="dx", reason="box"),
        Removed(text="ab", reason="repeated"),
    )
    article = Article(
        id="a",
        url="https://town.example/a",
        site="town.example",
        title="",
        text="abc",
        removed=removed,
    )
    table = rule_costs([article, None], ["abcd", "zz"], letters)
    assert table == {
        "box": {"pieces": 2, "saves": 4, "costs": 1},
        "repeated": {"pieces": 1, "saves": 0, "costs": 0},
    }
