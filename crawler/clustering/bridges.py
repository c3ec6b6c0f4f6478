"""Groups -> the articles that would have glued two of them together, and why they did not."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from crawler.clustering.links import Link, Links
from crawler.clustering.relations import COPIES
from crawler.items import Bridge


def find_bridges(
    groups: Mapping[str, list[str]], links: Links, composites: Collection[str]
) -> Iterator[Bridge]:
    """Give the articles by which connected components would make one cluster of several.

    A composite is one when it carries texts that have nothing to do with each other; another
    article when it may stand in one cluster with members of another group at least as often as with
    those of its own. In order of the article's id.
    """
    home = {name: medoid for medoid, members in groups.items() for name in members}
    for name in sorted(home):
        near = links.get(name, {})
        if name in composites:
            beside = _strangers(near, links)
            if len(beside) > 1:
                yield Bridge(article_id=name, reason="composite", beside=beside)
            continue
        met = Counter(
            home[other]
            for other, edge in near.items()
            if edge.joins and other in home and other not in composites
        )
        own = met.pop(home[name], 0)
        others = sorted((-count, medoid) for medoid, count in met.items() if count >= own)
        if others and own + len(others) > 1:
            yield Bridge(
                article_id=name, reason="loose", beside=tuple(medoid for _, medoid in others)
            )


def _strangers(near: Mapping[str, Link], links: Links) -> tuple[str, ...]:
    """Give the texts that a page carries, one of each story: the largest first."""
    carried = sorted(
        (other for other, edge in near.items() if edge.relation in COPIES),
        key=lambda other: (-near[other].own, other),
    )
    chosen: list[str] = []
    for other in carried:
        if all(other not in links.get(each, {}) for each in chosen):
            chosen.append(other)
    return tuple(chosen)
