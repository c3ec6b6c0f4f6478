"""Copies on a line of time."""

from crawler.items import Article, Cluster, Relation
from crawler.report import build_cluster
from crawler.report.timeline import MAX_STACK, Timeline, timeline
from tests.report.made_up import article, ferry, member


def line_of(*articles: Article) -> Timeline | None:
    members = tuple(member(one, 1, Relation.IDENTICAL) for one in articles)
    cluster = Cluster(id="c1", medoid=articles[0].id, members=members)
    return timeline(build_cluster(cluster, {one.id: one for one in articles}).members)


def test_dots_lie_in_proportion_to_their_time() -> None:
    line = line_of(article(0, "t"), article(30, "t"), article(120, "t"))
    assert line is not None
    assert [dot.x for dot in line.dots] == ["2.00%", "26.00%", "98.00%"]
    assert len({dot.y for dot in line.dots}) == 1


def test_what_cannot_be_placed_is_counted() -> None:
    made = ferry()
    line = timeline(build_cluster(made.clusters[0], made.articles).members)
    assert line is not None
    assert (len(line.dots), line.unplaced) == (4, 1)
    assert [dot.claimed for dot in line.dots] == [True, True, True, False]
    assert [dot.first for dot in line.dots] == [True, False, False, False]


def test_copies_of_one_moment_are_stacked_up_to_a_limit() -> None:
    same = [article(0, "t", id=f"a{number}") for number in range(MAX_STACK + 3)]
    line = line_of(*same, article(90, "t"))
    assert line is not None
    assert len({dot.y for dot in line.dots if dot.x == "2.00%"}) == MAX_STACK
    assert line.unplaced == 3
    assert max(dot.y for dot in line.dots) < line.height


def test_one_moment_makes_no_line() -> None:
    assert line_of(article(0, "t"), article(0, "t", id="b")) is None
    assert line_of(article(0, "t", published=None, fetched=None)) is None
