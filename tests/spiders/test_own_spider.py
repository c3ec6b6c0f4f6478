"""The spider of docs/writing-a-spider.md, as a user would write it, takes part in everything."""

import re
from pathlib import Path

import pytest

from crawler.items import LeadState
from tests.spiders.crawls import ROOT, crawl, in_state, leads_of, store_of, write_config
from tests.spiders.web import Answer, Web, robots, serve, story

pytestmark = pytest.mark.slow

HOST = "council.example"


def table(*rows: str, older: str = "") -> Answer:
    cells = "".join(f"<tr><td><a href='{row}'>Meeting of {row}</a></td></tr>" for row in rows)
    more = f"<a class='older' href='{older}'>Older</a>" if older else ""
    page = f"<html><body><table class='minutes'>{cells}</table>{more}</body></html>"
    return Answer(body=page.encode())


@pytest.fixture(autouse=True)
def findable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the crawl's process import what stands in the test's folder."""
    monkeypatch.setattr("tests.spiders.crawls.IMPORTABLE", (ROOT, tmp_path))


def test_the_documented_spider_finds_leads_and_the_rest_is_done_for_it(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "writing-a-spider.md").read_text(encoding="utf-8")
    code = re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0]
    package = tmp_path / "own_spiders"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "minutes.py").write_text(code, encoding="utf-8")
    write_config(tmp_path, "[crawl]\ndelay_s = 0.05\n")
    web = Web(
        {
            HOST: {
                "/robots.txt": robots("User-agent: *\nDisallow: /closed/\n"),
                "/minutes": table("/m/1", "/closed/2", older="/minutes/older"),
                "/minutes/older": table("/m/3"),
                "/m/1": story("Eastquay"),
                "/m/3": story("Westquay"),
            }
        }
    )
    settings = ("-s", "SPIDER_MODULES=own_spiders")
    with serve(web) as proxy:
        crawl(tmp_path, proxy, "minutes", "-a", f"url=http://{HOST}/minutes", *settings)
    assert in_state(tmp_path, LeadState.DONE) == {f"{HOST}/m/1", f"{HOST}/m/3"}
    assert leads_of(tmp_path)[f"{HOST}/closed/2"].reason == "robots-denied"
    assert leads_of(tmp_path)[f"{HOST}/m/1"].title == "Meeting of /m/1"
    with store_of(tmp_path) as store:
        assert {article.site for article in store.articles()} == {HOST}
        assert store.runs()[0].outcome == "done"
