"""The version tree in a terminal."""

from dataclasses import replace

from crawler.items import Branch, Certainty, Edit
from crawler.report import build_cluster, show_cluster
from tests.report.made_up import ferry
from tests.store.records import provenance


def branch(child: int, parent: int | None, **changes: object) -> Branch:
    plain = provenance("c1").branches[0]
    fields = {"child": child, "parent": parent, "alternatives": (), "own": (), "own_count": 0}
    return replace(plain, **(fields | changes))  # type: ignore[arg-type]  # the test names them


def test_each_version_stands_under_the_one_it_was_made_from() -> None:
    made = ferry()
    branches = (
        branch(1, None),
        branch(
            2,
            1,
            certainty=Certainty.ONE_OF,
            alternatives=(3,),
            own=(Edit(before="Mon\x1b[2Jday", after=""), Edit(before="x" * 90, after="y")),
            own_count=7,
        ),
        branch(3, 2, shared=(Edit(before="", after="fog"),), shared_count=1),
    )
    known = replace(provenance("cfeed0000aa", "art0000"), branches=branches)
    shown = show_cluster(build_cluster(made.clusters[0], made.articles, provenance=known))
    head, first, second, third = shown.tree
    assert head == "common source"
    assert first.startswith("└─ version 1 (")
    assert second.startswith("│ └─ version 2 (")
    assert "or from version 3; changes 7: -“Monday”, -“xxx" in second
    assert "…” +“y”" in second
    assert third.startswith("│ │ └─ version 3 (")
    assert third.endswith("likely; shares 1: +“fog”")


def test_without_an_answer_nothing_is_told() -> None:
    made = ferry()
    shown = show_cluster(build_cluster(made.clusters[0], made.articles))
    assert (shown.first, shown.gaps, shown.networks, shown.tree) == ((), (), (), ())
