"""How long a report takes: 100,000 articles in 10,000 clusters, then 200 new ones, then opening.

Texts are made up from a vocabulary with a fixed seed; the folder with data is not needed. Memory is
the peak of the process that builds and, apart, of its largest worker. The index is opened in
headless chromium, where there is one.
"""

import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.record import write
from crawler.config import Config
from crawler.items import Article, Cluster, Evidence, Member, Pair, Relation
from crawler.report import build_report, former_report
from crawler.runs.publishing import report_source
from crawler.store import Store

CLUSTERS = 10_000
COPIES = 10
NEW_CLUSTERS = 50
NEW_COPIES = 150
SITES = 400
WORDS = 20_000
START = datetime(2026, 3, 1, tzinfo=UTC)
PARAGRAPHS = 11
PARAGRAPH_WORDS = 32

# Measured in a process of its own, since a peak of memory never goes down again.
CHILD = "from benchmarks.report import build; import sys; build(sys.argv[1], sys.argv[2])"


def bench(_: Path, seeds: Sequence[int]) -> None:
    """Measure and write the result."""
    with tempfile.TemporaryDirectory(prefix="wiretrace-report-") as folder:
        output = Path(folder)
        draw = random.Random(seeds[0])  # noqa: S311 - made-up words, no secret
        filled = _fill(output, draw)
        result: dict[str, Any] = {"clusters": CLUSTERS, "articles": CLUSTERS * COPIES}
        result["whole report"] = _measured(output, "2026-04-01T00:00:00Z")
        _add(output, draw, filled)
        result["after 200 new articles"] = _measured(output, "2026-04-02T00:00:00Z")
        result["report on disk, MB"] = _size_mb(output / "report")
        result["opening"] = _opened(output / "report" / "index.html")
    write("report", "", result)


def build(output: str, now: str) -> None:
    """Build the report of the store in a folder, and print what it took as JSON.

    What the process took to load its libraries is not counted: a run has loaded them before.
    """
    started, loaded_s = time.perf_counter(), time.process_time()
    config = Config(output=Path(output))
    with Store.open(config.store_path, read_only=True) as store:
        former = former_report(config.report_dir)
        source = report_source(config, store, "", now, former)
        build_report(source, config.report_dir, former)
    told: dict[str, float] = {"seconds": round(time.perf_counter() - started, 1)}
    # Wall time means little where others use the same cores: then CPU time is what compares.
    told["load average"] = round(os.getloadavg()[0], 1)
    for name, who in (("", resource.RUSAGE_SELF), (" of workers", resource.RUSAGE_CHILDREN)):
        used = resource.getrusage(who)
        before_s = loaded_s if who == resource.RUSAGE_SELF else 0.0
        told[f"CPU seconds{name}"] = round(used.ru_utime + used.ru_stime - before_s, 1)
        told[f"peak MB{name}"] = round(used.ru_maxrss / 1024)
    sys.stdout.write(json.dumps(told))


def _measured(output: Path, now: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(output), now], check=True, capture_output=True, text=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    print(now[:10], told, flush=True)
    return told


def _fill(output: Path, draw: random.Random) -> list[Cluster]:
    vocabulary = [
        "".join(draw.choices("abcdefghilmnoprstuvw", k=draw.randint(3, 9))) for _ in range(WORDS)
    ]
    clusters: list[Cluster] = []
    pairs: list[Pair] = []
    with Store.open(Config(output=output).store_path) as store, store.transaction():
        for number in range(CLUSTERS):
            articles = list(_story(number, COPIES, vocabulary, draw))
            for one in articles:
                store.save_article(one, page_id=None)
            clusters.append(_cluster(number, articles))
            pairs.extend(_pairs(articles))
        names = [member.article_id for cluster in clusters for member in cluster.members]
        store.replace_pairs(names, pairs)
        store.settle(names, clusters, [], [], now="2026-03-31T00:00:00Z")
    return clusters


