"""A real browser draws pages, and everything it asks for keeps the crawl's rules."""

import importlib.util
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.config import Config, Source
from crawler.errors import RenderUnavailable
from crawler.middlewares.browser import find_browser
from crawler.newsroom import Newsroom, with_faults
from crawler.runs.crawling import order_for
from tests.spiders.crawls import crawl, store_of, write_config
from tests.spiders.web import STORY, Answer, Page, Web, robots, rss, serve, story

HOST = "drawn.example"
OTHER = "elsewhere.example"
CONFIG = """
[crawl]
delay_s = {delay}
timeout_s = {timeout}
retries = 0
[[source]]
name = "feed"
feed = "http://{host}/rss.xml"
render = true
"""
needs_browser = pytest.mark.skipif(
    find_browser() is None or importlib.util.find_spec("playwright") is None,
    reason="chromium or the extra render is not installed",
)
DRAW = """
const asked = address => fetch(address).then(answer => answer.text()).catch(() => "");
asked("/story.json").then(text => {
  document.body.insertAdjacentHTML("beforeend", JSON.parse(text).html);
});
for (const address of ADDRESSES) asked(address);
fetch("/vote", {method: "POST", body: "1"}).catch(() => 0);
new Image().src = "/pixel.png";
new WebSocket("ws://HOST/live");
const frame = document.createElement("iframe");
frame.src = "/frame.html";
document.head.append(frame);
const link = document.createElement("link");
link.rel = "stylesheet";
link.href = "/style.css";
document.head.append(link);
"""
FORBIDDEN = ("http://127.0.0.1:1/admin", "http://169.254.169.254/", f"http://{OTHER}/x.json")


def text_answer(text: str, kind: str) -> Answer:
    return Answer(body=text.encode(), kind=kind)


def shell(script: str) -> Answer:
    return Answer(
        body=(
            "<html lang=en><head><title>Night ferry</title></head><body><h1>Night ferry</h1>"
            f"<script src={script}></script></body></html>"
        ).encode()
    )


def web() -> Web:
    html = "".join(f"<p>{line.format(place='Quay')}</p>" for line in STORY.strip().splitlines())
    addresses = json.dumps([*FORBIDDEN, "/secret.json"])
    draw = DRAW.replace("ADDRESSES", addresses).replace("HOST", HOST)
    pages: dict[str, Page] = {"/drawn": shell("/draw.js"), "/again": shell("/draw.js")}
    files: dict[str, Page] = {
        "/draw.js": text_answer(draw, "text/javascript"),
        "/story.json": text_answer(json.dumps({"html": html}), "application/json"),
        "/secret.json": text_answer("{}", "application/json"),
        "/pixel.png": Answer(kind="image/png"),
        "/style.css": Answer(kind="text/css"),
        "/frame.html": story("Frame"),
    }
    rules = robots("User-agent: *\nDisallow: /secret.json\n")
    return Web(
        {
            HOST: {"/rss.xml": rss(*pages, host=HOST), "/robots.txt": rules, **pages, **files},
            OTHER: {"/x.json": text_answer("{}", "application/json")},
        }
    )


@needs_browser
@pytest.mark.slow
def test_what_scripts_ask_for_keeps_robots_delay_site_and_kind(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG.format(host=HOST, delay=0.3, timeout=20))
    served = web()
    with serve(served) as proxy:
        crawl(tmp_path, proxy, "feeds")
    with store_of(tmp_path) as store:
        articles = list(store.articles())
        [run] = store.runs()
        pages = [page for _, page in store.pages()]
    assert [one.text.startswith("The night ferry to Quay ran") for one in articles] == [True, True]
    assert all(b"Two tugs left the harbour" in page.body for page in pages)
    asked = served.paths(HOST)
    assert sorted(asked) == sorted(
        ["/robots.txt", "/rss.xml", "/drawn", "/again", "/draw.js", "/story.json", "/story.json"]
    )
    assert served.paths(OTHER) == []
    assert {one.agent.split("/")[0] for one in served.log} == {"wiretrace"}
    assert min(served.gaps(HOST)[1:]) >= 0.25
    assert run.counts["rendered"] == 2
    assert run.counts["render-requests"] == 3
    assert run.counts["render-refused"] == 2
    assert run.counts["render-elsewhere"] == 6


@needs_browser
@pytest.mark.slow
def test_a_page_whose_script_never_ends_does_not_hold_up_the_crawl(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG.format(host=HOST, delay=0.05, timeout=3))
    endless = story("Quay").body.replace(b"</body>", b"<script>for (;;) {}</script></body>")
    pages: dict[str, Page] = {"/endless": Answer(body=endless), "/calm": story("Northport")}
    with serve(Web({HOST: {"/rss.xml": rss(*pages, host=HOST), **pages}})) as proxy:
        crawl(tmp_path, proxy, "feeds")
    with store_of(tmp_path) as store:
        assert store.article_count() == 2  # the one as it came, the other as it was drawn
        [run] = store.runs()
    assert (run.counts["rendered"], run.counts["drop:render-failed"]) == (1, 1)


@needs_browser
@pytest.mark.slow
def test_the_newsrooms_drawn_page_gives_its_story_to_a_browser_alone(tmp_path: Path) -> None:
    newsroom = with_faults(Newsroom.build(datetime(2026, 3, 3, 12, tzinfo=UTC)), ["drawn"])
    host = "broken-times.example"
    text = CONFIG.format(host=host, delay=0.05, timeout=20).replace("rss.xml", "feed.xml")
    for folder, config in (("with", text), ("without", text.replace("render = true", ""))):
        (tmp_path / folder).mkdir()
        write_config(tmp_path / folder, config)
        with newsroom.serve() as server:
            crawl(tmp_path / folder, server.proxy_url, "feeds")
    with store_of(tmp_path / "with") as store:
        [article] = store.articles()
    assert article.title == "The museum of bells is quiet"
    assert article.text.count("the catalogue says only") == 8
    with store_of(tmp_path / "without") as store:
        assert [reason for _, _, reason, _ in store.failed_pages()] == ["no-story"]


def test_without_the_extra_the_person_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    source = Source(name="feed", kind="feed", location="http://x.example/rss", render=True)
    config = Config(output=tmp_path, sources=(source,))
    with pytest.raises(RenderUnavailable, match=r"pip install 'wiretrace\[render\]'"):
        order_for(config, "watchlist", run_id=None)
