"""The last resort where a page gives no usable time: a Document in, a day out, or none."""

from copy import deepcopy

from htmldate import find_date

from crawler.extraction.document import Document
from crawler.extraction.flaws import FiledDay, flaw_of
from crawler.items import Published


def guess_day(
    document: Document, flawed: list[Published], filed: FiledDay | None
) -> list[Published]:
    """Ask htmldate as the last resort: a day, from the address or from anywhere on the page.

    It would find again what was found and is flawed, or half of it; that is no second witness.
    """
    tree = deepcopy(document.tree)
    for script in tree.iter("script"):
        # What JSON-LD says of this page was read; the rest speaks of other articles.
        if "ld+json" in (script.get("type") or "").lower():
            # Emptied in place: lxml would not write the text behind it anew where that holds
            # control characters.
            script.clear(keep_tail=True)
    raws = {claim.raw for claim in flawed}
    for element in list(tree.iter("meta", "time")):
        if raws & {element.get("content"), element.get("datetime")}:
            element.clear(keep_tail=True)
    try:
        day = find_date(
            tree,
            extensive_search=False,
            original_date=True,
            url=document.page.url,
            max_date=document.page.fetched[:10],
        )
    except (ValueError, TypeError, OverflowError):
        return []
    if not day or day in {claim.value[:10] for claim in flawed}:
        return []
    claim = Published(kind="published", value=day, source="htmldate", raw=day)
    return [] if flaw_of(claim, document.page.fetched, None, filed) else [claim]
