"""Parts of a table counted side by side: a pool of threads that hands results back in the order of the parts.

Why threads and not processes: NumPy lets go of the interpreter inside bincount and its like, and columns need not
be copied to another process. Why in order: messages name the first wrong cells, and those must be the same at every
run. What breaks: only ``2 * threads`` parts wait at a time; without that bound a source that is read faster than it
is counted would be held in memory whole. Eight at most is caution, not a measurement: two cores were at hand.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_T = TypeVar("_T")


_U = TypeVar("_U")


class _Pool:
    """Threads where there is much to do: NumPy lets go of the interpreter while it counts."""

    def __init__(self, many: bool) -> None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._threads = min(cores, 8)  # affinity, not the number of cores: a container may own two of sixty-four
        self._pool: ThreadPoolExecutor | None = None
        if many and self._threads > 1:
            from concurrent.futures import ThreadPoolExecutor  # a small table starts without it

            self._pool = ThreadPoolExecutor(self._threads, "skm")

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def map(self, work: Callable[[_T], _U], items: Iterable[_T]) -> Iterable[_U]:
        """Apply a function to all items, in order."""
        return map(work, items) if self._pool is None else self._pool.map(work, items)

    def in_order(self, work: Callable[[_T], _U], items: Iterable[_T]) -> Iterator[_U]:
        """Apply a function, holding only a few items at a time."""
        if self._pool is None:
            yield from map(work, items)
            return
        waiting: deque[Future[_U]] = deque()
        for item in items:
            waiting.append(self._pool.submit(work, item))
            if len(waiting) > 2 * self._threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
