"""What a new report keeps of the old one, and what it says is new."""

import json
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler.items import Article, Bridge, Certainty, Cluster, Network, Relation
from crawler.report import build_report
from crawler.report.edition import ReportView
from crawler.report.news import find_news
from crawler.report.outlets import Outlets, outlet_page
from crawler.report.state import former_report
from crawler.report.views import report_view
from tests.report.made_up import NOW, MadeUp, article, ferry, many, member, provenance

LATER = "2026-03-04T09:00:00Z"


class Asked:
    """Gives articles as a store would, and notes which were asked for."""

    def __init__(self, made: MadeUp) -> None:
        self.made = made
        self.ids: set[str] = set()

    def __call__(self, ids: Collection[str]) -> dict[str, Article]:
        self.ids |= set(ids)
        return {one: self.made.articles[one] for one in ids if one in self.made.articles}


def built(made: MadeUp, folder: Path, **changes: Any) -> set[str]:
    """Build a report and give the ids of the articles that had to be read for it."""
    asked = Asked(made)
    build_report(made.source(articles=asked, **changes), folder)
    return asked.ids


def view_of(made: MadeUp, folder: Path, **changes: Any) -> ReportView:
    source = made.source(**changes)
    build_report(source, folder)
    state = former_report(folder)
    return report_view(source, state.clusters, state.outlets, state.news)


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_second_report_of_the_same_reads_no_article_and_keeps_every_page(tmp_path: Path) -> None:
    made = many(3, 3)
    assert built(made, tmp_path / "report") == set(made.articles)
    before = files(tmp_path / "report")
    assert built(made, tmp_path / "report") == set()
    assert files(tmp_path / "report") == before


def test_only_what_a_changed_article_touches_is_made_again(tmp_path: Path) -> None:
    made = many(3, 3)
    built(made, tmp_path / "report")
    before = files(tmp_path / "report")
    touched = made.clusters[-1]
    ids = {one.article_id for one in touched.members}
    changed = min(ids)
    made.articles[changed] = replace(made.articles[changed], title="A new title")
    assert built(made, tmp_path / "report", now=LATER) == ids
    after = files(tmp_path / "report")
    assert [
        name for name in after if name.startswith("clusters/") and after[name] != before[name]
    ] == [f"clusters/{touched.id}.html"]


def test_a_changed_relative_changes_the_page_that_names_it(tmp_path: Path) -> None:
    made = ferry()
    built(made, tmp_path / "report")
    made.articles["art0300"] = replace(
        made.articles["art0300"], title="Bread, boats and more lamps"
    )
    built(made, tmp_path / "report")
    assert b"Bread, boats and more lamps" in files(tmp_path / "report")["clusters/cfeed0000aa.html"]


def test_a_broken_state_costs_time_and_nothing_else(tmp_path: Path) -> None:
    made = many(2, 2)
    built(made, tmp_path / "report")
    before = files(tmp_path / "report")
    state = tmp_path / "report" / ".state"
    for name in ("report.json", "clusters.jsonl", "outlets.jsonl", "../data/words-0.js"):
        whole = (state / name).read_bytes()
        for text in (b"", b"{}", b"[1]", b'{"format": 3, "made": 3}', whole[:500], whole + b"\n"):
            (state / name).write_bytes(text)
            read = built(made, tmp_path / "report")
            # A line's end behind a JSON document damages nothing.
            harmless = name == "report.json" and text.startswith(whole)
            assert read == (set() if harmless else set(made.articles))
            assert files(tmp_path / "report") == before


def test_a_page_that_somebody_deleted_is_made_again(tmp_path: Path) -> None:
    made = ferry()
    built(made, tmp_path / "report")
    before = files(tmp_path / "report")
    (tmp_path / "report" / "clusters" / "cfeed0000aa.html").unlink()
    (tmp_path / "report" / "outlets" / "outlet0.example.html").unlink()
    built(made, tmp_path / "report")
    assert files(tmp_path / "report") == before


def test_a_first_report_has_no_news(tmp_path: Path) -> None:
    news = view_of(ferry(), tmp_path / "report").news
    assert news.quiet
    assert not news.since.iso


