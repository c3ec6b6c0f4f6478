"""Connections to the file: a path comes in, an SQLite connection with our settings leaves."""

import os
import sqlite3
import time
from pathlib import Path

from crawler.errors import NotFound, StoreError
from crawler.store.faults import reachable

# How long a writer waits for another one. Transactions take milliseconds, replacing the clusters
# of 100,000 articles some seconds; after half a minute the other process hangs.
BUSY_TIMEOUT_S = 30.0
# The log is cut back to this after a checkpoint; without a limit it keeps the size of its largest
# transaction for ever.
LOG_LIMIT_BYTES = 64 << 20
# SQLite's page cache, in KiB: the indexes of a few 100,000 leads fit in 32 MiB, the default of 2
# MiB makes each claim read them from the file again.
CACHE_KIB = 32 << 10


def connect_writer(path: Path) -> sqlite3.Connection:
    """Open a file to read and write; makes it and its folder where they are missing."""
    with reachable(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    return _configured(connection)


def connect_reader(path: Path) -> sqlite3.Connection:
    """Open a file that is there, so that nothing can be written to it.

    Raises:
        NotFound: it is not there.
    """
    if not path.is_file():
        raise NotFound(
            f"There is no store at {path}.", "Run `wiretrace run` or `wiretrace demo` first."
        )
    uri = f"{path.resolve().as_uri()}?mode=ro"
    if not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        # On a medium that cannot be written SQLite could not keep its index of the log; nobody
        # can write the file there either, so it need not.
        uri += "&immutable=1"
    connection = sqlite3.connect(
        uri, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    return _configured(connection)


def _configured(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Set what SQLite keeps for each connection anew; closes one whose file cannot be read."""
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        # In WAL this can lose the last transactions when the power fails, never the file; a
        # process that is killed loses nothing. FULL would wait for the disk after each page.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = {-CACHE_KIB:d}")
        connection.execute(f"PRAGMA journal_size_limit = {LOG_LIMIT_BYTES:d}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL, which the file then remembers.

    SQLite does not wait when two processes switch a new file together, so this does.
    """
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def require_current(version: int, newest: int, path: Path) -> None:
    """Refuse a file that a reader would have to migrate first.

    Raises:
        NotFound: nothing has been stored yet.
        StoreError: an older wiretrace wrote it.
    """
    if version == 0:
        raise NotFound(f"There is nothing in {path} yet.", "Run `wiretrace run` first.")
    if version < newest:
        raise StoreError(
            f"{path} was written by an older wiretrace (store version {version}, now {newest}).",
            "Run `wiretrace run` or `wiretrace cluster` once; either brings it up to date.",
        )
