"""Turn articles, pairs and clusters into what the report says of them.

Records arrive; a `ReportView` leaves. Nothing here is guessed: a first copy, a gap or a credit
that the records do not give is "unknown".
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from crawler import __version__
from crawler.items import Article, Cluster, Drop, Lead, Member, Pair, Relation, Run
from crawler.report.coverage import PageFailure, build_coverage
from crawler.report.moments import UNKNOWN, Moment, moment, moment_of
from crawler.report.summary import summarise
from crawler.report.view import (
    Claim,
    ClusterView,
    Headline,
    MemberView,
    Relative,
    ReportView,
    RunView,
    SingleView,
    VersionView,
)
from crawler.report.wording import DISTANCE, REVERSED, headline_of, link_of

# Single articles on one page: some 300 KB, which a phone still scrolls.
SINGLES_PER_PAGE = 1000
# Relatives listed for one cluster: a roundup or an archive page can share a passage with
# thousands, and the closest are what a reader follows.
MAX_RELATIVES = 50

_FILE_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def build_view(
    articles: Mapping[str, Article],
    clusters: Iterable[Cluster],
    pairs: Iterable[Pair],
    *,
    now: str,
    run: Run | None = None,
    drops: Iterable[Drop] = (),
    leads: Iterable[Lead] = (),
    page_failures: Iterable[PageFailure] = (),
    stories: Sequence[str] = (),
) -> ReportView:
    """Give the whole report.

    Args:
        articles: by id; a cluster's member that is not in it is passed over.
        clusters: singletons too, in any order.
        pairs: those that cross clusters become relatives.
        now: UTC time of the making.
        run: the run it is about; gives sources and numbers.
        drops: what the run dropped.
        leads: those left out, refused or failed count as not seen; others are passed over.
        page_failures: (URL, source, reason, detail) of pages that gave no article.
        stories: names of the watched stories.
    """
    known = [(cluster, _members(cluster, articles)) for cluster in clusters]
    groups = [(cluster, members) for cluster, members in known if len(members) > 1]
    singles = _singles([members[0] for _, members in known if len(members) == 1], articles)
    pages = {
        member.article_id: page_of(cluster.id) for cluster, members in groups for member in members
    }
    pages |= {
        article_id: f"{singles_page(index // SINGLES_PER_PAGE)}#{single.anchor}"
        for index, (article_id, single) in enumerate(singles)
    }
    relatives = _pairs_by_article(pairs)
    views = [_cluster(cluster, members, articles, relatives, pages) for cluster, members in groups]
    views.sort(key=lambda view: view.id)
    views.sort(key=lambda view: _sortable(view.start), reverse=True)
    views.sort(key=lambda view: (-len(view.members), -len(view.sites)))
    return ReportView(
        generated=moment(now, "", claimed=False),
        program=f"wiretrace {__version__}",
        stories=tuple(stories),
        articles=len(articles),
        sites=len({article.site for article in articles.values()}),
        copies=sum(len(members) for _, members in groups),
        clusters=tuple(views),
        singles=tuple(single for _, single in singles),
        run=_run(run) if run else None,
        coverage=build_coverage(run, drops, leads, page_failures),
    )


def build_cluster(
    cluster: Cluster,
    articles: Mapping[str, Article],
    pairs: Iterable[Pair] = (),
) -> ClusterView:
    """Give one cluster alone, of one or more copies; relatives have no page then.

    Raises:
        KeyError: none of its articles is in `articles`.
    """
    members = _members(cluster, articles)
    if not members:
        raise KeyError(cluster.id)
    return _cluster(cluster, members, articles, _pairs_by_article(pairs), {})


def page_of(cluster_id: str) -> str:
    """Give the page of a cluster, from the report's folder.

    Our own ids are file names; a stranger's may hold anything, a path included.
    """
    safe = _FILE_NAME.fullmatch(cluster_id)
    name = cluster_id if safe else sha256(cluster_id.encode("utf-8", "replace")).hexdigest()[:16]
    return f"clusters/{name}.html"


def singles_page(index: int) -> str:
    """Give the name of the page of single articles, counted from 0."""
    return "singles.html" if index == 0 else f"singles-{index + 1}.html"


def _members(cluster: Cluster, articles: Mapping[str, Article]) -> list[Member]:
    return [member for member in cluster.members if member.article_id in articles]


def _singles(
    members: Sequence[Member], articles: Mapping[str, Article]
) -> list[tuple[str, SingleView]]:
    """Give the articles without a copy, latest first; what has no time comes last."""
    found = [
        (articles[member.article_id], moment_of(articles[member.article_id])) for member in members
    ]
    found.sort(key=lambda item: item[0].id)
    found.sort(key=lambda item: _sortable(item[1]), reverse=True)
    return [
        (
            article.id,
            SingleView(
                anchor=f"a{number}",
                headline=headline_of(article.title, article.text),
                language=article.language or "",
                site=article.site,
                url=link_of(article.url),
                time=time,
                agency=article.agency or "",
            ),
        )
        for number, (article, time) in enumerate(found, start=1)
    ]


def _sortable(time: Moment) -> str:
    """Order times by instant where there is one, else by the claim as it is written."""
    return time.instant.isoformat() if time.instant else time.iso


def _cluster(
    cluster: Cluster,
    kept: Sequence[Member],
    articles: Mapping[str, Article],
    pairs: Mapping[str, Sequence[Pair]],
    pages: Mapping[str, str],
) -> ClusterView:
    ids = [member.article_id for member in kept]
    # The medoid's article may be gone while its cluster is not yet made anew.
    reference_id = cluster.medoid if cluster.medoid in ids else ids[0]
    members = tuple(
        _member(number, member, articles[member.article_id], reference_id)
        for number, member in enumerate(kept, start=1)
    )
    reference = next(member for member in members if member.reference)
    sites = tuple(dict.fromkeys(member.site for member in members))
    first = next((member for member in members if member.first), None)
    lead_s = _lead_s(first, members)
    start, end, span_s = _span(members)
    agencies = tuple(Counter(m.agency for m in members if m.agency).most_common())
    return ClusterView(
        id=cluster.id,
        page=page_of(cluster.id),
        headline=reference.headline,
        language=reference.language,
        summary=summarise(
            members,
            sites=len(sites),
            first=first,
            lead_s=lead_s,
            span=(start, end),
            agencies=agencies,
        ),
        members=members,
        versions=_versions(members, articles),
        reference_text=articles[reference_id].text,
        sites=sites,
        first=first,
        lead_s=lead_s,
        agencies=agencies,
        start=start,
        end=end,
        span_s=span_s,
        weakest=max(members, key=_farness),
        headlines=_headlines(members),
        relatives=_relatives(members, articles, pairs, pages),
    )


def _member(number: int, member: Member, article: Article, reference_id: str) -> MemberView:
    return MemberView(
        number=number,
        article_id=article.id,
        site=article.site,
        headline=headline_of(article.title, article.text),
        language=article.language or "",
        url=link_of(article.url),
        author=article.author or "",
        time=moment_of(article),
        seen=moment(article.fetched, "first seen by us", claimed=False),
        claims=tuple(
            Claim(
                kind=time.kind, moment=moment(time.value, time.source, claimed=True), raw=time.raw
            )
            for time in article.times
        ),
        relation=member.relation,
        in_reference=member.containment_in_medoid,
        of_reference=member.containment_of_medoid,
        version=member.version,
        words=len(article.text.split()),
        first=member.first,
        reference=article.id == reference_id,
        agency=article.agency or "",
        evidence=article.evidence,
        removed=article.removed,
    )


def _lead_s(first: MemberView | None, members: Sequence[MemberView]) -> float | None:
    """Give the seconds to the next copy, from claims with a zone only.

    Our first sight of a page says only that it was there by then, so it makes no gap.
    """
    if first is None or first.time.instant is None or not first.time.claimed:
        return None
    gaps = [
        (member.time.instant - first.time.instant).total_seconds()
        for member in members
        if member is not first and member.time.instant and member.time.claimed
    ]
    return min((gap for gap in gaps if gap >= 0), default=None)


def _span(members: Sequence[MemberView]) -> tuple[Moment, Moment, float | None]:
    """Give the earliest and latest time.

    Only times with a zone compare, and our first sight of a page is not its publication: it
    counts only where no copy has a better time.
    """
    placed = [member.time for member in members if member.time.instant]
    claimed = [time for time in placed if time.claimed] or placed
    if not claimed:
        given = sorted((m.time for m in members if m.time.iso), key=lambda time: time.iso)
        return (given[0], given[-1], None) if given else (UNKNOWN, UNKNOWN, None)
    claimed.sort(key=_sortable)
    start, end = claimed[0], claimed[-1]
    assert start.instant is not None
    assert end.instant is not None
    return start, end, (end.instant - start.instant).total_seconds()


def _farness(member: MemberView) -> tuple[int, float, int]:
    """Order copies by how far they are from the reference copy; of equals the first is last."""
    shared = min(member.in_reference, member.of_reference)
    return DISTANCE[member.relation], -shared, -member.number


def _versions(
    members: Sequence[MemberView], articles: Mapping[str, Article]
) -> tuple[VersionView, ...]:
    groups: dict[int, list[MemberView]] = defaultdict(list)
    for member in members:
        groups[member.version].append(member)
    views = []
    for number, group in sorted(groups.items()):
        shown = next((member for member in group if member.reference), group[0])
        views.append(
            VersionView(
                number=number,
                members=tuple(group),
                sites=tuple(dict.fromkeys(member.site for member in group)),
                reference=shown.reference,
                text=articles[shown.article_id].text,
            )
        )
    return tuple(views)


def _headlines(members: Sequence[MemberView]) -> tuple[Headline, ...]:
    sites: dict[str, list[str]] = defaultdict(list)
    for member in members:
        sites[member.headline].append(member.site)
    views = [Headline(text=text, sites=tuple(dict.fromkeys(ran))) for text, ran in sites.items()]
    return tuple(sorted(views, key=lambda view: -len(view.sites)))


def _pairs_by_article(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    by_article: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.relation is not Relation.NONE:
            by_article[pair.a].append(pair)
            by_article[pair.b].append(pair)
    return by_article


def _relatives(
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


def _run(run: Run) -> RunView:
    return RunView(
        id=run.id,
        started=moment(run.started, "", claimed=False),
        ended=moment(run.ended, "", claimed=False),
        outcome=run.outcome,
    )
