"""Ask whether a document has changed instead of asking for it again (RFC 9110, section 13).

Feeds, sitemaps and fronts are asked for every hour, articles a few times while they may change;
most answers are the same bytes. What the server calls their version (ETag, Last-Modified) is kept
once they were read to their end, and sent along. Some servers say "not modified" for ever, or
change a document and not its ETag: so each is asked for whole every now and then, and validators
that turn out to be stale are not used for a week.
"""

import hashlib
import logging
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Self

from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from crawler import __version__
from crawler.config import Config
from crawler.discovery import utc_text
from crawler.errors import StoreError, StoreLocked
from crawler.items import Lead, Validators
from crawler.middlewares.addon import addon_of
from crawler.middlewares.failures import LEAD, NOT_MODIFIED, SOURCE, Refused
from crawler.store import Store
from crawler.store.session import Session

logger = logging.getLogger(__name__)

# A server that answers "not modified" for ever costs us no more than this: a morning's news of a
# feed, four whole readings a day instead of 24 or more; of an article, its first day's changes.
DOCUMENT_WHOLE = timedelta(hours=6)
PAGE_WHOLE = timedelta(hours=24)
# How long validators found stale are not used; whoever runs the server may mend it.
DISTRUST = timedelta(days=7)
# Longer ones are no version but a cargo.
MAX_VALIDATOR = 500
PAGE = "page:"
KNOWN = "wiretrace_validators"
ASKED = "wiretrace_asked_if"
OK = 200
UNCHANGED = 304


class ConditionalMiddleware:
    """Downloader middleware that sends validators and understands 304."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._config = addon_of(crawler).config

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from a crawler."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Send the validators of a document or of a page that was fetched before."""
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)  # a redirect brings along those of another address
        request.meta.pop(ASKED, None)
        request.meta.pop(KNOWN, None)
        context = self._context(request, earlier=True)
        session = session_for(self._crawler)
        if context is None or session is None:
            return
        try:
            known = await session.call(Store.validators, request.url)
        except (StoreError, StoreLocked):
            return  # the session remembers it and ends the crawl
        if known is None:
            return
        request.meta[KNOWN] = known
        whole = PAGE_WHOLE if LEAD in request.meta else DOCUMENT_WHOLE
        if is_usable(known, context, whole, datetime.now(UTC)):
            request.meta[ASKED] = True
            if known.etag:
                request.headers["If-None-Match"] = known.etag
            if known.last_modified:
                request.headers["If-Modified-Since"] = known.last_modified

    async def process_response(self, request: Request, response: Response) -> Response:
        """Understand "not modified"; keep the validators of a page.

        Those of a document are kept once its leads are filed: see `remember`. A page may be kept
        before it is read, since its context tells at which visit that was: if the crawl dies before
        the page is stored, the next asks for it whole.

        Raises:
            Refused: `not-modified`.
        """
        session = session_for(self._crawler)
        if session is None:
            return response
        known: Validators | None = request.meta.get(KNOWN)
        context = self._context(request, earlier=False)
        if response.status == UNCHANGED and request.meta.get(ASKED) and known is not None:
            checked = replace(known, checked=session.now(), context=context or known.context)
            await keep(session, checked)
            raise Refused(NOT_MODIFIED, f"{request.url} has not changed")
        if LEAD in request.meta and context is not None and response.status == OK:
            found = validators_of(response, context, session.now())
            if found is not None:
                await keep(session, judged(session, found, known, changed=True))
        return response

    def _context(self, request: Request, *, earlier: bool) -> str | None:
        """Say what an answer is read for; None where validators have no use.

        A page's context is the number of its visit; `earlier` gives that of the one before.
        """
        lead = request.meta.get(LEAD)
        if isinstance(lead, Lead):
            # What scripts draw may change while the page that holds them does not.
            drawn = any(one.render for one in self._config.sources if one.name == lead.source)
            if drawn or not self._config.crawl.revisit_hours or lead.kind == "archive":
                return None
            visit = lead.visits - earlier
            return f"{PAGE}{visit}" if visit >= 0 else None
        source = request.meta.get(SOURCE)
        return document_context(self._config, source) if source else None


def document_context(config: Config, source: str) -> str:
    """Digest what decides which leads a document gives: the source's entry, the watched stories."""
    entry = next((each for each in config.sources if each.name == source), None)
    text = f"{__version__} {entry!r} {config.stories!r}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def is_usable(known: Validators, context: str, whole: timedelta, now: datetime) -> bool:
    """Say whether a document may be asked for conditionally."""
    if known.context != context:
        return False
    if known.distrusted is not None and now < datetime.fromisoformat(known.distrusted):
        return False
    return now - datetime.fromisoformat(known.read) < whole


def validators_of(
    response: Response, context: str, now: str, leads_to: tuple[str, ...] = ()
) -> Validators | None:
    """Read the validators of an answer; None where it has none."""
    etag, modified = (
        (response.headers.get(name) or b"").decode("latin-1").strip()[: MAX_VALIDATOR + 1] or None
        for name in ("ETag", "Last-Modified")
    )
    if (not etag and not modified) or max(map(len, (etag or "", modified or ""))) > MAX_VALIDATOR:
        return None
    return Validators(
        url=response.request.url if response.request else response.url,
        etag=etag,
        last_modified=modified,
        sha256=hashlib.sha256(response.body).hexdigest(),
        context=context,
        read=now,
        checked=now,
        leads_to=leads_to,
    )


def judged(
    session: Session, found: Validators, known: Validators | None, *, changed: bool
) -> Validators:
    """Compare the validators of a whole answer with those before, and distrust stale ones.

    Args:
        session: counts them.
        found: of the answer.
        known: of the answer before, if any.
        changed: whether other bytes are a change that matters; a front with another advertisement
            is none.
    """
    if known is None or (found.etag or found.last_modified) != (known.etag or known.last_modified):
        return found
    # A weak ETag promises the same meaning and not the same bytes; a date alone no more than that.
    strong = found.etag is not None and not found.etag.startswith("W/")
    if (
        not changed
        or found.sha256 == known.sha256
        or (found.context.startswith(PAGE) and not strong)
    ):
        return replace(found, distrusted=known.distrusted)
    until = datetime.fromisoformat(session.now()) + DISTRUST
    logger.info("%s changes without changing its validators", found.url)
    session.count("validators-stale")
    return replace(found, distrusted=utc_text(until))


async def remember(
    session: Session,
    response: Response,
    config: Config,
    new_leads: int,
    leads_to: tuple[str, ...] = (),
) -> None:
    """Keep the validators of a document whose leads are filed.

    Args:
        session: the crawl's.
        response: the document.
        config: says what it was read for.
        new_leads: how many of its leads were not known.
        leads_to: further fronts that it names.
    """
    source = response.meta.get(SOURCE, "")
    context = document_context(config, source)
    found = validators_of(response, context, session.now(), leads_to)
    if found is not None:
        known: Validators | None = response.meta.get(KNOWN)
        await keep(session, judged(session, found, known, changed=new_leads > 0))


def led_to(request: Request) -> tuple[str, ...]:
    """Give the further fronts that a document led to when it was last read."""
    known: Validators | None = request.meta.get(KNOWN)
    return known.leads_to if known is not None else ()


async def keep(session: Session, validators: Validators) -> None:
    """Write them down; a failure is remembered by the session and ends the crawl."""
    with suppress(StoreError, StoreLocked):
        await session.call(Store.save_validators, validators)


def session_for(crawler: Crawler) -> Session | None:
    """Give the crawl's session, if it has one by now."""
    session = getattr(crawler.spider, "session", None)
    return session if isinstance(session, Session) else None
