"""A set of documents is written whole or refused whole; what was edited since is moved aside and told, never lost.

Every set holds ``daftar.json``: the names of its files and their SHA-256. A file whose hash differs was edited by hand.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from skm._version import __version__
from skm.basics.errors import DataError, MissingDependencyError
from skm.basics.progress import progress
from skm.basics.writing import check_writable, move_file, write_file

MANIFEST = "daftar.json"
ASIDE = "disimpan"


@dataclass(frozen=True, slots=True)
class SetFile:
    """A file to be written: its kind, its path inside the folder with forward slashes, and what makes its bytes."""

    jenis: str
    nama: str
    buat: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was written."""

    jenis: str
    path: Path


@dataclass(frozen=True, slots=True)
class WrittenSet:
    """A set that was written.

    Attributes
    ----------
    folder : Path
        Where.
    berkas : tuple of WrittenFile
        Its files in order, ``daftar.json`` last.
    disimpan : tuple of Path
        Where files that had been edited by hand are now.
    """

    folder: Path
    berkas: tuple[WrittenFile, ...]
    disimpan: tuple[Path, ...] = ()

    def __iter__(self) -> Iterator[WrittenFile]:
        return iter(self.berkas)

    def __len__(self) -> int:
        return len(self.berkas)


def write_set(
    folder: str | Path,
    files: Sequence[SetFile],
    *,
    overwrite: bool = False,
    maju: Callable[[int, int, str], None] | None = None,
) -> WrittenSet:
    """Write a set of documents into a folder: all of it, or nothing.

    Parameters
    ----------
    folder : str or Path
        Where to write; made if it is not there. Other files in it are left alone.
    files : sequence of SetFile
        What to write. All bytes are made before anything on the disk changes.
    overwrite : bool
        Whether a set that is there is replaced, as a whole. A file of it that was edited, and a file of the same name
        that no set knows, is moved to ``disimpan-<date>/`` first.
    maju : callable, optional
        Called before each file is made with its number, how many there are, and its name. Without it progress is
        shown on a terminal only.

    Returns
    -------
    WrittenSet

    Raises
    ------
    DataError
        There is a set already and ``overwrite`` is False; the folder cannot be made; a file cannot be replaced, for
        instance because it is open in Word. Then everything is as it was.
    MissingDependencyError
        Packages that the set needs are not installed; all of them are named.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as name:
    ...     done = write_set(name, [SetFile("teks", "a.txt", lambda: b"satu")])
    ...     [f.path.name for f in done], done.disimpan
    (['a.txt', 'daftar.json'], ())
    """
    target = Path(folder)
    _usable(target)
    known = _known(target)
    names = [f.nama for f in files]
    here = [name for name in dict.fromkeys([*names, *known, MANIFEST]) if (target / name).is_file()]
    if here and not overwrite:
        raise DataError("set-ada", berkas=str(target), ada=here[:6], banyak=len(here))
    for name in here:
        check_writable(target / name, overwrite=True)
    contents = _made(files, maju)
    contents[MANIFEST] = manifest(contents)
    aside = [name for name in here if name != MANIFEST and _edited(target / name, known.get(name), contents.get(name))]
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise DataError("folder-tidak-dapat-dibuat", berkas=str(target), sebab=problem.strerror or "-") from None
    kept = _Exchange(target).run(contents, here, aside)
    kinds = {f.nama: f.jenis for f in files}
    return WrittenSet(target, tuple(WrittenFile(kinds.get(name, "daftar"), target / name) for name in contents), kept)


def manifest(contents: Mapping[str, bytes]) -> bytes:
    """Return ``daftar.json`` for these files."""
    rows = [{"nama": name, "sha256": hashlib.sha256(content).hexdigest()} for name, content in contents.items()]
    text = json.dumps({"versi_skema": "1", "perangkat": f"skm {__version__}", "berkas": rows}, indent=2)
    return f"{text}\n".encode("ascii")


def _made(files: Sequence[SetFile], maju: Callable[[int, int, str], None] | None) -> dict[str, bytes]:
    """Make every file; packages that are not installed are told together.

    Workbooks come first: making one takes the most memory, which the packages that draw charts then use again.
    """
    contents: dict[str, bytes] = {}
    absent: list[MissingDependencyError] = []
    for _, one in progress(maju)([(f.nama, f) for f in sorted(files, key=lambda f: not f.nama.endswith(".xlsx"))]):
        try:
            contents[one.nama] = one.buat()
        except MissingDependencyError as problem:
            absent.append(problem)
    if absent:
        alike = [p for p in absent if p.code == absent[0].code]
        joined = {key: ", ".join(sorted({str(p.context[key]) for p in alike})) for key in alike[0].context}
        raise absent[0] if len(alike) == 1 else MissingDependencyError(alike[0].code, **joined)
    return {f.nama: contents[f.nama] for f in files}


