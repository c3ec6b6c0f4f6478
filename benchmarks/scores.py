"""Scores of extracted texts, titles and times against their truth.

Texts are scored by bags of word 4-grams: a page's F1 is the harmonic mean of the shares of its
extracted and of its true 4-grams that match; leaked words are those extracted beyond the truth.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from statistics import mean
from typing import Any

from crawler.items import Article

GRAM = 4
SOFT_HYPHEN = "\u00ad"
SAME_MOMENT_S = 60
BELOW = 0.85
"""Pages below this are listed one by one."""


def words(text: str) -> list[str]:
    """Give the words of a text as the scores compare them.

    A soft hyphen is where a word may be broken at the end of a line, not where it ends.
    """
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).replace(SOFT_HYPHEN, "").lower())


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
