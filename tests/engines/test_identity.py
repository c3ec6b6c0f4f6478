"""Ids stay with the members, and what happened is told once."""

from crawler.engines.identity import keep_ids, named, tell
from crawler.items import Cluster, Decision, Member, Relation

OLD = "2026-03-01T00:00:00Z"
NEW = "2026-03-02T00:00:00Z"


def cluster(name: str, members: str) -> Cluster:
    return Cluster(
        id=name,
        medoid=members[0],
        members=tuple(
            Member(
                article_id=each,
                version=1,
                first=False,
                relation=Relation.IDENTICAL,
                containment_in_medoid=1.0,
                containment_of_medoid=1.0,
            )
            for each in members
        ),
    )


def ids(clusters: list[Cluster]) -> list[str]:
    return [each.id for each in clusters]


def nothing(_ids: object) -> set[str]:
    return set()


def test_a_cluster_that_grows_keeps_its_id() -> None:
    assert ids(keep_ids([cluster("", "abcd")], [(OLD, cluster("c1", "ab"))], nothing)) == ["c1"]


def test_a_merger_is_called_after_the_larger_then_the_older_one() -> None:
    small, large = (NEW, cluster("c1", "ab")), (NEW, cluster("c2", "cde"))
    assert ids(keep_ids([cluster("", "abcde")], [small, large], nothing)) == ["c2"]
    older = (OLD, cluster("c9", "cd"))
    assert ids(keep_ids([cluster("", "abcd")], [small, older], nothing)) == ["c9"]


def test_of_a_split_the_larger_part_keeps_the_id_and_the_other_gets_a_new_one() -> None:
    parts = [cluster("", "ab"), cluster("", "cde")]
    found = ids(keep_ids(parts, [(OLD, cluster("c1", "abcde"))], nothing))
    assert found[1] == "c1"
    assert found[0] not in ("c1", "")


def test_a_new_id_is_never_one_that_was_used_before() -> None:
    [first] = ids(keep_ids([cluster("", "ab")], [], nothing))
    [second] = ids(keep_ids([cluster("", "ab")], [], lambda asked: {first} & set(asked)))
    assert first != second


def test_what_happened_is_told_for_clusters_of_two_and_more() -> None:
    former = [(OLD, cluster("c1", "ab")), (OLD, cluster("c2", "cd")), (OLD, cluster("c3", "e"))]
    events = tell([cluster("c1", "abcde"), cluster("c4", "fg")], former, NEW)
    assert [(e.kind, e.cluster, e.other, e.members) for e in events] == [
        ("merged", "c2", "c1", 2),
        ("formed", "c4", None, 2),
    ]
    split = tell([cluster("c1", "abc"), cluster("c5", "de")], [(OLD, cluster("c1", "abcde"))], NEW)
    assert [(e.kind, e.cluster, e.other, e.members) for e in split] == [("split", "c1", "c5", 2)]


def test_the_last_name_counts() -> None:
    said = [
        Decision(id=number, at="", kind="label", articles=(article,), label=label)
        for number, article, label in ((2, "a", "late"), (1, "b", "early"))
    ]
    assert [each.label for each in named([cluster("c1", "ab"), cluster("c2", "c")], said)] == [
        "late",
        None,
    ]
