"""robots.txt in real crawls: long files, failing hosts, the copy of the last day."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.discovery import utc_text
from crawler.items import RobotsCopy
from crawler.store import Store
from tests.spiders.crawls import crawl, leads_of, store_of, write_config
from tests.spiders.web import Answer, Page, Web, robots, rss, serve, story

pytestmark = pytest.mark.slow

CONFIG = """
[crawl]
delay_s = 0.01
max_bytes = 300000
retries = 1
"""
RULES = "User-agent: *\nDisallow: /private/\n"


def sources(*hosts: str) -> str:
    return "".join(f'[[source]]\nname = "{h}"\nfeed = "http://{h}/rss.xml"\n' for h in hosts)


def host(name: str, robots_txt: Page) -> dict[str, Page]:
    return {
        "/robots.txt": robots_txt,
        "/rss.xml": rss("/a", "/private/b", host=name),
        "/a": story(f"{name.partition('.')[0].title()}haven"),
        "/private/b": story("Secrethaven"),
    }


def moved(to: str) -> Answer:
    return Answer(status=301, headers={"Location": to})


def robots_wide() -> Answer:
    return Answer(body=RULES.encode("utf-16"), kind="text/plain")


def test_files_of_every_size_and_form_are_obeyed(tmp_path: Path) -> None:
    long = RULES + ("# " + "x" * 97 + "\n") * 12_000 + "User-agent: wiretrace\nDisallow: /\n"
    web = Web({
        # 1.2 MB, more than max_bytes; what stands behind the first 500 KiB says nothing.
        "long.example": host("long.example", robots(long)),
        "packed.example": host(
            "packed.example",
            Answer(body=gzip.compress(RULES.encode()), kind="text/plain",
                   headers={"Content-Encoding": "gzip"}),
        ),
        "bomb.example": host(
            "bomb.example",
            Answer(body=gzip.compress(RULES.encode() + b"\n" * 40_000_000), kind="text/plain",
                   headers={"Content-Encoding": "gzip"}),
        ),
        "wide.example": host("wide.example", robots_wide()),
        "far.example": host("far.example", moved("http://far.example/r1"))
        | {f"/r{n}": moved(f"http://far.example/r{n + 1}") for n in range(1, 5)}
        | {"/r5": robots(RULES)},
        "inward.example": host("inward.example", moved("http://127.0.0.1/robots.txt")),
    })  # fmt: skip
    write_config(tmp_path, CONFIG + sources(*web.hosts))
    with serve(web) as proxy:
        crawl(tmp_path, proxy, "watchlist")
    leads = leads_of(tmp_path)
    for name in ("long.example", "packed.example", "wide.example", "far.example"):
        assert leads[f"{name}/a"].state.value == "done", name
        assert leads[f"{name}/private/b"].reason == "robots-denied", name
        assert "/private/b" not in web.paths(name)
    for name in ("bomb.example", "inward.example"):
        assert set(web.paths(name)) == {"/robots.txt"}
    assert {asked.host for asked in web.log} == set(web.hosts)
    with store_of(tmp_path) as store:
        errors = {one.source: one.error or "" for one in store.runs()[0].sources if one.failures}
    assert set(errors) == {"bomb.example", "inward.example"}
    assert all(error.startswith("robots-unreachable") for error in errors.values())


def test_the_copy_of_the_last_day_stands_in_for_a_file_that_fails(tmp_path: Path) -> None:
    failing = robots("", 503)
    web = Web({name: host(name, failing) for name in ("fresh.example", "old.example")})
    write_config(tmp_path, CONFIG + sources(*web.hosts))
    for name, hours in (("fresh.example", 23), ("old.example", 25)):
        fetched = utc_text(datetime.now(UTC) - timedelta(hours=hours))
        copy = RobotsCopy(origin=f"http://{name}", status=200, body=RULES.encode(), fetched=fetched)
        with Store.open(tmp_path / "out" / "wiretrace.sqlite") as store:
            store.save_robots(copy)
    with serve(web) as proxy:
        crawl(tmp_path, proxy, "watchlist")
    assert leads_of(tmp_path)["fresh.example/a"].state.value == "done"
    assert leads_of(tmp_path)["fresh.example/private/b"].reason == "robots-denied"
    # It is asked once more before it counts as failed.
    assert web.paths("fresh.example").count("/robots.txt") == 2
    assert set(web.paths("old.example")) == {"/robots.txt"}
    with store_of(tmp_path) as store:
        assert store.runs()[0].counts["robots-copy-used"] == 1
        kept = store.robots("http://fresh.example")
    assert kept is not None
    assert kept.body == RULES.encode()


def test_a_file_that_was_read_is_kept_for_the_next_run(tmp_path: Path) -> None:
    def once(number: int) -> Answer:
        return robots(RULES) if number == 1 else robots("", 500)

    web = Web({"once.example": host("once.example", once)})
    write_config(tmp_path, CONFIG + sources("once.example"))
    with serve(web) as proxy:
        crawl(tmp_path, proxy, "watchlist")
        crawl(tmp_path, proxy, "watchlist")
    assert web.paths("once.example").count("/rss.xml") == 2
    assert "/private/b" not in web.paths("once.example")
