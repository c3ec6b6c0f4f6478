"""The wheel works from any directory, with nothing of the checkout beside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), "."],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("wiretrace-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone into a folder; its libraries are those of this environment."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--target",
            str(folder),
            str(wheel),
        ],
        check=True,
        capture_output=True,
    )
    return folder


def call(installed: Path, cwd: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command that finds our packages in `installed` before anywhere else."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        command, cwd=cwd, env=environment, text=True, capture_output=True, check=False, timeout=120
    )


def test_the_wheel_holds_code_templates_and_publishers_and_nothing_of_tests_or_output(
    wheel: Path,
) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {"crawler", "spiders"} <= tops
    assert all(top in ("crawler", "spiders") or top.endswith(".dist-info") for top in tops)
    for needed in ("store/migrations/", "report/templates/", "newsroom/stories/", "py.typed"):
        assert any(name.startswith(f"crawler/{needed}") for name in names), needed


def test_the_installed_packages_are_the_ones_in_use(installed: Path, tmp_path: Path) -> None:
    done = call(
        installed, tmp_path, sys.executable, "-c", "import crawler; print(crawler.__file__)"
    )
    assert Path(done.stdout.strip()).is_relative_to(installed)


def test_the_console_command_does_the_whole_job_from_any_directory(
    installed: Path, tmp_path: Path
) -> None:
    version = call(installed, tmp_path, str(installed / "bin" / "wiretrace"), "--version")
    assert version.stdout.startswith("wiretrace ")
    done = call(installed, tmp_path, str(installed / "bin" / "wiretrace"), "-q", "demo")
    assert done.returncode == 0, done.stderr
    assert "0 impure clusters" in done.stdout
    assert (tmp_path / done.stdout.splitlines()[-1]).is_file()
