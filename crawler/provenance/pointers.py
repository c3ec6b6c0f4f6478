"""What copies say of where their text came from: evidence in, pointers between copies out.

A pointer leads from the copy that says so to the copy that it names, or to a place that was not
seen. Naming oneself is no pointer.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawler.items import Article
from crawler.urls import canonical, site_of

# A canonical link to another site is made by the publishing system that took the text over; what
# the evidence room weighs itself keeps its weight.
CANONICAL_WEIGHT = 0.95
# "Source: X" may name whom a report draws on; it tells whose text it is only where X ran it, too.
SOURCE_SHARE = 0.6
SAYS = {
    "original": "says that it ran first at",
    "canonical": "gives as its canonical address",
    "source": "names as its source",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """One copy's statement of where its text came from."""

    teller: str
    """Id of the copy that says so."""
    target: str | None
    """Id of the copy that is meant; None where none of those seen is."""
    value: str
    """What it names: an address or an outlet."""
    weight: float
    """How far the statement carries, 0 to 1."""
    reason: str
    """A sentence with the words."""


def find_pointers(members: Sequence[Article]) -> list[Pointer]:
    """Give what the copies say of each other, and of places not seen, once a teller and place."""
    index = _Index(members)
    found: dict[tuple[str, str], Pointer] = {}
    for article in members:
        for supports, value, quote, weight in _statements(article):
            target = index.find(value, article)
            if target == article.id:
                continue
            if target is None and not (supports != "source" and _is_elsewhere(value, article)):
                continue
            pointer = Pointer(
                teller=article.id,
                target=target,
                value=value,
                weight=weight,
                reason=f"{article.site} {SAYS[supports]} {value} (“{quote}”).",
            )
            key = (article.site, target or value)
            if key not in found or found[key].weight < weight:
                found[key] = pointer
    return list(found.values())


def roots(pointers: Iterable[Pointer], sites: Mapping[str, str]) -> dict[str, list[Pointer]]:
    """Give the copies at which the pointers end, with those that lead there.

    A copy that itself names another one is a station on the way; what leads to it counts for the
    end. Copies that name each other (a circle) say nothing.

    Args:
        pointers: those with a target.
        sites: article id to site; forms of one page on one site are one place.
    """
    known = [pointer for pointer in pointers if pointer.target is not None]
    onward: dict[str, str] = {}
    for pointer in sorted(known, key=lambda each: (each.weight, each.teller)):
        onward[sites[pointer.teller]] = pointer.target or ""
    ends: dict[str, list[Pointer]] = defaultdict(list)
    for pointer in known:
        end, passed = pointer.target or "", {sites[pointer.teller]}
        while sites[end] not in passed and sites[end] in onward:
            passed.add(sites[end])
            end = onward[sites[end]]
        if sites[end] not in passed:
            ends[end].append(pointer)
    return dict(ends)


def credited_agency(members: Iterable[Article]) -> tuple[str | None, tuple[str, ...]]:
    """Give the agency that most of the crediting copies credit, with what they say.

    None where no copy credits any, or where no agency has two thirds: two agencies' credits in
    equal number are two stories told as one, or a mistake.
    """
    credited = {article.site: article.agency for article in members if article.agency}
    if not credited:
        return None, ()
    (name, count), *_ = sorted(
        Counter(credited.values()).items(), key=lambda item: (-item[1], item[0])
    )
    others = len(credited) - count
    if others * 2 > count:
        return None, (
            f"Copies credit several agencies: {', '.join(sorted(set(credited.values())))}.",
        )
    shown = next(
        (
            f", for instance {article.site}: “{piece.quote}”"
            for article in members
            for piece in article.evidence
            if piece.supports == "agency" and piece.value == name
        ),
        "",
    )
    outlets = "1 outlet credits" if count == 1 else f"{count} outlets credit"
    return name, (f"{outlets} {name}{shown}.",)


def _statements(article: Article) -> Iterator[tuple[str, str, str, float]]:
    """Give what kind of statement it is, what it names, its words, its weight."""
    if article.canonical_url and site_of(article.canonical_url) != article.site:
        yield "canonical", article.canonical_url, "rel=canonical", CANONICAL_WEIGHT
    for piece in article.evidence:
        if piece.supports == "original":
            yield "original", piece.value, piece.quote, piece.weight
        elif piece.supports == "source":
            yield "source", piece.value, piece.quote, piece.weight * SOURCE_SHARE


def _is_elsewhere(value: str, article: Article) -> bool:
    """Say whether what is named is another outlet than the teller's own.

    The agency that it credits is none: it writes for others.
    """
    if "://" in value:
        return site_of(value) != article.site
    return folded(value) not in {*names_of(article), folded(article.agency or "")}


class _Index:
    """Finds the copy that an address or a name means."""

    def __init__(self, members: Sequence[Article]) -> None:
        self._by_url: dict[str, str] = {}
        self._by_site: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._site_of: dict[str, str] = {}
        for article in members:
            self._site_of[article.id] = article.site
            self._by_url.setdefault(canonical(article.url) or article.url, article.id)
            self._by_site[article.site].add(article.id)
            for name in names_of(article):
                self._by_name[name].add(article.site)

    def find(self, value: str, teller: Article) -> str | None:
        """Give the id of the copy meant; the first by id of several forms on one site."""
        if "://" in value:
            found = self._by_url.get(canonical(value) or value)
            if found is not None:
                return found
            # Its address changed, or another form of the page was meant.
            return self._on(site_of(value), teller)
        sites = self._by_name.get(folded(value), set())
        return self._on(next(iter(sites)), teller) if len(sites) == 1 else None

    def _on(self, site: str, teller: Article) -> str | None:
        if site == teller.site:
            return teller.id
        return min(self._by_site.get(site, ()), default=None)


def names_of(article: Article) -> Iterator[str]:
    """Give the names by which an outlet is called: its domain, its label, its publisher's name."""
    if article.site:
        yield folded(article.site)
        yield folded(article.site.split(".", 1)[0])
    for piece in article.evidence:
        if piece.supports == "publisher":
            yield folded(piece.value)


def folded(name: str) -> str:
    """Fold a name for comparison: letters and digits of any script, no article before it."""
    plain = re.sub(r"[\W_]+", "", name.casefold())
    return plain.removeprefix("the") if len(plain) > len("the") + 2 else plain
