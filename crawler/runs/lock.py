"""One pass at a time on a store: a lock that the system lets go when its holder dies.

The file names the holder for the person who is refused; what locks is the system's advisory lock on
it (flock), so a file left behind by a crash locks nothing.
"""

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from crawler.errors import FileFailed, StoreLocked

LOCK_NAME = "wiretrace.lock"
CRAWL_LOCK = "crawl.lock"
"""Held by the crawl's own process: should its parent be killed, it outlives it for a moment."""
RETRY_EVERY_S = 0.1


def _locked(handle: TextIO, until: float) -> bool:
    """Try to lock until the clock says `until`; at least once."""
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(RETRY_EVERY_S)
        else:
            return True


@contextmanager
def held(folder: Path, name: str = LOCK_NAME, *, patience_s: float = 0.0) -> Iterator[None]:
    """Hold a lock of an output folder, which is made if it is not there.

    Raises:
        StoreLocked: another process holds it, and did so for `patience_s` seconds.
        FileFailed: the folder or file cannot be written.
    """
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise FileFailed(f"{path} cannot be written: {error.strerror}.") from error
    with handle:
        if not _locked(handle, time.monotonic() + patience_s):
            handle.seek(0)
            holder = handle.read().strip() or "another process"
            raise StoreLocked(
                f"{folder} is in use by {holder}.", "Wait for it, or stop it, and try again."
            )
        handle.truncate(0)
        handle.write(f"process {os.getpid()} on {socket.gethostname()}\n")
        handle.flush()
        yield
        handle.truncate(0)
