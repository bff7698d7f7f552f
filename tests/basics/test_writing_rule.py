"""The one writing rule, over every command and function that writes."""

from __future__ import annotations

import ast
import contextlib
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import skm
from skm.basics.writing import write_file
from skm.cli import run
from skm.errors import DataError, SKMError

ROOT = Path(skm.__file__).parent
NAMES = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
ROWS = [dict(zip(NAMES, (4, 3, 4, 3, 4, 3, 4, 3, 4), strict=True)) for _ in range(12)]
OLD = b"isi lama yang tidak boleh hilang"


def answers(folder: Path) -> Path:
    path = folder / "jawaban.csv"
    path.write_text(",".join(NAMES) + "\n" + "4,3,4,3,4,3,4,3,4\n" * 12)
    return path


def survei() -> Any:
    return skm.read(skm.contoh())


# Every function that writes one file, and every command; the ending of what is written.
FUNCTIONS: dict[str, tuple[str, Callable[[Path, bool], Any]]] = {
    "Survei.write csv": (".csv", lambda p, o: survei().write(p, overwrite=o)),
    "Survei.write xlsx": (".xlsx", lambda p, o: survei().write(p, overwrite=o)),
    "Survei.write parquet": (".parquet", lambda p, o: survei().write(p, overwrite=o)),
    "Survei.write sav": (".sav", lambda p, o: survei().write(p, overwrite=o)),
    "Hitungan.save": (".hitungan", lambda p, o: skm.tally(ROWS).save(p, overwrite=o)),
    "repairs": (".xlsx", lambda p, o: skm.repairs(survei(), p, overwrite=o)),
    "publikasi.form": (".xlsx", lambda p, o: skm.publikasi.form(p, overwrite=o)),
    "write_facts_form": (".xlsx", lambda p, o: skm.report.write_facts_form(p, overwrite=o)),
    "write_recap": (".xlsx", lambda p, o: skm.report.write_recap({"A": skm.score(ROWS)}, p, overwrite=o)),
    "write_questionnaire": (".docx", lambda p, o: skm.report.write_questionnaire(p, overwrite=o)),
    "write_blank_answers": (".xlsx", lambda p, o: skm.report.write_blank_answers(p, overwrite=o)),
    "write_file": (".bin", lambda p, o: write_file(p, b"baru", overwrite=o)),
}
COMMANDS: dict[str, tuple[str, Callable[[Path, Path], list[str]]]] = {
    "hitung --simpan": (".hitungan", lambda a, p: ["hitung", str(a), "--simpan", str(p)]),
    "periksa --usulkan": (".xlsx", lambda a, p: ["periksa", str(a), "--usulkan", str(p)]),
    "petakan --out": (".toml", lambda a, p: ["petakan", str(a), "--out", str(p)]),
    "audit --contoh": (".xlsx", lambda a, p: ["audit", "--contoh", "--out", str(p)]),
    "audit --out": (".json", lambda a, p: ["audit", "wonoasih-2024-s2", "--out", str(p)]),
    "skema --out": (".json", lambda a, p: ["skema", "hasil", "--out", str(p)]),
    "laporan --contoh": (".xlsx", lambda a, p: ["laporan", "--contoh", "--out", str(p)]),
}


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(SKMError) as caught:
        call()
    return caught.value.code


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_replaces_nothing_unless_told(tmp_path: Path, name: str) -> None:
    """New file, existing file, read-only file, folder, link; the mode stays."""
    ending, write = FUNCTIONS[name]
    path = tmp_path / f"a b{ending}"
    write(path, False)
    assert path.stat().st_size > 0
    assert not stat.S_IMODE(path.stat().st_mode) & 0o111
    path.write_bytes(OLD)
    path.chmod(0o640)
    assert refused(lambda: write(path, False)) == "berkas-sudah-ada"
    assert path.read_bytes() == OLD
    write(path, True)
    assert path.read_bytes() != OLD
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.write_bytes(OLD)
    path.chmod(0o440)
    assert refused(lambda: write(path, True)) == "berkas-hanya-baca"
    assert path.read_bytes() == OLD
    path.chmod(0o640)
    folder = tmp_path / f"folder{ending}"
    folder.mkdir()
    assert refused(lambda: write(folder, True)) == "keluaran-bukan-berkas"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([path.name, folder.name])


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_replaces_nothing_unless_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Existing file with and without --timpa; its own input never."""
    ending, words = COMMANDS[name]
    source, path = answers(tmp_path), tmp_path / f"keluar{ending}"
    assert run(words(source, path)) == 0
    path.write_bytes(OLD)
    assert run(words(source, path)) == 2
    assert "[berkas-sudah-ada]" in capsys.readouterr().err
    assert path.read_bytes() == OLD
    assert run([*words(source, path), "--timpa"]) == 0
    assert path.read_bytes() != OLD
    before = source.read_bytes()
    if str(source) in words(source, path):
        own = tmp_path / f"masukan{ending}"
        own.write_bytes(before)
        assert run([*words(own, own), "--timpa"]) == 2
        assert own.read_bytes() == before
    capsys.readouterr()


def test_a_result_is_never_written_over_what_was_read(tmp_path: Path) -> None:
    """By its name, by another spelling of it, by a link, from a glob; a copy is another file."""
    source = answers(tmp_path)
    read = skm.read(source)
    before = source.read_bytes()
    link = tmp_path / "tautan.csv"
    link.symlink_to(source)
    for name in (source, tmp_path / "." / "jawaban.csv", tmp_path / "x" / ".." / "jawaban.csv", link):
        (tmp_path / "x").mkdir(exist_ok=True)
        assert refused(lambda: read.write(name, overwrite=True)) == "keluaran-masukan"  # noqa: B023
    assert source.read_bytes() == before
    assert read.write(tmp_path / "lain.csv").exists()


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are those of POSIX")
def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    """The old file stands, nothing half-written lies beside it, the reason is told."""
    path = tmp_path / "a.bin"
    path.write_bytes(OLD)
    program = (
        "import resource,sys\nfrom pathlib import Path\nfrom skm.basics.writing import write_file\n"
        "from skm.errors import DataError\nresource.setrlimit(resource.RLIMIT_FSIZE,(1000,1000))\n"
        "try:\n    write_file(Path(sys.argv[1]), b'x'*100000, overwrite=True)\n"
        "except DataError as problem:\n    print(problem.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "berkas-tidak-tertulis"
    assert path.read_bytes() == OLD
    assert [p.name for p in tmp_path.iterdir()] == ["a.bin"]


def test_of_two_processes_one_writes(tmp_path: Path) -> None:
    """Eight at once without overwriting: one file, whole, and seven refusals."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom skm.basics.writing import write_file\nfrom skm.errors import DataError\n"
        "sys.stdin.readline()\n"
        "try:\n    write_file(Path(sys.argv[1]), sys.argv[2].encode() * 200000)\n    print('ditulis')\n"
        "except DataError as problem:\n    print(problem.code)\n"
    )
    path = tmp_path / "a.bin"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path), str(i)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for i in range(8)
    ]
    told = [process.communicate("\n")[0].strip() for process in started]
    assert sorted(told) == ["berkas-sudah-ada"] * 7 + ["ditulis"]
    assert path.read_bytes() == str(told.index("ditulis")).encode() * 200_000
    assert [p.name for p in tmp_path.iterdir()] == ["a.bin"]


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a signal of POSIX")
@pytest.mark.parametrize("amount", [12, pytest.param(200, marks=pytest.mark.fuzz)])
def test_a_killed_process_leaves_the_old_file_or_the_new(tmp_path: Path, amount: int) -> None:
    """kill -9 at any moment of a loop of writes: the file is always whole; what is left beside it is swept later."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom skm.basics.writing import write_file\nprint('siap',flush=True)\n"
        "i=0\n"
        "while True:\n    i += 1\n    write_file(Path(sys.argv[1]), bytes([i % 256]) * 3_000_000, overwrite=True)\n"
    )
    path = tmp_path / "a.bin"
    path.write_bytes(b"\xff" * 3_000_000)
    for turn in range(amount):
        process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.003 * (turn % 12))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        content = path.read_bytes()
        assert len(content) == 3_000_000
        assert len(set(content[::1000])) == 1
    left = [p for p in tmp_path.iterdir() if p != path]
    assert all(p.name.startswith(".skm-") for p in left)
    for side in left:
        os.utime(side, (time.time() - 4000,) * 2)
    write_file(tmp_path / "b.bin", b"x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.bin", "b.bin"]


def test_ctrl_c_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped by the person at the last moment."""
    path = tmp_path / "a.bin"
    path.write_bytes(OLD)

    def stopped(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stopped)
    for overwrite, target in ((True, path), (False, tmp_path / "b.bin")):
        with contextlib.suppress(KeyboardInterrupt):
            write_file(target, b"baru", overwrite=overwrite)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.bin", OLD)]


