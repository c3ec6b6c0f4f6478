"""Clusters become pages people read, lines in a terminal, and files for other programs."""

from crawler.report.build import build_cluster, build_view
from crawler.report.diff import Segment, diff_words
from crawler.report.export import Form, export_articles, export_clusters, export_pairs, form_of
from crawler.report.html import build_report
from crawler.report.records import article_from_json, article_to_json, read_articles

__all__ = [
    "Form",
    "Segment",
    "article_from_json",
    "article_to_json",
    "build_cluster",
    "build_report",
    "build_view",
    "diff_words",
    "export_articles",
    "export_clusters",
    "export_pairs",
    "form_of",
    "read_articles",
]
