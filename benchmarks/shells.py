"""The page templates of the local web as a second set of pages with truth, apart from the first.

Each publisher has a file of truths, one a page, beside its pages; which is whose is told by the
text. Pages that the first set holds as well are left out.
"""

import gzip
import json
import re
from collections.abc import Collection, Iterator
from html import unescape
from pathlib import Path
from typing import Any

START = 30
"""Letters of a paragraph that are looked for on a page."""


def read_shells(folder: Path, known: Collection[str]) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """Yield each page with its truth, in the form of the first set.

    Args:
        folder: where the templates lie.
        known: file names of pages to leave out, as the first set has them.
    """
    for index in sorted(folder.rglob("meta.info")):
        country = index.parent.name
        for name, about in json.loads(index.read_text("utf-8")).items():
            path = index.parent / name
            if f"{country}_{name}" in known or not path.exists():
                continue
            publisher = re.sub(r"_(?:19|20)\d\d_\d\d_\d\d.*", "", name)
            truths = json.loads((index.parent / f"{publisher}.json").read_text("utf-8"))
            markup = gzip.decompress(path.read_bytes())
            yield (
                markup,
                {
                    "html": f"{country}_{name}",
                    "url": about["url"],
                    "country": country,
                    **_truth_of(markup, list(truths.values())),
                },
            )


def _truth_of(markup: bytes, truths: list[dict[str, Any]]) -> dict[str, Any]:
    """Give the truth most of whose paragraphs begin on the page."""
    shown = _letters(unescape(re.sub(r"<[^>]+>", " ", markup.decode("utf-8", "replace"))))

    def share(paragraphs: list[str]) -> float:
        found = sum(_letters(paragraph)[:START] in shown for paragraph in paragraphs)
        return found / max(1, len(paragraphs))

    best = max(truths, key=lambda truth: share(_paragraphs(truth)))
    return {
        "title": best.get("title"),
        "published": best.get("publishing_date"),
        "paragraphs": _paragraphs(best),
    }


def _paragraphs(truth: dict[str, Any]) -> list[str]:
    body = truth["body"]
    found = list(body.get("summary") or [])
    for section in body.get("sections") or []:
        found += [*(section.get("headline") or []), *(section.get("paragraphs") or [])]
    return [paragraph for paragraph in found if paragraph]


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
