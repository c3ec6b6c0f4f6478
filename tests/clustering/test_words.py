"""A person's word: later beats earlier, and nothing contradicts itself."""

from crawler.clustering.groups import obey
from crawler.clustering.words import constraints
from crawler.items import Decision


def said(
    number: int, kind: str, articles: str, others: str = "", *, undone: bool = False
) -> Decision:
    return Decision(
        id=number,
        at="",
        kind=kind,
        articles=tuple(articles),
        others=tuple(others),
        undone="later" if undone else None,
    )


def test_a_split_parts_and_a_merge_unites() -> None:
    bound = constraints([said(1, "split", "ab", "cd"), said(2, "merge", "e", "f")])
    assert bound.forbids("a", "d")
    assert bound.forbids("d", "a")
    assert not bound.forbids("a", "b")
    assert obey({"a": list("abcd"), "e": ["e"], "f": ["f"]}, bound) == {
        "a": ["a", "b"],
        "c": ["c", "d"],
        "e": ["e", "f"],
    }


def test_a_later_merge_takes_back_what_contradicts_it() -> None:
    bound = constraints([said(1, "split", "ab", "cd"), said(2, "merge", "a", "c")])
    assert not bound.forbids("a", "c")
    assert bound.forbids("b", "d")


def test_a_later_split_takes_back_what_contradicts_it() -> None:
    bound = constraints([said(1, "merge", "ab", "cd"), said(2, "split", "a", "bcd")])
    assert bound.together == (frozenset("bcd"),)
    assert bound.forbids("a", "b")


def test_order_is_that_of_the_log_and_what_was_undone_is_gone() -> None:
    log = [said(2, "merge", "a", "b"), said(1, "split", "a", "b")]
    assert not constraints(log).forbids("a", "b")
    log.append(said(3, "split", "a", "b", undone=True))
    assert constraints(log).together == (frozenset("ab"),)


def test_articles_that_are_gone_do_no_harm() -> None:
    bound = constraints([said(1, "merge", "x", "y"), said(2, "split", "z", "a")])
    assert obey({"a": ["a", "b"]}, bound) == {"a": ["a", "b"]}


def test_a_group_of_three_decided_parts_falls_into_three() -> None:
    bound = constraints([said(1, "split", "a", "bc"), said(2, "split", "b", "c")])
    found = obey({"a": list("abc")}, bound).values()
    assert {frozenset(each) for each in found} == {frozenset("a"), frozenset("b"), frozenset("c")}
