"""Make one article of the addresses it was read at: what each gave comes in, articles leave.

Two addresses are one article when one is a spelling of the other, or a page of the same site says
so (rel=canonical, amphtml, its pagination), and their texts agree. A canonical link alone proves
nothing: some sites point all their pages at one address. The result depends on the set of sheets
alone, never on the order in which they came.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from crawler.extraction.joining import ALL, LONGER, held, join, one_title, shared
from crawler.items import Article, Form, FormKind, Lead, LeadState, PageLink, Sheet
from crawler.urls import Spelling, canonical, site_of, spelling_of

# Share of the shorter text that must stand in the longer one. An article that changed between two
# fetches, or is cut on its AMP page, keeps more; two articles of one site share less.
AGREE = 0.5
WAITING = "part-waiting"
LIMIT = "part-limit"
LOST = "part-lost"
UNREAD = "part-unread"
KINDS = {
    Spelling.PLAIN: FormKind.SPELLING,
    Spelling.MOBILE: FormKind.MOBILE,
    Spelling.AMP: FormKind.AMP,
    Spelling.PRINT: FormKind.PRINT,
    Spelling.WHOLE: FormKind.WHOLE,
}
# States of a lead whose page may yet be had.
COMING = frozenset((LeadState.NEW, LeadState.CLAIMED))
# Why a further page of an article from an archive is not asked for: it is of another time.
NOT_ARCHIVED = "not-archived"
# Before all that sources name (0 to 100): an article is best read at one time.
PRIORITY = 200
LeadAt = Callable[[str], Lead | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """One article, and what it was made of."""

    article: Article
    """The article under the address that stands for it."""
    sheets: tuple[Sheet, ...]
    """What its addresses gave, that of the article's own address first."""
    wanted: tuple[str, ...]
    """Addresses of its further pages that were not asked for yet, the most useful first."""


@dataclass(slots=True)
class _Group:
    """Sheets that are found to be one article."""

    head: Sheet
    same: list[Sheet] = field(default_factory=list)
    parts: dict[int, Sheet] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)


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


def fold(sheets: Iterable[Sheet], lead_at: LeadAt, most: int) -> list[Fold]:
    """Give the articles that sheets make, by id.

    Args:
        sheets: what was read at addresses that may belong together, each once.
        lead_at: gives the lead of an address, which tells why a page is missing.
        most: most pages of one article.
    """
    folds = [
        _made(group, lead_at, most)
        for related in _related(sorted(sheets, key=lambda sheet: sheet.article.id))
        for group in _groups(related)
    ]
    return sorted(folds, key=lambda each: each.article.id)


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


def _groups(sheets: Sequence[Sheet]) -> list[_Group]:
    groups: list[_Group] = []
    ranked = sorted(sheets, key=_rank)
    for sheet in (each for each in ranked if _number(each) == 1):
        home = next((group for group in groups if _agree(group.head, sheet)), None)
        if home is None:
            groups.append(_Group(sheet))
        else:
            home.same.append(sheet)
    further = sorted((each for each in ranked if _number(each) > 1), key=_number)
    for sheet in further:
        home = next((group for group in groups if _continues(group, sheet)), None)
        if home is None:
            groups.append(_Group(sheet))
        elif _says_nothing_new(home, sheet) or _number(sheet) in home.parts:
            home.same.append(sheet)
            home.known.add(_number(sheet))
        else:
            home.parts[_number(sheet)] = sheet
    return groups


def _number(sheet: Sheet) -> int:
    return sheet.article.part or 1


def _agree(one: Sheet, two: Sheet) -> bool:
    return shared(one.article.text, two.article.text) >= AGREE


def _continues(group: _Group, sheet: Sheet) -> bool:
    """Tell whether a further page is one of a group's article."""
    return one_title(group.head.article.title, sheet.article.title)


def _says_nothing_new(group: _Group, sheet: Sheet) -> bool:
    known = (group.head, *group.parts.values())
    return any(held(sheet.article.text, each.article.text) >= ALL for each in known)


def _made(group: _Group, lead_at: LeadAt, most: int) -> Fold:
    """Make the article of a group."""
    head = group.head.article
    have = {_number(group.head): group.head, **group.parts}
    listed = _listed(have.values())
    lacking = {
        number: listed[number] for number in sorted(listed.keys() - have.keys() - group.known)
    }
    whole = _whole(group) if len(have) > 1 or lacking else None
    if whole is None:
        absent = [_absent(number, url, lead_at, most) for number, url in lacking.items()]
        article = _joined(head, [have[number].article for number in sorted(have)])
    else:
        absent = []
        article = replace(_joined(head, [whole.article]), title=head.title)
    article = _dated(article, [each.article for each in (*group.parts.values(), *group.same)])
    forms = [*(_form(each, head) for each in (*group.parts.values(), *group.same)), *absent]
    return Fold(
        article=replace(
            article,
            forms=tuple(sorted(forms, key=lambda form: (form.kind, form.number or 0, form.url))),
            partial=_partial(absent),
        ),
        sheets=(group.head, *group.parts.values(), *group.same),
        wanted=_wanted(head, absent, lead_at),
    )


