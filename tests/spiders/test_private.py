"""A crawl reaches no private address, by whatever name or way; unless a source allows it."""

from pathlib import Path

import pytest

from tests.spiders.crawls import crawl, leads_of, store_of, write_config
from tests.spiders.web import Answer, Page, Web, rss, serve, story

pytestmark = pytest.mark.slow

NAMES = ("-s", "TWISTED_DNS_RESOLVER=tests.spiders.names.HomeResolver")


def feed_of(*urls: str) -> Answer:
    items = "".join(f"<item><title>Ferry</title><link>{url}</link></item>" for url in urls)
    text = f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"
    return Answer(body=text.encode(), kind="application/rss+xml")


def moved(to: str) -> Answer:
    return Answer(status=302, headers={"Location": to})


def test_no_spelling_and_no_redirect_leads_to_this_machine(tmp_path: Path) -> None:
    """The proxy would serve every one of them: it is the crawl that does not ask."""
    spellings = ["127.0.0.1", "2130706433", "0x7f.1", "017700000001", "localhost", "[::1]"]
    hosts: dict[str, dict[str, Page]] = {
        "feed.example": {
            "/rss.xml": feed_of(
                "http://feed.example/good",
                "http://feed.example/hop",
                *(f"http://{host}/{number}" for number, host in enumerate(spellings)),
            ),
            "/good": story("Goodhaven"),
            "/hop": moved("http://169.254.169.254/latest/meta-data/"),
        }
    }
    web = Web(hosts)
    write_config(
        tmp_path, '[crawl]\ndelay_s = 0.01\n[[source]]\nfeed = "http://feed.example/rss.xml"\n'
    )
    with serve(web) as proxy:
        crawl(tmp_path, proxy, "watchlist")
    assert {asked.host for asked in web.log} == {"feed.example"}
    reasons = {url: lead.reason for url, lead in leads_of(tmp_path).items()}
    assert reasons.pop("feed.example/good") is None
    assert set(reasons.values()) == {"address-private"}
    assert len(reasons) >= 5
    with store_of(tmp_path) as store:
        assert store.runs()[0].counts["drop:address-private"] == len(reasons)


def test_a_name_that_resolves_to_this_machine_is_refused_before_a_connection(
    tmp_path: Path,
) -> None:
    """Without a proxy; one source says that it may, and opens no door for the others."""
    web = Web({})
    with serve(web) as address:
        port = address.rpartition(":")[2]
        desk, other = f"desk.example:{port}", f"other.example:{port}"
        web.hosts = {
            "desk.example": {"/rss.xml": feed_of(f"http://{desk}/1"), "/1": story("Deskhaven")},
            "other.example": {"/rss.xml": rss("/1", host=other), "/1": story("Otherhaven")},
        }
        write_config(
            tmp_path,
            "[crawl]\ndelay_s = 0.01\nretries = 0\n"
            f'[[source]]\nname = "desk"\nfeed = "http://{desk}/rss.xml"\nallow_private = true\n'
            f'[[source]]\nname = "other"\nfeed = "http://{other}/rss.xml"\n',
        )
        crawl(tmp_path, "", "watchlist", *NAMES)
    assert {asked.host for asked in web.log} == {"desk.example"}
    with store_of(tmp_path) as store:
        assert [article.title.split()[3] for article in store.articles()] == ["Deskhaven"]
        (failed,) = [outcome for outcome in store.runs()[0].sources if outcome.failures]
    assert failed.source == "other"
    assert failed.error is not None
    assert "address-private" in failed.error or "robots-unreachable" in failed.error
