"""SQLite's error codes come in; errors that a person can act upon leave.

https://www.sqlite.org/rescode.html lists the codes.
"""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.errors import (
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreLocked,
    WiretraceError,
)

# A disk with less than this left cannot take the next page and its log: 1 MiB is below any file
# system's own reserve, so an I/O error beside it is the disk being full and not a broken disk.
FULL_BELOW_BYTES = 1 << 20
# SQLite reports a quota, or a full disk met outside of a plain write, as one of these.
WRITING_FAILED = frozenset(
    {
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_DIR_FSYNC,
        sqlite3.SQLITE_IOERR_TRUNCATE,
        sqlite3.SQLITE_IOERR_SHMSIZE,
        sqlite3.SQLITE_IOERR_SHMMAP,
    }
)
FREE_SPACE = "Free some space and run again; what was stored before is whole."


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise SQLite's errors inside the block as ours.

    A misuse of the module (`sqlite3.ProgrammingError` without a code) is a bug and passes through.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            raise
        raise explain(code, str(error), path) from error


@contextmanager
def reachable(path: Path) -> Iterator[None]:
    """Raise the file system's own errors inside the block as ours."""
    try:
        yield
    except OSError as error:
        raise explain_os(error, path) from error


def explain(code: int, words: str, path: Path) -> WiretraceError:
    """Choose the error for an extended result code; the low byte is the primary code."""
    primary = code & 0xFF
    if _is_full(code, path):
        return StoreFull(f"There is no space left to write {path}.", FREE_SPACE)
    if primary == sqlite3.SQLITE_IOERR:
        return StoreError(f"{path} cannot be read or written: {words}.", "Check the disk.")
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreCorrupt(
            f"{path} is damaged or is not a store: {words}.",
            "Move it away or restore a backup, then run again.",
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreLocked(
            f"{path} has been held by another process for too long.",
            "Wait until that run ends, then run again.",
        )
    forbidden = primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
    return StoreError(
        f"{path} refused an operation: {words}.",
        "Check the permissions of the file and its folder." if forbidden else "",
    )


def explain_os(error: OSError, path: Path) -> StoreError:
    """Choose the error for a failure of the file system itself."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull(f"There is no space left to write {path}.", FREE_SPACE)
    return StoreError(
        f"{path} cannot be opened: {error.strerror or error}.",
        "Check the path and the permissions of its folder.",
    )


def _is_full(code: int, path: Path) -> bool:
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_FULL or code in WRITING_FAILED:
        return True
    if primary != sqlite3.SQLITE_IOERR:
        return False
    try:
        return shutil.disk_usage(path.parent).free < FULL_BELOW_BYTES
    except OSError:
        # The folder itself is unreadable: that is a broken disk, not a full one.
        return False
