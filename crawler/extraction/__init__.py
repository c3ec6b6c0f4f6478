"""Extraction: a fetched page in, its article out."""

from crawler.extraction.article import extract, read_article
from crawler.extraction.repeats import drop_repeats
from crawler.extraction.shelf import file_article, look_again, take_out
from crawler.extraction.templates import Templates

__all__ = [
    "Templates",
    "drop_repeats",
    "extract",
    "file_article",
    "look_again",
    "read_article",
    "take_out",
]
