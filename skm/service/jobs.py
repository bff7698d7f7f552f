"""Work that is too long to wait for: started, asked about, fetched, forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from skm.api.envelope.document import galat
from skm.basics.errors import DataError, SKMError
from skm.service.desk import Desk
from skm.service.pool import Workers
from skm.service.replies import status_of


@dataclass(slots=True)
class _Job:
    task: asyncio.Task[Any]
    found: dict[str, Any] = field(default_factory=dict)


class Jobs:
    """Jobs by the key of their folder."""

    def __init__(self, workers: Workers, desk: Desk) -> None:
        self._workers = workers
        self._desk = desk
        self._jobs: dict[str, _Job] = {}

    def start(self, key: str, function: Callable[..., Any], lang: str, *args: Any) -> None:
        """Start a task of `tasks` for a key; a job of that key that still runs is left to itself and forgotten."""
        self._forget_finished()
        self._jobs[key] = _Job(asyncio.get_running_loop().create_task(self._carry_out(key, function, lang, *args)))

    async def _carry_out(self, key: str, function: Callable[..., Any], lang: str, *args: Any) -> None:
        try:
            found = await self._workers.run(function, lang, *args)
        except SKMError as problem:
            found = {"galat": galat(problem, lang, {}), "status": status_of(problem)}
        if key in self._jobs:
            self._jobs[key].found = found

    def told(self, key: str) -> dict[str, Any]:
        """Return how far a job is: ``status`` is "jalan", "selesai" or "gagal", ``langkah`` what it wrote last.

        Raises
        ------
        DataError
            There is no such job.
        """
        found = self._job(key).found
        status = "jalan" if not found else "gagal" if "galat" in found else "selesai"
        note = self._desk.folder(key) / "langkah.txt"
        step = note.read_text(encoding="utf-8") if note.exists() else ""
        return {"kunci": key, "status": status, "langkah": step, "galat": found.get("galat")}

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

    def has(self, key: str) -> bool:
        """Tell whether there is a job of that key."""
        return key in self._jobs

    def forget(self, key: str) -> None:
        """Drop a job and its folder."""
        self._job(key).task.cancel()
        del self._jobs[key]
        self._desk.close_one(key)

    def _job(self, key: str) -> _Job:
        if key not in self._jobs:
            raise DataError("layanan-kerja-tidak-ada")
        return self._jobs[key]

    def _forget_finished(self) -> None:
        """Drop finished jobs whose folder was swept."""
        for key in [k for k, job in self._jobs.items() if job.found and not (self._desk.root / k).is_dir()]:
            del self._jobs[key]
