"""Links -> groups that cannot chain: every member is linked to the group's medoid itself.

Connected components let one page glue thousands of stories. Here the text that is most similar to
all its copies becomes a medoid and takes exactly those that join with it; then the next one among
the rest does (star clustering: Aslam, Pelekhov and Rus 2004, with similarity as weight).
"""

from collections.abc import Mapping

from crawler.clustering.links import Link, Links
from crawler.clustering.texts import Text
from crawler.config import ClusteringParams
from crawler.items import Relation


def group(
    texts: Mapping[str, Text],
    links: Links,
    composites: frozenset[str],
    params: ClusteringParams,
) -> dict[str, list[str]]:
    """Give medoid -> its members (itself included, sorted); every text is in exactly one group.

    Composites only group with each other, and only when nearly all of both is shared: a roundup
    that several sites carry is a text with copies, too.
    """

    def joins(name: str, other: str, edge: Link) -> bool:
        if name in composites or other in composites:
            both = name in composites and other in composites
            return both and min(edge.own, edge.other) >= params.composite_twins
        return edge.joins

    near = {
        name: {other: edge for other, edge in edges.items() if joins(name, other, edge)}
        for name, edges in links.of.items()
    }
    weight = {
        name: sum(min(edge.own, edge.other) for edge in edges.values())
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
    groups: dict[str, list[str]] = {}
    for name in sorted(texts):
        groups.setdefault(medoid_of[name], []).append(name)
    return groups


def _takes(near: Mapping[str, Link], links: Links, params: ClusteringParams) -> list[str]:
    """Give those a medoid takes of the texts that join with it.

    Copies of one text are copies of each other, too. Texts that are not are held together by the
    medoid alone: reports made from one template, or unrelated pages that begin with one greeting.
    So each must join with a share of the others; the loosest goes first, until all do. Where the
    medoid would be only the beginning of a text that joins with none of the others, it is no copy.
    """
    taken = dict(near)
    kin = {name: _joined(links.of[name], taken) for name in taken}
    while taken:
        loosest = min(
            taken,
            key=lambda name: (len(kin[name]), min(taken[name].own, taken[name].other), name),
        )
        if len(kin[loosest]) >= int(params.kin_share * (len(taken) - 1)):
            break
        del taken[loosest]
        for others in kin.values():
            others.discard(loosest)
    return [
        name
        for name, edge in taken.items()
        if kin[name] or len(near) == 1 or edge.relation is not Relation.ABRIDGED
    ]


def _joined(edges: Mapping[str, Link], among: Mapping[str, Link]) -> set[str]:
    """Give those of `among` that a text joins with."""
    return {other for other, edge in edges.items() if other in among and edge.joins}
