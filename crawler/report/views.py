"""Put the facts of all clusters together to what the pages beside the clusters' own say."""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import groupby

from crawler import __version__
from crawler.items import Article, Run
from crawler.report.coverage import build_coverage
from crawler.report.edition import ReportView, SinglesView, StoryView
from crawler.report.ledger import Facts, Head, Ledger
from crawler.report.moments import MONTHS, Moment, moment, moment_of
from crawler.report.news import FEWEST_COPIES, News, told
from crawler.report.outlets import Outlets
from crawler.report.source import ReportSource
from crawler.report.view import RunView

UNDATED = "undated"
# Of a story's name, in the name of its page: enough to recognise it in an address.
SLUG_LETTERS = 40


def report_view(source: ReportSource, ledger: Ledger, outlets: Outlets, news: News) -> ReportView:
    """Give the whole report but for the clusters' own pages."""
    latest = ledger.latest_first()
    stories = {name: frozenset(ids) for name, ids in source.stories.items()}
    clusters = [one for one in latest if one.copies >= FEWEST_COPIES]
    singles = [one for one in latest if one.copies < FEWEST_COPIES]
    return ReportView(
        generated=moment(source.now, "", claimed=False),
        program=f"wiretrace {__version__}",
        articles=sum(one.copies for one in latest),
        copies=sum(one.copies for one in clusters),
        clusters=Facts(ledger, clusters),
        singles=tuple(_by_day(ledger, singles)),
        news=told(news, ledger),
        stories=tuple(
            StoryView(
                name=name,
                page=story_page(name),
                clusters=Facts(ledger, [one for one in clusters if one.id in ids]),
                singles=Facts(ledger, [one for one in singles if one.id in ids]),
            )
            for name, ids in stories.items()
        ),
        outlets=outlets.views(),
        networks={site: network.name for network in source.networks for site in network.sites},
        run=run_view(source.run) if source.run else None,
        coverage=build_coverage(
            source.run,
            source.drops,
            source.leads,
            source.page_failures,
            health=source.health,
            runs=tuple(run_view(run) for run in source.runs),
            missed_runs=source.missed_runs,
            quarantined=source.quarantined,
            paywalled=[each for one in latest for each in one.paywalled],
        ),
    )


def run_view(run: Run) -> RunView:
    """Give a run as it is told."""
    return RunView(
        id=run.id,
        started=moment(run.started, "", claimed=False),
        ended=moment(run.ended, "", claimed=False),
        outcome=run.outcome,
    )


def day_page(article: Article) -> str:
    """Give the page that lists an article of which no copy was found, from the report's folder."""
    return f"singles/{_day(moment_of(article))}.html"


def story_page(name: str) -> str:
    """Give the page of a watched story, from the report's folder."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:SLUG_LETTERS]
    digest = sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
    return f"stories/{slug}-{digest}.html" if slug else f"stories/{digest}.html"


def _day(time: Moment) -> str:
    if time.instant:
        return f"{time.instant:%Y-%m-%d}"
    return time.iso[:10] if re.match(r"\d{4}-\d\d-\d\d", time.iso) else UNDATED


def _by_day(ledger: Ledger, singles: Sequence[Head]) -> Iterable[SinglesView]:
    by_page = sorted(singles, key=lambda one: one.page, reverse=True)
    views = []
    for page, rows in groupby(by_page, key=lambda one: one.page):
        day = page.removeprefix("singles/").removesuffix(".html")
        views.append(SinglesView(name=_day_name(day), page=page, rows=Facts(ledger, list(rows))))
    # What has no date comes last.
    return sorted(views, key=lambda one: one.page.endswith(f"{UNDATED}.html"))


def _day_name(day: str) -> str:
    if day == UNDATED:
        return "Without a date"
    year, month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {int(year)}"
