"""Clusters become pages people read, lines in a terminal, and files for other programs."""

from crawler.report.atom import atom_feed
from crawler.report.atomic import replacing_file
from crawler.report.build import build_report
from crawler.report.changes import network_digests
from crawler.report.clusters import build_cluster
from crawler.report.diff import Segment, diff_words
from crawler.report.export import (
    Form,
    export_articles,
    export_clusters,
    export_pairs,
    export_provenance,
    form_of,
)
from crawler.report.exposition import Family, Sample, by_label, exposition, gauge
from crawler.report.facts import ArticleDigest
from crawler.report.graphml import outlet_graph, version_graph
from crawler.report.html import cluster_alone, cluster_page
from crawler.report.reading import read_articles, read_rows
from crawler.report.records import article_from_json, article_to_json
from crawler.report.source import ReportSource
from crawler.report.state import State, former_report
from crawler.report.terminal import cluster_lines, plain, show_cluster, version_diffs

__all__ = [
    "ArticleDigest",
    "Family",
    "Form",
    "ReportSource",
    "Sample",
    "Segment",
    "State",
    "article_from_json",
    "article_to_json",
    "atom_feed",
    "build_cluster",
    "build_report",
    "by_label",
    "cluster_alone",
    "cluster_lines",
    "cluster_page",
    "diff_words",
    "export_articles",
    "export_clusters",
    "export_pairs",
    "export_provenance",
    "exposition",
    "form_of",
    "former_report",
    "gauge",
    "network_digests",
    "outlet_graph",
    "plain",
    "read_articles",
    "read_rows",
    "replacing_file",
    "show_cluster",
    "version_diffs",
    "version_graph",
]
