"""Write graphs for Gephi, yEd, networkx and the like: GraphML 1.0 (http://graphml.graphdrawing.org).

Clusters with their provenance arrive, or outlets' views; what leaves is the file's bytes. The
version graph has a node for each version and an edge from parent to child; the outlet graph has an
edge from the outlet that had stories first to each that ran them later, weighted by their number.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from crawler.report.view import ClusterView
from crawler.report.wording import shown

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


@dataclass(slots=True)
class _Graph:
    """A directed graph in the making; attributes get their keys as they come."""

    root: Element = field(default_factory=lambda: Element("graphml", {"xmlns": NAMESPACE}))
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    nodes: list[Element] = field(default_factory=list)
    edges: list[Element] = field(default_factory=list)

    def node(self, name: str, **values: str | float) -> None:
        self.nodes.append(self._filled(Element("node", {"id": name}), "node", values))

    def edge(self, source: str, target: str, **values: str | float) -> None:
        element = Element("edge", {"source": source, "target": target})
        self.edges.append(self._filled(element, "edge", values))

    def _filled(self, element: Element, kind: str, values: dict[str, str | float]) -> Element:
        for name, value in values.items():
            key = self.keys.get((kind, name))
            if key is None:
                key = self.keys[kind, name] = f"d{len(self.keys)}"
                typed = {"str": "string", "int": "int", "float": "double"}[type(value).__name__]
                described = {"id": key, "for": kind, "attr.name": name, "attr.type": typed}
                SubElement(self.root, "key", described)
            data = SubElement(element, "data", {"key": key})
            data.text = shown(value) if isinstance(value, str) else str(value)
        return element

    def document(self) -> bytes:
        graph = SubElement(self.root, "graph", {"id": "wiretrace", "edgedefault": "directed"})
        graph.extend([*self.nodes, *self.edges])
        indent(self.root)
        text: bytes = tostring(self.root, encoding="utf-8", xml_declaration=True)
        return text + b"\n"


def version_graph(views: Iterable[ClusterView]) -> bytes:
    """Give the trees of all clusters as one graph; without provenance a version has no parent."""
    graph = _Graph()
    for view in views:
        for version in view.versions:
            first = version.members[0]
            graph.node(
                f"{view.id}/v{version.number}",
                label=f"v{version.number} {first.site}",
                cluster=view.id,
                headline=first.headline,
                version=version.number,
                sites=", ".join(version.sites),
                copies=len(version.members),
                time=first.time.iso,
                words=first.words,
            )
        numbers = {version.number for version in view.versions}
        for branch in view.provenance.branches if view.provenance else ():
            if branch.parent in numbers and branch.child in numbers:
                graph.edge(
                    f"{view.id}/v{branch.parent}",
                    f"{view.id}/v{branch.child}",
                    certainty=branch.certainty.value,
                    shared=branch.shared_count,
                    changed=branch.own_count,
                )
    return graph.document()


def outlet_graph(views: Iterable[ClusterView]) -> bytes:
    """Give who ran later what whom had first; only clusters with a first copy count."""
    graph = _Graph()
    stories: Counter[str] = Counter()
    firsts: Counter[str] = Counter()
    flow: Counter[tuple[str, str]] = Counter()
    for view in views:
        stories.update(view.sites)
        if view.first is not None:
            firsts[view.first.site] += 1
            flow.update((view.first.site, site) for site in view.sites if site != view.first.site)
    for site, count in sorted(stories.items()):
        graph.node(site, label=site, stories=count, firsts=firsts[site])
    for (first, later), count in sorted(flow.items()):
        graph.edge(first, later, weight=count)
    return graph.document()
