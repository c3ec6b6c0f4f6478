"""`clusters` and `show` on terminals of 80 and 200 columns, with what the web would do to them."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.store import Store
from tests.cli.conftest import articles, fill

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# Clears the screen, names the window, turns the direction, rings.
ATTACK = "\x1b[2J\x1b]0;caught\x07\u202e\x9b31m"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Give a store in which one outlet's headline, name and address hold escape sequences."""
    fill(tmp_path / "output")
    with Store.open(tmp_path / "output" / "wiretrace.sqlite") as store:
        one = articles()[0]
        changed = replace(one, title=f"{ATTACK}{one.title}", author=f"{ATTACK}Ada Quill")
        store.save_article(changed, page_id=None)
    return tmp_path


def on_terminal(folder: Path, columns: int, *arguments: str) -> str:
    """Give what a command writes on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    environment = {
        name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")
    }
    with subprocess.Popen(
        [sys.executable, "-m", "crawler", *arguments],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment | {"TERM": "xterm-256color"},
    ) as command:
        os.close(theirs)
        written = b""
        while True:
            try:
                part = os.read(ours, 65_536)
            except OSError:  # Linux says so when the last writer has closed
                break
            if not part:
                break
            written += part
    os.close(ours)
    assert command.returncode == 0, written
    return written.decode()


def cells(line: str) -> int:
    """Give the columns that a line takes."""
    return sum(
        2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in line
        if not unicodedata.combining(each)
    )


def cluster_id(folder: Path) -> str:
    with Store.open(folder / "output" / "wiretrace.sqlite", read_only=True) as store:
        return next(one.id for one in store.clusters())


@pytest.mark.parametrize("columns", [80, 200])
@pytest.mark.parametrize("command", ["clusters", "show"])
def test_no_line_is_wider_than_the_terminal_nor_acts_on_it(
    hostile: Path, command: str, columns: int
) -> None:
    more = [cluster_id(hostile), "--diff"] if command == "show" else ["--min-copies", "1"]
    written = on_terminal(hostile, columns, command, *more)
    assert COLOUR.search(written)
    plain = COLOUR.sub("", written).replace("\r\n", "\n")
    assert "Bridge opens again" in plain if command == "show" else "Rye again" in plain
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain)
    assert max(map(cells, plain.splitlines())) <= columns


@pytest.mark.parametrize("command", ["clusters", "show"])
def test_both_widths_tell_it_and_the_wide_one_has_more_to_a_line(
    hostile: Path, command: str
) -> None:
    more = [cluster_id(hostile)] if command == "show" else []
    narrow, wide = (on_terminal(hostile, columns, command, *more) for columns in (80, 200))
    assert len(wide.splitlines()) <= len(narrow.splitlines())
    for said in ("harbour.example", "05:30 UTC", "Bridge opens again"):
        assert said in narrow
        assert said in wide


def test_a_pipe_has_neither_colours_nor_escapes(hostile: Path) -> None:
    for more in (["clusters"], ["show", cluster_id(hostile), "--diff"]):
        done = subprocess.run(
            [sys.executable, "-m", "crawler", *more],
            cwd=hostile, capture_output=True, check=True,
        )  # fmt: skip
        assert b"\x1b" not in done.stdout
        assert b"\x07" not in done.stdout
