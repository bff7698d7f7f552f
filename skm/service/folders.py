"""What lies in the folder of one piece of work: the files handed over, what was entered, what was made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from skm.basics.errors import DataError
from skm.service.choices import ANSWERS, REPAIRS
from skm.service.desk import save

CHOICES, FACTS, ENTRY = "pilihan.json", "fakta.json", "isian.json"
# Kept beside the files and not among them: they say how the others are read.
_ASIDE = (ANSWERS, REPAIRS)


def inside(folder: Path) -> Path:
    """Return the folder of the files handed over."""
    path = folder / "masukan"
    path.mkdir(exist_ok=True)
    return path


def paths(folder: Path) -> list[str]:
    """Return the files handed over, in order."""
    return sorted(str(path) for path in inside(folder).iterdir())


def kept(folder: Path, name: str) -> dict[str, Any]:
    """Return what was entered before; nothing where nothing was."""
    path = folder / name
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def keep(folder: Path, name: str, value: Mapping[str, Any]) -> None:
    """Keep what was entered."""
    (folder / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


async def store(form: FormData, folder: Path, limit: int, field: str = "berkas", *, needed: bool = True) -> list[str]:
    """Store the files that a form brought; return the paths of those that hold data.

    Raises
    ------
    DataError
        There is none, or there are too many.
    """
    uploads = [item for item in form.getlist(field) if isinstance(item, UploadFile) and item.filename]
    if len(uploads) > limit:
        raise DataError("layanan-terlalu-banyak-berkas", batas=limit)
    stored = []
    for upload in uploads:
        name = upload.filename or ""
        aside = name.lower() if name.lower() in _ASIDE else ""
        if aside:
            (folder / aside).unlink(missing_ok=True)
        path = await run_in_threadpool(save, folder if aside else inside(folder), aside or name, upload.file)
        if not aside:
            stored.append(str(path))
    if needed and not (stored or paths(folder)):
        raise DataError("layanan-tanpa-berkas")
    return stored


async def one_more(form: Any, folder: Path, field: str) -> None:
    """Store a file that stands beside the others, such as the list of units."""
    place = folder / field
    upload = form.get(field)
    if getattr(upload, "filename", ""):
        place.mkdir(exist_ok=True)
        for old in place.iterdir():
            old.unlink()
        await run_in_threadpool(save, place, upload.filename, upload.file)
