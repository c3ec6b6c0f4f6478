"""`wiretrace init` writes a watchlist, asks nothing without a terminal, destroys nothing."""

from pathlib import Path

import pytest

from crawler.cli import main
from crawler.config import load_config


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_it_writes_a_file_that_reads_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--contact", "desk@example.org"]) == 0
    told = capsys.readouterr()
    assert told.out == "wiretrace.toml\n"
    assert "wiretrace run" in told.err
    assert load_config(environ={}, required=True).crawl.contact == "desk@example.org"


def test_it_refuses_to_overwrite_unless_forced(capsys: pytest.CaptureFixture[str]) -> None:
    file = Path("wiretrace.toml")
    file.write_text("# mine\n")
    assert main(["init"]) == 2
    assert "error[input-invalid]: wiretrace.toml exists" in capsys.readouterr().err
    assert file.read_text() == "# mine\n"
    assert main(["init", "--force"]) == 0
    assert "[[source]]" in file.read_text()


def test_it_makes_the_folder_of_a_named_file() -> None:
    assert main(["init", "stories/bridge.toml", "-q"]) == 0
    assert load_config("stories/bridge.toml", environ={}).sources == ()
