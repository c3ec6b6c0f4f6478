"""The whole job on a local web of real page templates with planted copies and known truth.

The web's own tools build, serve and score it; `wiretrace run` crawls it through a forward proxy, so
that no real server is ever asked. The plain recipe (trafilatura, MinHash LSH, connected components)
runs on the same web for comparison.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from gzip import decompress
from pathlib import Path
from typing import Any

from benchmarks import record

RUN_S = 1800
"""A crawl of 180 hosts with Crawl-delays of up to five seconds takes a few minutes."""


def bench(data: Path, seeds: Sequence[int]) -> None:
    """Measure each seed's web, and the plain recipe beside it."""
    tools = (data / "newsweb").resolve()
    found = {}
    with tempfile.TemporaryDirectory(prefix="newsweb-") as folder:
        for seed in seeds:
            web = build(tools, Path(folder), seed)
            found[f"seed {seed}"] = {
                "wiretrace": crawl(tools, web),
                "plain recipe": plain(tools, web),
            }
            show(f"seed {seed}", found[f"seed {seed}"])
    record.write("newsweb", f"--seeds {' '.join(map(str, seeds))}", found)


def build(tools: Path, folder: Path, seed: int) -> Path:
    """Build the web of a seed and give its folder."""
    stories = folder / "stories.jsonl"
    if not stories.exists():
        stories.write_bytes(decompress((tools / "stories.jsonl.gz").read_bytes()))
    web = folder / f"web{seed}"
    call(
        tools, "build", "--shells", str(tools / "shells"), "--stories", str(stories),
        "--out", str(web), "--seed", str(seed),
    )  # fmt: skip
    return web


def crawl(tools: Path, web: Path) -> dict[str, Any]:
    """Run wiretrace on the web and give the scores."""
    home = web / "wiretrace"
    home.mkdir()
    (home / "wiretrace.toml").write_text(watchlist(web), encoding="utf-8")
    with served(tools, web) as proxied:
        began = time.monotonic()
        done = wiretrace(home, proxied, "run", accepted=(0, 3))
        seconds = time.monotonic() - began
    wiretrace(home, proxied, "export", "articles", "--to", "articles.jsonl")
    wiretrace(home, proxied, "export", "clusters", "--to", "clusters.jsonl")
    scores = score(tools, web, home / "articles.jsonl", home / "clusters.jsonl")
    return {"seconds": round(seconds, 1), "exit code": done.returncode, **scores}