def test_new_clusters_new_copies_and_changed_copies_are_news(tmp_path: Path) -> None:
    made = ferry()
    whole = made.clusters[0]
    before = replace(made, clusters=[replace(whole, members=whole.members[:4]), *made.clusters[1:]])
    build_report(before.source(), tmp_path / "report")
    made.articles["art0000"] = replace(made.articles["art0000"], text="Corrected.")
    made.articles["art0012"] = replace(made.articles["art0012"], fetched="2026-03-04T08:00:00Z")
    extra = article(400, "Another story.", id="x1"), article(401, "Another story.", id="x2")
    made.articles.update({one.id: one for one in extra})
    formed = Cluster(
        id="cnew",
        medoid="x1",
        members=tuple(member(one, 1, Relation.IDENTICAL) for one in extra),
    )
    view = view_of(replace(made, clusters=[*made.clusters, formed]), tmp_path / "report", now=LATER)
    assert view.news.since.iso == NOW
    assert [one.id for one in view.news.formed] == ["cnew"]
    assert [[one.article_id for one in each.members] for each in view.news.grown] == [["art9012"]]
    assert [[one.article_id for one in each.members] for each in view.news.changed] == [["art0000"]]
    text = (tmp_path / "report" / "index.html").read_text("utf-8")
    assert "1 new copy: outlet12.example" in " ".join(text.split())


def test_a_report_without_anything_new_keeps_the_news_of_the_last_one(tmp_path: Path) -> None:
    made = ferry()
    empty = replace(made, clusters=[])
    build_report(empty.source(), tmp_path / "report")
    build_report(made.source(now=LATER), tmp_path / "report")
    build_report(made.source(now="2026-03-05T09:00:00Z"), tmp_path / "report")
    state = former_report(tmp_path / "report")
    assert (state.news.since, state.news.formed) == (NOW, ["cfeed0000aa"])


def test_a_single_article_that_finds_a_copy_is_a_new_cluster(tmp_path: Path) -> None:
    made = ferry()
    single = replace(made.clusters[0], members=made.clusters[0].members[:1])
    build_report(replace(made, clusters=[single]).source(), tmp_path / "report")
    before = former_report(tmp_path / "report").clusters
    build_report(made.source(), tmp_path / "other")
    after = former_report(tmp_path / "other").clusters
    assert find_news(before, NOW, after.values()).formed == ["cfeed0000aa"]


def test_clusters_and_single_articles_come_latest_first_and_what_has_no_time_last(
    tmp_path: Path,
) -> None:
    articles = [
        article(1, "early"),
        article(2, "no time", published=None, fetched=None),
        article(3, "late", published="2026-03-04T08:00:00-05:00"),
    ]
    clusters = [
        Cluster(id=f"c{one.id}", medoid=one.id, members=(member(one, 1, Relation.IDENTICAL),))
        for one in articles
    ]
    made = replace(ferry(), articles={one.id: one for one in articles}, clusters=clusters)
    view = view_of(made, tmp_path / "report")
    assert [(day.name, [one.sites[0] for one in day.rows]) for day in view.singles] == [
        ("4 Mar 2026", ["outlet3.example"]),
        ("3 Mar 2026", ["outlet1.example"]),
        ("Without a date", ["outlet2.example"]),
    ]
    assert (view.articles, view.copies, view.single_count) == (3, 0, 3)


def test_a_cluster_whose_articles_are_gone_is_passed_over_or_becomes_smaller(
    tmp_path: Path,
) -> None:
    made = ferry()
    kept = {key: value for key, value in made.articles.items() if key in ("art0000", "art0047")}
    view = view_of(replace(made, articles=kept), tmp_path / "report")
    (cluster,) = view.clusters
    assert [one.article_id for one in cluster.members] == ["art0000", "art0047"]
    assert cluster.members[0].reference
    assert view.singles == ()


def test_relatives_are_linked_to_the_page_that_has_them(tmp_path: Path) -> None:
    build_report(ferry().source(), tmp_path / "report")
    page = files(tmp_path / "report")["clusters/cfeed0000aa.html"].decode()
    assert 'href="../singles/2026-03-03.html#art0300"' in page
    assert b'id="art0300"' in files(tmp_path / "report")["singles/2026-03-03.html"]


def test_facts_survive_json(tmp_path: Path) -> None:
    (facts,) = view_of(ferry(), tmp_path / "report").clusters
    assert type(facts).from_row(json.loads(json.dumps(facts.as_row()))) == facts
    assert (facts.languages, facts.weakest) == (("en",), "abridged")
    # Three copies gave a time with a zone: at 06:00, 06:12 and, at the end of the span, 07:35.
    assert facts.spark == "990000000009"


