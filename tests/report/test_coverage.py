"""What was not seen, grouped by reason."""

from crawler.items import Drop, Quarantined
from crawler.report.coverage import MAX_EXAMPLES, build_coverage
from crawler.report.view import CoverageView, MissedGroup
from tests.report.made_up import ferry


def reasons(groups: tuple[MissedGroup, ...]) -> list[tuple[str, int]]:
    return [(group.reason, group.count) for group in groups]


def of_the_ferry() -> CoverageView:
    made = ferry()
    return build_coverage(made.run, made.drops, made.leads, made.page_failures)


def test_each_address_is_counted_once_under_what_happened_to_it() -> None:
    coverage = of_the_ferry()
    assert reasons(coverage.page_failures) == [("no-story", 1)]
    assert reasons(coverage.refused) == [("robots-denied", 1)]
    assert reasons(coverage.unreached) == [("http-404", 1)]
    assert reasons(coverage.left_out) == [("before-window", 1), ("off-story", 1)]


def test_drops_without_an_address_are_all_counted() -> None:
    drops = [Drop(source="archive", reason="not-html") for _ in range(3)]
    coverage = build_coverage(None, drops, [], [])
    assert reasons(coverage.left_out) == [("not-html", 3)]
    assert coverage.sources == ()
    assert coverage.counts == ()


def test_examples_are_limited_and_the_count_is_not() -> None:
    urls = (f"https://a.example/{number}" for number in range(MAX_EXAMPLES + 5))
    coverage = build_coverage(
        None, [Drop(source="s", reason="off-story", url=u) for u in urls], [], []
    )
    (group,) = coverage.left_out
    assert (group.count, len(group.examples)) == (MAX_EXAMPLES + 5, MAX_EXAMPLES)


def test_the_most_frequent_reason_comes_first() -> None:
    drops = [Drop(source="s", reason=reason) for reason in ("a", "b", "b", "c", "c", "c")]
    assert reasons(build_coverage(None, drops, [], []).left_out) == [("c", 3), ("b", 2), ("a", 1)]


def test_an_address_that_is_none_of_the_web_is_no_link() -> None:
    drop = Drop(source="s", reason="bad-address", url="javascript:alert(1)")
    (group,) = build_coverage(None, [drop], [], []).left_out
    assert (group.examples[0].url, group.examples[0].link) == ("javascript:alert(1)", "")


def test_sources_and_numbers_are_those_of_the_run() -> None:
    coverage = of_the_ferry()
    assert [source.source for source in coverage.sources] == ["outlet3 feed", "outlet1 feed"]
    assert coverage.counts == (("articles", 7), ("drop:off-story", 1), ("pages", 9))


def test_pages_in_quarantine_are_named_with_their_deaths() -> None:
    ill = [
        Quarantined(
            url=f"https://a.example/{number}",
            source="a feed",
            reason="work-timeout",
            detail="killed after 20 s",
            deaths=2,
            since="2026-03-03T10:00:00Z",
            last="2026-03-03T10:00:00Z",
            bytes=9_000_000,
            fetched="2026-03-03T10:00:00Z",
        )
        for number in range(MAX_EXAMPLES + 1)
    ]
    coverage = build_coverage(None, [], [], [], quarantined=ill)
    assert coverage.quarantined_count == MAX_EXAMPLES + 1
    assert len(coverage.quarantined) == MAX_EXAMPLES
    assert coverage.quarantined[0].page.link == "https://a.example/0"
    assert (coverage.quarantined[0].deaths, coverage.quarantined[0].bytes) == (2, 9_000_000)
