"""The console command: one line for an error, an exit code that says what happened."""

import errno
import importlib
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import click
import pytest

from crawler import __version__
from crawler.cli.command import Command, Group
from crawler.cli.main import SUMMARIES, in_our_terms, main, wiretrace
from crawler.errors import NoStory, StoreLocked, UsageError


def test_help_begins_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Examples:\n  wiretrace demo")
    for name, summary in SUMMARIES.items():
        assert name in told
        assert summary.split()[0] in told


@pytest.mark.parametrize("name", SUMMARIES)
def test_help_of_each_command_begins_with_examples_of_it(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Examples:"
    assert f"wiretrace {name}" in lines[1]
    assert "  -q, --quiet" in "\n".join(lines)


@pytest.mark.parametrize("name", SUMMARIES)
def test_every_example_names_only_options_that_exist(name: str) -> None:
    command = importlib.import_module(f"crawler.cli.{name}").command
    assert isinstance(command, Command | Group)
    for example in command.examples:
        called: click.Command = command
        if isinstance(command, Group):
            called = command.commands[example.split(f"wiretrace {name} ", 1)[1].split()[0]]
        known = {"--config", "--help", "--json"} | {
            option for parameter in called.params for option in parameter.opts
        }
        ours = next(part for part in example.split("|") if "wiretrace" in part)
        options = set(re.findall(r"--[a-z-]+", ours))
        assert options <= known, example


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"wiretrace {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rum"], "'run'"),
        (["--vesion"], "--version"),
        (["init", "--conact", "x"], "--contact"),
        (["completion", "tcsh"], "'bash'"),
        (["export"], "wiretrace export --help"),
    ],
)
def test_wrong_use_is_one_line_with_a_hint_and_exit_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith("error[usage]: ")
    assert "docs/messages.md#usage" in told.err
    assert words in told.err


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """Make a command of the group that raises what the test puts into the list."""
    errors: list[BaseException] = []

    def fail() -> None:
        raise errors[0]

    command = Command("fail", callback=fail, examples=("wiretrace fail",))
    monkeypatch.setattr(wiretrace, "summaries", {"fail": "Fails."})
    monkeypatch.setattr(wiretrace, "get_command", lambda _context, _name: command)
    return errors


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (StoreLocked("Another run is at work.", "Wait."), 4, "error[store-locked]: Another"),
        (NoStory("nothing\nthere"), 1, "error[no-story]: nothing there"),
        (UsageError("no"), 2, "error[usage]: no"),
        (OSError(errno.ENOSPC, "No space left", "/x"), 1, "error[disk-full]: No space is left"),
        (OSError(errno.ENOSPC, "No space left"), 1, "error[disk-full]"),
        (PermissionError(errno.EACCES, "Denied", "/x/y"), 1, "error[file-failed]: /x/y: Denied"),
        (KeyboardInterrupt(), 130, "Stopped."),
        (click.Abort(), 130, "Stopped."),
    ],
)
def test_each_error_has_its_line_and_exit_code(
    failing: list[BaseException],
    error: BaseException,
    code: int,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    failing.append(error)
    assert main(["fail"]) == code
    told = capsys.readouterr().err.strip()
    assert "\n" not in told
    assert words in told


def test_an_error_of_no_file_is_a_bug_and_shows_its_traceback(
    failing: list[BaseException],
) -> None:
    error = OSError(errno.EIO, "odd")
    failing.append(error)
    with pytest.raises(OSError, match="odd"):
        main(["fail"])
    assert in_our_terms(error) is None


def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "crawler", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, **dict.fromkeys(["NO_COLOR"], "1")},
    )


def test_help_needs_neither_scrapy_nor_the_extraction() -> None:
    """The heavy libraries are what would make help slow, on any machine."""
    code = (
        "import sys; from crawler.cli import main; main(['--help']); "
        "heavy = {'scrapy', 'trafilatura', 'numpy', 'datasketch', 'lxml', 'jinja2', 'rich', "
        "'requests'}; "
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def cpu_of(*arguments: str) -> float:
    """Give the processor time of a Python process, the best of three."""
    spans = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, *arguments],
            capture_output=True,
            timeout=60,
            check=False,
            cwd=Path(__file__).parents[2],
        )
        assert done.returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spans.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spans)


def test_help_answers_at_once() -> None:
    """A share of what it costs to load Scrapy: a busy machine makes both slower. Measured: .25."""
    assert cpu_of("-m", "crawler", "--help") < cpu_of("-c", "import scrapy") / 2


def test_a_reader_that_goes_away_ends_the_command_quietly() -> None:
    """As with `wiretrace completion bash | true`."""
    with subprocess.Popen(
        [sys.executable, "-m", "crawler", "completion", "bash"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
        assert process.wait(timeout=60) == 141
    assert told == b""
