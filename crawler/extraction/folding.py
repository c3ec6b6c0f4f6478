"""Make one article of the addresses it was read at: what each gave comes in, articles leave.

The result depends on the set of sheets alone, never on the order in which they came.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.extraction.grouping import Group, groups_of, number_of
from crawler.extraction.joining import ALL, LONGER, held, join
from crawler.extraction.missing import (
    NOT_ARCHIVED,
    PRIORITY,
    LeadAt,
    absent_of,
    listed_by,
    partial_of,
    wanted_of,
)
from crawler.items import Article, Form, FormKind, Lead, LeadState, Sheet
from crawler.urls import Spelling, spelling_of

KINDS = {
    Spelling.PLAIN: FormKind.SPELLING,
    Spelling.MOBILE: FormKind.MOBILE,
    Spelling.AMP: FormKind.AMP,
    Spelling.PRINT: FormKind.PRINT,
    Spelling.WHOLE: FormKind.WHOLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """One article, and what it was made of."""

    article: Article
    """The article under the address that stands for it."""
    sheets: tuple[Sheet, ...]
    """What its addresses gave, that of the article's own address first."""
    wanted: tuple[str, ...]
    """Addresses of its further pages that were not asked for yet, the most useful first."""


def fold(sheets: Iterable[Sheet], lead_at: LeadAt, most: int) -> list[Fold]:
    """Give the articles that sheets make, by id.

    Args:
        sheets: what was read at addresses that may belong together, each once.
        lead_at: gives the lead of an address, which tells why a page is missing.
        most: most pages of one article.
    """
    folds = [_made(group, lead_at, most) for group in groups_of(sheets)]
    return sorted(folds, key=lambda each: each.article.id)


def _made(group: Group, lead_at: LeadAt, most: int) -> Fold:
    """Make the article of a group."""
    head = group.head.article
    have = {number_of(group.head): group.head, **group.parts}
    listed = listed_by(have.values())
    lacking = {
        number: listed[number] for number in sorted(listed.keys() - have.keys() - group.known)
    }
    whole = _whole(group, have.values()) if len(have) > 1 or lacking else None
    if whole is None:
        absent = absent_of(lacking, lead_at, most)
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
            partial=partial_of(absent),
        ),
        sheets=(group.head, *group.parts.values(), *group.same),
        wanted=wanted_of(head, absent, lead_at),
    )


def _whole(group: Group, pages: Iterable[Sheet]) -> Sheet | None:
    """Give the form that has a paginated article on one page, the longest one.

    It must have as much as the pages that were read: some print pages have the first two alone.
    """
    head = group.head.article
    known = sum(len(page.article.text) for page in pages)
    longer = [
        sheet
        for sheet in group.same
        if len(sheet.article.text) >= max(LONGER * len(head.text), ALL * known)
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
    number = number_of(sheet)
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
