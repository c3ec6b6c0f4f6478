"""The pages: safe, whole, linked, and the same for the same view."""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from crawler.errors import ReportError
from crawler.items import Article, Evidence, Form, Quarantined, Removed
from crawler.report import ReportSource, build_cluster, build_report, cluster_alone
from crawler.report.html import LOADER
from crawler.report.making import PARALLEL_FROM
from crawler.report.pages import PLAIN_ROWS
from tests.report.made_up import NOW, MadeUp, ferry, many

VOID = {"meta", "line", "circle", "rect", "path", "br", "link", "input"}


class Reader(HTMLParser):
    """Reads a page as a browser would, and notes what it finds."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes.extend((tag, name, value or "") for name, value in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, found, value in self.attributes if found == name]


def hostile() -> MadeUp:
    """Give the ferry story as someone who attacks the reader would publish it."""
    made = ferry()
    attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>\x00\u202e{{ 7 * 7 }}'
    articles = {
        name: replace(
            one,
            title=attack,
            text=f"{attack}\n{one.text}\n</p></style><script>",
            site=f"{attack}.example",
            url="javascript:alert(1)",
            author=attack,
            language='en" onload="alert(1)',
            agency=attack,
            published_source=attack,
            evidence=(
                Evidence(supports=attack, value=attack, quote=attack, where=attack, weight=1),
            ),
            removed=(Removed(text=attack, reason=attack),),
            forms=(Form(kind=attack, url=attack, fetched=attack, published=attack),),
            partial=attack,
        )
        for name, one in made.articles.items()
    }
    return replace(
        made,
        articles=articles,
        drops=[replace(drop, url="javascript:alert(1)", detail=attack) for drop in made.drops],
        page_failures=[("javascript:alert(1)", attack, attack, attack)],
    )


def in_quarantine(text: str) -> Quarantined:
    time = "2026-03-03T10:00:00Z"
    return Quarantined(
        url="javascript:alert(1)",
        source=text,
        reason=text,
        detail=text,
        deaths=2,
        since=time,
        last=time,
        bytes=9_000_000,
        fetched=time,
    )


def test_the_page_of_what_was_not_seen_names_what_is_in_quarantine(tmp_path: Path) -> None:
    attack = "<b onmouseover=alert(1)>{{ 7 * 7 }}</b>"
    build_report(ferry().source(quarantined=[in_quarantine(attack)]), tmp_path / "report")
    reader = Reader(tmp_path / "report" / "coverage.html")
    text = " ".join("".join(reader.text).split())
    assert "In quarantine 1" in text
    assert f"{attack} 2 workers died since" in text
    assert "9,000,000 bytes" in text
    assert not {name for _, name, _ in reader.attributes if name.startswith("on")}


def pages_of(made: MadeUp, folder: Path) -> dict[str, Reader]:
    build_report(made.source(), folder)
    return {str(page.relative_to(folder)): Reader(page) for page in sorted(folder.rglob("*.html"))}


@pytest.mark.parametrize("made", [ferry(), hostile()], ids=["honest", "hostile"])
def test_no_page_has_a_foreign_script_a_handler_a_source_or_a_stray_tag(
    made: MadeUp, tmp_path: Path
) -> None:
    for reader in pages_of(made, tmp_path / "report").values():
        assert not set(reader.tags) & {"img", "iframe", "object", "base", "style"}
        names = {name for _, name, _ in reader.attributes}
        assert not {name for name in names if name.startswith("on")} | (names & {"style", "src"})
        assert reader.tags["script"] == reader.tags["link"] == 1
        assert reader.open == []
        assert reader.tags["h1"] == reader.tags["main"] == 1


def test_hostile_text_is_shown_as_text(tmp_path: Path) -> None:
    reader = pages_of(hostile(), tmp_path / "report")["clusters/cfeed0000aa.html"]
    text = "".join(reader.text)
    assert "<script>alert(1)</script>" in text
    assert "{{ 7 * 7 }}" in text
    assert "\x00" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("made", [ferry(), hostile()], ids=["honest", "hostile"])
def test_links_lead_to_pages_that_are_there_or_to_the_web(made: MadeUp, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    pages = pages_of(made, folder)
    for name, reader in pages.items():
        for link in reader.values("href"):
            if re.match(r"https?://", link):
                continue
            if "assets/" in link:
                assert ((folder / name).parent / link).is_file()
                continue
            page, _, anchor = link.partition("#")
            target = ((folder / name).parent / page).resolve() if page else folder / name
            found = pages[str(target.relative_to(folder.resolve()) if page else name)]
            assert not anchor or anchor in found.values("id"), f"{name}: {link}"


def test_ids_are_unique_and_links_to_the_web_give_nothing_away(tmp_path: Path) -> None:
    for reader in pages_of(ferry(), tmp_path / "report").values():
        assert max(Counter(reader.values("id")).values()) == 1
        assert reader.values("rel").count("noopener noreferrer") == sum(
            link.startswith("http") for link in reader.values("href")
        )


def test_the_policy_allows_our_loader_and_what_it_loads_and_nothing_else(tmp_path: Path) -> None:
    build_report(ferry().source(), tmp_path / "report")
    page = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    script = re.search(r"<script data-load=\"[^\"]*\">(.*?)</script>", page, re.DOTALL)
    assert script is not None
    assert script[1] == LOADER
    digest = b64encode(sha256(LOADER.encode()).digest()).decode()
    policy = Reader(tmp_path / "report" / "index.html").values("content")[0]
    assert policy.split("; ") == [
        "default-src 'none'",
        "style-src 'self'",
        f"script-src 'sha256-{digest}' 'strict-dynamic'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_equal_sources_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build_report(ferry().source(), tmp_path / name)
    one, two = (
        {
            str(page.relative_to(tmp_path / name)): page.read_bytes()
            for page in sorted((tmp_path / name).rglob("*"))
            if page.is_file()
        }
        for name in ("one", "two")
    )
    assert one == two


def test_the_index_says_what_a_desk_asks(tmp_path: Path) -> None:
    index = build_report(ferry().source(), tmp_path / "report")
    assert index == tmp_path / "report" / "index.html"
    text = " ".join("".join(Reader(index).text).split())
    assert (
        "Night ferry to sail again after eleven weeks en 5 4 "
        "outlet0.example 3 Mar 2026, 05:00 UTC 12 minutes "
        "1 h 35 min Meridian Wire 2 of 5 cut 52 % shared" in text
    )
    assert (
        "1 source that failed, 1 page without a story, "
        "1 address refused by robots.txt, 1 out of reach, 2 leads left out" in text
    )
    assert "2 articles stand alone" in text


def test_the_cluster_page_tells_who_changed_what(tmp_path: Path) -> None:
    reader = pages_of(ferry(), tmp_path / "report")["clusters/cfeed0000aa.html"]
    text = " ".join("".join(reader.text).split())
    for said in (
        "The earliest that can be trusted is on outlet0.example",
        "claimed by json-ld",
        "first seen by us",
        "KALVIK (Meridian Wire) —",
        "related-list You may also like",
        "Version 2 outlet47.example cut",
        "¶4 The ferry carries about 300 passengers",
        "outlet47.example kept cut kept",
        "Morning briefing: bread, boats and lamps",
        "Island ferry returns: ‘their fresh bread with it’",
    ):
        assert said in text


def test_the_cluster_page_lists_the_other_addresses_of_a_copy(tmp_path: Path) -> None:
    made = ferry()
    (name, *_) = made.articles
    forms = (
        Form(kind="print", url="https://outlet0.example/print/ferry", fetched=NOW),
        Form(kind="amp", url="javascript:alert(1)", fetched=NOW),
        Form(kind="part", url="https://outlet0.example/ferry/2", number=2, missing="part-limit"),
    )
    made.articles[name] = replace(made.articles[name], forms=forms, partial="part-limit")
    reader = pages_of(made, tmp_path / "report")["clusters/cfeed0000aa.html"]
    text = " ".join("".join(reader.text).split())
    assert "Other addresses and pages 3" in text
    assert f"print page https://outlet0.example/print/ferry fetched {NOW}" in text
    assert "page 2 https://outlet0.example/ferry/2 missing: part-limit" in text
    assert "partial" in text
    assert forms[0].url in reader.values("href")
    assert not any("javascript" in link for link in reader.values("href"))


def test_the_coverage_page_names_sources_reasons_and_numbers(tmp_path: Path) -> None:
    reader = pages_of(ferry(), tmp_path / "report")["coverage.html"]
    text = " ".join("".join(reader.text).split())
    for said in (
        "feed-broken: no entry in it",
        "robots-denied 1",
        "http-404 1",
        "off-story 1",
        "0 of 6 words",
        "https://outlet5.example/video outlet5 feed 12 words",
        "drop:off-story",
    ):
        assert said in text


def test_a_report_without_anything_still_opens_and_says_what_to_do(tmp_path: Path) -> None:
    empty = ReportSource(clusters=(), digests={}, articles=lambda _: {}, now=NOW)
    build_report(empty, tmp_path / "report")
    names = sorted(path.name for path in (tmp_path / "report").rglob("*.html"))
    assert names == ["coverage.html", "index.html", "outlets.html", "singles.html"]
    text = (tmp_path / "report" / "index.html").read_text("utf-8")
    assert "No text was found twice" in text
    assert "wiretrace run" in text


def test_the_table_without_scripts_has_the_newest_and_says_so(tmp_path: Path) -> None:
    index = build_report(many(PLAIN_ROWS + 5, 2).source(), tmp_path / "report")
    text = index.read_text("utf-8")
    assert text.count('<tr role="row">') == PLAIN_ROWS + 1
    assert f"the newest {PLAIN_ROWS} of {PLAIN_ROWS + 6}" in text


def test_a_report_that_fails_leaves_the_old_one_whole(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    build_report(ferry().source(), folder)
    before = {path: path.read_bytes() for path in folder.rglob("*.html")}
    (folder / ".state" / "report.json").unlink()

    def disk_breaks(_: Collection[str]) -> dict[str, Article]:
        raise ReportError("No more.")

    with pytest.raises(ReportError, match="No more"):
        build_report(ferry().source(articles=disk_breaks), folder)
    assert {path: path.read_bytes() for path in folder.rglob("*.html")} == before
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_folder_that_holds_something_else_is_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "index.html").write_text("<title>My thesis</title>")
    with pytest.raises(ReportError, match="something else than a report"):
        build_report(ferry().source(), folder)
    assert [path.name for path in folder.iterdir()] == ["index.html"]


def test_a_page_for_mail_needs_nothing_beside_it(tmp_path: Path) -> None:
    made = ferry()
    view = build_cluster(made.clusters[0], made.articles, made.pairs)
    file = tmp_path / "mail.html"
    file.write_text(cluster_alone(view, made=NOW), encoding="utf-8")
    reader = Reader(file)
    assert not set(reader.tags) & {"script", "link", "img", "form"}
    assert all(link.startswith(("#", "https://")) for link in reader.values("href"))
    assert set(reader.values("id")) >= {
        link[1:] for link in reader.values("href") if link[0] == "#"
    }
    text = " ".join("".join(reader.text).split())
    assert "Version 2 outlet47.example cut −78 words" in text
    assert "3 paragraphs unchanged" in text
    assert reader.tags["ins"] > 2
    assert reader.tags["del"] > 2


@pytest.mark.slow
def test_hundreds_of_clusters_are_made_by_several_processes_the_same_way(tmp_path: Path) -> None:
    made = many(PARALLEL_FROM + 10, 2)
    index = build_report(made.source(), tmp_path / "report")
    pages = {path.name: path.read_bytes() for path in (index.parent / "clusters").iterdir()}
    assert len(pages) == PARALLEL_FROM + 11
    few = replace(made, clusters=made.clusters[:5])
    alone = build_report(few.source(), tmp_path / "few").parent / "clusters"
    assert {path.name: path.read_bytes() for path in alone.iterdir()}.items() <= pages.items()
