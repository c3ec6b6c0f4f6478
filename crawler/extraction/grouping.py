"""Tell which addresses are one article: what each gave comes in, groups leave.

Two addresses are one article when one is a spelling of the other, or a page of the same site says
so (rel=canonical, amphtml, its pagination), and their texts agree. A canonical link alone proves
nothing: some sites point all their pages at one address.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crawler.extraction.joining import ALL, held, one_title, shared
from crawler.items import Article, Sheet
from crawler.urls import site_of, spelling_of

# Share of the shorter text that must stand in the longer one. An article that changed between two
# fetches, or is cut on its AMP page, keeps more; two articles of one site share less.
AGREE = 0.5


@dataclass(slots=True)
class Group:
    """Sheets that are found to be one article."""

    head: Sheet
    """What stands for it: of the plainest address, or of the first page there is."""
    same: list[Sheet] = field(default_factory=list)
    """Its other forms."""
    parts: dict[int, Sheet] = field(default_factory=dict)
    """Its further pages by number."""
    known: set[int] = field(default_factory=set)
    """Numbers of pages that have nothing of their own."""


def keys_of(article: Article) -> tuple[str, ...]:
    """Give the names by which an article may be one with others: its own key and those it names."""
    named = [article.url, *(link.url for link in article.links)]
    if article.canonical_url:
        named.append(article.canonical_url)
    keys = (_key(url) for url in named if site_of(url) == article.site)
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def _key(url: str) -> str | None:
    """Give an address's key; a site's front page is no article."""
    key = spelling_of(url)[0]
    return key if "/" in key or "?" in key else None


def groups_of(sheets: Iterable[Sheet]) -> list[Group]:
    """Give the groups that sheets make, in whatever order they come."""
    ordered = sorted(sheets, key=lambda sheet: sheet.article.id)
    return [group for related in _related(ordered) for group in _groups(related)]


def number_of(sheet: Sheet) -> int:
    """Give which page of its article a sheet is, from 1."""
    return sheet.article.part or 1


def _related(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Part the sheets into those that name each other, over however many steps."""
    parents = list(range(len(sheets)))

    def root(at: int) -> int:
        while parents[at] != at:
            at = parents[at]
        return at

    holder: dict[str, int] = {}
    for at, sheet in enumerate(sheets):
        for key in keys_of(sheet.article):
            parents[root(at)] = root(holder.setdefault(key, at))
    found: dict[int, list[Sheet]] = defaultdict(list)
    for at, sheet in enumerate(sheets):
        found[root(at)].append(sheet)
    return list(found.values())


def _rank(sheet: Sheet) -> tuple[object, ...]:
    """Order sheets by how well their address stands for the article."""
    article = sheet.article
    key, spelling = spelling_of(article.url)
    said = article.canonical_url
    elsewhere = bool(said) and site_of(said or "") == article.site and _key(said or "") != key
    plain = (not article.url.startswith("https:"), len(article.url), article.url)
    return (spelling, elsewhere, *plain)


def _groups(sheets: Sequence[Sheet]) -> list[Group]:
    groups: list[Group] = []
    ranked = sorted(sheets, key=_rank)
    for sheet in (each for each in ranked if number_of(each) == 1):
        home = next((group for group in groups if _agree(group.head, sheet)), None)
        if home is None:
            groups.append(Group(sheet))
        else:
            home.same.append(sheet)
    further = sorted((each for each in ranked if number_of(each) > 1), key=number_of)
    for sheet in further:
        home = next((group for group in groups if _continues(group, sheet)), None)
        if home is None:
            groups.append(Group(sheet))
        elif _says_nothing_new(home, sheet) or number_of(sheet) in home.parts:
            home.same.append(sheet)
            home.known.add(number_of(sheet))
        else:
            home.parts[number_of(sheet)] = sheet
    return groups


def _agree(one: Sheet, two: Sheet) -> bool:
    return shared(one.article.text, two.article.text) >= AGREE


def _continues(group: Group, sheet: Sheet) -> bool:
    """Tell whether a further page is one of a group's article."""
    return one_title(group.head.article.title, sheet.article.title)


def _says_nothing_new(group: Group, sheet: Sheet) -> bool:
    known = (group.head, *group.parts.values())
    return any(held(sheet.article.text, each.article.text) >= ALL for each in known)
