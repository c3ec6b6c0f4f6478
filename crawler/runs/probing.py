"""Everything wiretrace makes of one page: a crawl of one address into a store of its own."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from crawler.clustering import matches
from crawler.config import Config, Source
from crawler.errors import NotFound
from crawler.fingerprint import shingle
from crawler.items import Article, Lead, LeadState, Page, Quarantined, Relation
from crawler.runs.crawling import order_for, run_order
from crawler.runs.quiet import Quiet
from crawler.store import Store
from crawler.urls import host_of

MOST_MATCHES = 20


class Match(NamedTuple):
    """A stored article that shares something with the page."""

    article_id: str
    """The stored article."""
    title: str
    """Its title."""
    relation: Relation
    """Read from the stored article to the page."""
    containment: float
    """Share of the stored article's shingles that stand in the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why an address gave no article."""

    slug: str
    """Its slug."""
    line: str
    """One line for the person."""

    def __str__(self) -> str:
        """Give the line."""
        return self.line


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeResult:
    """What came of one address."""

    url: str
    """The address asked for."""
    robots: str
    """`allowed`, or the reason it was refused."""
    page: Page | None
    """What was fetched."""
    article: Article | None
    """What was taken from it."""
    error: Failure | None
    """What went wrong, if anything did."""
    quarantined: Quarantined | None
    """What the user's store knows of its deaths, where the address is in quarantine there."""
    matches: tuple[Match, ...]
    """Stored articles that share a copy or a passage with it, the closest first."""


def probe(config: Config, url: str) -> ProbeResult:
    """Fetch one page by the crawl's own rules and explain it; the user's store stays as it is."""
    with tempfile.TemporaryDirectory(prefix="wiretrace-probe-") as folder:
        addresses = Path(folder) / "address.txt"
        addresses.write_text(f"{url}\n", encoding="utf-8")
        alike = [each for each in config.sources if host_of(each.location) == host_of(url)]
        source = Source(
            name="probe",
            kind="urls",
            location=str(addresses),
            allow_private=any(each.allow_private for each in alike),
            render=any(each.render for each in alike),
        )
        alone = replace(config, output=Path(folder), sources=(source,), stories=())
        ended = run_order(order_for(alone, "urls", run_id=None), Quiet())
        if ended.failure is not None:
            raise ended.failure
        with Store.open(alone.store_path) as store:
            return _explain(config, url, store)


def _explain(config: Config, url: str, store: Store) -> ProbeResult:
    lead = next(store.leads(), None)
    found = next(store.pages(), None)
    article = next(store.articles(), None)
    # Of the page itself: further pages of its article may fail as well.
    asked = found[1].url if found is not None else url
    failure = next((one for one in store.failed_pages() if one[0] == asked), None)
    error = None
    if failure is not None:
        error = Failure(slug=failure[2], line=failure[3])
    elif lead is not None and lead.state is not LeadState.DONE:
        slug = lead.reason or lead.state.value
        error = Failure(slug=slug, line=f"The page was not fetched: {slug}.")
    return ProbeResult(
        url=url,
        robots=_robots(lead),
        page=found[1] if found is not None else None,
        article=article,
        error=error,
        quarantined=_deaths(config, url),
        matches=_matches(config, article) if article is not None else (),
    )


def _deaths(config: Config, url: str) -> Quarantined | None:
    try:
        store = Store.open(config.store_path, read_only=True)
    except NotFound:
        return None
    with store:
        return next((one for one in store.quarantined() if one.url == url), None)


def _robots(lead: Lead | None) -> str:
    """Say what robots.txt allows; one that cannot be read puts the lead off and is no refusal."""
    reason = lead.reason if lead is not None else None
    return reason if reason is not None and reason.startswith("robots-") else "allowed"


def _matches(config: Config, article: Article) -> tuple[Match, ...]:
    """Compare the page with every stored article but itself; none where nothing is stored."""
    size = config.fingerprint.shingle_words
    try:
        store = Store.open(config.store_path, read_only=True)
    except NotFound:
        return ()
    with store:
        titles: dict[str, str] = {}
        shingled = []
        for other in store.articles():
            if other.id != article.id:
                titles[other.id] = other.title
                shingled.append(shingle(other, size))
    found = matches(shingle(article, size), shingled, config.clustering, size)
    return tuple(
        Match(
            article_id=pair.a,
            title=titles[pair.a],
            relation=pair.relation,
            containment=pair.containment_a,
        )
        for pair in found[:MOST_MATCHES]
    )
