"""Clusters become pages people read, lines in a terminal, and files for other programs."""

from crawler.report.export import Form, export_articles, export_clusters, export_pairs, form_of
from crawler.report.records import article_from_json, article_to_json, read_articles

__all__ = [
    "Form",
    "article_from_json",
    "article_to_json",
    "export_articles",
    "export_clusters",
    "export_pairs",
    "form_of",
    "read_articles",
]
