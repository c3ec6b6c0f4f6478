"""One SQLite file, opened safely: the base on which each part of the store stands.

WAL, so that readers never wait for the writer; each write transaction begins IMMEDIATE, because a
deferred one that read before it writes fails at once when another process has written meanwhile,
whatever the time-out (https://www.sqlite.org/isolation.html). For the same reason no cursor stays
open between two rows handed to a caller: an open read would pin an old snapshot under the
caller's own writes.
"""

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from crawler.store.faults import explained
from crawler.store.opening import connect_reader, connect_writer, require_current, use_wal
from crawler.store.schema import migrate, shipped_steps, version_of

Parameters = Sequence[object] | Mapping[str, object]

# Rows read at a time when a table is streamed: enough that the query's own cost disappears, few
# enough that they never weigh more than a few MB.
BATCH_ROWS = 500


class Database:
    """An open store. Any thread may use it: calls are serialised by a lock of its own."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open the store at `path`; creates folder and file and brings old files up to date.

        With `read_only` nothing is created or changed.

        Raises:
            NotFound: `read_only`, and there is nothing yet.
            StoreCorrupt: not SQLite, damaged, or of another application.
            StoreTooNew: written by a newer wiretrace.
            StoreError: no permission, or `read_only` and the file is of an older version.
            StoreFull: no space to create it.
        """
        with explained(path):
            connection = connect_reader(path) if read_only else connect_writer(path)
            try:
                steps = shipped_steps()
                newest = steps[-1].version
                # Before anything is changed: the file may be another application's.
                version = version_of(connection, path, newest)
                if read_only:
                    require_current(version, newest, path)
                else:
                    use_wal(connection)
                    migrate(connection, path, steps)
            except BaseException:
                connection.close()
                raise
        return cls(connection, path)

    def close(self) -> None:
        """Close the file; the last process to close it folds the log into it."""
        with self._lock, explained(self.path):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all writes of the block or none; blocks nest, and an inner one undoes only itself.

        Raises:
            StoreFull: no space; the whole outermost block is undone.
            StoreLocked: another process wrote for longer than `BUSY_TIMEOUT_S`.
        """
        with self._lock, explained(self.path):
            connection = self._connection
            nested = connection.in_transaction
            connection.execute("SAVEPOINT part" if nested else "BEGIN IMMEDIATE")
            try:
                yield
                connection.execute("RELEASE part" if nested else "COMMIT")
            except BaseException:
                # A full disk has already undone everything by itself.
                if connection.in_transaction:
                    connection.execute("ROLLBACK TO part" if nested else "ROLLBACK")
                    if nested:
                        connection.execute("RELEASE part")
                raise

    def _all(self, query: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        with self._lock, explained(self.path):
            return self._execute(query, parameters).fetchall()

    def _one(self, query: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        with self._lock, explained(self.path):
            row: sqlite3.Row | None = self._execute(query, parameters).fetchone()
            return row

    def _stream(self, query: str, *parameters: object) -> Iterator[sqlite3.Row]:
        """Read a large table batch by batch.

        The query takes `parameters`, then the last id seen, then the number of rows; it selects
        `id`, an integer key, and orders by it.
        """
        last = 0
        while rows := self._all(query, (*parameters, last, BATCH_ROWS)):
            yield from rows
            last = rows[-1]["id"]

    def _execute(self, statement: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Run one statement; a writing one belongs inside `with self.transaction()`."""
        try:
            return self._connection.execute(statement, parameters)
        except UnicodeEncodeError:
            return self._connection.execute(statement, _encodable(parameters))


def _encodable(parameters: Parameters) -> Parameters:
    """Replace lone surrogates, which no UTF-8 file can hold, by the replacement character.

    They come from broken JSON escapes; the words around them are worth keeping.
    """
    if isinstance(parameters, Mapping):
        return {name: _clean(value) for name, value in parameters.items()}
    return [_clean(value) for value in parameters]


def _clean(value: Any) -> Any:  # noqa: ANN401 - whatever SQLite takes
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value
