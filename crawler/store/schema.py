"""Ordered, transactional migrations: an SQLite file of any version comes in, a current one leaves.

The steps are the files `migrations/NNNN_name.sql`, applied in order, each in one transaction
together with the new `user_version`: a process killed in the middle leaves the version before.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from crawler.errors import StoreCorrupt, StoreTooNew

# "wiTr" read as a big-endian integer: `file` and this room know the store by it.
# https://www.sqlite.org/pragma.html#pragma_application_id
APPLICATION_ID = 0x77695472


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One migration."""

    version: int
    """The `user_version` it leads to, from 1 without gaps."""
    name: str
    """Name of its file."""
    script: str
    """SQL statements without BEGIN or COMMIT."""


def shipped_steps() -> tuple[Step, ...]:
    """Read the migrations that belong to this wiretrace, in order."""
    folder = files("crawler.store") / "migrations"
    found = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".sql")),
        key=lambda entry: entry.name,
    )
    return tuple(
        Step(version=int(entry.name[:4]), name=entry.name, script=entry.read_text("utf-8"))
        for entry in found
    )


def statements(script: str) -> Iterator[str]:
    """Split a script at the semicolons that end a statement, and not at those inside a trigger.

    `Connection.executescript` would commit the transaction around it.
    """
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if pending.strip():
        yield pending.strip()


def version_of(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    """Give the version of an open file; 0 is a file with nothing in it.

    Raises:
        StoreCorrupt: it belongs to another application.
        StoreTooNew: it was written by a wiretrace with later migrations.
    """
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    tables: int = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
    if application == 0 and version == 0 and tables == 0:
        return 0
    if application != APPLICATION_ID:
        raise StoreCorrupt(
            f"{path} is an SQLite file of another application.",
            "Name another output folder, or move the file away.",
        )
    if version > newest:
        raise StoreTooNew(
            f"{path} was written by a newer wiretrace (store version {version}, here {newest}).",
            "Upgrade wiretrace.",
        )
    return version


def migrate(connection: sqlite3.Connection, path: Path, steps: tuple[Step, ...]) -> int:
    """Apply what is missing and give the number of steps taken; raises as `version_of` does.

    The version is read again inside each write transaction: of two processes that open an old
    file together, the second finds the work done.
    """
    taken = 0
    newest = steps[-1].version
    while version_of(connection, path, newest) < newest:
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = version_of(connection, path, newest)
            if version < newest:
                _apply(connection, steps[version])
                taken += 1
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return taken


def _apply(connection: sqlite3.Connection, step: Step) -> None:
    for statement in statements(step.script):
        connection.execute(statement)
    # PRAGMA takes no parameters; both values are integers of ours.
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
    connection.execute(f"PRAGMA user_version = {step.version:d}")
