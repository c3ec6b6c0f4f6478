"""The cheapest tree that leads from a root to every node: Chu and Liu 1965, Edmonds 1967.

Costs of edges arrive; the parent of each node leaves. Every node must be reachable from the root.
"""

from collections.abc import Mapping

Edges = Mapping[tuple[int, int], float]
"""Cost of each edge, by parent and child."""


def cheapest(edges: Edges, root: int) -> dict[int, int]:
    """Give the parent of each node but the root, so that the sum of costs is least.

    Equal costs are decided by the smaller parent, so that the same edges give the same tree.
    """
    best = _cheapest_parents(edges, root)
    circle = _find_circle(best, root)
    if circle is None:
        return best
    return _expand(edges, root, best, circle)


def _cheapest_parents(edges: Edges, root: int) -> dict[int, int]:
    best: dict[int, tuple[float, int]] = {}
    for (parent, child), cost in edges.items():
        if child in (root, parent):
            continue
        if child not in best or (cost, parent) < best[child]:
            best[child] = (cost, parent)
    return {child: parent for child, (_, parent) in sorted(best.items())}


def _find_circle(parents: Mapping[int, int], root: int) -> set[int] | None:
    settled = {root}
    for start in parents:
        path: list[int] = []
        node = start
        while node not in settled:
            if node in path:
                return set(path[path.index(node) :])
            path.append(node)
            node = parents[node]
        settled.update(path)
    return None


def _expand(edges: Edges, root: int, best: Mapping[int, int], circle: set[int]) -> dict[int, int]:
    """Solve with the circle as one node, then open it where the edge into it ends."""
    merged = max(max(edge) for edge in edges) + 1
    cheaper: dict[tuple[int, int], float] = {}
    real: dict[tuple[int, int], tuple[int, int]] = {}
    for (parent, child), cost in sorted(edges.items()):
        if parent in circle and child in circle:
            continue
        edge = (parent, child)
        if child in circle:
            edge, cost = (parent, merged), cost - edges[best[child], child]  # noqa: PLW2901 - the cost of leaving the circle's own edge out
        elif parent in circle:
            edge = (merged, child)
        if edge not in cheaper or cost < cheaper[edge]:
            cheaper[edge] = cost
            real[edge] = (parent, child)
    solved = cheapest(cheaper, root)
    parents = {node: best[node] for node in circle}
    for child, parent in solved.items():
        source, target = real[parent, child]
        parents[target] = source
    return parents
