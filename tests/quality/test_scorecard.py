"""The scorecard on groupings made by hand."""

from crawler.config import ClusteringParams, FingerprintParams
from crawler.items import Article, Relation
from crawler.quality.cards import PartScore, Recall, Scorecard
from crawler.quality.mistakes import find_mistakes
from crawler.quality.recipes import Found, ours, plain
from crawler.quality.scorecard import score
from crawler.quality.sweep import VALUES, steps, sweep
from crawler.quality.truth import LabelledSet, PairLabel, Truth


def labelled(
    truths: dict[str, Truth], pairs: dict[tuple[str, str], str] | None = None
) -> LabelledSet:
    return LabelledSet(
        name="made",
        articles=tuple(Article(id=name, url="", site="", title="", text="") for name in truths),
        truths=truths,
        pairs={pair: PairLabel(label=label) for pair, label in (pairs or {}).items()},
    )


STORY = {
    "a": Truth(cluster="1", kind="original"),
    "b": Truth(cluster="1", kind="copy", cut=0.3, of="a", relation=Relation.ABRIDGED),
    "c": Truth(cluster="1", kind="copy", cut=0.9, of="a", relation=Relation.EDITED),
    "d": Truth(cluster="2", kind="roundup", of="a", relation=Relation.PARTIAL),
    "e": Truth(cluster="3", kind="copy", cut=0.2, of="gone"),
    "f": Truth(cluster="3", kind="copy", cut=0.4, of="gone"),
}


def scored(clusters: str, **relations: Relation) -> Scorecard:
    found = Found(
        cluster_of=dict(zip("abcdef", clusters, strict=True)),
        relation_of={(pair[0], pair[1]): relation for pair, relation in relations.items()},
        seconds=1.0,
    )
    return score(labelled(STORY), found)


def test_a_perfect_grouping_is_perfect() -> None:
    card = scored("xxxyzz")
    assert card.grouping is not None
    assert card.grouping.pairs.f1 == card.grouping.b_cubed.f1 == card.grouping.v_measure.v == 1.0
    assert (card.grouping.impure, card.grouping.clusters, card.grouping.true_clusters) == (0, 2, 2)
    assert card.cut_below_half == Recall(wanted=3, found=3)


def test_a_cut_copy_is_found_with_its_original_or_where_that_is_absent_with_another_copy() -> None:
    card = scored("xyyyzw")
    assert card.cut_below_half == Recall(wanted=3, found=0)
    assert card.cut_bands["0.3-0.5"] == Recall(wanted=2, found=0)
    card = scored("xxyyzz")
    assert card.cut_below_half == Recall(wanted=3, found=3)
    assert card.cut_bands["0.7-1.0"] == Recall(wanted=1, found=0)


def test_mistakes_are_told_by_kind() -> None:
    """B was lost, c stands with the roundup."""
    card = scored("xyxxzz")
    assert card.kinds["original"] == PartScore(
        articles=1, pairs=Recall(wanted=2, found=1), strays=1
    )
    assert card.kinds["roundup"] == PartScore(articles=1, pairs=Recall(wanted=0, found=0), strays=1)
    assert card.kinds["copy"] == PartScore(articles=4, pairs=Recall(wanted=6, found=3), strays=1)


def test_relations_are_read_from_the_copy_to_its_original() -> None:
    """The engine names the relation from the smaller id, here the original."""
    card = scored("xxxyzz", ab=Relation.EXPANDED, ac=Relation.EDITED)
    assert card.relations == {
        "abridged": {"abridged": 1},
        "edited": {"edited": 1},
        "partial": {"none": 1},
    }


def test_articles_without_a_label_are_left_aside() -> None:
    truths = STORY | {"g": Truth()}
    found = Found(cluster_of=dict(zip("abcdefg", "xxxyzzx", strict=True)), seconds=0.0)
    card = score(labelled(truths), found)
    assert card.grouping is not None
    assert card.grouping.articles == 6
    assert card.grouping.impure == 0
    assert card.relations == {}


