"""Make a folder from which `skm` installs without a network: wheels for every supported Python, and pasang.bat.

    python scripts/paket_luring.py paket-skm                       Windows, 64-bit, Python 3.11 to 3.13, with [report]
    python scripts/paket_luring.py paket-skm --python 3.12         one Python only: a third of the size
    python scripts/paket_luring.py paket-skm --coba                for this computer: install offline, run the demo

The folder is copied to a flash disk; on the other computer a double click on pasang.bat does the rest. Only the index
that pip is set up for is asked, and only wheels are taken: nothing is compiled on either side.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable, Sequence
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
WINDOWS = "win_amd64"
LIMIT_MB = 100


def main(argv: Sequence[str] | None = None) -> int:
    """Make the pack that the command line asks for, and say how large it is."""
    asked = _arguments(argv)
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    pythons = [here] if asked.coba else asked.python
    shutil.rmtree(asked.folder / "wheel", ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        own = build_wheel(Path(scratch))
        for python in pythons:
            found = collect(own, python, None if asked.coba else WINDOWS, asked.extra, Path(scratch) / python)
            place(found, asked.folder / "wheel", python)
    sizes = {python: size_mb(folders(asked.folder, python)) for python in pythons}
    for python, size in sizes.items():
        print(f"Python {python}: {size:.1f} MB")
    if too_large := [python for python, size in sizes.items() if size > asked.batas_mb]:
        print(f"over {asked.batas_mb} MB: {', '.join(too_large)}")
        return 1
    if asked.coba:
        return try_out(asked.folder, here, asked.extra)
    write_batch_files(asked.folder, asked.python, asked.extra)
    print(f"whole pack: {size_mb([asked.folder]):.1f} MB in {asked.folder}")
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", nargs="+", choices=PYTHONS, default=list(PYTHONS), metavar="3.12")
    parser.add_argument("--extra", default="report", help="extras to include, e.g. report,pdf (default: report)")
    parser.add_argument("--batas-mb", type=float, default=LIMIT_MB, help="most that one Python may need")
    parser.add_argument("--coba", action="store_true", help="for this computer: install offline, run the demo")
    return parser.parse_args(argv)


def build_wheel(folder: Path) -> Path:
    """Build this package's own wheel and return its path."""
    _run([sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT)])
    return next(folder.glob("skm_indonesia-*.whl"))


def collect(own: Path, python: str, platform: str | None, extra: str, folder: Path) -> list[Path]:
    """Download every wheel that the package needs on the target, until nothing is missing there.

    pip reads conditions such as ``sys_platform == "win32"`` for the computer it runs on, even when it downloads for
    another; so what the wheels ask for is read again for the target, and what is missing is fetched.
    """
    folder.mkdir()
    wanted = [f"{own}[{extra}]" if extra else str(own)]
    while wanted:
        command = [sys.executable, "-m", "pip", "download", "--dest", str(folder), "--only-binary=:all:"]
        if platform is not None:
            command += ["--platform", platform, "--python-version", python, "--implementation", "cp"]
        tested = ["--constraint", str(ROOT / "constraints.txt")]  # the versions with which the tests have passed
        _run([*command, *tested, "--find-links", str(folder), *wanted])
        found = sorted(folder.glob("*.whl"))
        wanted = missing(found, own, environment(python, platform), extra)
    return found


def environment(python: str, platform: str | None) -> dict[str, str]:
    """Return what conditions of requirements mean on the target."""
    here = {key: str(value) for key, value in default_environment().items()}
    if platform is None:
        return here
    target = {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"}
    return {**here, **target, "python_version": python, "python_full_version": f"{python}.0"}


def missing(wheels: Iterable[Path], own: Path, where: dict[str, str], extra: str) -> list[str]:
    """Return the requirements that hold on the target and that no wheel meets."""
    held = {canonicalize_name(parse_wheel_filename(w.name)[0]): parse_wheel_filename(w.name)[1] for w in wheels}
    extras = {part.strip() for part in extra.split(",") if part.strip()}
    lacking = []
    for wheel in wheels:
        for need in requirements(wheel):
            asked = extras | {""} if wheel.name == own.name else {""}
            if need.marker is not None and not any(need.marker.evaluate({**where, "extra": e}) for e in asked):
                continue
            version = held.get(canonicalize_name(need.name))
            if version is None or not need.specifier.contains(version, prereleases=True):
                lacking.append(f"{need.name}{need.specifier}")
    return sorted(set(lacking))


def requirements(wheel: Path) -> list[Requirement]:
    """Return what a wheel says it needs."""
    with ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n))
        headers = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    return [Requirement(text) for text in headers.get_all("Requires-Dist") or []]


def place(wheels: Iterable[Path], folder: Path, python: str) -> None:
    """Put wheels for any Python into one folder and the others into that of their Python."""
    for wheel in wheels:
        _, _, _, tags = parse_wheel_filename(wheel.name)
        anywhere = any(tag.interpreter.startswith("py") and tag.platform == "any" for tag in tags)
        target = folder / ("umum" if anywhere else tag_of(python))
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy2(wheel, target / wheel.name)


