"""`python -m benchmarks.conformance --data DIR`: public test cases of the formats that are read.

The folder holds `robots/` (textual protocol buffers), `feeds/` (a tar of feeds that say in a
comment what a reader should find), `warc/` and `naughty/` (a JSON list of strings); what is missing
is left out. Nothing of it belongs to this tree. Written to `benchmarks/results/conformance.json`.
"""

import argparse
import asyncio
import json
import re
import tarfile
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.record import write
from benchmarks.textproto import read_cases
from crawler.config import Config, ExtractionLimits
from crawler.discovery import read_feed
from crawler.errors import DocumentError, PageError
from crawler.extraction import extract
from crawler.items import Article, Drop, Page, SourceOutcome
from crawler.middlewares.addresses import is_private_host
from crawler.middlewares.rules import read_rules
from crawler.store import Store
from crawler.urls import canonical, host_of
from spiders.archives import ArchiveReader, ArchivesSpider

HOST = "https://feeds.example/"
MOST_SHOWN = 30
STORY = (
    "The boat left the harbour at noon with forty people and one goat on board, and came back.",
    "Nobody could say afterwards whose goat it was, or why it had been given a seat by the window.",
    "The harbour master has written to the owner of the boat and asked for a list of passengers.",
)
EXPECTED = re.compile(rb"entries\[0\]\['(link|title)'\] == u?'([^'\\]*)'")
HEADER = re.compile(rb"Header:\s*Content-type:\s*([^\n]+)", re.IGNORECASE)


def robots(folder: Path) -> dict[str, Any]:
    """Compare our reader of robots.txt with the outcome that each case expects."""
    cases, wrong = 0, []
    for file in sorted(folder.rglob("*.textproto")):
        for case in read_cases(file.read_text("utf-8")):
            cases += 1
            if read_rules(case.robots, case.agent).allows(case.url) != case.allowed:
                said = "allowed" if case.allowed else "disallowed"
                wrong.append(f"{file.name}: {case.url} for {case.agent} should be {said}")
    return {"cases": cases, "as_expected": cases - len(wrong), "not_as_expected": wrong}


def feeds(folder: Path) -> dict[str, Any]:
    """Read every feed; compare link and title of its first entry where the feed states them."""
    counts: Counter[str] = Counter()
    wrong, crashes = [], []
    for name, body in _members(folder):
        counts["feeds"] += 1
        header = HEADER.search(body)
        kind = header.group(1).decode("latin-1").strip() if header else "application/xml"
        try:
            entries = read_feed(body, url=f"{HOST}{name}", content_type=kind, limit=500)
        except DocumentError as error:
            counts[f"refused:{error.slug}"] += 1
            continue
        except Exception as error:  # noqa: BLE001 - a crash is what this looks for
            crashes.append(f"{name}: {error!r}")
            continue
        counts["read"] += 1
        counts["with_entries"] += bool(entries)
        for key, expected in EXPECTED.findall(body):
            if not entries:
                counts["stated_without_entry"] += 1  # an entry without an address is no lead
                continue
            counts["stated"] += 1
            if not _agrees(key.decode(), expected.decode("utf-8", "replace"), entries[0]):
                wrong.append(
                    f"{name}: {key.decode()} should be {expected.decode('utf-8', 'replace')}"
                )
    return {
        **dict(sorted(counts.items())),
        "as_stated": counts["stated"] - len(wrong),
        "not_as_stated": wrong[:MOST_SHOWN],
        "crashes": crashes,
    }


def _members(folder: Path) -> Iterator[tuple[str, bytes]]:
    for archive in sorted(folder.glob("*.tar.gz")):
        with tarfile.open(archive) as tar:
            for member in tar:
                stream = tar.extractfile(member) if member.isfile() else None
                if stream is not None and member.name.endswith((".xml", ".json")):
                    yield member.name, stream.read()


def _agrees(key: str, expected: str, entry: Any) -> bool:  # noqa: ANN401 - an Entry
    if key == "link":
        return bool(entry.url == canonical(expected, HOST))
    return " ".join((entry.title or "").split()) == " ".join(expected.split())


def archives(folder: Path) -> dict[str, Any]:
    """Read every WARC file with the spider's own reader."""
    return {
        path.name: asyncio.run(_archive(path))
        for path in sorted(folder.iterdir())
        if ".warc" in path.name
    }


