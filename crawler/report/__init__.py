"""Clusters become pages people read, lines in a terminal, and files for other programs."""

from crawler.report.build import build_report
from crawler.report.clusters import build_cluster
from crawler.report.diff import Segment, diff_words
from crawler.report.export import Form, export_articles, export_clusters, export_pairs, form_of
from crawler.report.facts import ArticleDigest
from crawler.report.html import cluster_alone, cluster_page
from crawler.report.reading import read_articles, read_rows
from crawler.report.records import article_from_json, article_to_json
from crawler.report.source import ReportSource
from crawler.report.terminal import cluster_lines, plain, show_cluster, version_diffs

__all__ = [
    "ArticleDigest",
    "Form",
    "ReportSource",
    "Segment",
    "article_from_json",
    "article_to_json",
    "build_cluster",
    "build_report",
    "cluster_alone",
    "cluster_lines",
    "cluster_page",
    "diff_words",
    "export_articles",
    "export_clusters",
    "export_pairs",
    "form_of",
    "plain",
    "read_articles",
    "read_rows",
    "show_cluster",
    "version_diffs",
]
