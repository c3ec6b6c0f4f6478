"""Stored pages of one article, read again: what an older wiretrace kept apart becomes one."""

from pathlib import Path

from crawler.config import Config
from crawler.items import LeadState
from crawler.runs import extract_again
from crawler.runs.quiet import Quiet
from crawler.store import Store
from crawler.urls import article_id
from tests.spiders.test_forms import HOST, part, path, text_of
from tests.store.records import NOW, article, lead, page

HOME = f"http://{HOST}"


def stored(folder: Path, *numbers: int) -> Config:
    """Keep pages, and what was once made of them: an article each."""
    config = Config(output=folder)
    with Store.open(config.store_path) as store:
        store.begin_run("r", now=NOW)
        for number in numbers:
            url = f"{HOME}{path(number)}"
            found = lead(url)
            store.add_leads([found], run_id="r")
            store.finish_lead(url, state=LeadState.DONE)
            document = part(number).body
            number_of_page = store.save_page(page(url, body=document, lead=found))
            store.save_article(
                article(article_id(url), url=url, site=HOST, text="as it was"),
                page_id=number_of_page,
            )
    return config


def test_pages_that_were_articles_of_their_own_are_joined(tmp_path: Path) -> None:
    config = stored(tmp_path, 2, 3, 1)
    extract_again(config, now=lambda: NOW, progress=Quiet())
    with Store.open(config.store_path, read_only=True) as store:
        assert [(one.url, one.text) for one in store.articles()] == [
            (f"{HOME}/boat", text_of(1, 2, 3))
        ]


def test_a_page_that_was_never_fetched_is_filed_for_the_next_run(tmp_path: Path) -> None:
    config = stored(tmp_path, 1, 3)
    result = extract_again(config, now=lambda: NOW, progress=Quiet())
    assert result.run.counts["parts-wanted"] == 1
    with Store.open(config.store_path, read_only=True) as store:
        (waiting,) = store.leads(LeadState.NEW)
        assert (waiting.url, waiting.part_of) == (f"{HOME}/boat/2", f"{HOME}/boat")
        (one,) = store.articles()
        assert (one.text, one.partial) == (text_of(1, 3), "part-waiting")
    again = extract_again(config, now=lambda: NOW, progress=Quiet())
    assert "parts-wanted" not in again.run.counts