def test_devices_and_impossible_names_are_refused(tmp_path: Path) -> None:
    """Nothing takes the place of /dev/null; a name no file can have is told, not raised."""
    for name in ("a\0b", "x" * 5000, "y/" * 3000):
        with pytest.raises(DataError):
            write_file(tmp_path / name, b"x")
    if os.name == "posix":
        assert refused(lambda: write_file("/dev/null", b"x", overwrite=True)) == "keluaran-bukan-berkas"
    (tmp_path / "berkas").write_bytes(b"x")
    assert refused(lambda: write_file(tmp_path / "berkas" / "a.bin", b"x")) == "berkas-tidak-tertulis"


def test_nobody_else_writes() -> None:
    """No module but the writer opens a file for writing, outside a folder of its own that it takes away (the local page's too)."""
    allowed = {"basics/writing.py", "basics/child.py", "basics/export.py", "basics/child_main.py"}
    wrong = []
    for path in ROOT.rglob("*.py"):
        where = str(path.relative_to(ROOT))
        text = path.read_text(encoding="utf-8")
        if where in allowed or where.startswith("service/") or "TemporaryDirectory" in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("write_text", "write_bytes")
            ):
                owner = ast.unparse(node.func.value)
                wrong += [] if "sys" in owner or where.startswith("cli/output") else [f"{where}:{node.lineno}"]
    assert not wrong
