"""Units and crontab lines are what systemd and cron read, whatever stands in the paths."""

import configparser
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from crawler.cli import main
from crawler.schedule import cron_line, systemd_units
from crawler.schedule.timers import calendar_minutes

COMMAND = ["/opt/wire trace/bin/wiretrace", "--config", '/srv/50% "new"/$x.toml', "run", "--quiet"]


def parsed(text: str) -> configparser.ConfigParser:
    reader = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    reader.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their case
    reader.read_string(text)
    return reader


@pytest.mark.parametrize(
    ("every_s", "calendar", "delay", "cron"),
    [
        (900, "*:0/15", "90", "*/15 * * * *"),
        (1000, "*:0/15", "90", "*/15 * * * *"),
        (30, "*:0/1", "6", "*/1 * * * *"),
        (3600, "0/1:00", "300", "0 */1 * * *"),
        (21_600, "0/6:00", "300", "0 */6 * * *"),
        (1e9, "*-*-* 00:00:00", "300", "0 0 * * *"),
    ],
)
def test_each_interval_is_said_as_a_calendar_says_it(
    every_s: float, calendar: str, delay: str, cron: str
) -> None:
    units = systemd_units(COMMAND, folder=Path("/srv"), every_s=every_s, user=None)
    timer = parsed(units["wiretrace.timer"])["Timer"]
    assert (timer["OnCalendar"], timer["RandomizedDelaySec"]) == (calendar, delay)
    assert timer["Persistent"] == "true"
    assert cron_line(COMMAND, folder=Path("/srv"), every_s=every_s).startswith(f"{cron} cd ")
    assert calendar_minutes(every_s) * 60 <= max(every_s, 60)


def test_the_service_takes_another_run_at_work_for_success() -> None:
    units = systemd_units(COMMAND, folder=Path("/srv/50%"), every_s=900, user="wires")
    service = parsed(units["wiretrace.service"])["Service"]
    assert service["SuccessExitStatus"].split() == ["3", "4", "130"]
    assert service["User"] == "wires"
    assert service["WorkingDirectory"] == "/srv/50%%"
    assert service["ExecStart"] == (
        r'"/opt/wire trace/bin/wiretrace" --config "/srv/50%% \"new\"/$$x.toml" run --quiet'
    )


def test_a_crontab_line_is_one_command_of_the_shell() -> None:
    line = cron_line(COMMAND, folder=Path("/srv/a b"), every_s=900)
    assert line.count("\n") == 1
    _, _, words = line.partition(" cd ")
    assert shlex.split(words.replace(r"\%", "%")) == ["/srv/a b", "&&", *COMMAND]
    assert line.count("%") == line.count(r"\%") == 1


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("every_s", [60, 900, 7_200, 86_400])
def test_systemd_finds_nothing_amiss(tmp_path: Path, every_s: float) -> None:
    folder = tmp_path / "wires 100%"
    folder.mkdir()
    script = folder / "wire trace"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    units = systemd_units(
        [str(script), "-c", str(folder / 'a;"b" $c.toml')],
        folder=folder,
        every_s=every_s,
        user=None,
    )
    for name, text in units.items():
        (tmp_path / name).write_text(text)
    paths = [str(tmp_path / name) for name in units]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("wiretrace.toml").write_text('[[source]]\nfeed = "https://a.example/rss"\n')
    return tmp_path


def test_paths_are_written_in_full(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["timers", "--systemd"]) == 0
    told = capsys.readouterr().out
    assert f"--config {home}/wiretrace.toml run --quiet" in told
    assert f"WorkingDirectory={home}\n" in told
    assert main(["timers", "--cron", "--output-dir", "elsewhere"]) == 0
    assert f"--output-dir {home}/elsewhere run" in capsys.readouterr().out


def test_units_are_written_into_a_folder(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["timers", "--systemd", "--user", "--to", "units"]) == 0
    told = capsys.readouterr()
    assert told.out == "units/wiretrace.service\nunits/wiretrace.timer\n"
    assert "systemctl --user daemon-reload" in told.err
    assert "User=" not in (home / "units" / "wiretrace.service").read_text()


@pytest.mark.usefixtures("home")
def test_which_one_has_to_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["timers"]) == 2
    assert "--systemd or --cron" in capsys.readouterr().err