def test_an_outlet_is_told_by_what_it_ran_after_whom_and_how_much_it_changed(
    tmp_path: Path,
) -> None:
    view = view_of(ferry(), tmp_path / "report")
    by_site = {one.site: one for one in view.outlets}
    first, late = by_site["outlet0.example"], by_site["outlet95.example"]
    assert (first.stories, first.firsts, first.agencies) == (1, 1, (("Meridian Wire", 1),))
    assert (late.lag_s, late.after) == (95 * 60, (("outlet0.example", 1),))
    assert late.own_share is not None
    assert round(late.own_share, 3) == 0.126
    assert by_site["outlet300.example"].page == ""


def test_sites_of_one_network_count_once(tmp_path: Path) -> None:
    network = Network(
        name="Quay Group",
        sites=("outlet0.example", "outlet12.example"),
        reasons=("Both name it as their publisher.",),
    )
    build_report(ferry().source(networks=[network]), tmp_path / "report")
    pages = files(tmp_path / "report")
    assert b"<small>3 networks</small>" in pages["index.html"]
    assert (
        "Quay Group</b> stands behind outlet0.example, outlet12.example"
        in pages["clusters/cfeed0000aa.html"].decode()
    )
    assert b"Belongs to Quay Group" in pages["outlets/outlet0.example.html"]


def test_names_of_outlets_never_lead_out_of_the_folder() -> None:
    for site in ("", "..", "../../etc", "a/b", "münchen.example", "x" * 400, 'a"b'):
        page = outlet_page(site)
        assert page.count("/") == 1
        assert page.isascii()
        assert len(page) < 200
    assert outlet_page("news.example") == "outlets/news.example.html"
    assert Outlets().views() == ()


def test_a_watched_story_has_a_page_of_its_clusters(tmp_path: Path) -> None:
    stories = {"Ferry & bread": ["cfeed0000aa", "c0000000001"], "Nothing yet": []}
    view = view_of(ferry(), tmp_path / "report", stories=stories)
    assert [(one.name, one.sites) for one in view.stories] == [
        ("Ferry & bread", 5),
        ("Nothing yet", 0),
    ]
    pages = files(tmp_path / "report")
    ferry_page, empty_page = (pages[one.page].decode() for one in view.stories)
    assert "Night ferry to sail again" in ferry_page
    assert "Morning briefing" in ferry_page
    assert "Nothing that was seen carries it" in empty_page
    assert "Ferry &amp; bread" in pages["index.html"].decode()


def test_a_name_that_a_person_gave_and_a_refused_article_are_shown(tmp_path: Path) -> None:
    made = ferry()
    named = replace(made.clusters[0], label="The ferry is back")
    made = replace(made, clusters=[named, *made.clusters[1:]])
    bridge = Bridge(article_id="art0300", reason="composite", beside=("art0012",))
    build_report(made.source(bridges=[bridge]), tmp_path / "report")
    pages = {name: text.decode() for name, text in files(tmp_path / "report").items()}
    assert ">The ferry is back</a>" in pages["index.html"]
    page = " ".join(pages["clusters/cfeed0000aa.html"].split())
    assert "Refused to join <small>1</small>" in page
    assert "holds several stories" in page


def test_candidates_that_cannot_be_told_apart_are_all_named(tmp_path: Path) -> None:
    answer = provenance()
    other = replace(answer.first.candidates[0], article_id="art0012")
    first = replace(
        answer.first,
        certainty=Certainty.ONE_OF,
        candidates=(answer.first.candidates[0], other),
    )
    unmarked = tuple(replace(one, first=False) for one in ferry().clusters[0].members)
    made = ferry()
    made = replace(made, clusters=[replace(made.clusters[0], members=unmarked)])
    source = made.source(provenance={"cfeed0000aa": replace(answer, first=first)})
    build_report(source, tmp_path / "report")
    pages = files(tmp_path / "report")
    said = "outlet0.example or outlet12.example <small>nothing tells which</small>"
    assert said in pages["index.html"].decode()
    for name in ("outlet0.example", "outlet12.example"):
        page = pages[f"outlets/{name}.html"].decode()
        assert said in page
    # What the next report reads of it, it tells likewise.
    (tmp_path / "report" / "outlets" / "outlet0.example.html").unlink()
    build_report(source, tmp_path / "report")
    again = files(tmp_path / "report")["outlets/outlet0.example.html"]
    assert again == pages["outlets/outlet0.example.html"]
