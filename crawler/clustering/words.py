"""Decisions -> what must stand together and what must stay apart.

A person's word beats every threshold, and a later word beats an earlier one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from crawler.items import Decision

Ids = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """What decisions ask for, free of contradictions."""

    together: tuple[Ids, ...] = ()
    """Sets of articles that belong to one cluster each."""
    apart: tuple[tuple[Ids, Ids], ...] = ()
    """No article of the first set is a copy of one of the second."""

    def forbids(self, one: str, two: str) -> bool:
        """Say whether two articles must not stand in one cluster."""
        return any(
            (one in left and two in right) or (two in left and one in right)
            for left, right in self.apart
        )


def constraints(decisions: Iterable[Decision]) -> Constraints:
    """Read the decisions that hold, in the order in which they were taken."""
    together: list[Ids] = []
    apart: list[tuple[Ids, Ids]] = []
    for decision in sorted(decisions, key=lambda each: each.id):
        if decision.undone is not None:
            continue
        articles, others = frozenset(decision.articles), frozenset(decision.others)
        if decision.kind == "merge":
            united = articles | others
            apart = [_without(pair, united) for pair in apart]
            together.append(united)
        elif decision.kind == "split":
            together = [part for whole in together for part in _parted(whole, articles, others)]
            apart.append((articles, others))
    return Constraints(
        together=tuple(each for each in together if len(each) > 1),
        apart=tuple((left, right) for left, right in apart if left and right),
    )


def _without(pair: tuple[Ids, Ids], united: Ids) -> tuple[Ids, Ids]:
    """Take back an earlier split as far as a later merge contradicts it."""
    left, right = pair
    if left & united and right & united:
        return left - united, right
    return pair


def _parted(whole: Ids, articles: Ids, others: Ids) -> list[Ids]:
    """Take back an earlier merge as far as a later split contradicts it."""
    if whole & articles and whole & others:
        return [whole - articles, whole & articles]
    return [whole]
