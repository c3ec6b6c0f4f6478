"""Titles, names and texts that strangers would like to be more than text."""

from dataclasses import replace
from pathlib import Path

import pytest

from crawler.items import Cluster, Relation
from crawler.report import build_cluster, build_report, cluster_alone
from tests.browser.conftest import Tab
from tests.report.made_up import NOW, article, ferry, member

# Each tries another way out of being text: elements, attributes, script blocks, comments, CDATA,
# styles, template engines, entities, encodings, line ends of JavaScript, turned directions.
NAUGHTY = (
    "<script>window.caught = 1</script>",
    "</script><script>window.caught = 1</script>",
    "<img src=x onerror=window.caught=1>",
    "<svg/onload=window.caught=1>",
    "<iframe srcdoc='<script>parent.caught=1</script>'></iframe>",
    '<a href="javascript:window.caught=1">click</a>',
    '" onmouseover="window.caught=1" autofocus onfocus="window.caught=1',
    "' style='position:fixed;inset:0' onclick='window.caught=1",
    "<style>*{display:none!important}</style>",
    "<link rel=stylesheet href=//evil.example/x.css><base href=//evil.example/>",
    '<meta http-equiv=refresh content="0;url=//evil.example/">',
    "<form action=//evil.example/><button>send</button></form>",
    "--><!-- <script>window.caught = 1</script>",
    "]]><script>window.caught = 1</script><![CDATA[",
    "</title></textarea></noscript></template><script>window.caught = 1</script>",
    "{{ 7 * 7 }} ${7*7} <%= 7*7 %> #{7*7} {% raw %}",
    "&lt;script&gt;window.caught = 1&lt;/script&gt; &#60;script&#62;",
    "\\u003cscript\\u003ewindow.caught=1\\u003c/script\\u003e \\x3cimg\\x3e",
    "line\u2028separator\u2029and `${window.caught = 1}`; ]); window.caught = 1; ([",
    "\u202eright to left\u202c \u2066isolated\u2069 \x1b[31mred\x1b[0m \x00\x07",
    "=cmd|'/C calc'!A0 @SUM(1+1) +1 -1",
    "ﷺ Ṱ̺̺̕o͞ ̷i̲̬͇ 田中さんにあげて下さい 👩‍👩‍👧‍👦 ȺȾ İıſß",
)  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a report in which each outlet of each cluster says something naughty everywhere."""
    made = ferry()
    articles = {
        f"n{number}x{copy}": article(
            number * 2 + copy,
            f"{said}\n{'Plain words stand here, too. ' * 8}\n{said} {number}",
            id=f"n{number}x{copy}",
            title=f"{said} {number}",
            author=said,
            agency=said,
            site=f"{said}.example" if copy else f"outlet{number}.example",
            url=f"https://outlet{number}.example/{number}",
            language=said,
        )
        for number, said in enumerate(NAUGHTY)
        for copy in (0, 1)
    }
    clusters = [
        Cluster(
            id=f"cn{number}",
            medoid=f"n{number}x0",
            label=said if number % 2 else None,
            members=tuple(
                member(articles[f"n{number}x{copy}"], copy + 1, Relation.EDITED, 0.9, 0.9)
                for copy in (0, 1)
            ),
        )
        for number, said in enumerate(NAUGHTY)
    ]
    made = replace(made, articles=articles, clusters=clusters, pairs=[])
    folder = tmp_path_factory.mktemp("naughty") / "report"
    stories = {said: [f"cn{number}"] for number, said in enumerate(NAUGHTY[:4])}
    build_report(made.source(stories=stories), folder)
    for number in range(len(NAUGHTY)):
        view = build_cluster(clusters[number], articles)
        mail = cluster_alone(view, made=NOW)
        (folder / f"mail-{number}.html").write_bytes(mail.encode("utf-8", "replace"))
    return folder


def test_naughty_strings_stay_text_on_every_page(tab: Tab, report: Path) -> None:
    """The tab complains of violations of the policy, requests and errors at its end."""
    for path in sorted(report.rglob("*.html")):
        tab.open(path)
        assert tab.page.evaluate("window.caught") is None, path
        foreign = "iframe, img, object, embed, base, form[action], [style], [onclick], [onload]"
        assert tab.page.locator(f"{foreign}, main style, main link, main script").count() == 0, path
        assert tab.page.locator("h1").is_visible(), path
        complaints = tab.gather()
        assert (complaints.violations, complaints.console) == ([], []), path


def test_naughty_strings_are_searched_and_compared_as_text(tab: Tab, report: Path) -> None:
    tab.open(report / "index.html")
    tab.page.wait_for_selector("body[data-ready]")
    for said in NAUGHTY[:12]:
        tab.page.fill("#words", said)
        tab.page.fill("#outlet", said[:20])
    tab.page.fill("#outlet", "")
    tab.page.fill("#words", "caught")
    tab.page.get_by_text("clusters of").first.wait_for()
    assert tab.page.evaluate("window.caught") is None
    tab.open(report / "clusters" / "cn2.html")
    tab.page.fill("#carried", NAUGHTY[2])
    tab.page.get_by_label("side by side").check()
    assert tab.page.evaluate("window.caught") is None
    assert tab.page.locator("img").count() == 0
