"""Many publications at once: lazily, one verdict a row, one page that sorts them, JSON lines, conditions for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import skm
from skm.auditing.many import Audits
from skm.cli import run
from skm.publikasi import load

GOOD = {"unsur": {f"U{i}": "3,50" for i in range(1, 10)}, "ikm": "87,50", "mutu": "B"}
BAD = GOOD | {"ikm": "97,50"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "baik.json").write_text(json.dumps(GOOD), encoding="utf-8")
    (tmp_path / "salah.json").write_text(json.dumps(BAD), encoding="utf-8")
    (tmp_path / "rusak.json").write_text("{", encoding="utf-8")
    (tmp_path / "foto.png").write_bytes(b"\x89PNG....")
    (tmp_path / ".rahasia.json").write_text(json.dumps(BAD), encoding="utf-8")
    head = ";".join(["Unit", *(f"U{i}" for i in range(1, 10)), "IKM"])
    units = [f"Dinas {x};{';'.join(['3,00'] * 9)};{ikm}" for x, ikm in (("A", "75,00"), ("B", "95,00"))]
    (tmp_path / "rekap.csv").write_text("\n".join([head, *units]), encoding="utf-8")
    return tmp_path


def test_nothing_is_read_before_it_is_asked_for() -> None:
    taken: list[int] = []

    def publications() -> Iterator[dict[str, Any]]:
        for i in range(5):
            taken.append(i)
            yield GOOD

    audits = skm.audit(publications())
    assert isinstance(audits, Audits)
    assert taken == []
    rows = iter(audits)
    assert next(rows).putusan == "cocok"
    assert taken == [0]
    assert len(audits) == 5
    assert [row.putusan for row in audits] == ["cocok"] * 5, "what was read is kept"


def test_progress_is_told() -> None:
    told: list[tuple[int, int, str]] = []
    rows = Audits([load(GOOD), load(BAD)], maju=lambda i, n, name: told.append((i, n, name)))
    assert [row.putusan for row in rows] == ["cocok", "mustahil"]
    assert told == [(1, 2, "1"), (2, 2, "2")]


def test_a_folder_gives_one_verdict_a_row(folder: Path) -> None:
    rows = {row.nama: row for row in skm.audit(folder)}
    assert {name: row.putusan for name, row in rows.items()} == {
        "baik.json": "cocok",
        "foto.png": "tak-terbaca",
        "rekap.csv: Dinas A": "cocok",
        "rekap.csv: Dinas B": "mustahil",
        "rusak.json": "tak-terbaca",
        "salah.json": "mustahil",
    }
    assert rows["foto.png"].galat is not None
    assert rows["foto.png"].galat.code == "publikasi-gambar"


def test_frame_text_and_page(folder: Path) -> None:
    audits = skm.audit(folder)
    assert isinstance(audits, Audits)
    assert (audits.to_frame()["kesalahan"] > 0).sum() == 2
    assert audits.sorted()[0].putusan == "mustahil"
    page = audits.to_html("id")
    assert page.index("salah.json") < page.index("baik.json"), "gravest first, without a script too"
    assert "6 hasil ditelaah: 2 memuat kesalahan, 2 tidak terbaca" in page
    assert "http" not in page.split("</style>")[1].split("<script>")[0]
    assert "6 results audited" in audits.to_text("en")


def test_names_are_escaped_in_the_page() -> None:
    page = Audits([load(GOOD | {"unit": "<script>alert(1)</script>"})]).to_html()
    assert "<script>alert" not in page


def test_the_command_on_a_folder(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = tmp_path / "hasil.jsonl"
    assert run(["audit", str(folder), "--out", str(lines)]) == 0
    assert "salah.json" in capsys.readouterr().out
    rows = [json.loads(line) for line in lines.read_text(encoding="ascii").splitlines()]
    assert {row["nama"] for row in rows} >= {"baik.json", "rekap.csv: Dinas B"}
    page = tmp_path / "semua.html"
    assert run(["audit", str(folder / "baik.json"), str(folder / "salah.json"), "--out", str(page)]) == 0
    assert "salah.json" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "condition", "code"),
    [
        ("baik.json", "tak-terbaca", 0),
        ("salah.json", "tak-terbaca", 0),
        ("salah.json", "kesalahan", 1),
        ("baik.json", "kesalahan", 0),
        ("baik.json", "catatan", 1),
        ("rekap.csv", "kesalahan", 1),
        (".", "tak-terbaca", 1),
    ],
)
def test_conditions_for_scripts(folder: Path, name: str, condition: str, code: int) -> None:
    assert run(["audit", str(folder / name), "--gagal-jika", condition]) == code


def test_a_figure_alone_is_not_read_in_full(folder: Path) -> None:
    path = folder / "angka.json"
    path.write_text('{"ikm": "88,50"}', encoding="utf-8")
    assert run(["audit", str(path), "--gagal-jika", "tak-terbaca"]) == 1
    assert "bukan berarti benar" not in skm.audit(path).to_text("id") or not skm.audit(path).terbaca


def test_standard_input_takes_any_document(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Unsur;Nilai\n" + "\n".join(f"U{i};3,50" for i in range(1, 10)) + "\nIKM;97,50\n"

    class _Input:
        class buffer:  # noqa: N801
            @staticmethod
            def read() -> bytes:
                return text.encode()

    monkeypatch.setattr("sys.stdin", _Input)
    assert run(["audit", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hasil"]["putusan"] == "mustahil"
