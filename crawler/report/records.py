"""Articles, clusters and pairs as JSON objects: the form in which others give and take them.

A record arrives and an object leaves, or the other way round. Whatever an input says that we do
not know is kept in `Article.extra` and written out again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, asdict, fields
from datetime import datetime
from types import MappingProxyType
from typing import Any, NoReturn, TypeVar

from crawler.errors import InputError
from crawler.items import (
    Article,
    Cluster,
    Evidence,
    Form,
    Network,
    PageLink,
    Pair,
    Provenance,
    Published,
    Removed,
)
from crawler.urls import canonical, site_of

Row = dict[str, Any]
"""One record ready for `json.dumps`."""
T = TypeVar("T", Evidence, Removed, Published, Form, PageLink)

_REQUIRED = ("id", "text")
_TEXT = ("id", "url", "site", "title", "text")
_TEXT_OR_NULL = (
    "published",
    "published_source",
    "modified",
    "canonical_url",
    "language",
    "author",
    "agency",
    "fetched",
    "source",
    "partial",
)
_TIMES = ("published", "modified", "fetched")
UNREADABLE = "_unreadable"
_LISTS = ("times", "evidence", "removed", "links", "forms")
_NUMBERS = ("status", "part")
KNOWN_FIELDS = frozenset((*_TEXT, *_TEXT_OR_NULL, *_LISTS, *_NUMBERS))
# Of the small records: fields that may be null, and those that are whole numbers.
_MAY_BE_NULL = frozenset(("flaw", "number", "fetched", "published", "published_source", "missing"))
_WHOLE = frozenset(("number", "words"))


def article_to_json(article: Article) -> Row:
    """Give an article as a JSON object: the fields of the input format first, `extra` last.

    Every known field is there, `null` where nothing is known, so that a reader of the lines needs
    no special case. A field of `extra` never hides a known one.
    """
    row: Row = {
        "id": article.id,
        "url": article.url,
        "site": article.site,
        "title": article.title,
        "text": article.text,
        "published": article.published,
        "published_source": article.published_source,
        "modified": article.modified,
        "times": [asdict(time) for time in article.times],
        "canonical_url": article.canonical_url,
        "language": article.language,
        "author": article.author,
        "agency": article.agency,
        "evidence": [asdict(piece) for piece in article.evidence],
        "removed": [asdict(piece) for piece in article.removed],
        "fetched": article.fetched,
        "status": article.status,
        "source": article.source,
        "links": [asdict(link) for link in article.links],
        "part": article.part,
        "forms": [asdict(form) for form in article.forms],
        "partial": article.partial,
    }
    return row | {name: value for name, value in article.extra.items() if name not in row}


def article_from_json(row: Mapping[str, Any], *, where: str = "the article") -> Article:
    """Read an article from a JSON object; the inverse of `article_to_json`.

    A time that is none (`26-FEB-1987 15:01`) must not keep a corpus out: the article then has no
    such time, and what was given is kept under `published_unreadable` (`modified_`, `fetched_`).

    Args:
        row: the object; only `id` and `text` must be there.
        where: how a message names the record, such as `articles.jsonl, line 7`.

    Raises:
        InputError: a required field is missing or empty, or a field has the wrong type.
    """
    for name in _REQUIRED:
        if row.get(name) is None:
            _refuse(where, name, "is missing")
    if not row["id"]:
        _refuse(where, "id", "is empty")
    text = {name: _text(row, name, where) or "" for name in _TEXT}
    known = {name: _text(row, name, where) or None for name in _TEXT_OR_NULL}
    extra = {name: value for name, value in row.items() if name not in KNOWN_FIELDS}
    for name in _TIMES:
        value = known[name]
        if value is not None and not _is_time(value):
            known[name], extra[name + UNREADABLE] = None, value
    numbers = {name: row.get(name) for name in _NUMBERS}
    for name, number in numbers.items():
        if number is not None and not _is_whole(number):
            _refuse(where, name, f"must be a whole number, not {kind_of(number)}")
    return Article(
        id=text["id"],
        url=text["url"],
        site=text["site"] or site_at(text["url"]),
        title=text["title"],
        text=text["text"],
        published=known["published"],
        published_source=known["published_source"],
        modified=known["modified"],
        times=_pieces(row, "times", Published, where),
        canonical_url=known["canonical_url"],
        language=known["language"],
        author=known["author"],
        agency=known["agency"],
        evidence=_pieces(row, "evidence", Evidence, where),
        removed=_pieces(row, "removed", Removed, where),
        fetched=known["fetched"],
        status=numbers["status"],
        source=known["source"],
        links=_pieces(row, "links", PageLink, where),
        part=numbers["part"],
        forms=_pieces(row, "forms", Form, where),
        partial=known["partial"],
        extra=extra,
    )


def site_at(url: str) -> str:
    """Give the site that an address belongs to: its publisher's, where an AMP cache holds it."""
    return site_of(canonical(url) or url)


