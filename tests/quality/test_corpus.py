"""The made corpus: it can be made again, its truth is true, and its traps are there."""

import gzip
import json
import re
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from crawler.fingerprint import read_words
from crawler.items import Relation
from crawler.quality import write_corpus
from crawler.quality.corpus import writing
from crawler.quality.corpus.copies import LEAST_OWN, CopyPlan, draw_plan, print_copy
from crawler.quality.corpus.events import LANGUAGES
from crawler.quality.corpus.languages import language
from crawler.quality.corpus.page import typeset
from crawler.quality.corpus.reuse import SPACELESS_UNITS
from crawler.quality.corpus.sites import CHAINS, LEAST_SITES, MOST_SITES, invent_sites
from crawler.quality.corpus.stories import Story, write_story
from crawler.quality.corpus.worlds import invent_world
from crawler.quality.corpus.writing import rows

if TYPE_CHECKING:
    from crawler.quality.corpus.grammar import Rules

Row = dict[str, Any]
KINDS = {
    "original", "copy", "single", "follow-up", "write-through", "rewrite", "independent", "form",
    "roundup", "live", "index", "bridge",
}  # fmt: skip


@pytest.fixture(scope="module")
def corpus() -> list[Row]:
    return list(rows(2500, 3))


@pytest.fixture(scope="module")
def by_id(corpus: list[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in corpus}


def story(code: str, words: int = 300, seed: int = 1) -> Story:
    rng = Random(seed)
    tongue = language(code)
    units = words if tongue.spaced else words * SPACELESS_UNITS
    return write_story(tongue, invent_world(tongue, rng), rng, units)


def words_of(one: Story) -> list[str]:
    return read_words("\n".join(line for part in one.body for line in part.sentences))[0]


def runs(one: list[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(one[at : at + size]) for at in range(len(one) - size + 1)}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    one = write_corpus(tmp_path / "one", 150, 5)
    again = write_corpus(tmp_path / "again", 150, 5)
    other = write_corpus(tmp_path / "other", 150, 6)
    assert one.path.read_bytes() == again.path.read_bytes()
    assert one.path.read_bytes() != other.path.read_bytes()
    lines = gzip.decompress(one.path.read_bytes()).splitlines()
    read = [json.loads(line) for line in lines]
    assert Counter(row["kind"] for row in read) == one.counts["kinds"]
    manifest = json.loads(one.manifest.read_text())
    assert (manifest["articles"], manifest["seed"], manifest["format"]) == (150, 5, writing.FORMAT)


def test_a_corpus_is_made_as_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first articles of a million come at once; only the buffer is held."""
    monkeypatch.setattr(writing, "MIXED", 20)
    assert len(list(islice(rows(1_000_000, 1), 5))) == 5


def test_the_handbook_lists_every_kind_and_language() -> None:
    text = (Path(__file__).parents[2] / "docs" / "quality.md").read_text("utf-8")
    rows = re.findall(r"^\| (`.+`) \| [\d., ]+ \|", text, re.MULTILINE)
    told = re.findall(r"`([a-z-]+)`", " ".join(rows))
    assert sorted(told) == sorted(KINDS | set(LANGUAGES))


def test_every_kind_and_language_is_there(corpus: list[Row]) -> None:
    assert {row["kind"] for row in corpus} == KINDS
    assert {row["language"] for row in corpus} == set(LANGUAGES)
    assert len({row["id"] for row in corpus}) == len(corpus)


def test_the_truth_is_of_one_piece(corpus: list[Row], by_id: dict[str, Row]) -> None:
    """Originals are known but for the events that the end cut off; copies share their cluster."""
    for row in corpus:
        original = by_id.get(row.get("of", ""))
        if original is None:
            continue
        same = row["cluster"] == original["cluster"]
        assert same == (row["kind"] in {"copy", "write-through"})
        if row["kind"] == "copy":
            assert 0 < row["cut"] <= 1
            assert row["published"] > original["published"]
    alone = Counter(row["cluster"] for row in corpus)
    for row in corpus:
        if row["kind"] in {"single", "independent", "live", "index", "bridge"}:
            assert alone[row["cluster"]] == 1


def test_a_site_hardly_ever_prints_a_story_twice(corpus: list[Row]) -> None:
    copies = [(row["of"], row["site"]) for row in corpus if row["kind"] == "copy"]
    again = sum(number - 1 for number in Counter(copies).values())
    assert again < 0.05 * len(copies)


def test_stories_of_different_events_share_no_passages() -> None:
    """Apart from what every desk writes."""
    cliches = language("en").lists["words"]["cliche"]
    told = set().union(*(runs(read_words(line)[0], 5) for line in cliches))
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for seed in range(60):
        for run in runs(words_of(story("en", seed=seed)), 8):
            if not runs(list(run), 5) & told:
                holders[run].add(str(seed))
    shared = sum(len(names) > 1 for names in holders.values())
    assert shared < 0.001 * len(holders)


@pytest.mark.parametrize("code", LANGUAGES)
def test_most_of_a_copy_is_the_original(code: str) -> None:
    rng = Random(7)
    original = story(code)
    local: Rules = {"site_town": [("Nearby",)], "person_local": [("Someone",)]}
    known = runs(words_of(original), 3)
    for _ in range(60):
        plan = draw_plan(rng)
        printed = print_copy(original, plan, rng, local)
        copy = words_of(printed.story)
        own = runs(copy, 3)
        assert printed.kept >= LEAST_OWN * printed.story.units
        assert printed.relation() in {
            Relation.IDENTICAL, Relation.EDITED, Relation.ABRIDGED, Relation.EXPANDED
        }  # fmt: skip
        # Three words in a row survive an edit of one in twelve in three cases of four.
        assert len(own & known) / len(own) > 0.45
        if printed.relation() is Relation.IDENTICAL:
            assert copy == words_of(original)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("inside", [False, True])
def test_a_cut_keeps_the_lede_and_about_what_was_planned(code: str, *, inside: bool) -> None:
    original = story(code)
    printed = print_copy(original, CopyPlan(keep=0.4, inside=inside), Random(1), {})
    assert printed.story.body[0].sentences[0] == original.body[0].sentences[0]
    assert 0.4 <= printed.cut < 0.65
    assert printed.relation() is Relation.ABRIDGED


def test_typography_changes_no_word() -> None:
    text = "\n".join(line for part in story("en").body for line in part.sentences)
    text += " — The official office offered a final finding."
    wanted = read_words(text)[0]
    shapes = [typeset(text, manner) for manner in range(5)]
    assert len(set(shapes)) == 5
    assert [read_words(shape)[0] for shape in shapes] == [wanted] * 5


def test_short_stories_are_short() -> None:
    for row in rows(200, 2, short=True):
        if row["kind"] in {"original", "single"} and row["language"] == "en":
            # The last sentence, furniture and headlines of other stories come on top.
            assert 40 <= len(row["text"].split()) < 330


def test_sites_grow_with_the_corpus_and_the_largest_stays_small() -> None:
    small = invent_sites(1_000, [("en", 1.0)], 1)["en"]
    large = invent_sites(100_000, [("en", 1.0)], 1)["en"]
    assert len(small.sites) == LEAST_SITES
    assert len(large.sites) == MOST_SITES
    assert large.weights[0] / large.weights[-1] < 0.05
    lines = Counter(line for site in large.sites for line in site.bottom)
    assert CHAINS <= sum(number > 5 for number in lines.values()) <= 2 * CHAINS


def test_pages_hold_passages_of_several_stories(corpus: list[Row], by_id: dict[str, Row]) -> None:
    for kind in ("roundup", "bridge"):
        page = next(
            row
            for row in corpus
            if row["kind"] == kind and row["of"] in by_id and row["language"] == "en"
        )
        own = runs(read_words(page["text"])[0], 8)
        held = {
            row["cluster"]
            for row in corpus
            if row["kind"] in {"original", "single", "follow-up", "rewrite", "independent"}
            and len(own & runs(read_words(row["text"])[0], 8)) > 20
        }
        assert len(held) > 1
