"""Find the articles outside a cluster that share something with a copy in it.

Compared pairs arrive; what leaves is one `Relative` for each such article, closest first.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from crawler.items import Article, Bridge, Pair, Relation
from crawler.report.view import MemberView, Refused, Relative
from crawler.report.wording import DISTANCE, REVERSED, headline_of, link_of

# Relatives listed for one cluster: a roundup or an archive page can share a passage with
# thousands, and the closest are what a reader follows.
MAX_RELATIVES = 50


def pairs_by_article(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    """Index the pairs that share anything by both their articles."""
    by_article: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.relation is not Relation.NONE:
            by_article[pair.a].append(pair)
            by_article[pair.b].append(pair)
    return by_article


def bridges_by_article(bridges: Iterable[Bridge]) -> dict[str, list[Bridge]]:
    """Index refused articles by themselves and by the articles that they would have joined."""
    by_article: dict[str, list[Bridge]] = defaultdict(list)
    for bridge in bridges:
        for one in {bridge.article_id, *bridge.beside}:
            by_article[one].append(bridge)
    return by_article


def refused(
    members: Sequence[MemberView],
    articles: Mapping[str, Article],
    bridges: Mapping[str, Sequence[Bridge]],
) -> tuple[Refused, ...]:
    """Give the articles that were refused to join a cluster, each once, by id."""
    inside = {member.article_id for member in members}
    near = {
        bridge.article_id: bridge.reason
        for one in inside
        for bridge in bridges.get(one, ())
        if bridge.article_id not in inside and bridge.article_id in articles
    }
    return tuple(
        Refused(
            headline=headline_of(articles[one].title, articles[one].text),
            site=articles[one].site,
            url=link_of(articles[one].url),
            reason=reason,
        )
        for one, reason in sorted(near.items())
    )


def relatives(
    members: Sequence[MemberView],
    articles: Mapping[str, Article],
    pairs: Mapping[str, Sequence[Pair]],
    pages: Mapping[str, str],
) -> tuple[Relative, ...]:
    """Give the articles outside that share something, each with the copy it shares most with."""
    inside = {member.article_id for member in members}
    best: dict[str, Relative] = {}
    for member in members:
        for pair in pairs.get(member.article_id, ()):
            other = pair.b if pair.a == member.article_id else pair.a
            if other in inside or other not in articles:
                continue
            relative = _relative(pair, articles[other], member, pages.get(other, ""))
            if other not in best or relative.share_of_member > best[other].share_of_member:
                best[other] = relative
    ordered = sorted(
        best.items(),
        key=lambda item: (DISTANCE[item[1].relation], -item[1].share_of_member, item[0]),
    )
    return tuple(relative for _, relative in ordered[:MAX_RELATIVES])


def _relative(pair: Pair, article: Article, member: MemberView, page: str) -> Relative:
    forward = pair.a == article.id
    relation = pair.relation if forward else REVERSED.get(pair.relation, pair.relation)
    return Relative(
        headline=headline_of(article.title, article.text),
        site=article.site,
        url=link_of(article.url),
        page=page,
        relation=relation,
        member=member.number,
        share_of_relative=pair.containment_a if forward else pair.containment_b,
        share_of_member=pair.containment_b if forward else pair.containment_a,
    )
