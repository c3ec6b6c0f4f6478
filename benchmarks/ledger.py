"""Agency credits and times of publication on planted copies with known truth, page by page.

The truth lists what was planted. A credit may stand on a page that it does not list: in the
planted text itself (a real story's own dateline) or in the template (the original article's byline
that was left there). Such a credit is right, as a reader would say; it is counted apart, by the
quoted words, which must stand in the planted text or in the template as it was before planting. A
planted credit that the page does not show at all (print forms drop the byline) cannot be found, and
is counted apart, too.
"""

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from gzip import decompress
from pathlib import Path
from typing import Any

from benchmarks import newsweb, record
from crawler.config import ExtractionLimits
from crawler.errors import PageError
from crawler.extraction import extract
from crawler.items import Article, Page

FETCHED = "2026-03-11T00:00:00Z"
"""The day after the web's first phase."""
SAME_MOMENT_S = 60
CREDITED = 0.5
"""From this weight on a piece of evidence names the article's agency."""
GZIP = b"\x1f\x8b"


def bench(data: Path, seeds: Sequence[int]) -> None:
    """Measure each seed's web."""
    tools = (data / "newsweb").resolve()
    found = {}
    with tempfile.TemporaryDirectory(prefix="ledger-") as folder:
        for seed in seeds:
            web = newsweb.build(tools, Path(folder), seed)
            found[f"seed {seed}"] = measure(tools, web)
            print(json.dumps(found[f"seed {seed}"], indent=1), flush=True)
    record.write("ledger", f"--seeds {' '.join(map(str, seeds))}", found)


def measure(tools: Path, web: Path) -> dict[str, Any]:
    """Extract every planted page and compare it with the truth."""
    agencies: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for page, truth in planted(web):
        try:
            article = extract(page, ExtractionLimits())
        except PageError:
            agencies["no article"] += 1
            continue
        agencies[judge_agency(article, truth, page, tools)] += 1
        if truth["date_precision"] in ("second", "minute"):
            times[judge_time(article, truth)] += 1
    named = sum(count for verdict, count in agencies.items() if verdict.startswith("named"))
    false = agencies["named, but nothing on the page says so"]
    shown = agencies["named as planted"] + agencies["missed"] + agencies["named otherwise"]
    return {
        "agencies": dict(agencies),
        "agency precision": round(1 - false / max(named, 1), 4),
        "agency recall where shown": round(agencies["named as planted"] / max(shown, 1), 4),
        "times where the page gives minutes": dict(times),
        "time exact with zone": round(times["exact with zone"] / max(times.total(), 1), 4),
    }


def planted(web: Path) -> Iterator[tuple[Page, dict[str, Any]]]:
    """Give each planted page of the first phase with its truth."""
    truth = json.loads((web / "truth.json").read_text("utf-8"))["pages"]
    routes = json.loads((web / "routes.json").read_text("utf-8"))
    for url, one in truth.items():
        for answer in routes[one["host"]].get(url.split(one["host"], 1)[1], []):
            if answer["phase"] != 1 or answer["status"] != 200:  # noqa: PLR2004 - HTTP's own number
                continue
            body = (web / "files" / answer["file"]).read_bytes()
            modified = datetime.fromtimestamp(answer["modified"], UTC).isoformat()
            page = Page(
                url=url,
                requested_url=url,
                source="bench",
                status=200,
                content_type=answer["type"],
                body=decompress(body) if body.startswith(GZIP) else body,
                fetched=FETCHED,
                last_modified=modified,
            )
            yield page, one


def judge_agency(article: Article, truth: dict[str, Any], page: Page, tools: Path) -> str:
    """Say what is right or wrong with an article's agency."""
    got, want = article.agency, truth["agency"]
    if got == want:
        return "named as planted" if got else "none, as planted"
    if got is None:
        byline = truth["byline"] if truth["recipe"].get("credit") == "byline" else None
        hidden = byline and byline.encode() not in page.body
        return "planted, not shown by the page" if hidden else "missed"
    quotes = [
        piece.quote
        for piece in article.evidence
        if piece.supports == "agency" and piece.value == got and piece.weight >= CREDITED
    ]
    if where := place_of(quotes, truth, template_of(tools, truth["shell"])):
        return f"named by the {where}'s own words" if want is None else "named otherwise"
    return "named, but nothing on the page says so"


def place_of(quotes: list[str], truth: dict[str, Any], template: str) -> str | None:
    """Say whether the story or the template holds one of the quotes; None where neither does."""
    story = letters(
        " ".join(text for one in truth["versions"] for text in (*one["body"], *one["extras"]))
    )
    if any(letters(quote) in story for quote in quotes):
        return "story"
    author = letters(truth["byline"] or "")
    for quote in quotes:
        # A tag's name stands before its words; and the planted author where the template's was.
        words, tag = letters(quote), letters(quote.split(": ", 1)[-1])
        if words in template or tag in template or (author and author in words):
            return "template"
    return None


def judge_time(article: Article, truth: dict[str, Any]) -> str:
    """Say how near an article's time of publication is to the truth."""
    if article.published is None:
        return "missing"
    want = datetime.fromisoformat(truth["published"])
    got = datetime.fromisoformat(article.published)
    if "T" not in article.published:
        return "day only"
    if got.tzinfo is None:
        near = abs((got - want.replace(tzinfo=None)).total_seconds()) < SAME_MOMENT_S
        return "exact, zone unknown" if near else "wrong"
    return "exact with zone" if abs((got - want).total_seconds()) < SAME_MOMENT_S else "wrong"


@cache
def template_of(tools: Path, name: str) -> str:
    """Give the letters of a template's page as it was before planting."""
    for file in (tools / "shells").rglob(f"{name}.html*"):
        raw = file.read_bytes()
        text = (decompress(raw) if raw.startswith(GZIP) else raw).decode("utf-8", "replace")
        return letters(re.sub(r"<[^>]+>", "", text))
    return ""


def letters(text: str) -> str:
    """Give letters and digits only, in lower case."""
    return re.sub(r"\W+", "", text).lower()
