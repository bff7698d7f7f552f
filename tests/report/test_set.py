"""A set of documents: whole or not at all, replaced as a whole, edits kept, the same bytes for the same input."""

from __future__ import annotations

import hashlib
import io
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skm
from skm import report
from skm.basics.packages import missing
from skm.errors import DataError, MissingDependencyError
from skm.report._set import SetFile, write_set

FACTS: dict[str, Any] = {"unit": "Kecamatan Contoh", "periode": "2024-S2", "populasi": 3441}


def files(**contents: str) -> list[SetFile]:
    return [SetFile("teks", name.replace("__", "/") + ".txt", text.encode) for name, text in contents.items()]


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_list_holds_every_name_and_hash(tmp_path: Path) -> None:
    """daftar.json is last, names the others and agrees with them."""
    done = write_set(tmp_path / "l", files(a="satu", g__b="dua"))
    listed = json.loads((tmp_path / "l" / "daftar.json").read_bytes())["berkas"]
    assert {r["nama"]: r["sha256"] for r in listed} == {
        name: hashlib.sha256((tmp_path / "l" / name).read_bytes()).hexdigest() for name in ("a.txt", "g/b.txt")
    }
    assert [f.path.name for f in done] == ["a.txt", "b.txt", "daftar.json"]


def test_refused_whole(tmp_path: Path) -> None:
    """One file of an earlier set is enough: nothing is made, nothing is touched, the way out is named."""
    (tmp_path / "b.txt").write_text("lama")
    made: list[str] = []
    parts = [SetFile("x", name, lambda n=name: made.append(n) or b"") for name in ("a.txt", "b.txt")]
    with pytest.raises(DataError, match="set-ada") as caught:
        write_set(tmp_path, parts)
    assert "--timpa" in caught.value.hint("id")
    assert (tree(tmp_path), made) == ({"b.txt": b"lama"}, [])


def test_a_file_that_cannot_be_made_stops_all(tmp_path: Path) -> None:
    """Nothing of the set is written, the old one stays."""
    write_set(tmp_path, files(a="satu"))
    before = tree(tmp_path)

    def broken() -> bytes:
        raise DataError("pdf-gagal", cara=["x"])

    with pytest.raises(DataError, match="pdf-gagal"):
        write_set(tmp_path, [*files(a="dua"), SetFile("pdf", "a.pdf", broken)], overwrite=True)
    assert tree(tmp_path) == before


def test_all_missing_packages_are_told_at_once(tmp_path: Path) -> None:
    """Not one after the other, one a run."""

    def lacks(module: str) -> bytes:
        raise missing(module)

    parts = [SetFile("x", f"{p}.txt", lambda p=p: lacks(p)) for p in ("docx", "jinja2")]
    with pytest.raises(MissingDependencyError) as caught:
        write_set(tmp_path / "l", parts)
    assert "jinja2, python-docx" in caught.value.message("id")
    assert 'pip install "skm-indonesia[report]"' in caught.value.hint("id")
    assert not (tmp_path / "l").exists()


def test_edits_are_moved_and_told_and_the_rest_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Edited by hand, of the same name but unknown, no longer part of the set; strangers stay where they are."""
    monkeypatch.setattr("skm.report._set._today", lambda: __import__("datetime").date(2026, 11, 26))
    write_set(tmp_path, files(a="satu", g__b="dua", c="tiga"))
    (tmp_path / "a.txt").write_text("disunting")
    (tmp_path / "d.txt").write_text("milik orang")
    (tmp_path / "asing.txt").write_text("asing")
    done = write_set(tmp_path, files(a="baru", d="empat"), overwrite=True)
    kept = {p.relative_to(tmp_path).as_posix() for p in done.disimpan}
    assert kept == {"disimpan-2026-11-26/a.txt", "disimpan-2026-11-26/d.txt"}
    found = tree(tmp_path)
    assert {k: v for k, v in found.items() if k != "daftar.json"} == {
        "a.txt": b"baru",
        "d.txt": b"empat",
        "asing.txt": b"asing",
        "disimpan-2026-11-26/a.txt": b"disunting",
        "disimpan-2026-11-26/d.txt": b"milik orang",
    }
    (tmp_path / "a.txt").write_text("lagi")
    again = write_set(tmp_path, files(a="baru", d="empat"), overwrite=True)
    assert [p.relative_to(tmp_path).as_posix() for p in again.disimpan] == ["disimpan-2026-11-26-2/a.txt"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["edit-a", "edit-b", "hapus-a", "rusak-daftar", "asing", "jalan"]), max_size=8))
def test_whatever_is_done_between_runs_no_edit_is_lost(steps: list[str]) -> None:
    """After any run the set is whole and every text that was ever typed is still somewhere in the folder."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        typed: set[bytes] = set()
        write_set(folder, files(a="A", b="B"))
        for number, step in enumerate(steps):
            text = f"ketik {number}".encode()
            if step.startswith("edit"):
                target = folder / f"{step[-1]}.txt"
                typed -= {target.read_bytes()} if target.exists() else set()
                target.write_bytes(text)
                typed.add(text)
            elif step == "hapus-a":
                if (folder / "a.txt").exists():
                    typed -= {(folder / "a.txt").read_bytes()}
                    (folder / "a.txt").unlink()
            elif step == "rusak-daftar":
                (folder / "daftar.json").write_text("{")
            elif step == "asing":
                (folder / "asing.txt").write_bytes(text)
            else:
                write_set(folder, files(a=f"A{number}", b="B"), overwrite=True)
        write_set(folder, files(a="akhir", b="B"), overwrite=True)
        found = tree(folder)
        assert (found["a.txt"], found["b.txt"]) == (b"akhir", b"B")
        assert typed <= set(found.values())


