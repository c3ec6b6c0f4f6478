"""Extraction on real pages with paragraph truth, beside plain trafilatura; all timed in one run."""

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean, median
from time import process_time
from typing import Any

import trafilatura

from benchmarks import record
from benchmarks.rules import rule_costs
from benchmarks.scores import grams, score, score_metadata, weakest, words
from benchmarks.shells import read_shells
from crawler.config import ExtractionLimits
from crawler.errors import PageError
from crawler.extraction import extract
from crawler.items import Article, Page

FIGURES = ("ms a page", "ms a page, median")
"""What is measured: the mean over the pages, and the page in the middle."""
ROUNDS = 3
LISTED = ("pages below .85", "rules, in word 4-grams", "further pages")
"""What is written and not printed."""


def bench(data: Path, seeds: Sequence[int]) -> None:
    """Measure all pages."""
    del seeds
    folder = data / "data" / "extraction"
    truth = [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines()]
    pages = [page_of(folder, row) for row in truth]
    ours = [extracted(page) for page in pages]
    texts = [article.text if article else "" for article in ours]
    plain = [plain_text(page) for page in pages]
    quick = [fast_text(page) for page in pages]
    bodies = ["\n".join(row["paragraphs"]) for row in truth]
    found: dict[str, Any] = {
        "pages": len(pages),
        "wiretrace": score(texts, truth) | score_metadata(ours, truth),
        "trafilatura, defaults": score(plain, truth),
        "trafilatura, fast": score(quick, truth),
        "pages below .85": weakest(texts, plain, truth),
        "rules, in word 4-grams": rule_costs(ours, bodies, lambda text: grams(words(text))),
        "further pages": further(data / "newsweb" / "shells", truth),
    }
    works: dict[str, Callable[[Page], object]] = {
        "wiretrace": extracted,
        "trafilatura, defaults": plain_text,
        "trafilatura, fast": fast_text,
        "trafilatura, fast, with its metadata": fast_article,
    }
    for name, times in timed(pages, works).items():
        found[name] = found.get(name, {}) | times
    for name in list(works)[1:]:
        for figure in FIGURES:
            ratio = found["wiretrace"][figure] / found[name][figure]
            found[f"time{figure.removeprefix(FIGURES[0])}, of {name}"] = round(ratio, 2)
    print(json.dumps({k: v for k, v in found.items() if k not in LISTED}, indent=1))
    record.write("extraction", "", found)


def further(folder: Path, known: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Measure pages of the same kind on which nothing was looked at one by one."""
    names = {Path(row["html"]).name for row in known}
    found = list(read_shells(folder, names))
    truth = [row for _, row in found]
    pages = [as_fetched(row["url"], markup) for markup, row in found]
    ours = [extracted(page) for page in pages]
    texts = [article.text if article else "" for article in ours]
    plain = [plain_text(page) for page in pages]
    return {
        "pages": len(pages),
        "wiretrace": score(texts, truth) | score_metadata(ours, truth),
        "trafilatura, defaults": score(plain, truth),
        "pages below .85": weakest(texts, plain, truth),
    }


def page_of(folder: Path, row: dict[str, Any]) -> Page:
    """Read a page as if it had just been fetched."""
    return as_fetched(row["url"], gzip.decompress((folder / row["html"]).read_bytes()))


def as_fetched(url: str, body: bytes) -> Page:
    """Give a page as if it had just been fetched."""
    return Page(
        url=url,
        requested_url=url,
        source="bench",
        status=200,
        content_type="text/html",
        body=body,
        # Later than every page: a time after the fetch would be no time of publication.
        fetched="2030-01-01T00:00:00Z",
    )


def extracted(page: Page) -> Article | None:
    """Extract as the crawl does."""
    try:
        return extract(page, ExtractionLimits())
    except PageError:
        return None


def plain_text(page: Page) -> str:
    """Extract the body with trafilatura alone, without comments and metadata."""
    found = trafilatura.bare_extraction(page.body, include_comments=False, with_metadata=False)
    # The library's type also covers its option to give a dict; this call gives a document.
    return str(getattr(found, "text", None) or "")


def fast_text(page: Page) -> str:
    """Extract the body with trafilatura's fast mode, which asks no other algorithm."""
    found = trafilatura.bare_extraction(
        page.body, include_comments=False, with_metadata=False, fast=True
    )
    return str(getattr(found, "text", None) or "")


def fast_article(page: Page) -> object:
    """Extract with trafilatura's fast mode all it can give beside the body: title, author, day."""
    return trafilatura.bare_extraction(
        page.body, url=page.url, include_comments=False, with_metadata=True, fast=True
    )


def timed(
    pages: Sequence[Page], works: Mapping[str, Callable[[Page], object]]
) -> dict[str, dict[str, float]]:
    """Give the processor's milliseconds a page, as mean and as median over the pages.

    Each page is given to all, one after the other, so that what else the machine does falls on all
    alike; who is first changes from page to page, since the first also brings the page into the
    processor's caches. Of the rounds the median counts.
    """
    order = list(works.items())
    means: dict[str, list[float]] = {name: [] for name in works}
    medians: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        spent: dict[str, list[float]] = {name: [] for name in works}
        for at, page in enumerate(pages):
            first = at % len(order)
            for name, work in (*order[first:], *order[:first]):
                began = process_time()
                work(page)
                spent[name].append((process_time() - began) * 1000)
        for name, each in spent.items():
            means[name].append(mean(each))
            medians[name].append(median(each))
    return {
        name: {
            "ms a page": round(median(means[name]), 2),
            "ms a page, median": round(median(medians[name]), 2),
        }
        for name in works
    }
