"""From a few articles to everything whose cluster can have changed with them."""

from collections.abc import Iterable

from crawler.engines.memory import Memory
from crawler.items import Decision, Pair


def joined(
    memory: Memory, ids: Iterable[str], decisions: Iterable[Decision]
) -> tuple[set[str], set[str], list[Pair]]:
    """Give the articles to group, their other neighbours, and the pairs of both.

    An article belongs with those of its former cluster, with all that may stand in one cluster
    with it, and with those that a person put together with it; and so on from each of these.
    """
    bound = [
        {*each.articles, *each.others} for each in decisions if each.kind in ("merge", "split")
    ]
    inside: set[str] = set()
    pairs: dict[tuple[str, str], Pair] = {}
    fresh = set(ids)
    while fresh:
        inside |= fresh
        reached = {m.article_id for _, old in memory.clusters_of(fresh) for m in old.members}
        for pair in memory.pairs(fresh):
            pairs[pair.a, pair.b] = pair
            if pair.whole:
                reached |= {pair.a, pair.b}
        for group in bound:
            if not group.isdisjoint(fresh):
                reached |= group
        fresh = reached - inside
    beside = {name for key in pairs for name in key} - inside
    for pair in memory.pairs(beside):
        pairs[pair.a, pair.b] = pair
    return inside, beside, list(pairs.values())
