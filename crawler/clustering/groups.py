"""Links -> groups that cannot chain: every member is linked to the group's medoid itself.

Connected components let one page glue thousands of stories. Here the text that is most similar to
all its copies becomes a medoid and takes exactly those that join with it; then the next one among
the rest does (star clustering: Aslam, Pelekhov and Rus 2004, with similarity as weight).
"""

from collections.abc import Mapping

from crawler.clustering.links import Link, Links
from crawler.clustering.texts import Text
from crawler.config import ClusteringParams


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
        for other in _takes(near[name], links, params.fragment_share):
            medoid_of.setdefault(other, name)
    groups: dict[str, list[str]] = {}
    for name in sorted(texts):
        groups.setdefault(medoid_of[name], []).append(name)
    return groups


def _takes(near: Mapping[str, Link], links: Links, fragment_share: float) -> list[str]:
    """Give those a medoid takes of the texts that join with it.

    Much longer texts that begin with the medoid's words may be the whole story of which it is a
    brief; then they are copies of each other. Where they are not, the medoid is a fragment that
    unrelated pages begin with (a welcome, a weather line), and they do not join through it.
    """

    def joined(name: str, other: str) -> bool:
        return other in links.of[name] and links.of[name][other].joins

    longer = [other for other, edge in near.items() if edge.other < fragment_share]
    kin = {name: sum(joined(name, other) for other in longer) for name in longer}
    return [other for other in near if other not in kin or kin[other] >= (len(longer) - 1) / 2]
