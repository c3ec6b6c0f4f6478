"""Clusters as lines of a terminal."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Form
from crawler.report import build_cluster, cluster_lines, plain, show_cluster, version_diffs
from tests.report.made_up import NOW, ferry

MADE = ferry()
VIEW = build_cluster(MADE.clusters[0], MADE.articles, MADE.pairs)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;http://evil.example\x07click\x1b]8;;\x07", "click"),
        ("\x1b]0;title\x1b\\text", "text"),
        ("\x9b2Jgone", "gone"),
        ("\x1b]never ended, still told", "]never ended, still told"),
        ("a\rb\x08c\x00d", "abcd"),
        ("two\n lines\tand a tab ", "two lines and a tab"),
        ("\u202egnp.exe", "gnp.exe"),
        ("half \ud83d", "half"),
    ],
)
def test_nothing_that_a_terminal_would_obey_is_printed(text: str, printed: str) -> None:
    assert plain(text) == printed


@given(st.text(st.sampled_from("\x1b[]\x9b\x9d\\;0mHJK\x07 a\n")))
def test_no_control_character_is_left_whatever_surrounds_it(text: str) -> None:
    assert plain(text).isprintable()


def test_a_cluster_is_one_line() -> None:
    (line,) = cluster_lines([VIEW])
    assert (line.cluster, line.copies, line.outlets) == ("cfeed0000aa", 5, 4)
    assert (line.first, line.time) == ("outlet0.example", "3 Mar 2026, 05:00 UTC")
    assert (line.lead, line.span) == ("12 minutes", "1 h 35 min")
    assert (line.credit, line.weakest) == ("Meridian Wire 2/5", "cut, 52 % shared")


def test_what_is_unknown_is_said() -> None:
    bare = {
        name: replace(one, published=None, fetched=None, agency=None)
        for name, one in MADE.articles.items()
    }
    cluster = replace(
        MADE.clusters[0],
        members=tuple(replace(one, first=False) for one in MADE.clusters[0].members),
    )
    (line,) = cluster_lines([build_cluster(cluster, bare)])
    assert (line.first, line.time, line.lead, line.span) == ("unknown",) * 4
    assert line.credit == "none"


def test_show_has_a_line_for_each_copy_with_its_evidence() -> None:
    shown = show_cluster(VIEW)
    assert [line.relation for line in shown.members] == [
        "same words",
        "reference",
        "cut",
        "edited",
        "same words",
    ]
    assert shown.members[0].evidence == (
        "agency Meridian Wire: “KALVIK (Meridian Wire) —” (dateline)",
    )
    publisher = replace(VIEW.members[0].evidence[0], supports="publisher")
    told = replace(VIEW.members[0], evidence=(publisher, *VIEW.members[0].evidence))
    longer = replace(VIEW, members=(told, *VIEW.members[1:]))
    assert show_cluster(longer).members[0].evidence == shown.members[0].evidence
    assert shown.members[4].basis == "first seen by us"
    assert shown.headlines[1] == "Kalvik ferry back on Monday (outlet47.example)"
    assert shown.relatives == (
        (
            "outlet300.example: Morning briefing: bread, boats and lamps, shares a passage: "
            "16 % of copy 1, 60 % of the article"
        ),
    )


def test_the_other_addresses_of_a_copy_are_shown_and_its_missing_pages() -> None:
    forms = (
        Form(kind="amp", url="https://a.example/amp/x", fetched=NOW, published="2026-03-02"),
        Form(kind="part", url="https://a.example/x/2", number=2, missing="robots-denied"),
    )
    several = replace(VIEW, members=(replace(VIEW.members[0], forms=forms), *VIEW.members[1:]))
    assert show_cluster(several).members[0].forms == (
        f"AMP page: https://a.example/amp/x (fetched {NOW}, published 2026-03-02)",
        "page 2 is missing (robots-denied): https://a.example/x/2",
    )


def test_each_other_version_has_its_diff_and_unchanged_paragraphs_are_one_line() -> None:
    cut, edited = version_diffs(VIEW)
    assert cut.heading == "Version 2 (outlet47.example), cut: 0 words put in, 78 taken out"
    assert cut.paragraphs[0][0].text == "… 3 paragraphs unchanged …"
    assert {segment.op for paragraph in cut.paragraphs[1:] for segment in paragraph} == {"delete"}
    assert any(segment.op == "insert" for paragraph in edited.paragraphs for segment in paragraph)


def test_hostile_text_in_a_diff_is_disarmed() -> None:
    articles = dict(MADE.articles)
    articles["art0047"] = replace(articles["art0047"], text="\x1b[2Jwiped \x00clean")
    cut, _ = version_diffs(build_cluster(MADE.clusters[0], articles))
    text = "".join(segment.text for paragraph in cut.paragraphs for segment in paragraph)
    assert "wiped clean" in text
    assert "\x1b" not in text
    assert "[2J" not in text