def _add(output: Path, draw: random.Random, clusters: list[Cluster]) -> None:
    """Add new clusters of one article each, and a copy to others, as a run does: the rest stays."""
    vocabulary = ["fresh", "words", "nobody", "has", "seen", "today", "quay", "lamp", "bread"]
    with Store.open(Config(output=output).store_path) as store, store.transaction():
        settled: list[Cluster] = []
        for number in range(CLUSTERS, CLUSTERS + NEW_CLUSTERS):
            (one,) = _story(number, 1, vocabulary, draw)
            store.save_article(one, page_id=None)
            settled.append(_cluster(number, [one]))
        for place in draw.sample(range(CLUSTERS), NEW_COPIES):
            (one,) = _story(CLUSTERS + NEW_CLUSTERS + place, 1, vocabulary, draw)
            store.save_article(one, page_id=None)
            old = clusters[place]
            late = _member(one, COPIES + 1)
            settled.append(Cluster(id=old.id, medoid=old.medoid, members=(*old.members, late)))
        names = [member.article_id for cluster in settled for member in cluster.members]
        store.settle(names, settled, [], [], now="2026-04-01T00:00:00Z")


def _story(
    number: int, copies: int, vocabulary: Sequence[str], draw: random.Random
) -> Iterator[Article]:
    paragraphs = [draw.choices(vocabulary, k=PARAGRAPH_WORDS) for _ in range(PARAGRAPHS)]
    began = START + timedelta(minutes=4 * number)
    for copy in range(copies):
        text = [list(words) for words in paragraphs]
        for _ in range(copy):
            words = draw.choice(text)
            # One edit in eight touches a number, as a desk's updates do.
            word = draw.choice(vocabulary) if draw.randrange(8) else str(draw.randint(2, 900))
            words[draw.randrange(len(words))] = word
        kept = text[: len(text) - copy // 3]
        site = f"site{draw.randrange(SITES)}.example"
        evidence = Evidence(
            supports="agency", value="AP", quote="QUAY (AP) -", where="dateline", weight=0.9
        )
        yield Article(
            id=f"a{number:06}-{copy}",
            url=f"https://www.{site}/news/{number}-{copy}",
            site=site,
            title=" ".join(paragraphs[0][:8]).capitalize(),
            text="\n".join(" ".join(words).capitalize() + "." for words in kept),
            published=(began + timedelta(minutes=11 * copy)).isoformat(),
            published_source="json-ld",
            language="en",
            agency="AP" if copy % 2 else None,
            evidence=(evidence,) if copy % 2 else (),
            fetched="2026-03-31T00:00:00Z",
        )


def _cluster(number: int, articles: Sequence[Article]) -> Cluster:
    members = tuple(_member(one, place) for place, one in enumerate(articles, start=1))
    return Cluster(id=f"c{number:010x}", medoid=articles[0].id, members=members)


def _member(one: Article, place: int) -> Member:
    return Member(
        article_id=one.id,
        version=place,
        first=place == 1,
        relation=Relation.EDITED if place > 1 else Relation.IDENTICAL,
        containment_in_medoid=0.9,
        containment_of_medoid=0.8,
    )


def _pairs(articles: Sequence[Article]) -> Iterator[Pair]:
    """Give each copy's pair with the first, as the least that clustering keeps."""
    for one in articles[1:]:
        yield Pair(
            a=articles[0].id,
            b=one.id,
            relation=Relation.EDITED,
            jaccard=0.8,
            containment_a=0.8,
            containment_b=0.9,
        )


def _size_mb(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1_000_000


def _opened(index: Path) -> dict[str, Any]:
    """Measure until the table of all clusters can be used, and until a search is answered."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return {"skipped": "chromium is not installed"}
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - of the group `browser`

    with sync_playwright() as library:
        browser = library.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        started = time.perf_counter()
        page.goto(index.as_uri())
        page.wait_for_selector("body[data-ready]")
        usable = time.perf_counter() - started
        started = time.perf_counter()
        page.fill("#words", "nobody has seen")
        # "so far" stands behind the number until the last piece has been read.
        page.get_by_text(re.compile(r"^[0-9,]+ clusters? of [0-9,]+$")).wait_for()
        answered = time.perf_counter() - started
        browser.close()
    return {"usable, s": round(usable, 2), "first search in texts, s": round(answered, 2)}