def _known(target: Path) -> dict[str, str]:
    """Return name -> SHA-256 of the set that is in the folder; empty where there is none or its list is damaged.

    The list may have been edited: a name that leads out of the folder is not one of ours.
    """
    try:
        listed = json.loads((target / MANIFEST).read_bytes())["berkas"]
        pairs = {str(row["nama"]): str(row["sha256"]) for row in listed}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {name: digest for name, digest in pairs.items() if _inside(name)}


def _inside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and ":" not in name


def _edited(path: Path, digest: str | None, new: bytes | None) -> bool:
    """Tell whether a file holds something that would be lost."""
    try:
        content = path.read_bytes()
    except OSError:
        return True  # unreadable now; the attempt to move it will say why
    return content != new and hashlib.sha256(content).hexdigest() != digest


def _usable(target: Path) -> None:
    """Refuse a folder that is a file or stands below one, before anything is computed."""
    for place in (target, *target.parents):
        if place.is_dir():
            return
        if place.exists():
            raise DataError("folder-tidak-dapat-dibuat", berkas=str(target), sebab=place.name)


def _today() -> date:
    return datetime.now().astimezone().date()


@dataclass(slots=True)
class _Exchange:
    """Puts new files in the place of old ones; undoes every step where one of them fails."""

    target: Path
    moved: list[tuple[Path, Path]] = field(default_factory=list)
    touched: list[Path] = field(default_factory=list)

    def run(self, contents: Mapping[str, bytes], old: Sequence[str], aside: Sequence[str]) -> tuple[Path, ...]:
        """Exchange the files and return where the edited ones are."""
        place = self._aside() if aside else None
        try:
            staging = Path(tempfile.mkdtemp(prefix=".skm-", dir=self.target))
        except OSError as problem:
            raise DataError("berkas-tidak-tertulis", berkas=str(self.target), sebab=problem.strerror or "-") from None
        kept = []
        try:
            for name, content in contents.items():
                write_file(staging / "baru" / name, content)
            for name in old:
                goal = staging / "lama" / name if place is None or name not in aside else place / name
                self._move(self.target / name, goal)
                if name in aside:
                    kept.append(goal)
            for name in contents:
                self._move(staging / "baru" / name, self.target / name)
        except BaseException:  # Ctrl-C too: half a set is worse than none
            if self._undone():
                shutil.rmtree(staging, ignore_errors=True)
            raise
        shutil.rmtree(staging, ignore_errors=True)
        self._tidy([self.target / name for name in old])
        return tuple(kept)

    def _move(self, source: Path, goal: Path) -> None:
        self.touched.append(goal)
        try:
            goal.parent.mkdir(parents=True, exist_ok=True)
            move_file(source, goal)
        except OSError as problem:
            code = "berkas-terkunci-tulis" if isinstance(problem, PermissionError) else "berkas-tidak-tertulis"
            shown = source if source.is_relative_to(self.target) and ".skm-" not in str(source) else goal
            raise DataError(code, berkas=str(shown), sebab=problem.strerror or type(problem).__name__) from None
        self.moved.append((source, goal))

    def _undone(self) -> bool:
        """Put everything back; tell whether that worked: what cannot go back stays where it is and is not removed."""
        whole = True
        for source, goal in reversed(self.moved):
            try:
                goal.replace(source)
            except OSError:
                whole = False
        self._tidy(self.touched)
        return whole

    def _aside(self) -> Path:
        """Return a folder for edited files that is not there yet."""
        base = f"{ASIDE}-{_today().isoformat()}"
        number = 1
        while (place := self.target / (base if number == 1 else f"{base}-{number}")).exists():
            number += 1
        return place

    def _tidy(self, files: Sequence[Path]) -> None:
        """Remove folders of these files that are empty now."""
        for path in files:
            parent = path.parent
            while parent != self.target and self.target in parent.parents:
                try:
                    parent.rmdir()
                except OSError:
                    break
                parent = parent.parent
