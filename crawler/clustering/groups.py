"""Links -> groups that cannot chain: every member is linked to the group's medoid itself.

Connected components let one page glue thousands of stories. Here the text that is most similar to
all its copies becomes a medoid and takes exactly those that join with it; then the next one among
the rest does (star clustering: Aslam, Pelekhov and Rus 2004, with similarity as weight).
"""

from collections.abc import Mapping

from crawler.clustering.links import Link, Links
from crawler.clustering.texts import Text


def group(
    texts: Mapping[str, Text], links: Links, composites: frozenset[str], composite_twins: float
) -> dict[str, list[str]]:
    """Give medoid -> its members (itself included, sorted); every text is in exactly one group.

    Composites only group with each other, and only when nearly all of both is shared: a roundup
    that several sites carry is a text with copies, too.
    """

    def joins(name: str, other: str, edge: Link) -> bool:
        if name in composites or other in composites:
            both = name in composites and other in composites
            return both and min(edge.own, edge.other) >= composite_twins
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
        for other in near[name]:
            medoid_of.setdefault(other, name)
    groups: dict[str, list[str]] = {}
    for name in sorted(texts):
        groups.setdefault(medoid_of[name], []).append(name)
    return groups
