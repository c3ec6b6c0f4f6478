"""Labelled articles and pairs, as anybody may give them -> sets with their truth.

`NAME.articles.jsonl[.gz]` holds articles in the product's own form; any of them may say what is
true of it (`cluster`, or `group`; `kind`, `cut`, `of`, `relation`). `NAME.pairs.jsonl[.gz]` holds
pairs that somebody judged. docs/quality.md describes both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from crawler.errors import InputError, InputMissing
from crawler.items import Article, Relation
from crawler.report import read_articles, read_rows
from crawler.report.records import Row, kind_of

Ids = tuple[str, str]
"""Ids of two articles, the smaller first."""
ARTICLES = (".articles.jsonl", ".articles.jsonl.gz")
PAIRS = (".pairs.jsonl", ".pairs.jsonl.gz")
COPY = "copy"
"""Label of a pair that belongs together; every other label says that it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is true of one article; each statement may be absent."""

    cluster: str | None = None
    """Label of the text that it carries; articles of one label are copies of each other."""
    kind: str = ""
    """What sort of article it is, such as `copy` or `roundup`; results are broken down by it."""
    cut: float | None = None
    """Share of the original's words that it keeps, 0 to 1."""
    of: str | None = None
    """Id of the article it was made from."""
    relation: Relation | None = None
    """Its relation to that article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairLabel:
    """What somebody judged of a pair."""

    label: str
    """`copy`, or the name of another judgement."""
    relation: Relation | None = None
    """Relation read from the smaller id to the larger one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSet:
    """One set to score on."""

    name: str
    """Name of its files without the endings."""
    articles: tuple[Article, ...]
    """In the order of the file."""
    truths: Mapping[str, Truth]
    """By article id; every article has one."""
    pairs: Mapping[Ids, PairLabel] = field(default_factory=dict)
    """Judged pairs of articles of this set."""
    pairs_aside: int = 0
    """Judged pairs of which an article is not in the set (or was left out by a limit)."""


_REVERSED = {Relation.ABRIDGED: Relation.EXPANDED, Relation.EXPANDED: Relation.ABRIDGED}


def reverse(relation: Relation) -> Relation:
    """Read a relation the other way round."""
    return _REVERSED.get(relation, relation)


def ordered(one: str, two: str) -> Ids:
    """Give a pair with the smaller id first."""
    return (one, two) if one < two else (two, one)


def find_sets(place: Path) -> list[Path]:
    """Give the article files of a folder (or the one that was named), in order of name.

    Raises:
        InputMissing: there is none.
    """
    if place.is_file():
        return [place]
    found = sorted(
        path for path in place.glob("*") if path.is_file() and path.name.endswith(ARTICLES)
    )
    if not found:
        raise InputMissing(
            f"{place} holds no NAME.articles.jsonl or NAME.articles.jsonl.gz.",
            "docs/quality.md describes the files; `wiretrace bench corpus` writes some.",
        )
    return found


def read_set(path: Path, limit: int | None = None) -> LabelledSet:
    """Read one set: the articles, and the pairs file beside them if there is one.

    Args:
        path: the article file.
        limit: take this many articles from the beginning; None is all.

    Raises:
        InputError: a line cannot be read, or nothing in the set says what is true.
    """
    name = _name(path)
    articles = tuple(islice(read_articles(path), limit))
    truths = {article.id: _truth(article, path) for article in articles}
    pairs: dict[Ids, PairLabel] = {}
    aside = 0
    for ending in PAIRS:
        beside = path.with_name(name + ending)
        if not beside.exists():
            continue
        for where, row in read_rows(beside):
            ids, label = _pair(row, where)
            if ids[0] in truths and ids[1] in truths:
                pairs[ids] = label
            else:
                aside += 1
    if not pairs and all(truth.cluster is None for truth in truths.values()):
        raise InputError(
            f"{path} says nowhere what is true.",
            'Give articles a "cluster", or put a pairs file beside them (docs/quality.md).',
        )
    return LabelledSet(name=name, articles=articles, truths=truths, pairs=pairs, pairs_aside=aside)


def _name(path: Path) -> str:
    for ending in (*ARTICLES, ".jsonl.gz", ".jsonl"):
        if path.name.endswith(ending):
            return path.name.removesuffix(ending)
    return path.stem


def _truth(article: Article, path: Path) -> Truth:
    """Take the truth from the fields that the article format does not know."""
    said = article.extra
    where = f"{path}, article {article.id!r}"
    cut = said.get("cut")
    if cut is not None and (isinstance(cut, bool) or not isinstance(cut, int | float)):
        raise InputError(f'{where}: field "cut" must be a number, not {kind_of(cut)}.')
    return Truth(
        cluster=_text(said, "cluster", where) or _text(said, "group", where),
        kind=_text(said, "kind", where) or "",
        cut=cut,
        of=_text(said, "of", where),
        relation=_relation(said, where),
    )


def _pair(row: Row, where: str) -> tuple[Ids, PairLabel]:
    one, two, label = (_text(row, name, where) for name in ("a", "b", "label"))
    if not one or not two or not label:
        raise InputError(f'{where}: a pair needs "a", "b" and "label".')
    if one == two:
        raise InputError(f'{where}: fields "a" and "b" name the same article.')
    relation = _relation(row, where)
    if relation is not None and one > two:
        relation = reverse(relation)
    return ordered(one, two), PairLabel(label=label, relation=relation)


def _text(row: Mapping[str, object], name: str, where: str) -> str | None:
    """Read a label; a number is taken as its digits, as many corpora have it."""
    value = row.get(name)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise InputError(f'{where}: field "{name}" must be text, not {kind_of(value)}.')


def _relation(row: Mapping[str, object], where: str) -> Relation | None:
    value = _text(row, "relation", where)
    if value is None:
        return None
    try:
        return Relation(value)
    except ValueError:
        known = ", ".join(relation.value for relation in Relation)
        raise InputError(f'{where}: field "relation" is none of {known}.') from None
