"""Run a crawl as a person does: `scrapy crawl` in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from crawler.items import Lead, LeadState
from crawler.store import Store

ROOT = Path(__file__).parents[2]
IMPORTABLE: tuple[Path, ...] = (ROOT,)
"""Folders whose modules the crawl can import."""
# A crawl of a few pages takes 4 s on a busy machine; most of it is Python starting three times.
LIMIT_S = 90


def environment(folder: Path, proxy: str) -> dict[str, str]:
    """Give the environment of a crawl that can reach nothing but the proxy."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if "proxy" not in name.lower() and not name.startswith("WIRETRACE_")
    }
    return kept | {
        "http_proxy": proxy,
        "https_proxy": proxy,
        "WIRETRACE_CONFIG": str(folder / "wiretrace.toml"),
        "PYTHONPATH": os.pathsep.join(map(str, IMPORTABLE)),
        "SCRAPY_PROJECT": "default",
    }


def write_config(folder: Path, text: str) -> None:
    """Write the watchlist of a crawl beside its store; one worker is the quickest to start."""
    head = 'output = "out"\n[extraction]\nworkers = 1\n'
    (folder / "wiretrace.toml").write_text(head + text, encoding="utf-8")


def command(*arguments: str) -> list[str]:
    """Give the command line of a crawl."""
    return [sys.executable, "-m", "scrapy", "crawl", *arguments]


def crawl(folder: Path, proxy: str, *arguments: str, text: str | None = None) -> str:
    """Run a crawl to its end and give its log."""
    done = subprocess.run(
        command(*arguments),
        cwd=ROOT,
        env=environment(folder, proxy),
        input=text,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=True,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stderr


def store_of(folder: Path) -> Store:
    """Open what a crawl has stored."""
    return Store.open(folder / "out" / "wiretrace.sqlite", read_only=True)


def leads_of(folder: Path) -> dict[str, Lead]:
    """Give the leads of a crawl by their address without the scheme."""
    with store_of(folder) as store:
        return {lead.url.removeprefix("http://"): lead for lead in store.leads()}


def in_state(folder: Path, state: LeadState) -> set[str]:
    """Give the addresses of the leads in one state."""
    return {url for url, lead in leads_of(folder).items() if lead.state is state}
