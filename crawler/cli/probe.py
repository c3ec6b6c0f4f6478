"""`wiretrace probe`: everything wiretrace makes of one page, and why."""

from dataclasses import asdict
from typing import Any

import click

from crawler import runs
from crawler.cli.command import Command, json_option
from crawler.cli.fitting import Column
from crawler.cli.output import print_json, print_pairs, print_table, print_text
from crawler.cli.session import session_of
from crawler.errors import UsageError
from crawler.items import Article, PageLink, Published
from crawler.report import article_to_json
from crawler.report.terminal import form_line, plain
from crawler.report.wording import RELATION_WORDS, percent
from crawler.runs import ProbeResult
from crawler.runs.probing import Match
from crawler.urls import canonical

TIMES = (
    Column(title="time"),
    Column(title="kind"),
    Column(title="zone"),
    Column(title="read from"),
    Column(title="flaw"),
    Column(title="as printed", folds=True, spare=1),
)
EVIDENCE = (
    Column(title="supports"),
    Column(title="value", folds=True),
    Column(title="weight", right=True),
    Column(title="where"),
    Column(title="quoted", folds=True),
    Column(title="because", folds=True, spare=1),
)
FORMS = (Column(title="other addresses of the article, and its pages", folds=True),)
LINKS = (Column(title="named as"), Column(title="address", folds=True))
REMOVED = (Column(title="removed because"), Column(title="text", folds=True))
MATCHES = (
    Column(title="article"),
    Column(title="relation"),
    Column(title="of it", right=True),
    Column(title="title", folds=True),
)


@click.command(
    cls=Command,
    examples=(
        "wiretrace probe https://www.example.com/news/bridge-reopened",
        "wiretrace probe https://www.example.com/news/bridge-reopened --json | jq .article.removed",
    ),
)
@click.argument("url")
@json_option
@click.pass_context
def command(context: click.Context, url: str, *, as_json: bool) -> int:
    """Fetch one page and explain it; nothing is stored.

    Shows what robots.txt says, what is kept of the page, what is removed and why, every time and
    credit with the words it rests on, and the stored articles that it is a copy of.
    """
    address = canonical(url)
    if address is None:
        raise UsageError(f"{url!r} is no web address.", "Let it begin with http:// or https://.")
    result = runs.probe(session_of(context).config(), address)
    if as_json:
        print_json(as_record(result))
    else:
        _print(result)
    return 0 if result.error is None else 1


def as_record(result: ProbeResult) -> dict[str, Any]:
    """Give what `--json` prints."""
    page = result.page
    return {
        "url": result.url,
        "robots": result.robots,
        "page": page
        and {
            "url": page.url,
            "status": page.status,
            "content_type": page.content_type,
            "bytes": len(page.body),
            "fetched": page.fetched,
            "last_modified": page.last_modified,
        },
        "article": result.article and article_to_json(result.article),
        "error": result.error and {"slug": result.error.slug, "line": result.error.line},
        "quarantined": result.quarantined and asdict(result.quarantined),
        "matches": [
            {
                "article": match.article_id,
                "title": match.title,
                "relation": match.relation.value,
                "containment": match.containment,
            }
            for match in result.matches
        ],
    }


def _print(result: ProbeResult) -> None:
    page, article = result.page, result.article
    head: list[tuple[str, object]] = [("address", result.url), ("robots.txt", result.robots)]
    if page is not None:
        head += [
            ("answered by", page.url if page.url != result.url else None),
            ("answer", f"{page.status} {page.content_type}, {len(page.body):,} bytes"),
            ("last modified", page.last_modified),
        ]
    if result.quarantined is not None:
        ill = result.quarantined
        head.append(("quarantine", f"{ill.deaths} workers died since {ill.since} ({ill.reason})"))
    if result.error is not None:
        head.append((f"error[{result.error.slug}]", result.error.line))
    print_pairs(head + (_facts(article) if article else []))
    if article is not None:
        _print_article(article)
        print_table(MATCHES, (_match_row(match) for match in result.matches), titled=True)


def _facts(article: Article) -> list[tuple[str, object]]:
    return [
        ("title", article.title),
        ("author", article.author),
        ("language", article.language),
        ("published", article.published and f"{article.published} ({article.published_source})"),
        ("modified", article.modified),
        ("canonical", article.canonical_url),
        ("first seen by us", article.fetched),
        ("agency", _agency(article)),
        ("words", len(article.text.split())),
        ("partial", article.partial),
    ]


def _print_article(article: Article) -> None:
    print_text(article.text)
    for columns, rows in (
        (TIMES, [_time_row(time) for time in article.times]),
        (
            EVIDENCE,
            [
                (
                    *(piece.supports, piece.value, f"{piece.weight:.2f}"),
                    *(piece.where, piece.quote, piece.reason),
                )
                for piece in article.evidence
            ],
        ),
        (FORMS, [(plain(form_line(form)),) for form in article.forms]),
        (LINKS, [(_link_words(link), link.url) for link in article.links]),
        (REMOVED, [(piece.reason, piece.text) for piece in article.removed]),
    ):
        print_table(columns, rows, titled=True)


def _agency(article: Article) -> str:
    """Say which agency is credited and where; a text without a credit is uncredited, no more."""
    credit = next((p for p in article.evidence if p.value == article.agency), None)
    if article.agency is None or credit is None:
        return "none credited"
    return f"{article.agency} ({credit.where}: “{credit.quote}”)"


def _link_words(link: PageLink) -> str:
    return link.kind if link.number is None else f"{link.kind}, page {link.number}"


def _time_row(time: Published) -> tuple[object, ...]:
    return time.value, time.kind, _zone(time.value), time.source, time.flaw, time.raw


def _zone(value: str) -> str:
    """Say how far a claim's zone is known."""
    if "T" not in value:
        return "day only"
    offset = value[-6:] if value[-6] in "+-" else ""
    return offset or ("UTC" if value.endswith("Z") else "zone unknown")


def _match_row(match: Match) -> tuple[object, ...]:
    return match.article_id, RELATION_WORDS[match.relation], percent(match.containment), match.title
