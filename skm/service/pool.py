"""Heavy work in processes of its own: bounded in time and memory, and a dead worker takes nothing else with it.

The pool is pebble's: unlike the standard library's it ends a task that runs over its time and replaces a worker that
died, while the others go on.
"""

from __future__ import annotations

import asyncio
import atexit
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as Late
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from pebble import ProcessExpired, ProcessPool

from skm.basics.errors import DataError, SKMError
from skm.service.replies import BUSY
from skm.service.settings import Settings

# A worker is replaced after so many tasks: what a damaged file may have left in a C library goes with it.
_TASKS = 200
# More files than this get no more time together.
_MANY = 10


class Workers:
    """A pool that starts when it is first needed, or when the service has shown its first page."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool: ProcessPool | None = None
        self._lock = threading.Lock()
        self._waiting = 0

    async def run(self, function: Callable[..., Any], *args: Any, files: int = 1) -> Any:
        """Run a module-level function in a worker and return what it returns.

        ``files`` are read one after another: the time grows with them, up to that of ten.

        Raises
        ------
        SKMError
            Too much is waiting already (the caller may come back), the work took too long, or its process died.
        """
        if self._waiting >= self._settings.waiting:
            raise SKMError(BUSY)
        self._waiting += 1
        seconds = self._settings.seconds * max(1, min(_MANY, files))
        try:
            task = self.pool().schedule(function, args=args, timeout=seconds)
            return await asyncio.wrap_future(task)
        except Late:
            raise DataError("layanan-waktu", detik=int(seconds)) from None
        except (ProcessExpired, MemoryError):
            raise DataError("layanan-memori", batas=self._settings.memory >> 20) from None
        except (CancelledError, BrokenProcessPool):
            self.close()  # the next piece of work starts a new pool
            raise SKMError(BUSY) from None
        finally:
            self._waiting -= 1

    def pool(self) -> ProcessPool:
        """Return the pool, started now if it was not before."""
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPool(
                    max_workers=self._settings.workers,
                    max_tasks=_TASKS,
                    initializer=prepare,
                    initargs=(self._settings.memory,),
                    # Threads of the server must not be copied into a worker.
                    context=multiprocessing.get_context("spawn"),
                )
                atexit.register(self.close)
            return self._pool

    def warm(self) -> None:
        """Let workers start before there is work: the first file should not wait for them."""
        if self._pool is None:
            for _ in range(min(2, self._settings.workers)):
                self.pool().schedule(os.getpid)

    def close(self) -> None:
        """End all workers at once."""
        with self._lock:
            if self._pool is not None:
                self._pool.stop()  # type: ignore[no-untyped-call]
                self._pool.join(timeout=5)
                self._pool = None


def _silent() -> None:
    """Let nothing that a library says about a file reach the service's log: it may quote cells."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def prepare(memory: int) -> None:
    """Bound a worker's memory where the system can, and load what nearly every task needs."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is the server's to answer
    _silent()
    try:
        import resource
    except ImportError:  # Windows: the time limit holds, memory is the system's
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    import skm.api.files
    import skm.api.score  # noqa: F401
