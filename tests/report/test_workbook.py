"""The workbook: stored values equal the library's, LibreOffice's recalculation too, also after answers are changed."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support import office_programs as _kantor

import skm
from skm.report import compile, write_workbook  # noqa: A004
from skm.report.workbook import write as _workbook

ORDER = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")


def answers(n: int, *, blanks: bool, unsur: tuple[str, ...] = ORDER) -> list[dict[str, Any]]:
    rows = []
    for i in range(n):
        row: dict[str, Any] = {
            "nama": f"Orang {i}",
            "jenis_kelamin": "LP"[i % 2],
            "usia": 17 + (i * 7) % 50,
            "layanan": [None, "KTP", "ktp", "=1+1", "< 5 hari", "Akta *"][i % 6],
        }
        row |= {u: 1 + (i * (j + 2) + j + i // 5) % 4 for j, u in enumerate(unsur)}
        if blanks:
            row |= {u: None for j, u in enumerate(unsur) if (i + j) % 11 == 0}
        rows.append(row)
    return rows


def cells(content: bytes | Path) -> dict[tuple[str, str], Any]:
    """Values of all cells, "" for what is empty."""
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    book = openpyxl.load_workbook(source, data_only=True)
    return {
        (sheet.title, cell.coordinate): "" if cell.value is None else cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    }


def formulas(content: bytes) -> list[tuple[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=") and cell.data_type == "f"
    ]


def differences(stored: dict[Any, Any], found: dict[Any, Any], where: list[tuple[str, str]]) -> list[Any]:
    out = []
    for key in where:
        a, b = stored.get(key, ""), found.get(key, "")
        same = (
            a == pytest.approx(b, abs=1e-9) if isinstance(a, (int, float)) and isinstance(b, (int, float)) else a == b
        )
        if not same:
            out.append((key, a, b))
    return out


def recalculated(content: bytes, folder: Path) -> dict[tuple[str, str], Any]:
    source = folder / "masuk" / "buku.xlsx"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_bytes(content)
    return cells(_kantor.convert(source, "xlsx", folder))


def without_values(content: bytes, change: dict[str, Any] | None = None) -> bytes:
    """The same workbook with no stored value at all, and some answers changed."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for cell, value in (change or {}).items():
        book["Data"][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


CASES = [
    pytest.param({"bobot": "tepat"}, False, id="1/9"),
    pytest.param({"bobot": "0.111"}, True, id="0.111-kosong"),
    pytest.param({"bobot": "0.11"}, True, id="0.11-kosong"),
    pytest.param({"bobot": "tepat", "kosong": "hanya-lengkap"}, True, id="hanya-lengkap"),
    pytest.param({"pembulatan": "indeks-2"}, True, id="indeks-2"),
    pytest.param({"pembulatan": "indeks-3", "bobot": "3-desimal"}, True, id="indeks-3"),
]


@pytest.mark.parametrize(("opsi", "blanks"), CASES)
def test_libreoffice_gives_the_librarys_values(opsi: dict[str, Any], blanks: bool, tmp_path: Path) -> None:
    """Every formula cell, recalculated from nothing, equals the value stored with it."""
    content = _workbook.workbook(compile(answers(60, blanks=blanks), unit="Unit", **opsi), internal=True)
    places = formulas(content)
    stored = cells(content)
    assert len(places) > 600
    assert differences(stored, recalculated(without_values(content), tmp_path), places) == []


def test_a_changed_answer_changes_the_workbook_as_the_library(tmp_path: Path) -> None:
    """Change, blank and fill answers in the sheet Data: all sheets equal a workbook made from the changed data."""
    rows = answers(40, blanks=True)
    content = _workbook.workbook(compile(rows, unit="Unit"), internal=True)
    header = {cell.value: cell.column_letter for cell in openpyxl.load_workbook(io.BytesIO(content))["Data"][1]}
    biaya, waktu = (next(v for k, v in header.items() if str(k).startswith(code)) for code in ("U4", "U3"))
    rows[3]["biaya"], rows[4]["waktu"], rows[10]["biaya"] = 1, None, 4
    change = {f"{biaya}5": 1, f"{waktu}6": None, f"{biaya}12": 4}
    wanted = _workbook.workbook(compile(rows, unit="Unit"), internal=True)
    found = recalculated(without_values(content, change), tmp_path)
    assert differences(cells(wanted), found, formulas(wanted)) == []
    assert cells(content) != cells(wanted)


@pytest.mark.parametrize("pertanyaan", ["butir", "responden"])
def test_several_questions_per_unsur(pertanyaan: str, tmp_path: Path) -> None:
    """Means of questions' means and of respondents' means, as formulas."""
    rows = [
        {f"q{j}": None if (i + j) % 6 == 0 else 1 + (i * j + j) % 4 for j in range(1, 6)} | {"layanan": "AB"[i % 2]}
        for i in range(30)
    ]
    peta = {"persyaratan": ["q1", "q2"], "prosedur": "q3", "waktu": ["q4", "q5"]}
    bahan = compile(rows, unit="Unit", kuesioner=peta, pertanyaan=pertanyaan)
    content = _workbook.workbook(bahan, internal=True)
    assert differences(cells(content), recalculated(without_values(content), tmp_path), formulas(content)) == []
    assert float(bahan.hasil.ikm) in cells(content).values()


def test_own_weights(tmp_path: Path) -> None:
    """Weights that sum to one stand as numbers and are used."""
    rows = answers(25, blanks=True, unsur=ORDER[:3])
    bobot = {"persyaratan": "0,5", "prosedur": "0,3", "waktu": "0,2"}
    bahan = compile([{k: v for k, v in r.items() if k not in ("layanan", "nama")} for r in rows], unit="U", bobot=bobot)
    content = _workbook.workbook(bahan, internal=True)
    assert differences(cells(content), recalculated(without_values(content), tmp_path), formulas(content)) == []


def test_wonoasih_under_the_three_weights_can_be_chosen_in_the_workbook(tmp_path: Path) -> None:
    """The weight cell switches between 89,31, 89,22 and 88,42."""
    content = _workbook.workbook(compile(skm.read(skm.contoh()), unit="Kecamatan Contoh"), internal=True)
    place = next(k for k, v in cells(content).items() if k[0] == "Olah Data" and v == "tepat")
    ikm = next(k for k, v in cells(content).items() if k[0] == "Olah Data" and v == 89.31)
    for cara, wanted in (("tepat", 89.31), ("3-desimal", 89.22), ("2-desimal", 88.42)):
        book = openpyxl.load_workbook(io.BytesIO(content))
        book["Olah Data"][place[1]] = cara
        out = io.BytesIO()
        book.save(out)
        assert recalculated(out.getvalue(), tmp_path / cara)[ikm] == pytest.approx(wanted, abs=1e-9)


def test_the_workbook_is_read_back_without_persons(tmp_path: Path) -> None:
    """`skm.read` gives the same figure and profile; names are nowhere in the file."""
    path = write_workbook(compile(answers(40, blanks=True), unit="Unit"), tmp_path / "olah.xlsx", internal=True)
    back = skm.read(path)
    again, first = skm.score(back), skm.score(answers(40, blanks=True))
    assert (again.ikm, again.n, again.mutu) == (first.ikm, first.n, first.mutu)
    assert [u.nrr for u in again.unsur.values()] == [u.nrr for u in first.unsur.values()]
    profil, wanted = skm.profile(back), skm.profile(answers(40, blanks=True))
    for key, rows in wanted.karakteristik.items():
        now = {r.name("id"): r.jumlah for r in profil.karakteristik[key] if r.jumlah}
        assert now == {r.name("id"): r.jumlah for r in rows if r.jumlah}
    assert not any("Orang" in str(v) for v in cells(path).values())


def test_text_that_looks_like_a_formula_stays_text() -> None:
    """A service called =1+1 and a unit called =A1 are words."""
    content = _workbook.workbook(
        compile(answers(12, blanks=False), unit='=HYPERLINK("http://x")', batas_samaran=0), internal=True
    )
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if str(cell.value).startswith(("=1+1", "=HYPERLINK")):
                    assert cell.data_type == "s"
    assert "=1+1" in [c.value for c in book["Data"]["D"]]


@pytest.mark.parametrize("k", [1, 2, 20])
def test_one_to_twenty_unsur_and_no_characteristics(k: int, tmp_path: Path) -> None:
    """A workbook comes out, equals its recalculation, and says what it lacks."""
    rows = [{f"u{j}": 1 + (i + j) % 4 for j in range(1, k + 1)} for i in range(7)]
    content = _workbook.workbook(compile(rows, unit="U", u8="pengaduan"), internal=True)
    assert differences(cells(content), recalculated(without_values(content), tmp_path), formulas(content)) == []
    assert "Data tidak memuat jenis layanan." in cells(content).values()


def test_the_published_workbook_tells_no_small_group(tmp_path: Path) -> None:
    """No characteristic beside the answers, stars for small groups; the figure is read back; the other says INTERNAL."""
    data = answers(60, blanks=True)
    data[0] |= {"layanan": "Budi Santoso Wijaya", "pekerjaan": "juru kunci makam"}
    for row in data[1:]:
        row["pekerjaan"] = "petani"
    bahan = compile(data, unit="Unit")
    path = write_workbook(bahan, tmp_path / "olah.xlsx")
    assert path is not None
    shown = cells(path)
    assert skm.score(skm.read(path)).ikm == bahan.hasil.ikm
    first = [v for (sheet, place), v in shown.items() if sheet == "Data" and re.fullmatch(r"[A-Z]+1", place)]
    assert len([v for v in first if v]) == 1 + len(bahan.hasil.unsur)
    counts = [v for (sheet, place), v in shown.items() if sheet == "Profil" and place.startswith("D")]
    assert "*" in counts
    assert not [v for v in counts if isinstance(v, (int, float)) and 0 < v < 5]
    inside = write_workbook(bahan, tmp_path / "olah_internal.xlsx", internal=True)
    assert inside is not None
    headers = [sheet.oddHeader.center.text or "" for sheet in openpyxl.load_workbook(inside)]
    assert all("INTERNAL" in text for text in headers)


@pytest.mark.parametrize("kind", ["cacah", "jumlah"])
def test_books_without_respondents_recalculate(kind: str, tmp_path: Path) -> None:
    """From counts by level, or from sums and answers: every derived cell is a formula and gives the library's value."""
    counts = skm.tally(answers(37, blanks=True))
    sums = skm.score_totals({unsur: 100 + i for i, unsur in enumerate(ORDER)}, 37, bobot="3-desimal")
    bahan = compile(counts if kind == "cacah" else sums)
    content = _workbook.workbook(bahan)
    assert len(formulas(content)) >= 3 * len(ORDER) + 2
    assert differences(cells(content), recalculated(without_values(content), tmp_path), formulas(content)) == []
    assert float(bahan.hasil.ikm) in cells(content).values()