def _listed(sheets: Iterable[Sheet]) -> dict[int, str]:
    """Give the pages that an article has by what its pages say, number to address."""
    found: dict[int, str] = {}
    for sheet in sheets:
        for link in sheet.article.links:
            number = 1 if link.kind == "first" else link.number
            if link.kind in ("first", "part") and number is not None:
                found.setdefault(number, link.url)
    return found


def _whole(group: _Group) -> Sheet | None:
    """Give the form that has a paginated article on one page, the longest one."""
    head = group.head.article
    longer = [
        sheet
        for sheet in group.same
        if len(sheet.article.text) >= LONGER * len(head.text)
        and held(head.text, sheet.article.text) >= ALL
    ]
    return max(longer, key=lambda sheet: (len(sheet.article.text), sheet.article.id), default=None)


def _joined(head: Article, pages: Sequence[Article]) -> Article:
    """Give the article with the text, and all that is said of it, of its pages."""
    if [page.id for page in pages] == [head.id]:
        return head
    return replace(
        head,
        text=join([page.text for page in pages]),
        removed=tuple(dict.fromkeys(piece for page in pages for piece in page.removed)),
        evidence=tuple(dict.fromkeys(p for page in (head, *pages) for p in page.evidence)),
        agency=next((page.agency for page in (head, *pages) if page.agency), None),
    )


def _dated(article: Article, others: Sequence[Article]) -> Article:
    """Give an article that has no time of its own the claims of another of its addresses."""
    claims = (each for each in others if each.published is not None)
    found = next(claims, None) if article.published is None else None
    if found is None:
        return article
    return replace(
        article,
        published=found.published,
        published_source=found.published_source,
        modified=article.modified or found.modified,
        times=(*article.times, *found.times),
    )


def _form(sheet: Sheet, head: Article) -> Form:
    article = sheet.article
    spelling = spelling_of(article.url)[1]
    number = _number(sheet)
    further = number > 1 or (head.part or 1) > 1
    whole = any(link.kind == "whole" and link.url == article.url for link in head.links)
    kind = KINDS[spelling]
    if spelling is Spelling.PLAIN and (whole or further):
        kind = FormKind.WHOLE if whole else FormKind.PART
    return Form(
        kind=kind,
        url=article.url,
        number=number if further else None,
        fetched=article.fetched,
        published=article.published,
        published_source=article.published_source,
        words=len(article.text.split()),
    )


def _absent(number: int, url: str, lead_at: LeadAt, most: int) -> Form:
    """Say why a page is missing."""
    lead = lead_at(url)
    if number > most:
        reason = LIMIT
    elif lead is None or _is_open(lead) or lead.state in COMING:
        reason = WAITING
    elif lead.state is LeadState.DONE:
        reason = UNREAD
    else:
        reason = lead.reason or lead.state.value
    return Form(kind=FormKind.PART, url=url, number=number, missing=reason)


def _partial(absent: Sequence[Form]) -> str | None:
    reasons = {form.missing for form in absent}
    if not reasons:
        return None
    return next((one for one in (WAITING, LIMIT) if one in reasons), LOST)


def _wanted(head: Article, absent: Sequence[Form], lead_at: LeadAt) -> tuple[str, ...]:
    """Give what to fetch: the whole article on one page where there is such, else what is missing.

    While the one page is under way the others wait; where it gave nothing, they are fetched.
    """
    missing = [form.url for form in absent if form.missing == WAITING]
    if not missing:
        return ()
    whole = next((link.url for link in head.links if link.kind == "whole"), None)
    lead = lead_at(whole) if whole is not None else None
    if whole is not None and (lead is None or _is_open(lead) or lead.state in COMING):
        return (whole,) if _is_open(lead) else ()
    return tuple(url for url in missing if _is_open(lead_at(url)))


def _is_open(lead: Lead | None) -> bool:
    """Tell whether a page may be asked for; one that was left out is, as a part."""
    left_out = lead is not None and lead.state is LeadState.LEFT_OUT
    return lead is None or (left_out and lead.reason != NOT_ARCHIVED)


def with_first(article: Article, lead: Lead | None) -> Article:
    """Give an article with the first page that its lead names, for a page that does not."""
    first = canonical(lead.part_of) if lead is not None and lead.part_of else None
    if first is None or any(link.kind == "first" for link in article.links):
        return article
    own = canonical(article.url)
    return (
        article
        if first == own
        else replace(article, links=(PageLink(kind="first", url=first, number=1), *article.links))
    )


def leads_of(folds: Iterable[Fold], *, now: str, archived: bool = False) -> Iterator[Lead]:
    """Give the leads of the pages that articles still want; of archived ones they are left out."""
    for each in folds:
        for url in each.wanted:
            yield Lead(
                url=url,
                source=each.article.source or "",
                kind="part",
                found_on=each.article.url,
                found=now,
                priority=PRIORITY,
                part_of=each.article.url,
                state=LeadState.LEFT_OUT if archived else LeadState.NEW,
                reason=NOT_ARCHIVED if archived else None,
            )