def test_judged_pairs_are_scored_in_clusters_and_with_links() -> None:
    truths = {name: Truth() for name in "abcd"}
    pairs = {("a", "b"): "copy", ("b", "c"): "copy", ("a", "c"): "partial"}
    found = Found(
        cluster_of={"a": "x", "b": "x", "c": "y", "d": "x"},
        relation_of={("b", "c"): Relation.ABRIDGED, ("a", "c"): Relation.PARTIAL},
        seconds=0.0,
    )
    card = score(labelled(truths, pairs), found)
    assert card.grouping is None
    assert card.clustered is not None
    assert card.linked is not None
    assert card.clustered.copies == Recall(wanted=2, found=1)
    assert card.linked.copies == Recall(wanted=2, found=2)
    assert card.linked.precision == 1.0
    assert card.clustered.unjudged == 2
    assert card.labels == {"copy": {"abridged": 1, "none": 1}, "partial": {"partial": 1}}


SENTENCE = (
    "harbour crane lifted the last red container onto a barge while gulls watched from the quay "
    "wall and nobody spoke of the strike that had closed it for a week"
)
WORDS = SENTENCE.split()


def texts() -> list[Article]:
    story = " ".join(WORDS * 2)
    changed = story.replace("gulls", "sailors", 1)
    other = " ".join(word[::-1] for word in WORDS * 2)
    return [
        Article(id=name, url="", site="", title="", text=text)
        for name, text in (("a", story), ("b", changed), ("c", other), ("d", "few words"))
    ]


def test_the_plain_recipe_joins_similar_texts_and_keeps_every_article() -> None:
    found = plain(texts(), FingerprintParams())
    assert found.cluster_of["a"] == found.cluster_of["b"]
    assert len(set(found.cluster_of.values())) == 3
    assert found.relation_of is None


def test_ours_names_relations_and_every_article_has_a_cluster() -> None:
    found = ours(texts(), FingerprintParams(), ClusteringParams())
    assert found.relation_of == {("a", "b"): Relation.EDITED}
    assert set(found.cluster_of) == set("abcd")


def test_a_sweep_tries_each_value_once_and_marks_the_one_in_use() -> None:
    made = LabelledSet(
        name="made",
        articles=tuple(texts()),
        truths={name: Truth(cluster=cluster) for name, cluster in zip("abcd", "xxyz", strict=True)},
    )
    params = ClusteringParams()
    known = score(made, ours(made.articles, FingerprintParams(), params))
    tried = list(sweep(made, FingerprintParams(), params, known))
    assert len(tried) == steps(params)
    assert {step.name for step in tried} == set(VALUES)
    assert [step.name for step in tried if step.used] == list(VALUES)
    assert all(step.score is known for step in tried if step.used)
    strict = next(step for step in tried if (step.name, step.value) == ("copy_share", 0.8))
    assert strict.score.grouping is not None


def test_each_misplaced_article_is_told_once_with_one_that_shows_it() -> None:
    """One copy was lost, c stands with the roundup d, and f apart from e."""
    found = Found(
        cluster_of=dict(zip("abcdef", "xyddzw", strict=True)),
        relation_of={("a", "b"): Relation.EXPANDED},
        seconds=0.0,
    )
    told = [
        (one.mistake, one.id, one.other, one.kind, one.other_kind, one.cut, one.relation)
        for one in find_mistakes(labelled(STORY), found)
    ]
    assert told == [
        ("missed", "b", "a", "copy", "original", 0.3, Relation.ABRIDGED),
        ("missed", "c", "a", "copy", "original", 0.9, Relation.NONE),
        ("joined", "d", "c", "roundup", "copy", None, Relation.NONE),
        ("missed", "f", "e", "copy", "copy", 0.4, Relation.NONE),
    ]


def test_a_perfect_grouping_has_no_mistakes() -> None:
    found = Found(cluster_of=dict(zip("abcdef", "xxxyzz", strict=True)), seconds=0.0)
    assert list(find_mistakes(labelled(STORY), found)) == []
