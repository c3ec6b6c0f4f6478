"""`wiretrace status` says how sources do, what runs gave and why pages failed."""

import json

import pytest

from crawler.cli import main


@pytest.mark.usefixtures("folder")
def test_health_runs_and_failures_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 0
    page = capsys.readouterr().out
    assert "feed-broken: no entry" in page
    assert "2026-03-02T12:00:00Z-ab12\tpartly" in page
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
