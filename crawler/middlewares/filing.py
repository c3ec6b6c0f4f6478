"""Judge leads by the watched stories and file them in the frontier.

Leads arrive from the spiders in batches; the store keeps them, those left out with their reason.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from crawler.config import Story
from crawler.items import Article, Lead, LeadState
from crawler.middlewares.watch import Watch
from crawler.store import Store
from crawler.store.session import Session
from crawler.urls import article_id

logger = logging.getLogger(__name__)

# How long leads wait for the page of a story that is watched by its address: a slow host's answer
# with one repetition.
STORY_WAIT_S = 60.0
# Reason of a lead that is another spelling (AMP, print) of an address that is fetched.
VARIANT = "variant"


class Filing:
    """The way of leads into the store.

    Args:
        stories: what is watched; empty takes every lead.
    """

    def __init__(self, stories: Sequence[Story]) -> None:
        self._stories = stories
        self._watch = Watch(())
        self._stories_known = asyncio.Event()

    async def begin(self, session: Session) -> None:
        """Read the stories; file the pages of those watched by address, unless they are stored.

        Raises:
            InputMissing: the text of a story cannot be read.
            StoreError: the store cannot be read.
        """
        self._watch = Watch(self._stories)
        leads = self._watch.leads(datetime.now(UTC))
        for lead in leads:
            article = await session.call(Store.article, article_id(lead.url))
            if article is not None:
                self.story_read(lead, article)
        if not self._watch.open:
            self._stories_known.set()
        await self.file(session, [lead for lead in leads if self._watch.story_at(lead.url)])

    async def file(self, session: Session, leads: list[Lead]) -> None:
        """Put leads into the frontier and count them.

        Raises:
            StoreError: they cannot be stored.
        """
        if not leads:
            return
        if self._watch.open and any(lead.kind != "story" for lead in leads):
            await self._wait_for_stories()
        judged = [self._judge(lead) for lead in leads]
        new = await session.call(file_by_source, judged, session.run_id)
        for source, number in Counter(lead.source for lead in judged).items():
            session.tally(source).leads += number
            session.tally(source).new_leads += new[source]
        session.count("leads", len(judged))
        session.count("new-leads", new.total())

    def story_read(self, lead: Lead, article: Article | None) -> None:
        """Learn a story's words from its article, or that there is none."""
        name = self._watch.story_at(lead.url)
        if name is not None:
            self._watch.learn(name, article)
        if not self._watch.open:
            self._stories_known.set()

    async def _wait_for_stories(self) -> None:
        try:
            await asyncio.wait_for(self._stories_known.wait(), STORY_WAIT_S)
        except TimeoutError:
            logger.warning("The page of a story is slow; its address has to do for judging leads")
            self._stories_known.set()

    def _judge(self, lead: Lead) -> Lead:
        verdict = self._watch.matcher.judge(lead)
        if verdict.fetch:
            return lead
        return replace(lead, state=LeadState.LEFT_OUT, reason=verdict.reason)


def file_by_source(store: Store, leads: list[Lead], run_id: str) -> Counter[str]:
    """Add leads in one transaction; give the number of new ones for each source."""
    new: Counter[str] = Counter()
    with store.transaction():
        for source in dict.fromkeys(lead.source for lead in leads):
            own = [lead for lead in leads if lead.source == source]
            new[source] = store.add_leads(own, run_id=run_id)
        left_out = Counter(lead.reason for lead in leads if lead.state is LeadState.LEFT_OUT)
        for reason, number in left_out.items():
            store.count(run_id, f"left-out:{reason}", number)
        if variants := store.leave_out_variants(lead.url for lead in leads):
            store.count(run_id, f"left-out:{VARIANT}", variants)
    return new
