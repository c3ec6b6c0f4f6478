"""Measure a crawl and its clusters against the newsroom's truth.

Each number blames one leg only: reach is about addresses, pairs are about the grouping of what was
reached, so a page that was missed does not lower the recall of pairs as well.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.items import Article, Cluster
from crawler.newsroom.records import Request, TruePage, Truth
from crawler.quality.metrics import Share, contingency, harmonic, pair_share
from crawler.urls import canonical, host_of

CLOCK_GRAIN_S = 0.01
"""Seconds by which a gap may fall short of a Crawl-delay: the server notes a request when a thread
of its own gets to it, which on a busy machine is some milliseconds off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a crawl of the newsroom went."""

    reachable: int
    """Copies of wire stories that a polite crawl can reach."""
    reached: int
    """Of these, those that became articles."""
    missed: tuple[str, ...]
    """Addresses of every reachable page (copy, own story or trap) that gave no article."""
    strays: tuple[str, ...]
    """Addresses of articles that are no article page of the newsroom."""
    forbidden: tuple[str, ...]
    """Addresses fetched although robots.txt, or its absence behind an error, forbids it."""
    hasty: tuple[str, ...]
    """Hosts of which two requests came closer together than their Crawl-delay."""
    stories: int
    """Wire stories that have a cluster of two copies or more."""
    stories_known: int
    """Wire stories with two reachable copies or more."""
    impure: tuple[str, ...]
    """Ids of clusters that hold texts of more than one story."""
    pair_precision: float
    """Share of the pairs put together that belong together; 1 where there are none."""
    pair_recall: float
    """Share of the pairs among the reached that were put together; 1 where there are none."""
    firsts_right: int
    """Wire stories whose cluster names the first publisher that is true."""
    firsts_open: int
    """Wire stories whose cluster names none: unknown is an answer, and no wrong one."""

    @property
    def pair_f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return harmonic(self.pair_precision, self.pair_recall)

    @property
    def perfect(self) -> bool:
        """Whether nothing at all is wrong."""
        return (
            not (self.missed or self.strays or self.forbidden or self.hasty or self.impure)
            and self.pair_f1 == 1.0
            and self.firsts_right == self.stories_known
        )

    @property
    def firsts_wrong(self) -> int:
        """Wire stories whose cluster names a first publisher that is not."""
        return self.stories - self.firsts_right - self.firsts_open

    def summary(self) -> str:
        """Say it in one line for the person at the terminal."""
        return (
            f"found {self.reached} of {self.reachable} reachable copies, "
            f"{self.stories} of {self.stories_known} stories, "
            f"{self.firsts_right} first publishers right and {self.firsts_wrong} wrong, "
            f"{len(self.impure)} impure clusters, {len(self.forbidden)} forbidden requests"
        )


def score(
    truth: Truth,
    articles: Iterable[Article],
    clusters: Iterable[Cluster],
    requests: Sequence[Request] = (),
) -> Score:
    """Compare what was found with what is true.

    Args:
        truth: the newsroom's.
        articles: what extraction gave; AMP and print versions count as their page, and those of
            hosts that the truth does not know (added faults) are left aside.
        clusters: the grouping, singletons included or not.
        requests: the server's log; without it only articles can be seen to be forbidden.
    """
    pages = _by_address(truth)
    hosts = {page.host for page in truth.pages}
    given = [article for article in articles if host_of(article.url) in hosts]
    found = {article.id: pages.get(_spelling(article.url)) for article in given}
    reached = {page.url for page in found.values() if page is not None}
    groups = [cluster for cluster in clusters if len(cluster.members) > 1]
    pairs = _judge_pairs(groups, found)
    grouped, firsts, undecided = _judge_stories(truth, groups, found)
    wanted = [page for page in truth.pages if page.reachable]
    return Score(
        reachable=sum(page.kind == "copy" for page in wanted),
        reached=sum(page.kind == "copy" and page.url in reached for page in wanted),
        missed=tuple(page.url for page in wanted if page.url not in reached),
        strays=tuple(sorted(article.url for article in given if found[article.id] is None)),
        forbidden=_forbidden(truth, given, requests),
        hasty=_hasty(truth, requests),
        stories=grouped,
        stories_known=sum(len(story.urls) > 1 for story in truth.stories),
        impure=tuple(cluster.id for cluster in groups if len(_labels(cluster, found)) > 1),
        pair_precision=pairs.precision,
        pair_recall=pairs.recall,
        firsts_right=firsts,
        firsts_open=undecided,
    )


def _spelling(url: str) -> str:
    return canonical(url) or url


def _addresses(page: TruePage) -> tuple[str, ...]:
    return (page.url, *page.variants, *page.parts)


def _by_address(truth: Truth) -> dict[str, TruePage]:
    return {_spelling(url): page for page in truth.pages for url in _addresses(page)}


def _label(article_id: str, found: Mapping[str, TruePage | None]) -> str:
    """Give the label of an article's text; a stray has one of its own."""
    page = found[article_id]
    return page.story if page is not None else f"stray/{article_id}"


def _labels(cluster: Cluster, found: Mapping[str, TruePage | None]) -> Counter[str]:
    """Count the labels in a cluster, members of hosts that do not count aside."""
    ids = [member.article_id for member in cluster.members if member.article_id in found]
    return Counter(_label(article_id, found) for article_id in ids)


def _judge_pairs(groups: Sequence[Cluster], found: Mapping[str, TruePage | None]) -> Share:
    """Judge the pairs put together; an article that is in no group stands alone."""
    home = {member.article_id: group.id for group in groups for member in group.members}
    return pair_share(
        contingency(
            [_label(article_id, found) for article_id in found],
            [home.get(article_id, article_id) for article_id in found],
        )
    )


def _judge_stories(
    truth: Truth, groups: Sequence[Cluster], found: Mapping[str, TruePage | None]
) -> tuple[int, int, int]:
    """Count the stories that have a cluster, whose largest names the true first, or names none."""
    best: dict[str, tuple[int, str | None]] = {}
    known = {story.slug: story for story in truth.stories}
    for cluster in groups:
        firsts = [found.get(member.article_id) for member in cluster.members if member.first]
        # None is no answer, an empty name one that is no publisher of the newsroom.
        first = (firsts[0].publisher if firsts[0] is not None else "") if firsts else None
        for label, count in _labels(cluster, found).items():
            if label in known and count > max(1, best.get(label, (0, ""))[0]):
                best[label] = (count, first)
    right = sum(known[slug].first_publisher == first for slug, (_, first) in best.items())
    return len(best), right, sum(first is None for _, first in best.values())


def _forbidden(
    truth: Truth, articles: Sequence[Article], requests: Sequence[Request]
) -> tuple[str, ...]:
    """Name what was fetched against robots.txt; asking for robots.txt itself is always allowed."""
    asked = {
        f"http://{request.host}{request.path}"
        for request in requests
        if request.path != "/robots.txt"
    }
    asked |= {article.url for article in articles}
    return tuple(
        sorted(
            url
            for url in asked
            if any(
                host_of(url) == host and url.split(host, 1)[1].startswith(prefix)
                for host, prefix in truth.denied
            )
        )
    )


def _hasty(truth: Truth, requests: Sequence[Request]) -> tuple[str, ...]:
    """Name the hosts that were asked faster than they ask for."""
    times: dict[str, list[float]] = defaultdict(list)
    for request in requests:
        times[request.host].append(request.time)
    return tuple(
        host
        for host, delay_s in truth.crawl_delay_s.items()
        if any(
            later - earlier < delay_s - CLOCK_GRAIN_S
            for earlier, later in pairwise(sorted(times[host]))
        )
    )
