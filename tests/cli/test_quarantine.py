"""`wiretrace quarantine` lists, shows and tries again what killed its workers."""

import io
import json
import sys
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.items import Page
from crawler.store import Store
from tests.cli.conftest import NOW
from tests.extraction.story_page import story_page

URL = "https://harbour.example/endless"


@pytest.fixture
def ill(folder: Path) -> Path:
    """Put one page into quarantine that a worker can read after all."""
    page = Page(
        url=URL,
        requested_url=URL,
        source="harbour.example-feed",
        status=200,
        content_type="text/html",
        body=story_page().encode(),
        fetched=NOW,
    )
    with Store.open(folder / "output" / "wiretrace.sqlite") as store:
        number = store.save_page(page)
        store.quarantine_page(number, "work-timeout", "killed after 20 s", deaths=2, now=NOW)
    return folder


@pytest.mark.usefixtures("ill")
def test_the_list_names_address_reason_and_deaths(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quarantine"]) == 0
    row = capsys.readouterr().out.splitlines()[2].split("\t")
    assert row[:4] == [URL, "work-timeout", "2", NOW]
    assert main(["quarantine", "--json"]) == 0
    [record] = json.loads(capsys.readouterr().out)
    assert (record["url"], record["deaths"]) == (URL, 2)


@pytest.mark.usefixtures("ill")
def test_the_bytes_are_printed_as_they_came(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["quarantine", URL]) == 0
    out.flush()
    assert out.buffer.getvalue() == story_page().encode()


@pytest.mark.usefixtures("ill")
def test_an_address_that_is_well_is_not_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quarantine", "https://harbour.example/empty"]) == 2
    assert "error[not-found]" in capsys.readouterr().err
    assert main(["quarantine", URL, "--again"]) == 2


@pytest.mark.usefixtures("ill")
def test_status_counts_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 0
    assert "quarantine\t1 page" in capsys.readouterr().out
    assert main(["status", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert [one["url"] for one in record["quarantine"]] == [URL]
    assert record["page_failures"]["work-timeout"] == 1


@pytest.mark.slow
@pytest.mark.usefixtures("ill")
def test_tried_again_a_page_that_lives_gives_its_article_and_leaves(ill: Path) -> None:
    assert main(["quarantine", "--again", "-q"]) == 0
    with Store.open(ill / "output" / "wiretrace.sqlite") as store:
        assert store.quarantined() == []
        assert store.article_at(URL) is not None
        assert store.article_count() == 6


@pytest.mark.usefixtures("folder")
def test_where_nothing_is_ill_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quarantine"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["status"]) == 0
    assert "quarantine" not in capsys.readouterr().out
