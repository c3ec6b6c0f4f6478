"""Fetch no page twice: two leads that lead to one address, a page kept in an earlier run.

Sits before robots.txt in the chain, where each request of a lead and each redirect passes.
"""

from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Request

from crawler.items import Lead, LeadState
from crawler.middlewares.failures import LEAD, Refused
from crawler.store import Store
from crawler.store.session import Session
from crawler.urls import canonical


class ArrivalsMiddleware:
    """Downloader middleware that knows where leads have arrived."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from a crawler."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the first lead to an address pass.

        Raises:
            Refused: `duplicate-address`, or `redirected-home` for a dead article whose site sends
                everybody to its front.
        """
        lead = request.meta.get(LEAD)
        session = getattr(self._crawler.spider, "session", None)
        if not isinstance(lead, Lead) or not isinstance(session, Session):
            return
        address = canonical(request.url) or request.url
        redirected = bool(request.meta.get("redirect_times"))
        if redirected and urlsplit(address).path in ("", "/") and not urlsplit(address).query:
            raise Refused("redirected-home", f"{lead.url} leads to {address}")
        if session.arrivals.setdefault(address, lead.url) != lead.url:
            raise Refused("duplicate-address", f"{lead.url} leads to {address}, fetched already")
        if redirected and address != lead.url and not lead.visits:
            known = await session.call(Store.lead, address)
            if known is not None and known.state is LeadState.DONE:
                raise Refused("duplicate-address", f"{lead.url} leads to {address}, kept before")
