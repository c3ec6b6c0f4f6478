"""A set with its truth, and what was found -> the articles that stand in the wrong place.

One line an article, not a pair: a cluster of forty that lost one copy has one mistake, not forty.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawler.items import Relation
from crawler.quality.recipes import Found
from crawler.quality.truth import LabelledSet, Truth, ordered, reverse


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """An article in the wrong place."""

    mistake: str
    """`missed`: apart from most of its copies; `joined`: among articles of another text."""
    id: str
    """The article."""
    other: str
    """One that it should stand with (its original where that is there), or should not."""
    kind: str
    """Kind of the article."""
    other_kind: str
    """Kind of the other one."""
    cut: float | None
    """Share of its original that the article keeps."""
    relation: Relation | None
    """Found from the article to the other one; `none` where they were not related, None where the
    recipe names no relations."""


def find_mistakes(labelled: LabelledSet, found: Found) -> Iterator[Mistake]:
    """Give the misplaced articles in the order of the set; one may be missed and joined."""
    truths = {name: truth for name, truth in labelled.truths.items() if truth.cluster is not None}
    by_class: dict[str, list[str]] = defaultdict(list)
    by_cluster: dict[str, list[str]] = defaultdict(list)
    for name, truth in truths.items():
        by_class[truth.cluster or ""].append(name)
        by_cluster[found.cluster_of[name]].append(name)
    for name, truth in truths.items():
        copies = _others(name, by_class[truth.cluster or ""], found.cluster_of)
        if copies:
            other = truth.of if truth.of in copies else copies[0]
            yield _mistake("missed", name, other, truths, found)
        classes = {
            member: truths[member].cluster or "" for member in by_cluster[found.cluster_of[name]]
        }
        strangers = _others(name, list(classes), classes)
        if strangers:
            yield _mistake("joined", name, strangers[0], truths, found)


def _others(name: str, members: Sequence[str], home_of: Mapping[str, str]) -> list[str]:
    """Give the members at the most frequent home, where that is not the home of `name`.

    Among homes of one size the first one counts, so that of a pair one article is misplaced.
    """
    homes = Counter(home_of[member] for member in members)
    main = homes.most_common(1)[0][0]
    if home_of[name] == main:
        return []
    return [member for member in members if home_of[member] == main]


def _mistake(
    mistake: str, name: str, other: str, truths: Mapping[str, Truth], found: Found
) -> Mistake:
    relation = None
    if found.relation_of is not None:
        seen = found.relation_of.get(ordered(name, other), Relation.NONE)
        relation = seen if name < other else reverse(seen)
    return Mistake(
        mistake=mistake,
        id=name,
        other=other,
        kind=truths[name].kind,
        other_kind=truths[other].kind,
        cut=truths[name].cut,
        relation=relation,
    )
