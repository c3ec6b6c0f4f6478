"""The language of the text: a Document and its body in, an ISO 639-1 code out.

What a page declares is the language of its template; where the text is long enough, it decides.
"""

import re

import py3langid

from crawler.extraction.document import Document

# Below this many letters the classifier errs more often than the publisher.
MIN_CHARS = 200
# 500 characters decide: on 116 real pages 1,000 say the same, and only cost time.
SAMPLE = 500
CODE = re.compile(r"[a-z]{2}(?![a-z])")


def find_language(document: Document, text: str) -> str | None:
    """Give the language of the text, or what the page declares where the text is too short."""
    if len(text) >= MIN_CHARS:
        return str(py3langid.classify(text[:SAMPLE])[0])
    return declared_language(document)


def declared_language(document: Document) -> str | None:
    """Give the language that the page declares for itself."""
    labels = [document.tree.get("lang") or "", *document.meta("content-language", "og:locale")]
    for label in labels:
        if found := CODE.match(label.strip().lower()):
            return found.group()
    return None
