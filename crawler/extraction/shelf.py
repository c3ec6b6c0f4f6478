"""File what a page gave beside what other addresses of the same article gave.

An extracted article comes in, its article among the stored ones is brought up to date, and the
pages that it still lacks leave as leads.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from crawler.extraction.folding import Fold, fold, leads_of
from crawler.extraction.grouping import keys_of
from crawler.extraction.missing import with_first
from crawler.extraction.repeats import cut_as_known, uncut
from crawler.items import Article, Lead, Sheet


class Shelf(Protocol):
    """Keeps articles and what they were made of; `crawler.store.Store` is one."""

    def article(self, article_id: str) -> Article | None:
        """Give one article."""

    def sheet(self, article_id: str) -> Sheet | None:
        """Give what one address gave by itself."""

    def sheets_near(self, article_id: str, keys: Iterable[str]) -> list[Sheet]:
        """Give what was read at addresses that may be one article with these keys."""

    def lead(self, url: str) -> Lead | None:
        """Give the lead of an address."""

    def save_article(
        self, article: Article, *, page_id: int | None, refetched: bool | None = None
    ) -> None:
        """Keep an article in place of the one with its id."""

    def delete_article(self, article_id: str) -> None:
        """Remove an article."""

    def put_form_keys(self, article_id: str, keys: Iterable[str]) -> None:
        """Keep by which names an address may be one of another's."""

    def put_sheets(self, article_id: str, sheets: Iterable[Sheet]) -> None:
        """Keep what an article was made of."""

    def forget_sheet(self, article_id: str) -> None:
        """Let go of what an address gave by itself."""


def file_article(
    shelf: Shelf, article: Article, *, page_id: int | None, lead: Lead | None, most: int
) -> list[Lead]:
    """Keep an article that was read just now, joined with the other addresses it stands at.

    Args:
        shelf: what is stored; the caller makes all of it one transaction.
        article: as extraction gave it.
        page_id: the stored page it was read from.
        lead: what led to the page.
        most: most pages of one article.

    Returns:
        Leads of the article's further pages, as far as nobody has asked for them. Those of an
        archive's page are left out: today's pages are not those of its time.
    """
    article = with_first(article, lead)
    keys = keys_of(article)
    former = shelf.sheet(article.id)
    others = [each for each in shelf.sheets_near(article.id, keys) if each.article.id != article.id]
    refetched = (
        former is not None
        and former.page_id not in (None, page_id)
        and uncut(former.article).text != article.text
    )
    shelf.put_form_keys(article.id, keys)
    sheets = [*map(_plain, others), Sheet(article=article, page_id=page_id)]
    folds = fold(sheets, shelf.lead, most)
    archived = lead is not None and lead.kind == "archive"
    leads = list(leads_of(folds, now=article.fetched or "", archived=archived))
    if archived and leads:
        left_out = {each.url: each for each in leads}
        folds = fold(sheets, lambda url: left_out.get(url) or shelf.lead(url), most)
    _keep(shelf, folds, refetched=refetched, arrived=article.id)
    return leads


def look_again(shelf: Shelf, article_id: str, *, now: str, most: int) -> list[Lead]:
    """Make an article again after something became of one of its pages' leads.

    Returns:
        Leads of the pages that it wants now, as `file_article`.
    """
    folds = fold(map(_plain, shelf.sheets_near(article_id, ())), shelf.lead, most)
    _keep(shelf, folds, refetched=False)
    return list(leads_of(folds, now=now))


def take_out(shelf: Shelf, article_id: str, *, most: int) -> None:
    """Remove what an address gave, which its page gives no more; the others stay one article."""
    others = [each for each in shelf.sheets_near(article_id, ()) if each.article.id != article_id]
    shelf.put_form_keys(article_id, ())
    shelf.forget_sheet(article_id)
    shelf.delete_article(article_id)
    _keep(shelf, fold(map(_plain, others), shelf.lead, most), refetched=False)


def _plain(sheet: Sheet) -> Sheet:
    """Give what an address gave by itself, also where it stood as an article until now."""
    return replace(sheet, article=replace(uncut(sheet.article), forms=(), partial=None))


def _keep(
    shelf: Shelf, folds: Sequence[Fold], *, refetched: bool, arrived: str | None = None
) -> None:
    """Keep articles and their sheets; one that is as it was is not written again.

    But the one whose own page `arrived` is: it stands on another fetch now.
    """
    for each in folds:
        known = shelf.article(each.article.id)
        article = each.article if known is None else cut_as_known(each.article, known)
        if article != known or article.id == arrived:
            page_id = each.sheets[0].page_id
            shelf.save_article(article, page_id=page_id, refetched=refetched)
        if len(each.sheets) > 1:
            shelf.put_sheets(article.id, each.sheets)
        else:
            shelf.forget_sheet(article.id)
