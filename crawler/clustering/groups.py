"""Links -> groups that cannot chain: every member is linked to the group's medoid itself.

Connected components let one page glue thousands of stories. Here the text that is most similar to
all its copies becomes a medoid and takes exactly those that join with it; then the next one among
the rest does (star clustering: Aslam, Pelekhov and Rus 2004, with similarity as weight).
"""

from collections.abc import Collection, Mapping
from math import fsum

from crawler.clustering.links import Link, Links
from crawler.clustering.words import Constraints
from crawler.config import ClusteringParams
from crawler.items import Relation, Signature

Groups = dict[str, list[str]]
"""Medoid -> its members (itself included, sorted)."""


def group(
    texts: Mapping[str, Signature],
    links: Links,
    composites: Collection[str],
    bound: Constraints,
    params: ClusteringParams,
) -> Groups:
    """Put every text into exactly one group.

    Composites only group with each other, and only when nearly all of both is shared: a roundup
    that several sites carry is a text with copies, too.
    """

    def joins(name: str, other: str, edge: Link) -> bool:
        if bound.apart and bound.forbids(name, other):
            return False
        if name in composites or other in composites:
            both = name in composites and other in composites
            return both and min(edge.own, edge.other) >= params.composite_twins
        return edge.joins

    near = {
        name: {
            other: edge
            for other, edge in links.get(name, {}).items()
            if other in texts and joins(name, other, edge)
        }
        for name in texts
    }
    # Not `sum`: what that gives depends on the order, and equal texts must weigh the same.
    weight = {
        name: fsum(min(edge.own, edge.other) for edge in edges.values())
        for name, edges in near.items()
    }
    order = sorted(texts, key=lambda name: (-weight[name], -texts[name].length, name))
    medoid_of: dict[str, str] = {}
    for name in order:
        if name in medoid_of:
            continue
        medoid_of[name] = name
        for other in _takes(near[name], links, params):
            medoid_of.setdefault(other, name)
    groups: Groups = {}
    for name in sorted(texts):
        groups.setdefault(medoid_of[name], []).append(name)
    return obey(groups, bound)


def _takes(near: Mapping[str, Link], links: Links, params: ClusteringParams) -> list[str]:
    """Give those a medoid takes of the texts that join with it.

    Copies of one text are copies of each other, too. Texts that are not are held together by the
    medoid alone: reports made from one template, or unrelated pages that begin with one greeting.
    So each must join with a share of the others, unless nearly all of it stands in the medoid; the
    loosest goes first, until all do.
    """
    taken = dict(near)
    kin = {name: _joined(links[name], taken) for name in taken}
    loose = {name: edge for name, edge in taken.items() if edge.other < params.held_share}
    while loose:
        loosest = min(
            loose,
            key=lambda name: (len(kin[name]), min(loose[name].own, loose[name].other), name),
        )
        if len(kin[loosest]) >= int(params.kin_share * (len(taken) - 1)):
            break
        del taken[loosest], loose[loosest]
        for others in kin.values():
            others.discard(loosest)
    return _without_beginnings(taken, kin, params)


def _without_beginnings(
    taken: Mapping[str, Link], kin: Mapping[str, set[str]], params: ClusteringParams
) -> list[str]:
    """Leave out longer texts of which the medoid is only the beginning.

    A brief takes in the whole stories that it was cut from, and those are copies of each other. A
    greeting or a notice that unrelated pages begin with takes in none of them.
    """
    longer = {
        name
        for name, edge in taken.items()
        if edge.relation is Relation.ABRIDGED and edge.other < params.beginning_share
    }
    return [
        name
        for name in taken
        if name not in longer
        or len(taken) == 1
        or (kin[name] and len(kin[name] & longer) >= params.kin_share * (len(longer) - 1))
    ]


def _joined(edges: Mapping[str, Link], among: Mapping[str, Link]) -> set[str]:
    """Give those of `among` that a text joins with."""
    return {other for other, edge in edges.items() if other in among and edge.joins}


def obey(groups: Groups, bound: Constraints) -> Groups:
    """Unite and part groups as people decided; the larger part of a group keeps its medoid."""
    for united in bound.together:
        groups = _unite(groups, united)
    for left, right in bound.apart:
        groups = _part(groups, left, right)
    return groups


def _unite(groups: Groups, united: frozenset[str]) -> Groups:
    touched = [medoid for medoid, members in groups.items() if not united.isdisjoint(members)]
    if len(touched) < len(("one", "another")):
        return groups
    medoid = min(touched, key=lambda name: (-len(groups[name]), name))
    rest = {name: members for name, members in groups.items() if name not in touched}
    rest[medoid] = sorted(name for each in touched for name in groups[each])
    return rest


def _part(groups: Groups, left: frozenset[str], right: frozenset[str]) -> Groups:
    parted: Groups = {}
    for medoid, members in groups.items():
        mine, theirs = left.intersection(members), right.intersection(members)
        leaving: frozenset[str] = frozenset()
        if mine and theirs:
            leaving = min(mine, theirs, key=lambda side: (medoid in side, len(side), min(side)))
        staying = [name for name in members if name not in leaving]
        parted[medoid] = staying
        if leaving:
            parted[min(leaving)] = sorted(leaving)
    return parted
