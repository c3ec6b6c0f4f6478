"""Run pure functions in worker processes that can be killed at a deadline.

A regular expression or a parser that hangs cannot be stopped inside its process (trafilatura
swallows exceptions raised from a signal handler), so the process itself must be expendable.
pebble's pool kills a worker at the job's deadline and starts another one.
https://pebble.readthedocs.io/
"""

import asyncio
import logging
import multiprocessing
import os
import sys
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from crawler.errors import WiretraceError, WorkCrashed, WorkError, WorkTimeout

if sys.platform != "win32":
    import resource

logger = logging.getLogger(__name__)

T = TypeVar("T")

# How a job can end its process. Once may be the machine's fault (memory was short, it was busy),
# so whoever can should try again; twice is the job's.
DEATHS = (WorkTimeout, WorkCrashed)
# Exit code of a process whose job asked for more memory than it may have; no signal and no error
# of Python's own gives this one.
OUT_OF_MEMORY = 74
# An exception may carry a whole page; this is a line in a report.
MAX_BUG = 300

# Fresh processes now and then: parsers written in C leak slowly over thousands of odd pages.
JOBS_PER_PROCESS = 2000
# More processes than this gain nothing on one machine: a single reader feeds them.
MOST_PROCESSES = 8


def worker_count(wanted: int) -> int:
    """Give the number of processes for a setting in which 0 means one a core."""
    return wanted or min(os.cpu_count() or 1, MOST_PROCESSES)


def limit_memory(max_memory_mb: int) -> None:
    """Limit the data of this process (heap and private mappings), where the system can.

    The whole address space is no measure: libraries reserve gigabytes of it and touch none.
    https://man7.org/linux/man-pages/man2/getrlimit.2.html
    """
    if max_memory_mb and sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = max_memory_mb * 1_000_000
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def run_or_die(function: Callable[..., T], args: tuple[Any, ...]) -> T:
    """Run a job in a worker; where it ran out of memory, end the process with it.

    C code that met the end of the memory may have left its state half made, and what the heap
    holds in pieces is not given back: the next job deserves a fresh process.

    Raises:
        WiretraceError: what the job raised.
        WorkError: it raised something else, a bug. Not all of those can cross to another process
            (lxml's errors carry its log), and one bad input must not end the work on all others.
    """
    try:
        return function(*args)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except WiretraceError:
        raise
    except Exception as error:
        logger.exception("A bug came to light in %s", function.__name__)
        raise WorkError(f"a bug came to light: {error!r}"[:MAX_BUG]) from None


class WorkerPool:
    """A pool of processes; use as a context manager, or call `close`.

    Args:
        processes: how many jobs run at once.
        deadline_s: seconds after which a job's process is killed.
        max_memory_mb: megabytes of data a process may hold; 0 sets no limit. A job that asks for
            more fails, and its process with it.
    """

    def __init__(self, processes: int, deadline_s: float, max_memory_mb: int = 0) -> None:
        # "spawn": the parent holds sockets, a reactor and an open database, none of which may be
        # shared with a forked child.
        context = multiprocessing.get_context("spawn")
        self.deadline_s = deadline_s
        self.processes = processes
        self._pool = ProcessPool(
            max_workers=processes,
            max_tasks=JOBS_PER_PROCESS,
            initializer=limit_memory,
            initargs=(max_memory_mb,),
            context=context,
        )

    def submit(self, function: Callable[..., T], /, *args: Any) -> "Future[T]":  # noqa: ANN401 - any picklable argument
        """Schedule a call; the future raises as `run_or_die` says, or as `result_of` does."""
        future: Future[T] = self._pool.schedule(
            run_or_die, args=(function, args), timeout=self.deadline_s
        )
        return future

    async def call(self, function: Callable[..., T], /, *args: Any) -> T:  # noqa: ANN401 - any picklable argument
        """Run a module-level function on picklable arguments and wait without blocking the loop.

        Raises:
            WorkTimeout: it was killed at the deadline.
            WorkCrashed: its process died (out of memory, a crash in C code).
        """
        try:
            return await asyncio.wrap_future(self.submit(function, *args))
        except (FutureTimeout, ProcessExpired) as error:
            raise self.explain(error) from error

    def result_of(self, future: "Future[T]") -> T:
        """Wait for a submitted call, blocking; raises as `call` does."""
        try:
            return future.result()
        except (FutureTimeout, ProcessExpired) as error:
            raise self.explain(error) from error

    def explain(self, error: BaseException) -> WorkTimeout | WorkCrashed:
        """Translate the pool's own exceptions into ours."""
        if isinstance(error, FutureTimeout):
            return WorkTimeout(f"killed after {self.deadline_s:g} s")
        if isinstance(error, ProcessExpired) and error.exitcode == OUT_OF_MEMORY:
            return WorkCrashed("it asked for more memory than extraction.max_memory_mb allows")
        return WorkCrashed(f"the worker process died ({error})")

    def close(self) -> None:
        """Finish what runs, then end the processes."""
        self._pool.close()
        self._pool.join()

    def kill(self) -> None:
        """End the processes now, whatever they do."""
        self._pool.stop()
        self._pool.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.kill()
