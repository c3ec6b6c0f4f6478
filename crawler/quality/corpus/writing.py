"""Events -> a file of articles, in an order in which they might have come in.

Memory does not grow with the corpus: events are made one by one, a buffer mixes neighbouring ones.
"""

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

from crawler import __version__
from crawler.quality.corpus.desks import Desks
from crawler.quality.corpus.drafts import Draft
from crawler.quality.corpus.events import LANGUAGES, World
from crawler.quality.corpus.sites import invent_sites

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 28
"""Days over which a corpus is spread, whatever its size."""
MIXED = 4096
"""Articles among which the next one is drawn: copies do not stand one after the other."""
FORMAT = 1
"""Raised when the same seed gives other articles than before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """What was written."""

    path: Path
    """The articles."""
    manifest: Path
    """What they were made with, and how many there are of each kind."""
    counts: dict[str, Any]
    """Those numbers."""


def write_corpus(
    folder: Path,
    articles: int,
    seed: int,
    *,
    short: bool = False,
    advance: Callable[[int], None] | None = None,
) -> Corpus:
    """Write `NAME.articles.jsonl.gz` and `NAME.manifest.json` into a folder.

    Args:
        folder: is made where it is not there.
        articles: how many.
        seed: the same seed, number and version of the format give the same bytes.
        short: whether all stories have 60 to 150 words.
        advance: called with the number of articles written since the last call.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{'short' if short else 'mixed'}-{articles}-seed{seed}"
    path = folder / f"{name}.articles.jsonl.gz"
    partial = path.with_name(path.name + ".part")
    tally: Counter[tuple[str, str]] = Counter()
    # The file's time is left out of the gzip header, or two runs would not give the same bytes.
    with partial.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
        for row in rows(articles, seed, short=short):
            packed.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
            tally["kinds", row["kind"]] += 1
            tally["languages", row["language"]] += 1
            if advance is not None:
                advance(1)
    partial.replace(path)
    counts: dict[str, Any] = {"kinds": {}, "languages": {}}
    for (group, key), number in sorted(tally.items()):
        counts[group][key] = number
    manifest = folder / f"{name}.manifest.json"
    made_with = {
        "format": FORMAT, "wiretrace": __version__, "articles": articles, "seed": seed,
        "short": short, **counts,
    }  # fmt: skip
    manifest.write_text(json.dumps(made_with, indent=1) + "\n", encoding="utf-8")
    return Corpus(path=path, manifest=manifest, counts=counts)


def rows(articles: int, seed: int, *, short: bool = False) -> Iterator[dict[str, Any]]:
    """Give the articles as JSON objects, one by one."""
    sites = invent_sites(articles, list(LANGUAGES.items()), seed)
    world = World(Desks(sites, seed), seed, short)
    drafts = (draft for number in count() for draft in world.event(number))
    step = timedelta(days=DAYS) / max(1, articles)
    timed = (
        (draft, BEGIN + at * step + timedelta(minutes=draft.minutes))
        for at, draft in enumerate(islice(drafts, articles))
    )
    for draft, published in _mixed(timed, Random(f"{seed}/order")):  # noqa: S311 - made again from its seed
        yield _row(draft, published)


def _mixed(
    timed: Iterator[tuple[Draft, datetime]], rng: Random
) -> Iterator[tuple[Draft, datetime]]:
    """Draw the next one from a buffer, so that one event's articles are apart."""
    held = list(islice(timed, MIXED))
    for one in timed:
        at = int(rng.random() * len(held))
        yield held[at]
        held[at] = one
    rng.shuffle(held)
    yield from held


def _row(draft: Draft, published: datetime) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": draft.id,
        "url": f"https://{draft.site}/{published:%Y/%m/%d}/{draft.id}",
        "site": draft.site,
        "title": draft.title,
        "text": draft.text,
        "published": published.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "language": draft.language,
        "cluster": draft.cluster,
        "kind": draft.kind,
    }
    if draft.cut is not None:
        row["cut"] = draft.cut
    if draft.of is not None:
        row["of"] = draft.of
    if draft.relation is not None:
        row["relation"] = draft.relation.value
    return row
