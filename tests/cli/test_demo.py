"""`wiretrace demo` does the whole job, says how well, and destroys nothing of others."""

from pathlib import Path

import pytest

from crawler.cli import main


@pytest.mark.slow
def test_every_reachable_copy_is_found_and_the_report_is_named_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # not the one to be used
    assert main(["demo", "-q"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("copies\toutlets\tfirst")
    assert "0 impure clusters, 0 forbidden requests" in lines[-2]
    assert "0 before their delay was over, 0 of refused paths" in lines[-3]
    assert lines[-1] == "output/demo/output/report/index.html"
    assert Path(lines[-1]).exists()
    assert main(["-c", "output/demo/wiretrace.toml", "clusters"]) == 0


def test_a_folder_of_somebody_elses_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("all my work")
    (tmp_path / "output").mkdir()
    assert main(["demo", "--keep", str(tmp_path)]) == 2
    assert "--keep" in capsys.readouterr().err
    assert (tmp_path / "output").exists()