async def _archive(path: Path) -> dict[str, Any]:
    spider = ArchivesSpider(config=Config(), url=str(path))
    found: dict[str, Any] = {"pages": 0, "passed_over": {}}
    async for output in ArchiveReader(spider, spider.sources[0]).start():
        if isinstance(output, Page):
            found["pages"] += 1
        elif isinstance(output, Drop):
            found["passed_over"][output.reason] = output.detail or ""
        elif isinstance(output, SourceOutcome):
            found["failed"] = bool(output.failures)
    # The detail names the file by its place on this machine.
    found["passed_over"] = {
        reason: " ".join(str(detail).replace(f"{path.parent}/", "").split())
        for reason, detail in found["passed_over"].items()
    }
    return found


def naughty(folder: Path) -> dict[str, Any]:
    """Send each string through what takes text from outside; count what is lost or crashes."""
    strings = [
        text for file in sorted(folder.glob("*.json")) for text in json.loads(file.read_text())
    ]
    ways: dict[str, Callable[[str], bool]] = {
        "address": _address_holds,
        "robots": lambda text: read_rules(f"User-agent: {text}\nDisallow: {text}".encode(
            "utf-8", "replace"), "x").allows(f"{HOST}x") in (True, False),
        "feed_title": _title_holds,
        "page": _page_holds,
    }  # fmt: skip
    wrong = [
        f"{name}: {text!r}" for text in strings for name, holds in ways.items() if not holds(text)
    ]
    wrong += [f"store: {text!r}" for text in _lost_in_store(strings)]
    return {"strings": len(strings), "ways": [*ways, "store"], "wrong": wrong}


def _address_holds(text: str) -> bool:
    """Say whether the canonical form stays as it is when made anew, and its host can be judged."""
    once = canonical(text, HOST)
    if once is None:
        return True
    return canonical(once) == once and is_private_host(host_of(once)) in (True, False)


def _title_holds(text: str) -> bool:
    item = f"<item><title>{escape(text)}</title><link>{HOST}a</link></item>"
    body = f"<rss version='2.0'><channel>{item}</channel></rss>".encode("utf-8", "replace")
    try:
        return len(read_feed(body, url=HOST, content_type="text/xml", limit=9)) == 1
    except DocumentError:
        # A control character that no XML may hold breaks the document, and is told as that.
        return any(ord(char) < ord(" ") for char in text)


def _page_holds(text: str) -> bool:
    """Say whether a page full of a string, plain and escaped, still gives the story around it."""
    story = "".join(f"<p>{line}</p>" for line in STORY)
    for odd in (text, escape(text, {'"': "&quot;"})):
        head = f'<title>{odd}</title><meta name="author" content="{odd}">'
        body = f"<article><h1>The boat</h1><p>{odd}</p>{story}<p>{odd}</p></article>{odd}"
        page = Page(
            url=f"{HOST}boat",
            requested_url=f"{HOST}boat",
            source="naughty",
            status=200,
            content_type="text/html; charset=utf-8",
            body=f"<html><head>{head}</head><body>{body}</body></html>".encode("utf-8", "replace"),
            fetched="2026-03-03T10:00:00Z",
        )
        try:
            found = extract(page, ExtractionLimits())
        except PageError:
            # Markup that opens a script or comment and never ends it hides all that follows.
            if odd != text or "<" not in odd:
                return False
            continue
        if odd != text and STORY[0] not in found.text:
            return False
    return True


def _lost_in_store(strings: list[str]) -> list[str]:
    lost = []
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "s.sqlite") as store,
    ):
        for number, text in enumerate(strings):
            kept = Article(id=str(number), url="", site="", title=text, text=text)
            store.save_article(kept, page_id=None)
            if store.article(str(number)) != kept:
                lost.append(text)
    return lost


PARTS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "robots": robots,
    "feeds": feeds,
    "warc": archives,
    "naughty": naughty,
}


def main() -> None:
    """Run every part whose cases are there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.conformance", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with robots/, feeds/ …")
    given: Path = parser.parse_args().data
    folder = given / "conformance" if (given / "conformance").is_dir() else given
    result = {name: part(folder / name) for name, part in PARTS.items() if (folder / name).is_dir()}
    if not result:
        parser.error(f"{folder} holds none of {', '.join(PARTS)}")
    for name, found in result.items():
        figures = {key: value for key, value in found.items() if isinstance(value, int)}
        print(f"{name}: {figures or f'{len(found)} files'}", flush=True)
    write("conformance", "", result, command="make conformance DATA=path/to/data")


if __name__ == "__main__":
    main()
