"""Every question is asked once: what was answered stands in keputusan.toml and is used where the headers are the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import skm
from skm.cli import run as command
from skm.errors import DataError, MissingColumnError, SKMError

NINE = ["Persyaratan", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Pengaduan", "Sarana"]
WEAK = "Bagaimana dengan prosedurnya, yaitu prosedur kami?"


def file(path: Path, head: list[str], n: int = 12, **cells: Any) -> Path:
    frame = pd.DataFrame([[(i * k) % 4 + 1 for k in range(1, len(head) + 1)] for i in range(n)], columns=head)
    frame = frame.astype(object)
    for name, value in cells.items():
        frame.loc[0, name] = value
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_csv(path, index=False, sep=";")
    return path


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str]:
    code = command([*argv])
    seen = capsys.readouterr()
    return code, seen.out + seen.err


def test_the_second_semester_asks_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Accepted once, told when used again, and asked again where the headers differ."""
    first = file(tmp_path / "a" / "s1.csv", [*NINE, WEAK])
    code, text = run(capsys, "hitung", str(first))
    assert code == 2
    assert "--terima prosedur" in text
    code, text = run(capsys, "hitung", str(first), "--terima", "prosedur")
    assert code == 0
    assert "keputusan.toml" in text
    second = file(tmp_path / "a" / "s2.csv", list(reversed([*NINE, WEAK])), n=20)
    code, text = run(capsys, "hitung", str(second))
    assert code == 0
    assert "Jawaban terdahulu dipakai lagi" in text
    assert run(capsys, "periksa", str(second))[0] == 0
    other = file(tmp_path / "a" / "s3.csv", [*NINE, WEAK, "Tambahan"])
    assert run(capsys, "hitung", str(other))[0] == 2
    assert run(capsys, "hitung", str(second), "--keputusan", "tidak")[0] == 2


@pytest.mark.parametrize(
    ("typed", "cells"),
    [
        (("--u8", "sarana"), {}),
        (("--nilai-kosong", "-"), {"U3": "-"}),
        (("--konversi", "5-linear"), {"U3": 5}),
    ],
)
@pytest.mark.filterwarnings("ignore::skm.errors.SKMWarning")
def test_every_kind_of_answer_is_kept(
    typed: tuple[str, str], cells: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The order of U8 and U9, codes for missing, the scale: given once, the same figure after."""
    path = file(tmp_path / "a.csv", [f"U{i}" for i in range(1, 10)], **cells)
    code, _ = run(capsys, "hitung", str(path), *typed)
    assert code == 0
    code, text = run(capsys, "hitung", str(path), "--json")
    assert code == 0
    told = skm.read(path, keputusan=tmp_path / "keputusan.toml")
    assert str(skm.score(told).ikm) in text
    assert [n.kode for n in told.catatan].count("keputusan-dipakai") == 1


def test_python_takes_them_by_name_and_every_door_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path alone asks; with keputusan= the file, its bytes and its frame give the same."""
    path = file(tmp_path / "a.csv", [*NINE, WEAK])
    run(capsys, "hitung", str(path), "--terima", "prosedur")
    kept = tmp_path / "keputusan.toml"
    with pytest.raises(MissingColumnError):
        skm.score(path)
    frame = pd.read_csv(path, sep=";")
    figures = {skm.score(skm.read(s, keputusan=kept)).ikm for s in (path, path.read_bytes(), frame, iter([frame]))}
    assert len(figures) == 1
    (note,) = [n for n in skm.read(path, keputusan=kept).catatan if n.kode == "keputusan-dipakai"]
    assert note.bukti["opsi"] == ["terima"]
    assert note.bukti["sidik"]


def test_nothing_personal_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An answer that names a person's number stays out of the file."""
    person = "0812-3456-7890"
    path = file(tmp_path / "a.csv", [*NINE, person])
    (tmp_path / "peta.toml").write_text(f'prosedur = "{person}"\n' + "\n".join(f'{n.lower()} = "{n}"' for n in NINE))
    run(capsys, "hitung", str(path), "--kuesioner", str(tmp_path / "peta.toml"), "--u8", "sarana")
    kept = tmp_path / "keputusan.toml"
    assert not kept.exists() or person not in kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("versi = 9\n", "keputusan-rusak"),
        ("versi = 1\nkeputusan = 3\n", "keputusan-rusak"),
        ('versi = 1\n[[keputusan]]\njudul = "x"\npopulasi = 3\n', "keputusan-asing"),
        ("versi = ", "toml-tidak-terbaca"),
    ],
)
def test_a_damaged_file_is_refused(text: str, code: str, tmp_path: Path) -> None:
    """It is never half used."""
    path = file(tmp_path / "a.csv", [f"U{i}" for i in range(1, 10)])
    (tmp_path / "keputusan.toml").write_text(text)
    with pytest.raises(SKMError) as problem:
        skm.read(path, keputusan=tmp_path / "keputusan.toml")
    assert problem.value.code == code
    assert isinstance(problem.value, (DataError, SKMError))


def test_the_package_is_never_written_to(capsys: pytest.CaptureFixture[str]) -> None:
    """The example that comes along leaves no file beside it."""
    code, text = run(capsys, "hitung", str(skm.contoh()), "--u8", "sarana")
    assert code == 0
    assert "keputusan.toml" not in text
    assert not (skm.contoh().parent / "keputusan.toml").exists()
