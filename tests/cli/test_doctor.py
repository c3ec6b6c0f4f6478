"""`wiretrace doctor` finds what would stop a run, and fetches nothing."""

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from crawler.cli import main
from crawler.cli.doctor import SPACE_BROKEN


def checks(capsys: pytest.CaptureFixture[str], code: int = 0) -> dict[str, dict[str, str]]:
    assert main(["doctor", "--json"]) == code
    return {check["name"]: check for check in json.loads(capsys.readouterr().out)}


@pytest.mark.usefixtures("folder")
class TestWithStore:
    def test_a_sound_installation_is_told_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = checks(capsys)
        assert {check["state"] for check in found.values()} <= {"ok", "warning"}
        assert "1 sources" in found["watchlist"]["found"]
        assert "sound" in found["store"]["found"]
        assert found["worker process"]["state"] == "ok"
        assert found["contact"]["state"] == "warning"

    def test_a_damaged_store_is_found(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        store = folder / "output" / "wiretrace.sqlite"
        store.write_bytes(b"not a store" * 1000)
        assert "store-corrupt" in checks(capsys, 1)["store"]["found"]

    def test_a_broken_watchlist_and_missing_files_are_found(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (folder / "wiretrace.toml").write_text('[[source]]\nurls = "gone.txt"\n')
        assert "gone.txt" in checks(capsys, 1)["file"]["found"]
        (folder / "wiretrace.toml").write_text("[crawl]\ndelay = 1\n")
        assert "config-unknown-key" in checks(capsys, 1)["watchlist"]["found"]

    def test_a_full_disk_is_found(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        class Usage(NamedTuple):
            free: int

        monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(SPACE_BROKEN - 1))
        assert checks(capsys, 1)["output"]["state"] == "broken"

    def test_a_proxys_password_is_not_shown(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("https_proxy", "http://me:s3cret@proxy.example:3128")
        assert checks(capsys)["https_proxy"]["found"] == "http://me:***@proxy.example:3128"


def test_an_empty_folder_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "wiretrace init" in told
    assert not any(tmp_path.iterdir())
