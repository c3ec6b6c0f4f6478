"""Judging and filing leads, with stories watched in different ways."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.config import Story
from crawler.errors import InputMissing
from crawler.items import Article, Lead, LeadState
from crawler.middlewares import filing
from crawler.middlewares.filing import Filing
from crawler.store import Store
from crawler.urls import article_id
from tests.middlewares.records import lead, opened

TEXT = (
    "Night ferry to Listhaven runs onto a sandbank\nThe ferry Sea Holly left Port Ardent at dusk."
)
STORY_URL = "http://s.example/r/1"
FITS = lead("http://x.example/1", title="Sea Holly ferry stuck off Listhaven")
OTHER = lead("http://x.example/2", title="Town council votes on parking fees")
ARTICLE = Article(
    id=article_id(STORY_URL),
    url=STORY_URL,
    site="s.example",
    title=TEXT.partition("\n")[0],
    text=TEXT,
)


def states(folder: Path, stories: Sequence[Story], *leads: Lead) -> dict[str, LeadState]:
    async def run() -> dict[str, LeadState]:
        async with opened(folder) as session:
            one = Filing(stories)
            await one.begin(session)
            await one.file(session, list(leads))
            return {each.url: each.state for each in await session.call(lambda s: list(s.leads()))}

    return asyncio.run(run())


def test_without_stories_every_lead_is_taken(tmp_path: Path) -> None:
    assert set(states(tmp_path, (), FITS, OTHER).values()) == {LeadState.NEW}


def test_a_storys_file_decides(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(TEXT)
    found = states(tmp_path, [Story(name="s", text=path)], FITS, OTHER)
    assert found == {FITS.url: LeadState.NEW, OTHER.url: LeadState.LEFT_OUT}


def test_a_storys_file_that_is_missing_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(InputMissing, match="story 's'"):
        states(tmp_path, [Story(name="s", text=tmp_path / "none.txt")])


def test_leads_wait_until_the_page_of_the_story_is_read(tmp_path: Path) -> None:
    async def run() -> tuple[bool, LeadState, LeadState]:
        async with opened(tmp_path) as session:
            one = Filing([Story(name="s", url=STORY_URL)])
            await one.begin(session)
            task = asyncio.ensure_future(one.file(session, [FITS, OTHER]))
            await asyncio.sleep(0.05)
            waiting = not task.done()
            story = await session.call(Store.lead, STORY_URL)
            assert story is not None
            assert story.kind == "story"
            one.story_read(story, ARTICLE)
            await task
            after = {lead.url: lead.state for lead in await session.call(lambda s: list(s.leads()))}
            return waiting, after[FITS.url], after[OTHER.url]

    assert asyncio.run(run()) == (True, LeadState.NEW, LeadState.LEFT_OUT)


def test_a_story_that_cannot_be_read_holds_nothing_up_and_leaves_nothing_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "STORY_WAIT_S", 0.05)
    found = states(tmp_path, [Story(name="s", url=STORY_URL)], FITS, OTHER)
    # Its address has no words, so nothing is known of the story.
    assert found == dict.fromkeys((STORY_URL, FITS.url, OTHER.url), LeadState.NEW)


def test_a_story_stored_in_an_earlier_run_is_not_fetched_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.sqlite") as store:
        store.save_article(ARTICLE, page_id=None)
    found = states(tmp_path, [Story(name="s", url=STORY_URL)], FITS, OTHER)
    assert found == {FITS.url: LeadState.NEW, OTHER.url: LeadState.LEFT_OUT}


def test_leads_are_counted_by_source_and_known_ones_apart(tmp_path: Path) -> None:
    async def run() -> None:
        async with opened(tmp_path) as session:
            one = Filing(())
            await one.file(session, [FITS, replace(OTHER, source="t")])
            await one.file(session, [FITS])
            assert (session.tally("s").leads, session.tally("s").new_leads) == (2, 1)
            assert (session.tally("t").leads, session.tally("t").new_leads) == (1, 1)
            assert session.counts == {"leads": 3, "new-leads": 2}

    asyncio.run(run())
