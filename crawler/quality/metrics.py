"""Two labellings of the same things -> how well they agree.

What arrives are two sequences, one label an article: the true class and the cluster that was found.
What leaves are plain numbers. Nothing here knows of articles; all functions are pure.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Precision and recall of something that can be counted; both are 1 where there is nothing."""

    precision: float
    """Share of what was found that is right."""
    recall: float
    """Share of what is true that was found."""

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall (van Rijsbergen 1979)."""
        return harmonic(self.precision, self.recall)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contingency:
    """How many things each true class and each found cluster have in common.

    Only cells that are not empty are kept: a hundred thousand articles in as many classes would
    fill a table of ten thousand million.
    """

    cells: "NDArray[np.int64]"
    """Things in each cell; shape (c,)."""
    class_sizes: "NDArray[np.int64]"
    """Things in the true class of each cell; shape (c,)."""
    cluster_sizes: "NDArray[np.int64]"
    """Things in the found cluster of each cell; shape (c,)."""
    cluster_of_cell: "NDArray[np.int64]"
    """Number of the found cluster of each cell; shape (c,)."""
    classes: "NDArray[np.int64]"
    """Size of each true class."""
    clusters: "NDArray[np.int64]"
    """Size of each found cluster."""

    @property
    def things(self) -> int:
        """How many things were labelled."""
        return int(self.cells.sum())


def contingency(truth: Sequence[Hashable], found: Sequence[Hashable]) -> Contingency:
    """Count what two labellings have in common.

    Args:
        truth: the true class of each thing.
        found: the cluster that was found for it, in the same order.

    Raises:
        ValueError: the two do not have the same length.
    """
    if len(truth) != len(found):
        raise ValueError(f"{len(truth)} true labels, but {len(found)} found ones")
    rows, columns = _numbered(truth), _numbered(found)
    classes = np.bincount(rows)
    clusters = np.bincount(columns)
    keys, cells = np.unique(rows * max(1, len(clusters)) + columns, return_counts=True)
    row_of_cell, cluster_of_cell = np.divmod(keys, max(1, len(clusters)))
    return Contingency(
        cells=cells.astype(np.int64),
        class_sizes=classes[row_of_cell],
        cluster_sizes=clusters[cluster_of_cell],
        cluster_of_cell=cluster_of_cell,
        classes=classes,
        clusters=clusters,
    )


def _numbered(labels: Sequence[Hashable]) -> "NDArray[np.int64]":
    numbers: dict[Hashable, int] = {}
    return np.fromiter(
        (numbers.setdefault(label, len(numbers)) for label in labels),
        dtype=np.int64,
        count=len(labels),
    )


def pairs(sizes: "NDArray[np.int64]") -> int:
    """Count the pairs inside groups of these sizes."""
    return int((sizes * (sizes - 1) // 2).sum())


def pair_share(table: Contingency) -> Share:
    """Judge every pair of things: together in a cluster, together in truth."""
    right = pairs(table.cells)
    return Share(
        precision=ratio(right, pairs(table.clusters)), recall=ratio(right, pairs(table.classes))
    )


def b_cubed(table: Contingency) -> Share:
    """Judge from each thing's own place, so that one large cluster does not outweigh a thousand.

    A thing's precision is the share of its cluster that is of its class, its recall the share of
    its class that is in its cluster; the mean over all things is taken (Bagga and Baldwin 1998,
    "Algorithms for scoring coreference chains").
    """
    squares = table.cells.astype(np.float64) ** 2
    return Share(
        precision=ratio(float((squares / table.cluster_sizes).sum()), table.things),
        recall=ratio(float((squares / table.class_sizes).sum()), table.things),
    )


def adjusted_rand(table: Contingency) -> float:
    """Give the Rand index corrected for chance: 1 is agreement, 0 what shuffling would give.

    (right - expected) / (mean of both pair counts - expected), where expected is the product of the
    pair counts over all pairs (Hubert and Arabie 1985, "Comparing partitions", formula 5).
    """
    every = table.things * (table.things - 1) / 2
    in_classes, in_clusters = pairs(table.classes), pairs(table.clusters)
    expected = in_classes * in_clusters / every if every else 0.0
    most = (in_classes + in_clusters) / 2
    return 1.0 if most == expected else (pairs(table.cells) - expected) / (most - expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class VMeasure:
    """Agreement in the terms of information theory."""

    homogeneity: float
    """1 where each cluster holds one class only."""
    completeness: float
    """1 where each class is in one cluster only."""

    @property
    def v(self) -> float:
        """Harmonic mean of both (beta = 1)."""
        return harmonic(self.homogeneity, self.completeness)


def v_measure(table: Contingency) -> VMeasure:
    """Give 1 - H(class | cluster) / H(class), and the same with the roles changed.

    (Rosenberg and Hirschberg 2007, "V-Measure: a conditional entropy-based external cluster
    evaluation measure"; an entropy of 0 gives 1.)
    """
    given_cluster = _conditional_entropy(table.cells, table.cluster_sizes)
    given_class = _conditional_entropy(table.cells, table.class_sizes)
    of_classes, of_clusters = _entropy(table.classes), _entropy(table.clusters)
    return VMeasure(
        homogeneity=1.0 - given_cluster / of_classes if of_classes else 1.0,
        completeness=1.0 - given_class / of_clusters if of_clusters else 1.0,
    )


def _entropy(sizes: "NDArray[np.int64]") -> float:
    shares = sizes / max(1, int(sizes.sum()))
    return float(-(shares * np.log(shares)).sum())


def _conditional_entropy(cells: "NDArray[np.int64]", given: "NDArray[np.int64]") -> float:
    return float(-(cells / max(1, int(cells.sum())) * np.log(cells / given)).sum())


def impure_clusters(table: Contingency) -> int:
    """Count the found clusters that hold more than one true class."""
    return int((np.bincount(table.cluster_of_cell, minlength=1) > 1).sum())


def ratio(part: float, whole: float) -> float:
    """Divide; nothing out of nothing is all of it."""
    return part / whole if whole else 1.0


def harmonic(one: float, two: float) -> float:
    """Give the harmonic mean of two shares; 0 where both are."""
    return 2 * one * two / (one + two) if one + two else 0.0
