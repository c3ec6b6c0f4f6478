"""`wiretrace status` says how sources do, what runs gave and why pages failed."""

import json
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.cli.status import interval
from crawler.extraction import file_article
from crawler.items import LeadState, PageLink
from crawler.store import Store
from crawler.urls import article_id
from tests.store.records import article, lead


@pytest.mark.usefixtures("folder")
def test_health_runs_and_failures_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 0
    page = capsys.readouterr().out
    assert "feed-broken: no entry" in page
    assert "2026-03-02T12:00:00Z-ab12\trun\tpartly" in page
    assert "page-empty\t1" in page
    assert "leads\t5 done" in page


@pytest.mark.usefixtures("folder")
def test_json_has_the_same_for_monitors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    health = {source["source"]: source for source in record["sources"]}
    assert health["harbour.example-feed"]["error_streak"] == 1
    assert record["runs"][0]["counts"]["drop:page-empty"] == 1
    assert record["articles"] == 5
    assert record["page_failures"] == {"page-empty": 1}


def test_other_addresses_missing_pages_and_leads_left_out_are_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = "https://courier.example/ferry"
    with Store.open(folder / "output" / "wiretrace.sqlite") as store:
        links = (PageLink(kind="part", url=f"{home}/2", number=2),)
        words = "The ferry of noon left the quay at one, and nobody on it was surprised."
        for url, changes in ((home, {"part": 1, "links": links}), (f"{home}?amp=1", {})):
            one = article(article_id(url), url=url, text=words, **changes)
            file_article(store, one, page_id=None, lead=None, most=20)
        left_out = lead(f"{home}?print=1", state=LeadState.LEFT_OUT, reason="variant")
        store.add_leads([left_out], run_id="r")
    assert main(["status"]) == 0
    page = capsys.readouterr().out
    assert "other addresses\t1" in page
    assert "partial\t1 part-waiting" in page
    assert "left out\t1 variant" in page
    assert main(["status", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["forms"], record["partial"]) == (1, {"part-waiting": 1})
    assert record["left_out"] == {"variant": 1}


@pytest.mark.usefixtures("folder")
def test_a_source_is_asked_for_or_its_failures_forgotten(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def source() -> dict[str, object]:
        main(["status", "--json"])
        record = json.loads(capsys.readouterr().out)
        assert record["due"] == ([] if record["waiting"] else ["harbour.example-feed"])
        [found] = [one for one in record["sources"] if one["source"] == "harbour.example-feed"]
        return dict(found)

    assert source()["error_streak"] == 1
    assert main(["status", "--refresh", "harbour.example-feed"]) == 0
    assert "harbour.example-feed\t\t1\tnow\t1 h" in capsys.readouterr().out.replace("60 min", "1 h")
    assert main(["status", "--reset", "harbour.example-feed", "-q"]) == 0
    capsys.readouterr()
    assert source()["error_streak"] == 0
    assert main(["status", "--refresh", "nobody"]) == 2
    assert "error[not-found]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (None, ""),
        (45, "45 s"),
        (900, "15 min"),
        (7_200, "2 h"),
        (86_400, "24 h"),
        (200_000, "2.31 d"),
    ],
)
def test_an_interval_is_told_in_the_unit_that_fits(seconds: float | None, told: str) -> None:
    assert interval(seconds) == told
