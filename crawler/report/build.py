"""Turn articles, pairs and clusters into what the report says of them.

Records arrive; a `ReportView` leaves. Nothing here is guessed: a first copy, a gap or a credit
that the records do not give is "unknown".
"""

from collections.abc import Iterable, Mapping, Sequence

from crawler import __version__
from crawler.items import Article, Cluster, Drop, Lead, Member, Pair, Run
from crawler.report.clusters import cluster_view, members_known, page_of
from crawler.report.coverage import PageFailure, build_coverage
from crawler.report.figures import sortable
from crawler.report.moments import moment, moment_of
from crawler.report.relatives import pairs_by_article
from crawler.report.view import ReportView, RunView, SingleView
from crawler.report.wording import headline_of, link_of

# Single articles on one page: some 300 KB, which a phone still scrolls.
SINGLES_PER_PAGE = 1000


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
    known = [(cluster, members_known(cluster, articles)) for cluster in clusters]
    groups = [(cluster, members) for cluster, members in known if len(members) > 1]
    singles = _singles([members[0] for _, members in known if len(members) == 1], articles)
    pages = {
        member.article_id: page_of(cluster.id) for cluster, members in groups for member in members
    }
    pages |= {
        article_id: f"{singles_page(index // SINGLES_PER_PAGE)}#{single.anchor}"
        for index, (article_id, single) in enumerate(singles)
    }
    by_article = pairs_by_article(pairs)
    views = [
        cluster_view(cluster, members, articles, by_article, pages) for cluster, members in groups
    ]
    views.sort(key=lambda view: view.id)
    views.sort(key=lambda view: sortable(view.start), reverse=True)
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


def singles_page(index: int) -> str:
    """Give the name of the page of single articles, counted from 0."""
    return "singles.html" if index == 0 else f"singles-{index + 1}.html"


def _singles(
    members: Sequence[Member], articles: Mapping[str, Article]
) -> list[tuple[str, SingleView]]:
    """Give the articles without a copy, latest first; what has no time comes last."""
    found = [
        (articles[member.article_id], moment_of(articles[member.article_id])) for member in members
    ]
    found.sort(key=lambda item: item[0].id)
    found.sort(key=lambda item: sortable(item[1]), reverse=True)
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


def _run(run: Run) -> RunView:
    return RunView(
        id=run.id,
        started=moment(run.started, "", claimed=False),
        ended=moment(run.ended, "", claimed=False),
        outcome=run.outcome,
    )