def plain(tools: Path, web: Path) -> dict[str, Any]:
    """Run the plain recipe on the web (it is told every address) and give the scores."""
    out = web / "plain"
    # One worker: its threads share lxml's parser, which now and then ends the process.
    with served(tools, web) as proxied:
        subprocess.run(
            [sys.executable, str(tools / "baseline.py"), str(web), "--out", str(out),
             "--proxy", proxied["http_proxy"], "--workers", "1"],
            check=True, timeout=RUN_S, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return score(tools, web, out / "articles.jsonl", out / "clusters.jsonl", politeness=False)


def watchlist(web: Path) -> str:
    """Write a source for each front, feed and sitemap that the web's seeds name."""
    lines = ["[crawl]", 'contact = "mailto:bench@localhost.invalid"']
    for line in (web / "seeds.jsonl").read_text("utf-8").splitlines():
        seed = json.loads(line)
        lines += ["", "[[source]]", f'section = "{seed["home"]}"']
        if seed["feed"]:
            kind = "sitemap" if "sitemap" in seed["feed"] else "feed"
            lines += ["", "[[source]]", f'{kind} = "{seed["feed"]}"']
    return "\n".join(lines) + "\n"


@contextmanager
def served(tools: Path, web: Path) -> Iterator[dict[str, str]]:
    """Serve the web as a proxy; give an environment in which every request goes there."""
    (web / "access.jsonl").unlink(missing_ok=True)
    server = subprocess.Popen(
        [sys.executable, str(tools / "newsweb.py"), "serve", str(web), "--port", "0",
         "--fresh-log"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        proxy = server.stdout.readline().split()[2]
        yield {
            **os.environ, "http_proxy": proxy, "https_proxy": proxy, "no_proxy": "",
            "HTTP_PROXY": proxy, "HTTPS_PROXY": proxy, "NO_PROXY": "",
        }  # fmt: skip
    finally:
        server.terminate()
        server.wait(10)


def wiretrace(
    home: Path, environment: Mapping[str, str], *arguments: str, accepted: Sequence[int] = (0,)
) -> "subprocess.CompletedProcess[str]":
    """Call the command line in a folder with a watchlist."""
    done = subprocess.run(
        [sys.executable, "-m", "crawler", "-q", *arguments],
        cwd=home, env=dict(environment), text=True, stdout=subprocess.PIPE, timeout=RUN_S,
        check=False,
    )  # fmt: skip
    if done.returncode not in accepted:
        raise SystemExit(f"wiretrace {' '.join(arguments)}: exit code {done.returncode}")
    return done


def score(
    tools: Path, web: Path, articles: Path, clusters: Path, *, politeness: bool = True
) -> dict[str, Any]:
    """Score with the web's own tool."""
    out = web / "score.json"
    call(
        tools, "score", str(web), "--articles", str(articles), "--clusters", str(clusters),
        "--phase", "1", "--json", str(out),
    )  # fmt: skip
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    found["firsts"] = judge_firsts(web, clusters)
    if not politeness:
        found.pop("politeness", None)
    return found


def judge_firsts(web: Path, clusters: Path) -> dict[str, Any]:
    """Count the stories of two found copies or more by what their cluster says of the first.

    The web's own tool counts "unknown" as wrong; here it is an answer of its own. As there, the
    largest cluster of a story answers for it, and forms of one page count as that page.
    """
    truth = json.loads((web / "truth.json").read_text("utf-8"))["pages"]
    pages = {url: page["same_as"] or url for url, page in truth.items()}
    pages |= {page["redirect_from"]: pages[url] for url, page in truth.items()}
    members: dict[str, set[str]] = defaultdict(set)
    named: dict[str, set[str]] = defaultdict(set)
    for line in clusters.read_text("utf-8").splitlines():
        row = json.loads(line)
        page = pages.get(row["url"], pages.get(row["url"].split("?")[0]))
        if page is not None:
            members[row["cluster"]].add(page)
            named[row["cluster"]] |= {page} if row.get("first") else set()
    stories: dict[str, set[str]] = defaultdict(set)
    for page in set().union(*members.values()):
        if truth[page]["relation"] in ("original", "copy"):
            stories[truth[page]["story"]].add(page)
    counts = Counter(
        _judged(found, members, named, truth) for found in stories.values() if len(found) > 1
    )
    total = counts.total() or 1
    return {name: round(counts[name] / total, 4) for name in ("right", "wrong", "unknown")}


def _judged(
    story: set[str],
    members: Mapping[str, set[str]],
    named: Mapping[str, set[str]],
    truth: Mapping[str, Any],
) -> str:
    best = max(members, key=lambda cluster: len(members[cluster] & story))
    first = min(story, key=lambda page: datetime.fromisoformat(truth[page]["published"]))
    if not named[best]:
        return "unknown"
    return "right" if named[best] == {first} else "wrong"


def call(tools: Path, *arguments: str) -> None:
    """Call the web's tool."""
    subprocess.run(
        [sys.executable, str(tools / "newsweb.py"), *arguments],
        check=True, timeout=RUN_S, stdout=subprocess.DEVNULL,
    )  # fmt: skip


ROWS = (
    ("articles", "recall_copies"),
    ("articles", "text_f1"),
    ("articles", "leakage_micro"),
    ("articles", "title_exact"),
    ("articles", "published_exact"),
    ("articles", "agency_precision"),
    ("articles", "agency_recall"),
    ("clusters", "pair_f1"),
    ("clusters", "impure_clusters"),
    ("clusters", "excerpts_joined"),
    ("clusters", "roundups_joined"),
    ("firsts", "right"),
    ("firsts", "wrong"),
    ("firsts", "unknown"),
    ("politeness", "robots_violations"),
    ("politeness", "requests_on_5xx_robots_hosts"),
    ("politeness", "gaps_below_crawl_delay"),
)


def show(title: str, found: Mapping[str, Mapping[str, Any]]) -> None:
    """Print the figures that matter most, side by side."""
    print(f"{title:<40}" + "".join(f"{name:>16}" for name in found))
    for part, key in ROWS:
        values = [row.get(part, {}).get(key) for row in found.values()]
        cells = "".join(f"{'' if value is None else round(value, 4):>16}" for value in values)
        print(f"{part + '.' + key:<40}{cells}")
