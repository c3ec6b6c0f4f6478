"""The cheapest tree, against all trees there are."""

import itertools
import random

import pytest

from crawler.provenance.arborescence import cheapest


def reaches(parents: dict[int, int], root: int) -> bool:
    for start in parents:
        node, passed = start, set()
        while node != root:
            if node in passed:
                return False
            passed.add(node)
            node = parents[node]
    return True


def least(edges: dict[tuple[int, int], float], nodes: range) -> float:
    """Try every choice of parents."""
    choices = [[p for p, child in edges if child == node] for node in nodes]
    return min(
        sum(edges[parent, child] for child, parent in zip(nodes, chosen, strict=True))
        for chosen in itertools.product(*choices)
        if reaches(dict(zip(nodes, chosen, strict=True)), 0)
    )


@pytest.mark.parametrize("seed", range(60))
def test_no_tree_is_cheaper(seed: int) -> None:
    rng = random.Random(seed)
    nodes = range(1, 6)
    edges = {
        (parent, child): float(rng.randrange(1, 9) + (9 if parent == 0 else 0))
        for parent in range(6)
        for child in nodes
        if parent != child and (parent == 0 or rng.random() < 0.8)
    }
    found = cheapest(edges, 0)
    assert reaches(found, 0)
    assert sum(edges[parent, child] for child, parent in found.items()) == least(edges, nodes)


def test_circles_inside_circles_are_opened() -> None:
    """Each pair and then each pair of pairs prefers itself to the root."""
    count = 64
    edges = {(-1, node): 1000.0 for node in range(count)}
    edges |= {
        (a, b): float((a ^ b).bit_length()) for a in range(count) for b in range(count) if a != b
    }
    found = cheapest(edges, -1)
    assert sorted(found.values()).count(-1) == 1
    assert reaches(found, -1)
