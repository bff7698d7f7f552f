"""Work that is too long to wait for: started, asked about, fetched, forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skm.api.envelope.document import galat
from skm.basics.errors import DataError, SKMError
from skm.service.desk import Desk
from skm.service.pool import Workers
from skm.service.replies import status_of

# Where a job leaves word of its step, and the steps in order.
STEP, STEPS = "langkah.txt", ("baca", "bahan", "tulis", "zip")


@dataclass(slots=True)
class _Job:
    task: asyncio.Task[Any]
    command: str
    mark: str
    found: dict[str, Any] = field(default_factory=dict)
    seen: tuple[str, int, int] = ("", 0, len(STEPS))


class Jobs:
    """Jobs by the key of their folder."""

    def __init__(self, workers: Workers, desk: Desk) -> None:
        self._workers = workers
        self._desk = desk
        self._jobs: dict[str, _Job] = {}

    def start(
        self,
        key: str,
        command: str,
        function: Callable[..., Any],
        lang: str,
        *args: Any,
        mark: str = "",
        files: int = 1,
    ) -> None:
        """Start a task of `tasks` for a key; a job of that key that still runs is ended first.

        ``mark`` says what the job is about, for who asks whether it is still the one that is wanted; ``files`` is how
        many are read one after another, each within the time that one file may take.
        """
        self._forget_finished()
        if key in self._jobs and not self._jobs[key].found:
            self.drop(key)
        note = self._desk.folder(key) / STEP
        note.unlink(missing_ok=True)
        work = asyncio.get_running_loop().create_task(self._carry_out(key, files, function, lang, *args))
        self._jobs[key] = _Job(work, command, mark)

    async def _carry_out(self, key: str, files: int, function: Callable[..., Any], lang: str, *args: Any) -> None:
        try:
            found = await self._workers.run(function, lang, *args, files=files)
        except SKMError as problem:
            found = {"galat": galat(problem, lang, {}), "status": status_of(problem)}
        job = self._jobs.get(key)
        if job is not None and job.task is asyncio.current_task():
            job.found = found

    def told(self, key: str) -> dict[str, Any]:
        """Return how far a job is: ``status`` is "jalan", "selesai" or "gagal", ``langkah`` what it wrote last.

        Raises
        ------
        DataError
            There is no such job.
        """
        job = self._job(key)
        status = "jalan" if not job.found else "gagal" if "galat" in job.found else "selesai"
        job.seen = _seen(self._desk.folder(key) / STEP) or job.seen
        step, done, of = job.seen
        return {
            "kunci": key,
            "perintah": job.command,
            "status": status,
            "langkah": step,
            "kemajuan": {"selesai": of if status == "selesai" else done, "dari": of},
            "galat": job.found.get("galat"),
        }

    async def wait(self, key: str, seconds: float) -> None:
        """Return when a job is done, or after some time: what takes a moment needs nobody to ask again."""
        await asyncio.wait({self._job(key).task}, timeout=seconds)

    def result(self, key: str) -> dict[str, Any]:
        """Return what a finished job found.

        Raises
        ------
        DataError
            It is not finished, or there is no such job.
        """
        found = self._job(key).found
        if not found:
            raise DataError("layanan-belum-selesai")
        return found

    def command(self, key: str) -> str:
        """Return the name of the command whose work a job does."""
        return self._job(key).command

    def has(self, key: str, mark: str = "") -> bool:
        """Tell whether there is a job of that key, and about that, where it is said."""
        return key in self._jobs and mark in ("", self._jobs[key].mark)

    def drop(self, key: str) -> None:
        """End a job, where there is one; its folder stays."""
        if key in self._jobs:
            self._jobs.pop(key).task.cancel()

    def forget(self, key: str) -> None:
        """Drop a job and its folder."""
        self._job(key)
        self.drop(key)
        self._desk.close_one(key)

    def _job(self, key: str) -> _Job:
        if key not in self._jobs:
            raise DataError("layanan-kerja-tidak-ada")
        return self._jobs[key]

    def _forget_finished(self) -> None:
        """Drop finished jobs whose folder was swept."""
        for key in [k for k, job in self._jobs.items() if job.found and not (self._desk.root / k).is_dir()]:
            del self._jobs[key]


def _seen(note: Path) -> tuple[str, int, int] | None:
    """Return step, what is done and of how much; None where there is no word, or it is being written just now."""
    words = note.read_text(encoding="utf-8").split() if note.exists() else []
    if len(words) != 3 or words[0] not in STEPS:
        return None
    return words[0], int(words[1]), int(words[2])
