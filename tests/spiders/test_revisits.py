"""Documents are asked for only if they changed; articles are looked at again while they may."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.spiders.crawls import crawl, leads_of, store_of, write_config
from tests.spiders.web import Answer, Web, rss, serve, story

pytestmark = pytest.mark.slow

HOST = "feed.example"
CONFIG = """
[crawl]
delay_s = 0.01
retries = 0
[[source]]
name = "feed"
feed = "http://feed.example/rss.xml"
"""


def tagged(answer: Answer, etag: str, *, stuck: bool = False) -> Answer:
    return replace(answer, headers={"ETag": etag, **answer.headers}, stuck=stuck)


def web_of(feed: Answer, **pages: Answer) -> Web:
    return Web({HOST: {"/rss.xml": feed, **{f"/{name}": page for name, page in pages.items()}}})


def run_crawl(folder: Path, web: Web) -> list[tuple[str, int, str]]:
    """Crawl once; give path, status and the ETag asked about of each request but robots.txt."""
    with serve(web) as proxy:
        crawl(folder, proxy, "watchlist")
    return [(one.path, one.status, one.etag) for one in web.log if one.path != "/robots.txt"]


def tell(folder: Path, statement: str) -> None:
    """Let time pass in the store."""
    with closing(sqlite3.connect(folder / "out" / "wiretrace.sqlite")) as store, store:
        store.execute(statement)


LATER = "UPDATE leads SET revisit_at = '2026-01-01T00:00:00Z' WHERE revisit_at IS NOT NULL"
LONG_AGO = "UPDATE validators SET read = '2026-01-01T00:00:00Z'"


def test_a_feed_that_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    feed = tagged(rss("/a", host=HOST), '"1"')
    run_crawl(tmp_path, web_of(feed, a=story("Ashhaven")))
    assert run_crawl(tmp_path, web_of(feed)) == [("/rss.xml", 304, '"1"')]
    with store_of(tmp_path) as store:
        run = store.runs()[0]
    assert run.outcome == "done"
    assert run.counts["not-modified"] == 1
    (outcome,) = run.sources
    assert (outcome.documents, outcome.failures) == (1, 0)
    # Other stories are watched: what was left out must be judged anew.
    write_config(tmp_path, CONFIG + '[[story]]\nname = "s"\nwords = ["ferry", "late"]\n')
    assert run_crawl(tmp_path, web_of(feed)) == [("/rss.xml", 200, "")]


def test_a_feed_that_never_admits_a_change_is_found_out(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    run_crawl(tmp_path, web_of(tagged(rss("/a", host=HOST), '"1"'), a=story("Ashhaven")))
    later = tagged(rss("/a", "/b", host=HOST), '"1"', stuck=True)
    assert run_crawl(tmp_path, web_of(later)) == [("/rss.xml", 304, '"1"')]
    tell(tmp_path, LONG_AGO)
    found = run_crawl(tmp_path, web_of(later, b=story("Bayhaven")))
    assert found == [("/rss.xml", 200, ""), ("/b", 200, "")]
    with store_of(tmp_path) as store:
        assert store.runs()[0].counts["validators-stale"] == 1
    # From now on its word counts for nothing.
    assert run_crawl(tmp_path, web_of(later)) == [("/rss.xml", 200, "")]


SECTION = """
[crawl]
delay_s = 0.01
retries = 0
[[source]]
name = "front"
section = "http://feed.example/"
"""


def front(*names: str, further: str = "", **headers: str) -> Answer:
    """Make a front of articles with a link to an older one."""
    links = "".join(
        f'<h2><a href="/2026/03/02/{name}-boat-is-late-once-more.html">The {name} boat from '
        f"Listhaven is late once more</a></h2>"
        for name in names
    )
    more = f'<a rel="next" href="{further}">Older news</a>' if further else ""
    body = f"<html><body><main>{links}{more}</main></body></html>".encode()
    return Answer(
        body=body, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )


def fronts_asked(folder: Path, pages: dict[str, Answer]) -> list[tuple[str, int]]:
    """Crawl once; give path and status of each front that was asked for."""
    web = Web({HOST: pages})
    with serve(web) as proxy:
        crawl(folder, proxy, "watchlist")
    return [(one.path, one.status) for one in web.log if one.path in pages]


def test_fronts_that_have_not_changed_are_not_sent_again(tmp_path: Path) -> None:
    write_config(tmp_path, SECTION)
    date = "Mon, 02 Mar 2026 09:00:00 GMT"
    pages = {
        "/": front("early", further="/page/2", ETag='"one"'),
        "/page/2": front("night", further="/page/3", Last_Modified=date),
        "/page/3": front("last", ETag='W/"three"'),
    }
    assert fronts_asked(tmp_path, pages) == [("/", 200), ("/page/2", 200), ("/page/3", 200)]
    for _ in range(2):
        assert fronts_asked(tmp_path, pages) == [("/", 304), ("/page/2", 304), ("/page/3", 304)]
        with store_of(tmp_path) as store:
            run = store.runs()[0]
        assert run.counts["not-modified"] == 3
        assert [(one.documents, one.failures) for one in run.sources] == [(3, 0)]


def test_a_front_that_has_not_changed_still_leads_to_one_that_has(tmp_path: Path) -> None:
    write_config(tmp_path, SECTION)
    pages = {
        "/": front("early", further="/page/2", ETag='"one"'),
        "/page/2": front("night", ETag='"two"'),
    }
    fronts_asked(tmp_path, pages)
    later = pages | {"/page/2": front("night", "spare", further="/page/3", ETag='"new"')}
    assert fronts_asked(tmp_path, later) == [("/", 304), ("/page/2", 200)]
    assert "feed.example/2026/03/02/spare-boat-is-late-once-more.html" in leads_of(tmp_path)
    # What is empty now names nothing, which is no failure of the source.
    gone = later | {"/page/2": front(ETag='"none"')}
    assert fronts_asked(tmp_path, gone) == [("/", 304), ("/page/2", 200)]
    with store_of(tmp_path) as store:
        assert [(one.documents, one.failures) for one in store.runs()[0].sources] == [(2, 0)]


def test_fronts_that_lead_to_each_other_are_asked_for_once(tmp_path: Path) -> None:
    write_config(tmp_path, SECTION)
    pages = {
        "/": front("early", further="/page/2", ETag='"one"'),
        "/page/2": front("night", further="/page/3", ETag='"two"'),
        "/page/3": front("last", further="/page/2", ETag='"three"'),
    }
    fronts_asked(tmp_path, pages)
    # Read by itself, the third leads back to the second.
    changed = pages | {"/page/3": front("last", "other", further="/page/2", ETag='"new"')}
    for status in (200, 304):
        found = fronts_asked(tmp_path, changed)
        assert found == [("/", 304), ("/page/2", 304), ("/page/3", status)]


def test_an_article_is_looked_at_again_and_a_change_is_kept(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    feed = rss("/same", "/changed", "/gone", host=HOST)
    first = {name: tagged(story(f"{name.title()}haven"), f'"{name}"') for name in
             ("same", "changed", "gone")}  # fmt: skip
    run_crawl(tmp_path, web_of(feed, **first))
    assert {lead.visits for lead in leads_of(tmp_path).values()} == {1}
    tell(tmp_path, LATER)
    second = {"same": first["same"], "changed": tagged(story("Otherhaven"), '"new"')}
    asked = run_crawl(tmp_path, web_of(feed, **second))
    assert sorted(asked[1:]) == [
        ("/changed", 200, '"changed"'),
        ("/gone", 404, '"gone"'),
        ("/same", 304, '"same"'),
    ]
    leads = leads_of(tmp_path)
    assert {lead.state.value for lead in leads.values()} == {"done"}
    assert leads["feed.example/gone"].reason == "revisit-http-404"
    with store_of(tmp_path) as store:
        titles = {article.title.split()[3] for article in store.articles()}
        pages = [page.url for _, page in store.pages(latest=False)]
        counts = store.runs()[0].counts
    assert titles == {"Samehaven", "Otherhaven", "Gonehaven"}
    assert pages.count("http://feed.example/changed") == 2
    assert pages.count("http://feed.example/same") == 1
    assert (counts["revisits-due"], counts["revisits"], counts["not-modified"]) == (3, 2, 1)
    assert counts["drop:revisit-http-404"] == 1


def test_an_article_is_fetched_once_where_nothing_else_is_wanted(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG.replace("retries = 0", "retries = 0\nrevisit_hours = []"))
    run_crawl(tmp_path, web_of(rss("/a", host=HOST), a=story("Ashhaven")))
    with closing(sqlite3.connect(tmp_path / "out" / "wiretrace.sqlite")) as store:
        assert store.execute("SELECT visits, revisit_at FROM leads").fetchall() == [(1, None)]


def test_what_an_owner_asks_is_kept_with_the_page(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    page = replace(story("Ashhaven"), headers={"X-Robots-Tag": "noarchive"})
    run_crawl(tmp_path, web_of(rss("/a", host=HOST), a=page))
    with store_of(tmp_path) as store:
        assert [one.directives for _, one in store.pages()] == [("noarchive",)]
        assert store.runs()[0].counts["asks:noarchive"] == 1
