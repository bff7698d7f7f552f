"""Many files read by several processes, this one among them; each file's outcome comes back as soon as it is there.

The other processes are started with a line of their own, not by forking or by importing the caller's main file: they
work the same from a script without a guard, from a notebook and on Windows. Until they are there this one has read
its first files, so their start is no wait. Files are handed out a few at a time to whoever is free.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

from skm.basics.errors import UnreadableFileError
from skm.basics.inputs import remember
from skm.basics.progress import progress
from skm.basics.public_name import public_name
from skm.report.compilation.source import read_source
from skm.report.compilation.unit_report import CollectOptions, FileOutcome

WORTH = 24  # files from which a second process earns its start
_MANY = 20_000  # objects between two looks for circles
_CHUNK = 8  # files per message: what they share (the questionnaire) travels once

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
        yield position, _outcome(path, cara)


def _parallel(files: Sequence[Path], cara: CollectOptions, processes: int) -> Iterator[tuple[int, FileOutcome]]:
    """Yield outcomes as they come; what a process that died has left undone is read here."""
    done: queue.SimpleQueue[list[tuple[int, FileOutcome]] | None] = queue.SimpleQueue()
    waiting = deque(enumerate(files))
    children = [_start() for _ in range(processes - 1)]
    threads = [threading.Thread(target=_feed, args=(child, waiting, cara, done), daemon=True) for child in children]
    left = dict(enumerate(files))
    open_ends = len(threads)
    try:
        for thread in threads:
            thread.start()
        while open_ends or left:
            own = _next(waiting, 1)
            for position, path in own:
                del left[position]
                yield position, _outcome(path, cara)
            while open_ends and (not own or not done.empty()):
                found = done.get()
                open_ends -= found is None
                for position, outcome in found or ():
                    del left[position]
                    yield position, outcome
            if not open_ends and not own:
                for position, path in sorted(left.items()):
                    yield position, _outcome(path, cara)
                return
    finally:
        for child in children:
            if child.poll() is None:
                child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()


def _next(waiting: deque[tuple[int, Path]], most: int) -> list[tuple[int, Path]]:
    """Take some files that nobody has taken."""
    taken: list[tuple[int, Path]] = []
    while len(taken) < most:
        try:
            taken.append(waiting.popleft())
        except IndexError:
            break
    return taken


def _start() -> subprocess.Popen[bytes]:
    """Start a process that finds this package where this one did."""
    places = os.pathsep.join(place for place in sys.path if place)
    return subprocess.Popen(
        [sys.executable, "-c", f"import sys; from {__name__} import main; main(sys.stdin.buffer, sys.stdout.buffer)"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"OPENBLAS_NUM_THREADS": "1", **os.environ, "PYTHONPATH": places},
    )


def _feed(
    child: subprocess.Popen[bytes],
    waiting: deque[tuple[int, Path]],
    cara: CollectOptions,
    done: queue.SimpleQueue[list[tuple[int, FileOutcome]] | None],
) -> None:
    """Hand files to a process as long as there are some, and hand on what comes back."""
    try:
        if child.stdin is not None and child.stdout is not None:
            pickle.dump(cara, child.stdin)
            # Few at the end, so that nobody waits long for the last.
            while share := _next(waiting, max(1, min(_CHUNK, len(waiting) // 4))):
                pickle.dump([(position, str(path)) for position, path in share], child.stdin)
                child.stdin.flush()
                done.put(pickle.load(child.stdout))
    except (OSError, EOFError, pickle.PickleError):
        pass  # the process is gone; the caller reads what is missing itself
    finally:
        done.put(None)


def main(source: IO[bytes], target: IO[bytes]) -> None:
    """Read the files that are named on standard input; write their outcomes to standard output."""
    cara = pickle.load(source)
    gc.freeze()  # the modules are there to stay, and files leave few circles behind
    gc.set_threshold(_MANY, *gc.get_threshold()[1:])
    while True:
        try:
            share = pickle.load(source)
        except EOFError:
            return
        pickle.dump([(position, _outcome(Path(name), cara)) for position, name in share], target)
        target.flush()


def _outcome(path: Path, cara: CollectOptions) -> FileOutcome:
    try:
        return read_source(path, cara)
    except Exception as defect:  # a defect in one file must not take the others with it
        what = UnreadableFileError("rekap-cacat", berkas=path.name, jenis=type(defect).__name__)
        return FileOutcome(public_name(path.name), (), what)
