"""Files and folders put in place whole, or not at all."""

import os
from pathlib import Path

import pytest

from crawler.errors import ReportError, StoreFull
from crawler.report.atomic import replacing_file, replacing_folder


def full() -> None:
    """Fail as a full disk does, by writing to the device that always is."""
    with Path("/dev/full").open("wb", buffering=0) as stream:
        stream.write(b"x")


needs_full_device = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has a full device"
)


def test_a_file_is_replaced_only_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    with replacing_file(file) as stream:
        stream.write(b"new")
        assert file.read_bytes() == b"old"
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path: Path) -> None:
    file, link = tmp_path / "a", tmp_path / "link"
    file.write_bytes(b"old")
    link.symlink_to(file)
    with replacing_file(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_what_is_no_regular_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with replacing_file(pipe) as stream:
        stream.write(b"new")
    assert os.read(reader, 10) == b"new"
    os.close(reader)
    assert pipe.is_fifo()


@needs_full_device
def test_a_full_disk_leaves_the_old_file_and_folder_whole(tmp_path: Path) -> None:
    file, folder = tmp_path / "a", tmp_path / "report"
    file.write_bytes(b"old")
    folder.mkdir()
    (folder / "index.html").write_bytes(b"old")
    with pytest.raises(StoreFull, match="No space is left"), replacing_file(file):
        full()
    with pytest.raises(StoreFull, match="No space is left"), replacing_folder(folder):
        full()
    assert file.read_bytes() == (folder / "index.html").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "report"]


def test_another_failure_names_the_path_and_its_cause(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with (
        pytest.raises(ReportError, match=r"a/b cannot be written"),
        replacing_file(tmp_path / "a/b"),
    ):
        pytest.fail("a file cannot hold a file")


def test_a_folder_is_replaced_whole_old_files_included(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    for name in ("old.html", "new.html"):
        with replacing_folder(folder) as new:
            (new / name).write_bytes(b"x")
    assert [path.name for path in folder.iterdir()] == ["new.html"]
    assert list(tmp_path.iterdir()) == [folder]


def test_what_a_killed_run_left_aside_comes_back(tmp_path: Path) -> None:
    aside, half = tmp_path / ".report.0123abcd.old", tmp_path / ".report.4567abcd.new"
    for left in (aside, half):
        left.mkdir()
        (left / "index.html").write_bytes(left.name.encode())
    with replacing_folder(tmp_path / "report") as new:
        came_back = (tmp_path / "report" / "index.html").read_bytes()
        (new / "index.html").write_bytes(b"today's")
    assert came_back == aside.name.encode()
    assert (tmp_path / "report" / "index.html").read_bytes() == b"today's"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_folder_stays_when_something_else_than_the_disk_fails(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    folder.mkdir()
    with pytest.raises(ReportError, match="No such file"), replacing_folder(folder) as new:
        (new / "nowhere" / "page.html").write_bytes(b"")
    assert list(tmp_path.iterdir()) == [folder]