@pytest.mark.parametrize("at", range(6))
def test_a_locked_file_leaves_everything_as_it_was(at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever move fails: old files, edits and strangers stand where they stood."""
    write_set(tmp_path, files(a="satu", g__b="dua"))
    (tmp_path / "a.txt").write_text("disunting")
    before = tree(tmp_path)
    monkeypatch.setattr("skm.basics.writing.time.sleep", lambda _: None)
    real, calls = Path.replace, {"n": 0, "stop": True}

    def locked(self: Path, target: Path) -> Path:
        if calls["stop"] and "baru" not in str(target):
            calls["n"] += 1
            if calls["n"] > at:
                calls["stop"] = calls["n"] < at + 4  # a lock that outlasts the patience, then lets go
                raise PermissionError(13, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(DataError, match="berkas-terkunci-tulis"):
        write_set(tmp_path, files(a="baru", g__b="lain"), overwrite=True)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", ["../luar.txt", "/etc/x", "a/../../luar.txt", "C:\\x", "..\\luar.txt"])
def test_a_list_that_was_tampered_with_moves_nothing_outside(name: str, tmp_path: Path) -> None:
    """Names in daftar.json that lead out of the folder are not ours."""
    folder = tmp_path / "l"
    write_set(folder, files(a="satu"))
    (tmp_path / "luar.txt").write_bytes(b"luar")
    digest = hashlib.sha256(b"luar").hexdigest()
    (folder / "daftar.json").write_text(json.dumps({"berkas": [{"nama": name, "sha256": digest}]}))
    write_set(folder, files(a="dua"), overwrite=True)
    assert (tmp_path / "luar.txt").read_bytes() == b"luar"


def test_the_answers_are_never_overwritten(tmp_path: Path) -> None:
    """A report of the workbook that an earlier report wrote, into the same folder, is refused whole."""
    bahan = report.compile(skm.read(skm.contoh()), fakta=FACTS)
    report.write_report(bahan, tmp_path, hanya=["xlsx", "json"])
    before = tree(tmp_path)
    again = report.compile(skm.read(tmp_path / "olah_data.xlsx"), fakta=FACTS)
    with pytest.raises(DataError, match="keluaran-masukan"):
        report.write_report(again, tmp_path, hanya=["xlsx", "json"], overwrite=True)
    assert tree(tmp_path) == before


def test_same_input_same_bytes(tmp_path: Path) -> None:
    """Two runs at different times, each with its own reading and drawing: every file is equal, byte for byte."""
    found = []
    for run in ("a", "b"):
        bahan = report.compile(skm.read(skm.contoh()), fakta=FACTS)
        report.write_report(
            bahan, tmp_path / run, hanya=[*report.ALWAYS, "poster", "internal"], nomor_halaman=False, lang="id"
        )
        found.append(tree(tmp_path / run))
        time.sleep(1.1 if run == "a" else 0)
    assert found[0].keys() == found[1].keys()
    assert [name for name in found[0] if found[0][name] != found[1][name]] == []
    assert len(found[0]) > 15


def test_progress_is_told_file_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To whoever asks, and on a terminal only; a file that cannot be made leaves no half line behind."""
    heard: list[tuple[int, int, str]] = []
    report.write_set(tmp_path / "a", files(a="1", b="2"), maju=lambda *at: heard.append(at))
    assert heard == [(1, 2, "a.txt"), (2, 2, "b.txt")]
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr", screen)
    report.write_set(tmp_path / "b", files(a="1", b="2", c="3", d="4"))
    assert "4/4 d.txt" in screen.getvalue()
    assert screen.getvalue().endswith("\r")
    broken = [*files(a="1", b="2", c="3"), SetFile("teks", "d.txt", lambda: 1 / 0)]  # type: ignore[arg-type,return-value]
    with pytest.raises(ZeroDivisionError):
        report.write_set(tmp_path / "c", broken)
    assert screen.getvalue().endswith("\r")
