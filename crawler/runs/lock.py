"""One pass at a time on a store: a lock that the system lets go when its holder dies.

The file names the holder for the person who is refused; what locks is the system's advisory lock on
it (flock), so a file left behind by a crash locks nothing.
"""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.errors import FileFailed, StoreLocked

LOCK_NAME = "wiretrace.lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the lock of an output folder, which is made if it is not there.

    Raises:
        StoreLocked: another pass holds it.
        FileFailed: the folder or file cannot be written.
    """
    path = folder / LOCK_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise FileFailed(f"{path} cannot be written: {error.strerror}.") from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            handle.seek(0)
            holder = handle.read().strip() or "another process"
            raise StoreLocked(
                f"{folder} is in use by {holder}.", "Wait for it, or stop it, and try again."
            ) from error
        handle.truncate(0)
        handle.write(f"process {os.getpid()} on {socket.gethostname()}\n")
        handle.flush()
        yield
        handle.truncate(0)
