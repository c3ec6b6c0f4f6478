"""Tell what is new since the last report.

The facts of now and of the last report arrive. Nothing new leaves the last report's news standing:
whoever writes the report twice in a row must not lose them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crawler.report.edition import Arrival, NewsView
from crawler.report.facts import ClusterFacts
from crawler.report.moments import moment

# From this many copies on an article is no single one.
FEWEST_COPIES = 2


@dataclass(frozen=True, slots=True)
class News:
    """What is new, as ids."""

    since: str = ""
    """UTC time of the report compared with; empty for a first report."""
    formed: list[str] = field(default_factory=list)
    """Cluster ids."""
    grown: dict[str, list[str]] = field(default_factory=dict)
    """Cluster id to the ids of new copies."""
    changed: dict[str, list[str]] = field(default_factory=dict)
    """Cluster id to the ids of changed copies."""

    def as_json(self) -> dict[str, Any]:
        """Give it as an object."""
        return {
            "since": self.since,
            "formed": self.formed,
            "grown": self.grown,
            "changed": self.changed,
        }


def find_news(
    former: Mapping[str, ClusterFacts], former_made: str, now: Iterable[ClusterFacts]
) -> News:
    """Compare clusters of now with those of the report made at `former_made`.

    Args:
        former: the clusters of then, or as many as hold an article of those of now.
        former_made: UTC time; empty for a first report, which has no news.
        now: the clusters of now, or those of them that changed.
    """
    news = News(since=former_made)
    if not former_made:
        return news
    words_before = {
        member.article_id: member.words_digest for one in former.values() for member in one.members
    }
    for facts in now:
        if len(facts.members) < FEWEST_COPIES:
            continue
        known = former.get(facts.id)
        if known is None or len(known.members) < FEWEST_COPIES:
            news.formed.append(facts.id)
            continue
        before = {member.article_id for member in known.members}
        grown = [one.article_id for one in facts.members if one.article_id not in before]
        changed = [
            one.article_id
            for one in facts.members
            if words_before.get(one.article_id, one.words_digest) != one.words_digest
        ]
        if grown:
            news.grown[facts.id] = grown
        if changed:
            news.changed[facts.id] = changed
    return news


def told(news: News, facts: Mapping[str, ClusterFacts]) -> NewsView:
    """Give the news with the clusters they are about; what is gone meanwhile is left out."""
    formed = [facts[one] for one in news.formed if one in facts]
    return NewsView(
        since=moment(news.since, "", claimed=False),
        formed=tuple(sorted(formed, key=lambda one: (-len(one.members), one.id))),
        grown=_arrivals(news.grown, facts),
        changed=_arrivals(news.changed, facts),
    )


def _arrivals(
    found: Mapping[str, list[str]], facts: Mapping[str, ClusterFacts]
) -> tuple[Arrival, ...]:
    arrivals = [
        Arrival(
            cluster=facts[one],
            members=tuple(each for each in facts[one].members if each.article_id in set(articles)),
        )
        for one, articles in found.items()
        if one in facts
    ]
    return tuple(sorted(arrivals, key=lambda one: (-len(one.members), one.cluster.id)))
