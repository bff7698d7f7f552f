"""Files of this computer, named when the service was started: their page, and the answers kept beside them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette

from skm.basics.errors import DataError
from skm.basics.files import read_bytes
from skm.basics.writing import write_file
from skm.service.choices import ANSWERS
from skm.service.desk import harmless
from skm.service.folders import inside, keep, kept

_ORIGIN = "asal.json"


def hand_over(app: Starlette, files: Sequence[str]) -> str:
    """Put files on the desk of a service, with the answers that lie beside them; return the path of their page.

    Raises
    ------
    UnreadableFileError
        One is not there or cannot be opened.
    """
    desk = app.state.skm.desk
    key = desk.open()
    folder = desk.folder(key)
    for name in files:
        path = Path(name)
        (inside(folder) / harmless(path.name)).write_bytes(read_bytes(path))
    place = Path(files[0]).resolve().parent
    if (place / ANSWERS).is_file():
        shutil.copyfile(place / ANSWERS, folder / ANSWERS)
    keep(folder, _ORIGIN, {"folder": str(place)})
    return f"/kerja/{key}"


def keep_beside(folder: Path, answers: Path) -> None:
    """Keep the answers beside the files they are about, where those are files of this computer."""
    place = origin(folder)
    if not place or not answers.is_file():
        return
    target = Path(place) / ANSWERS
    content = answers.read_bytes()
    if target.is_file() and target.read_bytes() == content:
        return
    try:
        write_file(target, content, overwrite=True)
    except DataError:
        return  # a folder that cannot be written to: the page offers the file for taking along all the same


def origin(folder: Path) -> str:
    """Return the folder that the files came from; empty where they were uploaded."""
    return str(kept(folder, _ORIGIN).get("folder", ""))