def cluster_rows(
    clusters: Iterable[Cluster],
    urls: Mapping[str, str],
    provenance: Mapping[str, Provenance] = MappingProxyType({}),
    networks: Iterable[Network] = (),
) -> Iterator[Row]:
    """Give one row for each article of each cluster, singletons too, in the clusters' order.

    Args:
        clusters: as the clustering gave them.
        urls: article id to address; an id that is not in it gets an empty one.
        provenance: by cluster, as far as it is known.
        networks: sites of one owner.
    """
    owners = {site: network.name for network in networks for site in network.sites}
    for cluster in clusters:
        known = provenance.get(cluster.id)
        scores = {each.article_id: each.score for each in known.first.candidates} if known else {}
        parents = {each.child: each.parent for each in known.branches} if known else {}
        for member in cluster.members:
            yield {
                "id": member.article_id,
                "url": urls.get(member.article_id, ""),
                "cluster": cluster.id,
                "version": member.version,
                "first": member.first,
                "relation": member.relation.value,
                "containment_in_medoid": member.containment_in_medoid,
                "containment_of_medoid": member.containment_of_medoid,
                "certainty": known.first.certainty.value if known else None,
                "first_score": scores.get(member.article_id),
                "parent_version": parents.get(member.version),
                "network": owners.get(site_at(urls.get(member.article_id, ""))),
            }


def provenance_row(provenance: Provenance) -> Row:
    """Give the whole answer for a cluster: candidates, gaps and the version tree."""
    first = asdict(provenance.first)
    return {
        "cluster": provenance.cluster_id,
        "certainty": provenance.first.certainty.value,
        "origin": first["origin"],
        "origin_reasons": first["origin_reasons"],
        "lead_low_s": first["lead_low_s"],
        "lead_high_s": first["lead_high_s"],
        "candidates": first["candidates"],
        "gaps": first["gaps"],
        "branches": [asdict(branch) for branch in provenance.branches],
    }


def pair_rows(pairs: Iterable[Pair]) -> Iterator[Row]:
    """Give one row for each compared pair."""
    for pair in pairs:
        yield {
            "a": pair.a,
            "b": pair.b,
            "relation": pair.relation.value,
            "jaccard": pair.jaccard,
            "containment_a": pair.containment_a,
            "containment_b": pair.containment_b,
            "shared_a": pair.shared_a,
            "shared_b": pair.shared_b,
            "passages": [list(passage) for passage in pair.passages],
        }


def _text(row: Mapping[str, Any], name: str, where: str) -> str | None:
    value = row.get(name)
    if value is None or isinstance(value, str):
        return value
    return _refuse(where, name, f"must be text, not {kind_of(value)}")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_time(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _pieces(row: Mapping[str, Any], name: str, kind: type[T], where: str) -> tuple[T, ...]:
    """Read a list of small records whose fields are text, but for some numbers."""
    values = row.get(name)
    if values is None:
        return ()
    if not isinstance(values, list):
        _refuse(where, name, f"must be a list, not {kind_of(values)}")
    pieces = []
    for index, value in enumerate(values):
        place = f"{name}[{index}]"
        if not isinstance(value, dict):
            _refuse(where, place, f"must be an object, not {kind_of(value)}")
        pieces.append(kind(**_piece(value, kind, where, place)))
    return tuple(pieces)


def _piece(value: Row, kind: type[T], where: str, place: str) -> Row:
    defaults = {each.name: each.default for each in fields(kind)}
    given = {
        name: value.get(name, None if default is MISSING else default)
        for name, default in defaults.items()
    }
    for name, item in given.items():
        if item is None and name in _MAY_BE_NULL and kind is not Evidence:
            continue
        if name in _WHOLE:
            if not _is_whole(item):
                _refuse(where, f"{place}.{name}", f"must be a whole number, not {kind_of(item)}")
            continue
        if name == "weight":
            if isinstance(item, bool) or not isinstance(item, int | float):
                _refuse(where, f"{place}.{name}", f"must be a number, not {kind_of(item)}")
        elif not isinstance(item, str):
            _refuse(where, f"{place}.{name}", f"must be text, not {kind_of(item)}")
    return given


def _refuse(where: str, name: str, problem: str) -> NoReturn:
    raise InputError(f'{where}: field "{name}" {problem}.')


def kind_of(value: object) -> str:
    """Name a JSON type as its readers know it."""
    if value is None:
        return "null"
    names = {bool: "true or false", str: "text", list: "a list", dict: "an object"}
    return names.get(type(value), "a number")
