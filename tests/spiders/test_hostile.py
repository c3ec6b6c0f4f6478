"""One crawl of servers that mean harm: it ends, says why for each, and stays small."""

import subprocess
import sys
from dataclasses import dataclass

import pytest

from crawler.items import Drop, Lead, Run
from tests.spiders.crawls import ROOT, command, environment, leads_of, store_of, write_config
from tests.spiders.hostile import MORE, WAYS, serve_harm

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]

MAX_MB = 400
# A small process that starts the crawl and tells the largest size of any process under it; of one
# that pytest starts, the system would tell pytest's own.
MEASURE = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""
CONFIG = """
[crawl]
delay_s = 0.01
timeout_s = 4
retries = 0
[[source]]
name = "bad"
feed = "http://bad.example/rss.xml"
[[source]]
name = "laughs"
sitemap = "http://laughs.example/laughs.xml"
[[source]]
name = "laughing-feed"
feed = "http://feed-laughs.example/laughs-feed.xml"
[[source]]
name = "deep"
sitemap = "http://deep.example/index"
max_documents = 20
[[source]]
name = "wide"
sitemap = "http://wide.example/wide.xml"
max_leads = 3
"""


@dataclass(frozen=True)
class Crawled:
    leads: dict[str, Lead]
    run: Run
    drops: list[Drop]
    largest_mb: float


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    folder = tmp_path_factory.mktemp("hostile")
    write_config(folder, CONFIG)
    program = [sys.executable, "-c", MEASURE, *command("watchlist")]
    with serve_harm() as proxy:
        done = subprocess.run(
            program,
            cwd=ROOT,
            env=environment(folder, proxy),
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
    assert "Traceback" not in done.stderr, done.stderr
    with store_of(folder) as store:
        run, drops = store.runs()[0], list(store.drops())
    largest_mb = int(done.stdout.split()[-1]) / 1024
    return Crawled(leads=leads_of(folder), run=run, drops=drops, largest_mb=largest_mb)


@pytest.mark.parametrize("path", [*WAYS, *MORE])
def test_each_way_is_given_up_under_its_reason(crawled: Crawled, path: str) -> None:
    expected = WAYS[path][1] if path in WAYS else MORE[path]
    lead = crawled.leads[f"bad.example{path}"]
    assert lead.reason == expected
    counted = crawled.run.counts
    assert counted.get(f"drop:{expected}") or counted.get(f"put-off:{expected}")


def test_the_good_page_among_them_is_kept(crawled: Crawled) -> None:
    assert crawled.leads["bad.example/good"].state.value == "done"


def test_documents_that_grow_when_read_are_not_read(crawled: Crawled) -> None:
    errors = {one.source: one.error or "" for one in crawled.run.sources if one.failures}
    assert errors["laughs"].startswith("sitemap-broken")
    assert not any(len(lead.title or "") > 1000 for lead in crawled.leads.values())


def test_indexes_of_indexes_end_at_their_bounds(crawled: Crawled) -> None:
    deep = next(one for one in crawled.run.sources if one.source == "deep")
    assert deep.documents + deep.failures <= 20
    assert any(drop.reason == "max-documents" for drop in crawled.drops)


def test_of_a_sitemap_without_end_the_wanted_number_is_taken(crawled: Crawled) -> None:
    assert sum("wide.example" in url for url in crawled.leads) == 3


def test_no_process_of_the_crawl_grows_beyond_its_bound(crawled: Crawled) -> None:
    assert crawled.largest_mb < MAX_MB, f"{crawled.largest_mb:.0f} MB"
