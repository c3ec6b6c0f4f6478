"""Put a file or a folder in place whole, or not at all.

A report or an export that was good yesterday must not be half of today's: everything is written
under another name beside its place, brought to the disk, and moved.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import BinaryIO

from crawler.errors import ReportError, StoreFull, WiretraceError

# Files up to which each is synced by itself.
SYNC_EACH = 64
_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def replacing_file(path: Path) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of `path` when the block ends without an error.

    A link is followed, so that the file it names is replaced and not the link. What is no regular
    file (a pipe, /dev/stdout) cannot be replaced and is written to as it is.

    Raises:
        StoreFull: no space is left; the file that stood there is whole.
        ReportError: it cannot be written for another reason; likewise.
    """
    with explained(path):
        place = path.resolve()
        if place.exists() and not place.is_file():
            with place.open("wb") as stream:
                yield stream
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary = _beside(place, "new")
        try:
            with temporary.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(place)
            _sync(place.parent)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def replacing_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder that takes the place of `folder` when the block ends without an error.

    A folder that holds something cannot be replaced in one step, so the old one steps aside and
    goes only when the new one stands; if the move fails it comes back. A run killed between the
    two moves leaves it aside under a name ending in `.old`; the next call brings it back first.

    Raises:
        StoreFull: no space is left; the folder that stood there is whole.
        ReportError: it cannot be written for another reason; likewise.
    """
    with explained(folder):
        place = folder.resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        _recover(place)
        temporary = _beside(place, "new")
        temporary.mkdir()
        try:
            yield temporary
            _swap(temporary, place)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the system's errors into ours, naming the path and what is still whole."""
    try:
        yield
    except WiretraceError:
        raise
    except BrokenPipeError:
        # The reader of a pipe has gone; the command line ends quietly on it.
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise StoreFull(
                f"No space is left for {path}; what stood there before is whole.",
                "Free some space and run the command again.",
            ) from error
        raise ReportError(
            f"{path} cannot be written ({error.strerror or error}).",
            "What stood there before is whole.",
        ) from error


def _beside(place: Path, suffix: str) -> Path:
    return place.with_name(f".{place.name}.{secrets.token_hex(4)}.{suffix}")


def _recover(place: Path) -> None:
    """Clear what a killed run left: bring the old folder back if none stands, drop the rest."""
    for left in sorted(place.parent.glob(f".{place.name}.????????.*")):
        if left.suffix == ".old" and not place.exists():
            left.replace(place)
        elif left.suffix in (".old", ".new") and left.is_dir():
            shutil.rmtree(left, ignore_errors=True)


def _swap(new: Path, place: Path) -> None:
    _sync_all(new)
    old = _beside(place, "old")
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    _sync(place.parent)
    shutil.rmtree(old, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Bring a folder's entries to the disk; systems that cannot open folders do it themselves."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sync_all(folder: Path) -> None:
    """Bring a folder's files to the disk before it takes its place.

    Many are brought there all at once, with whatever else the system has: one by one each of a few
    thousand pages would cost a turn of the disk.
    """
    paths = list(folder.rglob("*"))
    if len(paths) > SYNC_EACH:
        os.sync()
        return
    for path in paths:
        with path.open("rb") if path.is_file() else nullcontext() as stream:
            if stream is not None:
                os.fsync(stream.fileno())
        if path.is_dir():
            _sync(path)
    _sync(folder)
