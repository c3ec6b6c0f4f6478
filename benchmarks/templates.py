"""Learned templates on the local web: learned on the webs of all seeds but the last, then used.

Pages of the last seed's web that a template reads are given to it, to the way without templates and
to trafilatura's fast mode. The comparison of each site's articles is measured on all of its pages.
"""

import gzip
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks import record
from benchmarks.extraction import FIGURES, fast_article, fast_text, timed
from benchmarks.newsweb import build
from benchmarks.scores import score
from crawler.config import ExtractionLimits
from crawler.errors import PageError
from crawler.extraction import Templates, drop_repeats, read_article
from crawler.extraction.article import read_story
from crawler.extraction.guard import refuse_unreadable
from crawler.extraction.story import Story
from crawler.items import Article, Page, Template

LIMITS = ExtractionLimits()
LEAST_SEEDS = 2

Planted = tuple[Page, dict[str, Any]]
"""A page and what its body should be."""


def bench(data: Path, seeds: Sequence[int]) -> None:
    """Learn on the first webs, measure on the last."""
    if len(seeds) < LEAST_SEEDS:
        print("skipped: name at least two --seeds, the last one to measure on")
        return
    with tempfile.TemporaryDirectory(prefix="newsweb-") as folder:
        webs = [
            list(planted(build((data / "newsweb").resolve(), Path(folder), seed))) for seed in seeds
        ]
    templates = Templates(layout for web in webs[:-1] for layout in layouts(web))
    known = [(page, row) for page, row in webs[-1] if templates.of(page.url)]
    read = [(page, row) for page, row in known if warm(page, templates)[1]]
    truth = [row for _, row in read]
    pages = [page for page, _ in read]
    by_template = [warm(page, templates)[0] for page in pages]
    without = [cold(page) for page in pages]
    found: dict[str, Any] = {
        "templates": len(templates.all()),
        "pages with a template": len(known),
        "read by it": len(read),
        "the same text as without": sum(a == b for a, b in zip(by_template, without, strict=True)),
        "by template": score(by_template, truth),
        "without": score(without, truth),
        "trafilatura, fast": score([fast_text(page) for page in pages], truth),
    }
    works = {
        "by template": lambda page: warm(page, templates),
        "by template, story alone": lambda page: story_alone(page, templates),
        "without": cold,
        "trafilatura, fast": fast_text,
        "trafilatura, fast, with its metadata": fast_article,
    }
    for name, times in timed(pages, works).items():
        found[name] = found.get(name, {}) | times
    for ours, theirs in (
        ("by template", "trafilatura, fast"),
        ("by template", "trafilatura, fast, with its metadata"),
        # Text against text: fast mode gives nothing else.
        ("by template, story alone", "trafilatura, fast"),
    ):
        for figure in FIGURES:
            ratio = found[theirs][figure] / found[ours][figure]
            found[f"{ours}: times faster than {theirs}{figure.removeprefix(FIGURES[0])}"] = round(
                ratio, 2
            )
    found["all pages, compared by site"] = compared(webs[-1], templates)
    print(json.dumps(found, indent=1))
    record.write("templates", f"--seeds {' '.join(map(str, seeds))}", found)


def planted(web: Path) -> Iterator[Planted]:
    """Read the pages of a web, as it is on the first day."""
    truth = json.loads((web / "truth.json").read_text("utf-8"))
    routes = json.loads((web / "routes.json").read_text("utf-8"))
    for url, told in truth["pages"].items():
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        versions = [version for version in told["versions"] if version["phase"] == 1]
        answers = [
            answer
            for answer in routes.get(parts.netloc, {}).get(path, ())
            if answer["phase"] == 1 and answer["status"] == 200  # noqa: PLR2004 - HTTP's OK
        ]
        if versions and answers:
            body = gzip.decompress((web / "files" / answers[0]["file"]).read_bytes())
            page = Page(
                url=url,
                requested_url=url,
                source="bench",
                status=200,
                content_type=answers[0]["type"],
                body=body,
                fetched="2030-01-01T00:00:00Z",
            )
            yield page, {"paragraphs": versions[0]["body"]}


def layouts(web: Sequence[Planted]) -> Iterator[Template]:
    """Extract pages without templates and give how they are laid out."""
    for page, _ in web:
        try:
            layout = read_article(page, LIMITS, learn=True)[1].template
        except PageError:
            continue
        if layout is not None:
            yield layout


def read(page: Page, template: Template | None) -> tuple[Article | None, bool]:
    """Extract a page; say whether its template read it."""
    try:
        article, layout = read_article(page, LIMITS, template)
    except PageError:
        return None, False
    return article, layout.by_template


def warm(page: Page, templates: Templates) -> tuple[str, bool]:
    """Give a page's text by its section's template, and whether that read it."""
    article, by_template = read(page, templates.of(page.url))
    return article.text if article else "", by_template


def story_alone(page: Page, templates: Templates) -> Story | None:
    """Give a page's story by its section's template, without its times, evidence and language."""
    template = templates.of(page.url)
    if template is None:
        return None
    refuse_unreadable(page, LIMITS)
    return read_story(page, LIMITS, template)[1]


def cold(page: Page) -> str:
    """Give a page's text without templates."""
    article, _ = read(page, None)
    return article.text if article else ""


def compared(web: Sequence[Planted], templates: Templates) -> dict[str, Any]:
    """Score all pages before and after each site's articles were compared."""
    articles = [read(page, templates.of(page.url))[0] for page, _ in web]
    truth = [row for _, row in web]
    sites: dict[str, list[Article]] = {}
    for number, article in enumerate(articles):
        if article is not None:
            # The number tells two forms of one address apart.
            sites.setdefault(article.site, []).append(replace(article, id=f"{number:09d}"))
    cut = {int(a.id): a.text for site in sites.values() for a in drop_repeats(site)}
    before = [article.text if article else "" for article in articles]
    after = [cut.get(number, text) for number, text in enumerate(before)]
    return {
        "before": score(before, truth),
        "after": score(after, truth),
        "articles cut": len(cut),
    }
