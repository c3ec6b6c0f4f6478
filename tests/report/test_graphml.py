"""Graphs that other programs read."""

from dataclasses import replace
from xml.etree.ElementTree import fromstring

from crawler.report import build_cluster, outlet_graph, version_graph
from tests.report.made_up import ferry, provenance

MADE = ferry()
VIEW = build_cluster(MADE.clusters[0], MADE.articles, provenance=provenance())
SPACE = {"g": "http://graphml.graphdrawing.org/xmlns"}


def test_versions_hang_under_the_version_they_were_made_from() -> None:
    root = fromstring(version_graph([VIEW]))
    nodes = [node.get("id") for node in root.findall(".//g:node", SPACE)]
    edges = [(edge.get("source"), edge.get("target")) for edge in root.findall(".//g:edge", SPACE)]
    assert nodes == [f"cfeed0000aa/v{number}" for number in (1, 2, 3)]
    assert edges == [("cfeed0000aa/v1", "cfeed0000aa/v2"), ("cfeed0000aa/v1", "cfeed0000aa/v3")]
    keys = {key.get("id"): key.get("attr.type") for key in root.findall("g:key", SPACE)}
    used = {data.get("key") for data in root.findall(".//g:data", SPACE)}
    assert used == set(keys)
    assert set(keys.values()) == {"string", "int"}


def test_outlets_point_to_those_that_ran_their_stories_later() -> None:
    root = fromstring(outlet_graph([VIEW, VIEW]))
    edges = {
        (edge.get("source"), edge.get("target")): edge.findtext("g:data", namespaces=SPACE)
        for edge in root.findall(".//g:edge", SPACE)
    }
    assert edges == {("outlet0.example", f"outlet{number}.example"): "2" for number in (12, 47, 95)}


def test_text_of_the_web_stays_text() -> None:
    attack = replace(MADE.articles["art0000"], site="a<b>&\x00.example", title="</graphml>\x1b[2J")
    articles = {**MADE.articles, attack.id: attack}
    root = fromstring(version_graph([build_cluster(MADE.clusters[0], articles)]))
    texts = [data.text for data in root.findall(".//g:data", SPACE)]
    assert "</graphml>[2J" in texts