def folders(pack: Path, python: str) -> list[Path]:
    """Return the folders of wheels that one Python installs from."""
    return [pack / "wheel" / "umum", pack / "wheel" / tag_of(python)]


def tag_of(python: str) -> str:
    """Return the folder name of a Python: cp312."""
    return f"cp{python.replace('.', '')}"


def size_mb(places: Iterable[Path]) -> float:
    """Return the size of folders in megabytes."""
    return sum(p.stat().st_size for place_ in places for p in place_.rglob("*") if p.is_file()) / 1e6


def write_batch_files(pack: Path, pythons: Sequence[str], extra: str) -> None:
    """Write pasang.bat, buka.bat and the note for people, as Windows reads them."""
    newest = sorted(pythons, key=lambda p: tuple(map(int, p.split("."))), reverse=True)
    fields = {"pilihan": " ".join(newest), "daftar": ", ".join(sorted(newest)), "extra": f"[{extra}]" if extra else ""}
    for name, text in (("pasang.bat", PASANG), ("buka.bat", BUKA), ("BACA-DULU.txt", BACA)):
        filled = re.sub(r"\{(pilihan|daftar|extra)\}", lambda m: fields[m[1]], text)
        (pack / name).write_bytes(filled.lstrip("\n").replace("\n", "\r\n").encode("ascii"))


def try_out(pack: Path, python: str, extra: str) -> int:
    """Install the pack into a fresh environment with the network out of reach, and run the demo."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "env"
        venv.create(home, with_pip=True)
        program = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        links = [word for folder in folders(pack, python) if folder.is_dir() for word in ("--find-links", str(folder))]
        # No index, no set-up of this computer, no proxy that answers: whatever the pack lacks, shows.
        quiet = {k: v for k, v in os.environ.items() if not k.upper().startswith(("PIP_", "PYTHON"))}
        quiet |= {
            "PIP_CONFIG_FILE": os.devnull,
            "HTTPS_PROXY": "http://127.0.0.1:9",
            "HTTP_PROXY": "http://127.0.0.1:9",
        }
        name = f"skm-indonesia[{extra}]" if extra else "skm-indonesia"
        # The environment is thrown away: what nobody imports need not be compiled.
        _run([str(program), "-m", "pip", "install", "--no-compile", "--no-index", *links, name], environment_=quiet)
        _run([str(program), "-m", "pip", "check"], environment_=quiet)
        _run([str(program), "-m", "skm", "demo"], environment_=quiet, folder=Path(scratch))
    return 0


def _run(command: Sequence[str], *, environment_: dict[str, str] | None = None, folder: Path | None = None) -> None:
    print("+", " ".join(command), flush=True)
    subprocess.run(command, check=True, env=environment_, cwd=folder)


PASANG = r"""
@echo off
rem Memasang skm dari folder ini, tanpa internet. Klik dua kali.
setlocal
cd /d "%~dp0"
set VERSI=
for %%v in ({pilihan}) do (
  if not defined VERSI (
    py -%%v -c "import sys" >nul 2>nul && set VERSI=%%v
  )
)
if not defined VERSI goto tanpapython
py -%VERSI% -c "import sys; sys.exit(sys.maxsize <= 2**32)"
if errorlevel 1 goto bit32
set KHUSUS=wheel\cp%VERSI:.=%
echo Memasang skm untuk Python %VERSI% ...
py -%VERSI% -m venv .venv
if errorlevel 1 goto gagal
.venv\Scripts\python -m pip install --no-index --find-links wheel\umum --find-links %KHUSUS% "skm-indonesia{extra}"
if errorlevel 1 goto gagal
.venv\Scripts\python -m skm demo
if errorlevel 1 goto gagal
echo.
echo Selesai. Buka skm dengan klik dua kali pada buka.bat.
pause
exit /b 0

:tanpapython
echo Python {daftar} (64-bit) belum ada di komputer ini; pasang salah satunya lebih dahulu, lalu ulangi.
pause
exit /b 2

:bit32
echo Python %VERSI% di komputer ini 32-bit, sedangkan skm memerlukan Python 64-bit; pasang yang 64-bit, lalu ulangi.
pause
exit /b 2

:gagal
echo Pemasangan tidak selesai; pesan di atas menyebut sebabnya.
pause
exit /b 1
"""

BUKA = r"""
@echo off
rem Membuka jendela perintah tempat skm dapat dipakai.
cd /d "%~dp0"
if not exist .venv\Scripts\activate.bat (
  echo skm belum dipasang; klik dua kali pasang.bat lebih dahulu.
  pause
  exit /b 2
)
cmd /k ".venv\Scripts\activate.bat && skm --help"
"""

BACA = r"""
skm tanpa internet
==================

1. Salin seluruh folder ini ke komputer tujuan (Windows 64-bit).
2. Python {daftar} 64-bit harus sudah ada di sana.
3. Klik dua kali pasang.bat. Selesainya ditandai hasil contoh.
4. Klik dua kali buka.bat untuk memakai skm, misalnya: skm hitung jawaban.xlsx

Tidak ada data yang keluar dari komputer.
"""


if __name__ == "__main__":
    raise SystemExit(main())
