"""Extraction on real pages with paragraph truth, beside plain trafilatura; all timed in one run.

Scored by bags of word 4-grams: a page's F1 is the harmonic mean of the shares of its extracted and
of its true 4-grams that match; leaked words are those extracted beyond the truth.
"""

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from statistics import mean, median
from time import process_time
from typing import Any

import trafilatura

from benchmarks import record
from crawler.config import ExtractionLimits
from crawler.errors import PageError
from crawler.extraction import extract
from crawler.items import Article, Page

GRAM = 4
SAME_MOMENT_S = 60
ROUNDS = 3
BELOW = 0.85
"""Pages below this are listed one by one."""


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
    found: dict[str, Any] = {
        "pages": len(pages),
        "wiretrace": score(texts, truth) | score_metadata(ours, truth),
        "trafilatura, defaults": score(plain, truth),
        "trafilatura, fast": score(quick, truth),
        "pages below .85": weakest(texts, plain, truth),
    }
    works: dict[str, Callable[[Page], object]] = {
        "wiretrace": extracted,
        "trafilatura, defaults": plain_text,
        "trafilatura, fast": fast_text,
    }
    for name, times in timed(pages, works).items():
        found[name] |= times
    for name in list(works)[1:]:
        found[f"time, of {name}"] = round(
            found["wiretrace"]["ms a page"] / found[name]["ms a page"], 2
        )
    print(json.dumps({k: v for k, v in found.items() if k != "pages below .85"}, indent=1))
    record.write("extraction", "", found)


def page_of(folder: Path, row: dict[str, Any]) -> Page:
    """Read a page as if it had just been fetched."""
    return Page(
        url=row["url"],
        requested_url=row["url"],
        source="bench",
        status=200,
        content_type="text/html",
        body=gzip.decompress((folder / row["html"]).read_bytes()),
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


def timed(
    pages: Sequence[Page], works: Mapping[str, Callable[[Page], object]]
) -> dict[str, dict[str, float]]:
    """Give the processor's milliseconds a page, as mean and as median over the pages.

    Each page is given to all, one after the other, so that what else the machine does falls on all
    alike; of the rounds the median counts.
    """
    means: dict[str, list[float]] = {name: [] for name in works}
    medians: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        spent: dict[str, list[float]] = {name: [] for name in works}
        for page in pages:
            for name, work in works.items():
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


def words(text: str) -> list[str]:
    """Give the words of a text as the scores compare them."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower())


def grams(tokens: list[str]) -> Counter[tuple[str, ...]]:
    """Give the bag of word 4-grams; of a shorter text, the text itself."""
    if len(tokens) < GRAM:
        return Counter([tuple(tokens)]) if tokens else Counter()
    return Counter(tuple(tokens[at : at + GRAM]) for at in range(len(tokens) - GRAM + 1))


def gram_score(text: str, truth: str) -> tuple[float, float, float]:
    """Give precision, recall and F1 of a page."""
    got, want = grams(words(text)), grams(words(truth))
    both = (got & want).total()
    precision, recall = both / max(1, got.total()), both / max(1, want.total())
    return precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0


def score(texts: Sequence[str], truth: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Give the means over pages, and the share of leaked words over all."""
    bodies = ["\n".join(row["paragraphs"]) for row in truth]
    rows = [gram_score(text, body) for text, body in zip(texts, bodies, strict=True)]
    leaked = sum(
        (Counter(words(text)) - Counter(words(body))).total()
        for text, body in zip(texts, bodies, strict=True)
    )
    return {
        "precision": round(mean(row[0] for row in rows), 4),
        "recall": round(mean(row[1] for row in rows), 4),
        "f1": round(mean(row[2] for row in rows), 4),
        "lowest f1": round(min(row[2] for row in rows), 4),
        "leaked words": round(leaked / sum(len(words(text)) for text in texts), 4),
    }


def score_metadata(
    articles: Sequence[Article | None], truth: Sequence[dict[str, Any]]
) -> dict[str, float]:
    """Give the shares of titles and times that are exact, where the truth has one."""
    titled = [(a, row) for a, row in zip(articles, truth, strict=True) if row.get("title")]
    dated = [(a, row) for a, row in zip(articles, truth, strict=True) if row.get("published")]
    return {
        "title exact": round(
            mean(a is not None and words(a.title) == words(row["title"]) for a, row in titled), 4
        ),
        "published exact": round(
            mean(a is not None and same_moment(a.published, row["published"]) for a, row in dated),
            4,
        ),
    }


def same_moment(found: str | None, wanted: str) -> bool:
    """Say whether two times are the same to the minute; without a zone, to the local clock."""
    if not found:
        return False
    one, two = datetime.fromisoformat(found), datetime.fromisoformat(wanted)
    if two.time() == time.min and two.tzinfo is None:
        # The truth knows the day only.
        return one.date() == two.date()
    if one.tzinfo is None or two.tzinfo is None:
        one, two = one.replace(tzinfo=None), two.replace(tzinfo=None)
    return abs((one - two).total_seconds()) < SAME_MOMENT_S


def weakest(
    texts: Sequence[str], plain: Sequence[str], truth: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """List the pages whose F1 is low, with the plain extractor's score beside it."""
    listed = []
    for text, other, row in zip(texts, plain, truth, strict=True):
        body = "\n".join(row["paragraphs"])
        precision, recall, f1 = gram_score(text, body)
        if f1 < BELOW:
            listed.append(
                {
                    "page": Path(row["html"]).name.split(".")[0],
                    "precision": round(precision, 3),
                    "recall": round(recall, 3),
                    "f1": round(f1, 3),
                    "plain f1": round(gram_score(other, body)[2], 3),
                }
            )
    return sorted(listed, key=lambda row: row["f1"])
