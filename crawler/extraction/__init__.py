"""Extraction: a fetched page in, its article out."""

from crawler.extraction.article import extract

__all__ = ["extract"]
