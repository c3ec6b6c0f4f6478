"""Clusters and relations on real texts with silver labels, beside the plain datasketch recipe.

A silver pair is a `copy` where exact word alignment finds 60 % of the shorter text in the longer.
"""

import gzip
import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from datasketch import MinHash, MinHashLSH

from benchmarks import record
from crawler.clustering import COPIES
from crawler.config import ClusteringParams, FingerprintParams
from crawler.engines.local import cluster_articles
from crawler.fingerprint import read_words
from crawler.items import Article
from crawler.report import read_articles

SETS = ("census", "spotify", "june2019a", "june2019b", "june2019c", "reuters1987")
Ids = tuple[str, str]


def bench(data: Path, seeds: Sequence[int]) -> None:
    """Measure every set."""
    del seeds
    folder = data / "data" / "clustering"
    found = {name: measure(folder, name) for name in SETS}
    record.write("clusters", "", found)


def measure(folder: Path, name: str) -> dict[str, Any]:
    """Measure one set: what our relations and clusters find, and what the plain recipe finds."""
    articles = list(read_articles(folder / f"{name}.articles.jsonl.gz"))
    labels = {
        ordered(row["a"], row["b"]): row["label"]
        for row in lines(folder / f"{name}.pairs.jsonl.gz")
    }
    began = time.monotonic()
    ours = cluster_articles(articles, FingerprintParams(), ClusteringParams())
    seconds = time.monotonic() - began
    related = {(pair.a, pair.b) for pair in ours.pairs if pair.relation in COPIES}
    together = {
        ordered(one.article_id, two.article_id)
        for cluster in ours.clusters
        for at, one in enumerate(cluster.members)
        for two in cluster.members[at + 1 :]
    }
    began = time.monotonic()
    plain = plain_pairs(articles)
    plain_seconds = time.monotonic() - began
    found = {
        "articles": len(articles),
        "labels": {label: list(labels.values()).count(label) for label in set(labels.values())},
        "in one cluster or linked as copies": score(related | together, labels),
        "in one cluster": score(together, labels),
        "plain recipe": score(plain, labels),
        "seconds": round(seconds, 2),
        "plain seconds": round(plain_seconds, 2),
    }
    print(name, json.dumps(found), flush=True)
    return found


def score(found: set[Ids], labels: dict[Ids, str]) -> dict[str, Any]:
    """Score against the labels; pairs that carry none are counted, not judged."""
    copies = {pair for pair, label in labels.items() if label == "copy"}
    judged = found & labels.keys()
    return {
        "copy recall": round(len(found & copies) / max(1, len(copies)), 4),
        "precision among labelled": round(len(found & copies) / max(1, len(judged)), 4),
        "pairs without a label": len(found - labels.keys()),
    }


def plain_pairs(articles: Iterable[Article], threshold: float = 0.5) -> set[Ids]:
    """Pair what datasketch's LSH calls similar, then everything in a connected component."""
    sketches: dict[str, MinHash] = {}
    for article in articles:
        words = read_words(article.text)[0]
        grams = {" ".join(words[at : at + 5]).encode() for at in range(len(words) - 4)}
        if grams:
            sketches[article.id] = MinHash(128)
            sketches[article.id].update_batch(grams)
    index = MinHashLSH(threshold=threshold, num_perm=128)
    home = {name: name for name in sketches}

    def root(name: str) -> str:
        while home[name] != name:
            home[name] = home[home[name]]
            name = home[name]
        return name

    for name, sketch in sketches.items():
        for other in index.query(sketch):
            if sketch.jaccard(sketches[other]) >= threshold:
                home[root(name)] = root(other)
        index.insert(name, sketch)
    groups: dict[str, list[str]] = {}
    for name in sketches:
        groups.setdefault(root(name), []).append(name)
    return {
        ordered(one, two)
        for members in groups.values()
        for at, one in enumerate(members)
        for two in members[at + 1 :]
    }


def ordered(one: str, two: str) -> Ids:
    """Give a pair with the smaller id first."""
    return min(one, two), max(one, two)


def lines(path: Path) -> Iterable[dict[str, Any]]:
    """Read JSON lines from a gzip file."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)
