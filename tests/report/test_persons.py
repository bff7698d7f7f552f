"""Nobody is named: free text is redacted, counted, and quoted only where a person ticked it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skm
from skm import report
from skm.report.chapters.assemble import assemble
from skm.report.chapters.blocks import Bullets
from skm.report.material.redactor import HIDDEN, without_persons
from skm.report.render.html import render

NAMES = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("motor N 1234 AB diparkir sembarangan", ["1234", "AB"]),
        ("mobil B1234XYZ", ["B1234XYZ"]),
        ("plat n 4567 qq tolong dipindah", ["4567"]),
        ("uang ke rekening 1234567890 BRI", ["1234567890"]),
        ("rek. 0011-22-334455", ["0011", "334455"]),
        ("rumah saya Jl. Merdeka No. 12 jauh", ["Merdeka", "12"]),
        ("jalan anggrek nomor 5", ["anggrek"]),
        ("RT 03/RW 05 tidak dilayani", ["03", "05"]),
        ("Bu Sri judes", ["Sri"]),
        ("pak budi lambat", ["budi"]),
        ("tolong tegur rina di loket 2", ["rina"]),
        ("mohon dipindah Joko Susilo", ["Joko", "Susilo"]),
        ("petugas bernama Andi Wijaya", ["Andi", "Wijaya"]),
        ("oknum Hartono minta uang", ["Hartono"]),
        ("atas nama Siti Aminah", ["Siti", "Aminah"]),
        ("hubungi 0812-3456-7890 atau a.b@mail.com", ["0812", "7890", "a.b@"]),
        ("NIK 3573010101010001", ["3573010101010001"]),
        ("lihat https://wa.me/62812 @akunku", ["62812", "akunku"]),
    ],
)
def test_what_points_to_a_person_is_taken_out(text: str, secrets: list[str]) -> None:
    """Plates, accounts, addresses, numbers, names in address and after a call to act."""
    shown = without_persons(text)
    assert HIDDEN in shown
    for secret in secrets:
        assert secret not in shown


@pytest.mark.parametrize(
    "text",
    [
        "Pak Camat ramah",
        "petugas yang di loket sangat baik",
        "antre 2 jam, mulai jam 8.30",
        "biaya 25.000 terlalu mahal",
        "bu petugas tolong lebih cepat",
        "pelayanan sudah baik tahun 2026",
        "AC rusak, kursi kurang 10 buah",
    ],
)
def test_what_points_to_nobody_stays(text: str) -> None:
    """Offices, times, prices, counts."""
    assert without_persons(text) == text


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="pakbu srijlno.1234 ABN-@", max_size=400))
def test_any_text_is_redacted_quickly(text: str) -> None:
    """No pattern runs away, and what was hidden stays hidden when it is done again."""
    started = time.perf_counter()
    once = without_persons(text * 20)
    assert time.perf_counter() - started < 1.5
    assert without_persons(without_persons(text)) == without_persons(without_persons(without_persons(text)))
    assert isinstance(once, str)


def answers() -> list[dict[str, Any]]:
    remarks = ["Antrean lama sekali", "bu sri judes", "AC rusak", "-", None, "antre lama"]
    return [{**dict.fromkeys(NAMES, 3), "Saran dan Masukan": remarks[i % 6]} for i in range(12)]


def quotes(bahan: report.Bahan) -> list[str]:
    told = [b for b in assemble(bahan).blok if isinstance(b, Bullets)]
    return [text for b in told for text in b.butir if "Antrean" in text or "AC" in text or "judes" in text]


def test_remarks_are_counted_and_quoted_only_when_ticked(tmp_path: Path) -> None:
    """Nothing stops: without a review there are counts; what a person ticked or reworded is quoted."""
    bahan = report.compile(answers(), unit="U")
    assert quotes(bahan) == []
    dokumen = assemble(bahan)
    assert any("saran_periksa.xlsx" in text for _, text in dokumen.catatan)
    assert any(getattr(b, "keterangan", "") == "Saran dan masukan responden menurut unsur" for b in dokumen.blok)
    report.write_report(bahan, tmp_path, hanya=["json", "saran"])
    book = openpyxl.load_workbook(tmp_path / "saran_periksa.xlsx")
    sheet = book.active
    assert sheet is not None
    shown = {str(row[2].value): row for row in sheet.iter_rows(min_row=5)}
    assert "bu […] judes" in shown
    shown["Antrean lama sekali"][0].value = "v"
    shown["bu […] judes"][0].value = "v"
    shown["bu […] judes"][2].value = "Petugas loket judes"
    book.save(tmp_path / "saran_periksa.xlsx")
    again = report.compile(answers(), unit="U", saran_periksa=tmp_path / "saran_periksa.xlsx")
    assert sorted(quotes(again)) == ["Antrean lama sekali", "Petugas loket judes"]
    report.write_report(again, tmp_path, hanya=["json", "saran"], overwrite=True)
    third = report.compile(answers(), unit="U", saran_periksa=tmp_path / "saran_periksa.xlsx")
    assert sorted(quotes(third)) == ["Antrean lama sekali", "Petugas loket judes"]


def test_a_review_outlives_run_after_run_and_ends_with_its_period(tmp_path: Path) -> None:
    """Words changed by a person, rows added by hand and ticks stay; ticks of other answers quote nothing and are told."""
    path = tmp_path / "saran_periksa.xlsx"
    rows = [{**dict.fromkeys((f"U{i}" for i in range(1, 10)), 3), "saran": t} for t in ("Antrean lama", "Ruang panas")]

    def quoted(bahan: report.Bahan) -> list[str]:
        return [text for group in bahan.saran for text in group.dikutip]

    report.write_report(report.compile(rows, u8="sarana"), tmp_path, hanya=["saran"])
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in list(sheet.iter_rows(min_row=5)):
        if row[2].value == "Antrean lama":
            row[0].value, row[2].value = "v", "Antrean lama pada jam sibuk"
    sheet.append(["v", "", "Ditambahkan petugas"])
    book.save(path)
    for _ in range(3):
        bahan = report.compile(rows, u8="sarana", saran_periksa=path)
        assert quoted(bahan) == ["Antrean lama pada jam sibuk", "Ditambahkan petugas"]
        assert sum(len(group.isi) for group in bahan.saran) == 2
        assert next(g for g in bahan.saran if g.dikutip).unsur == "waktu"
        report.write_report(bahan, tmp_path, hanya=["saran"], overwrite=True)
    later = [{**row, "saran": "Sudah baik"} for row in rows]
    bahan = report.compile(later, u8="sarana", saran_periksa=path)
    assert "Antrean lama pada jam sibuk" not in quoted(bahan)
    assert next(f for f in bahan.findings() if f.kode == "saran-lama").bukti["banyak"] == 1


def test_names_of_files_and_sheets_name_nobody(tmp_path: Path) -> None:
    """A file called after the clerk who typed it goes out without the clerk, everywhere; dates in names stay."""
    import shutil

    path = tmp_path / "Jawaban 2026-07-01 Bu Sutarmi.csv"
    shutil.copy(skm.contoh(), path)
    for data in (path, skm.score(path)):
        bahan = report.compile(data)
        told = json.dumps(bahan.to_dict()) + render(assemble(bahan), "x")
        assert "Sutarmi" not in told
        assert "Jawaban 2026-07-01 Bu" in told


@pytest.mark.parametrize(
    "name", ["Sutarmi Wulandari 081234567890", "sutarmi_wulandari", "DataSutarmi", "SKM sutarmi 2"]
)
def test_a_bare_name_of_a_file_or_sheet_goes_nowhere(tmp_path: Path, name: str) -> None:
    """Whatever is no common word in the name of a file or a sheet may be a person's: for services and totals alike."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = name[:31]
    book.active.append(
        [
            "Layanan",
            "Persyaratan",
            "Prosedur",
            "Waktu",
            "Biaya",
            "Produk",
            "Kompetensi",
            "Perilaku",
            "Pengaduan",
            "Sarana",
        ]
    )
    for i in range(40):
        book.active.append([("KTP", "KK")[i % 2], *[3 + (i + j) % 2 for j in range(9)]])
    path = tmp_path / f"{name}.xlsx"
    book.save(path)
    bahan = report.compile(path, unit="Kecamatan Wonoasih")
    told = (json.dumps(bahan.to_dict()) + render(assemble(bahan), "x")).casefold()
    assert "utarmi" not in told
    assert "wulandari" not in told
    assert "0812" not in told


def test_the_name_of_the_unit_stays_in_the_name_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "wonoasih-2024-s2.csv"
    path.write_bytes(skm.contoh().read_bytes())
    assert "wonoasih-2024-s2.csv" in json.dumps(report.compile(path, unit="Kecamatan Wonoasih", u8="sarana").to_dict())
    assert "wonoasih" not in json.dumps(report.compile(path, unit="Kecamatan Contoh", u8="sarana").to_dict())
