"""Pages that an article lacks: what its pages name comes in, reasons and leads leave."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from crawler.items import Article, Form, FormKind, Lead, LeadState, PageLink, Sheet
from crawler.urls import canonical

WAITING = "part-waiting"
LIMIT = "part-limit"
LOST = "part-lost"
UNREAD = "part-unread"
# States of a lead whose page may yet be had.
COMING = frozenset((LeadState.NEW, LeadState.CLAIMED))
# Why a further page of an article from an archive is not asked for: it is of another time.
NOT_ARCHIVED = "not-archived"
# Before all that sources name (0 to 100): an article is best read at one time.
PRIORITY = 200
LeadAt = Callable[[str], Lead | None]


def absent_of(lacking: Mapping[int, str], lead_at: LeadAt, most: int) -> list[Form]:
    """Give a form for each page that is missing, by number, which says why it is."""
    return [_absent(number, url, lead_at, most) for number, url in sorted(lacking.items())]


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


def partial_of(absent: Sequence[Form]) -> str | None:
    """Give why an article is partial; a page that may yet come outweighs one that is lost."""
    reasons = {form.missing for form in absent}
    if not reasons:
        return None
    return next((one for one in (WAITING, LIMIT) if one in reasons), LOST)


def wanted_of(head: Article, absent: Sequence[Form], lead_at: LeadAt) -> tuple[str, ...]:
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


def listed_by(sheets: Iterable[Sheet]) -> dict[int, str]:
    """Give the pages that an article has by what its pages say, number to address."""
    found: dict[int, str] = {}
    for sheet in sheets:
        for link in sheet.article.links:
            number = 1 if link.kind == "first" else link.number
            if link.kind in ("first", "part") and number is not None:
                found.setdefault(number, link.url)
    return found


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
