"""The language of the text: a Document and its body in, a piece of evidence out.

What a page declares is the language of its template; where the text is long enough, it decides.
"""

import re
from math import exp

import py3langid

from crawler.extraction.document import Document
from crawler.items import Evidence

# Below this many letters the classifier errs more often than the publisher.
MIN_CHARS = 200
# 500 characters decide: on 116 real pages 1,000 say the same, and only cost time. Where the page
# declares what the first 100 say, or all its section's stories were in it, two witnesses agree: on
# 386 pages they were never wrong.
SAMPLE = 500
SHORT_SAMPLE = 100
AGREED = 0.99
CODE = re.compile(r"[a-z]{2}(?![a-z])")
# A template's language is that of its stories on most sites, and of half of them on bilingual ones.
DECLARED_WEIGHT = 0.5


def find_language(document: Document, text: str, usual: str | None = None) -> Evidence | None:
    """Give the language of the text with the confidence in it, or what the page declares.

    The piece's value is an ISO 639-1 code. Its weight is the classifier's probability, normalised
    over all its languages, or a fixed one where the text is too short and the page's word counts.

    Args:
        document: the page.
        text: its story.
        usual: language of the stories in its section, where one is known.
    """
    label, code = declared_language(document)
    quote = f"lang: {label}" if code else ""
    if len(text) < MIN_CHARS:
        if code is None:
            return None
        reason = "the text is short; the page declares it"
        return _piece(code, quote, "meta", DECLARED_WEIGHT, reason)
    found, sure = _classified(text[:SHORT_SAMPLE])
    if found not in (code, usual) or sure < AGREED:
        found, sure = _classified(text[:SAMPLE])
    reason = "its letters say so"
    if code is not None and code != found:
        reason += f", against the page's {code}"
    return _piece(found, quote, "text", round(sure, 3), reason)


def _classified(text: str) -> tuple[str, float]:
    """Give the likeliest language of a text, and its probability among all that are known."""
    ranked = py3langid.rank(text)
    found, best = ranked[0]
    return str(found), 1 / sum(exp(score - best) for _, score in ranked)


def declared_language(document: Document) -> tuple[str, str | None]:
    """Give what the page declares of its language, and the code in it."""
    labels = [document.tree.get("lang") or "", *document.meta("content-language", "og:locale")]
    for label in labels:
        if found := CODE.match(label.strip().lower()):
            return label.strip(), found.group()
    return "", None


def _piece(code: str, quote: str, where: str, weight: float, reason: str) -> Evidence:
    return Evidence(
        supports="language", value=code, quote=quote, where=where, weight=weight, reason=reason
    )
