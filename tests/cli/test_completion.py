"""`wiretrace completion` prints a script that calls us back for names."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.cli import main


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_it_prints_a_script_that_names_the_command(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("click asks bash for its version")
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert f"_WIRETRACE_COMPLETE={shell}_complete" in script


def test_the_script_is_answered_with_names_of_commands() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "crawler"],
        env={
            **os.environ,
            "_WIRETRACE_COMPLETE": "bash_complete",
            "COMP_WORDS": "wiretrace clu",
            "COMP_CWORD": "1",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.split() == ["plain,cluster", "plain,clusters"]
