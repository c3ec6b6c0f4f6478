"""Extraction: a fetched page in, its article out."""

from crawler.extraction.article import extract, read_article
from crawler.extraction.repeats import cut_as_known, drop_repeats
from crawler.extraction.templates import Templates

__all__ = ["Templates", "cut_as_known", "drop_repeats", "extract", "read_article"]
