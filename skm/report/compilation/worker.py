"""Many files read by several processes of this program; each file's outcome comes back as soon as it is there.

The processes are started with a line of their own, not by forking or by importing the caller's main file:
they work the same from a script without a guard, from a notebook and on Windows.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

from skm.basics.errors import SKMError, UnreadableFileError
from skm.basics.inputs import remember
from skm.basics.progress import progress
from skm.report.compilation.source import read_source
from skm.report.compilation.unit_report import CollectOptions, FileOutcome

WORTH = 24  # files from which a second process earns its start

Told = Callable[[int, int, str], None]


def read_all(
    files: Sequence[Path], cara: CollectOptions, *, processes: int, maju: Told | None = None
) -> list[FileOutcome]:
    """Return the outcome of every file, in the order given.

    Parameters
    ----------
    processes : int
        How many at most; one reads in this process.
    maju : callable, optional
        Told (number, of how many, file name) as files are done; without it a terminal is.
    """
    for path in files:
        remember(path, data=True)
    stream = _parallel(files, cara, min(processes, len(files))) if processes > 1 else _here(files, cara)
    found = {position: outcome for _, position, outcome in progress(maju)(_Named(stream, files))}
    return [found[i] for i in range(len(files))]


class _Named:
    """Outcomes as they come, each with the name of its file; as many as there are files."""

    def __init__(self, stream: Iterator[tuple[int, FileOutcome]], files: Sequence[Path]) -> None:
        self._stream, self._files = stream, files

    def __len__(self) -> int:
        return len(self._files)

    def __iter__(self) -> Iterator[tuple[str, int, FileOutcome]]:
        for position, outcome in self._stream:
            yield self._files[position].name, position, outcome


def _here(files: Sequence[Path], cara: CollectOptions) -> Iterator[tuple[int, FileOutcome]]:
    for position, path in enumerate(files):
        yield position, read_source(path, cara)


def _parallel(files: Sequence[Path], cara: CollectOptions, processes: int) -> Iterator[tuple[int, FileOutcome]]:
    """Yield outcomes as they come; what a process that died has left undone is read here."""
    done: queue.Queue[tuple[int, FileOutcome] | None] = queue.Queue()
    # Files of a folder differ little in size and lie in order of name: every process takes each n-th.
    shares = [list(enumerate(files))[i::processes] for i in range(processes)]
    children = [_start() for _ in shares]
    threads = [
        threading.Thread(target=_feed, args=(child, share, cara, done), daemon=True)
        for child, share in zip(children, shares, strict=True)
    ]
    try:
        for thread in threads:
            thread.start()
        left = set(range(len(files)))
        open_ends = len(threads)
        while open_ends:
            item = done.get()
            if item is None:
                open_ends -= 1
                continue
            left.discard(item[0])
            yield item
        for position in sorted(left):
            yield position, read_source(files[position], cara)
    finally:
        for child in children:
            if child.poll() is None:
                child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()


def _start() -> subprocess.Popen[bytes]:
    """Start a process that finds this package where this one did."""
    places = os.pathsep.join(place for place in sys.path if place)
    return subprocess.Popen(
        [sys.executable, "-c", f"import sys; from {__name__} import main; main(sys.stdin.buffer, sys.stdout.buffer)"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": places},
    )


def _feed(
    child: subprocess.Popen[bytes],
    share: Sequence[tuple[int, Path]],
    cara: CollectOptions,
    done: queue.Queue[tuple[int, FileOutcome] | None],
) -> None:
    try:
        if child.stdin is not None and child.stdout is not None:
            pickle.dump((cara, [(position, str(path)) for position, path in share]), child.stdin)
            child.stdin.close()
            for _ in share:
                done.put(pickle.load(child.stdout))
    except (OSError, EOFError, pickle.PickleError):
        pass  # the process is gone; the caller reads what is missing itself
    finally:
        done.put(None)


def main(source: IO[bytes], target: IO[bytes]) -> None:
    """Read the files named on standard input; write each outcome to standard output."""
    cara, share = pickle.load(source)
    for position, name in share:
        try:
            outcome = read_source(Path(name), cara)
        except Exception as defect:  # a defect in one file must not take the others with it
            kind = type(defect).__name__
            outcome = FileOutcome(Path(name).name, (), _defect(name, kind))
        pickle.dump((position, outcome), target)
        target.flush()


def _defect(name: str, kind: str) -> SKMError:
    return UnreadableFileError("rekap-cacat", berkas=Path(name).name, jenis=kind)
