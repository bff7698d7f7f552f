"""A bare name of a person is told by its place, whatever language it is of and wherever it stands; services are named."""

from __future__ import annotations

import csv
import dataclasses
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.other_reports import NAMES, WRITERS

from skm.auditing.audit import audit
from skm.auditing.result import HasilTelaah
from skm.publikasi._names import shown

MEANS = (3.42, 3.35, 3.21, 3.88, 3.40, 3.44, 3.52, 3.77, 3.30)
FAMILIES = {
    "jawa": ("Sri Wahyuni", "Bambang Sutrisno", "Wibisono"),
    "batak": ("Togar Simanjuntak", "Rotua Hutapea", "Parlindungan"),
    "minang": ("Datuk Rajo Ameh", "Yusrizal Koto", "Upik Caniago"),
    "bali": ("I Made Sudarma", "Ni Wayan Sari", "I Gusti Ngurah Rai"),
    "tunggal": ("Vivi", "Cici", "Lili"),
    "inisial": ("A. Hartono", "Rini P.", "M. Yusuf"),
    "gelar": ("Drs. H. Sukamto, M.Si", "dr. Anita", "Hj. Aminah, S.Sos."),
    "sapaan": ("Ibu Sumarni", "Pak Hartono", "Petugas Wening"),
    "kapital": ("SUMARNI", "HARTONO WIBISONO", "AMINAH"),
    "kecil": ("sumarni", "budi santoso", "agus"),
    "loket": ("Loket 1 Sumarni", "Loket 2 (Hartono)", "Loket 3 - Wening"),
    "bulan": ("Hari Purnomo", "Juni Astuti", "Bagus Utama"),
    "papua": ("Yohanes Wanggai", "Markus Mandacan", "Maria Kogoya"),
}
COMMON = {"petugas", "ibu", "pak", "loket", "drs", "si", "sos", "hari", "juni", "utama", "rai", "sari"}


def c(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def one(figure: str = "75,00", less: float = 0) -> list[list[str]]:
    lines = [[str(i), u, c(m - less)] for i, (u, m) in enumerate(zip(NAMES, MEANS, strict=True), start=1)]
    return [["No", "Unsur", "Nilai"], *lines, ["", "Nilai IKM", figure]]


def heads(names: tuple[str, ...]) -> list[Any]:
    lines = [[u, *(c(m - j / 100) for j in range(3))] for u, m in zip(NAMES, MEANS, strict=True)]
    return ["Hasil survei", [["Unsur", *names], *lines]]


def rows(head: str) -> Callable[[tuple[str, ...]], list[Any]]:
    def make(names: tuple[str, ...]) -> list[Any]:
        values = [c(m) for m in MEANS]
        top = ["No", head, *(f"U{i}" for i in range(1, 10)), "IKM"]
        return ["Hasil", [top, *([str(i + 1), name, *values, "75,00"] for i, name in enumerate(names))]]

    return make


def listed(names: tuple[str, ...]) -> list[Any]:
    return [
        "Hasil",
        [["No", "Nama", "Responden", "IKM", "Mutu"], *([str(i), n, "40", "81,20", "A"] for i, n in enumerate(names))],
    ]


def captions(names: tuple[str, ...]) -> list[Any]:
    return [x for i, name in enumerate(names) for x in (f"Tabel {i}. Nilai layanan {name}", one())]


def tail(names: tuple[str, ...]) -> list[Any]:
    *lines, last = one()
    return ["Hasil", [*lines, *(["", name, "3,20"] for name in names), last]]


PLACES = {
    "kepala": heads,
    "loket": rows("Loket"),
    "unit": rows("Unit"),
    "daftar": listed,
    "judul": captions,
    "ekor": tail,
}


def workbook(parts: list[Any], folder: Path) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for part in parts:
        for line in [[part]] if isinstance(part, str) else [*part, []]:
            sheet.append(line)
    book.save(path := folder / "p.xlsx")
    return path


def sheets(names: tuple[str, ...], folder: Path) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    for i, name in enumerate(names):
        sheet = book.create_sheet(name)
        for line in one(c(75 + i), i / 5):
            sheet.append(line)
    book.remove(book.worksheets[0])
    book.save(path := folder / "p.xlsx")
    return path


def table(parts: list[Any], folder: Path) -> Path:
    path = folder / "p.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        for part in parts:
            writer.writerows([[part]] if isinstance(part, str) else part)
    return path


def leaks(hasil: HasilTelaah, names: tuple[str, ...]) -> list[str]:
    told = [hasil.to_text(), hasil.to_html(), json.dumps(hasil.to_dict(), ensure_ascii=False)]
    told += [repr(hasil.publikasi), repr(dataclasses.asdict(hasil.publikasi))]
    words = {w for name in names for w in re.findall(r"[^\W\d_]{2,}", name) if w.casefold() not in COMMON}
    assert words
    return [w for w in words if any(re.search(rf"(?<![^\W\d_]){w}(?![^\W\d_])", text) for text in told)]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "write", [table, workbook, WRITERS["html"], WRITERS["teks"]], ids=["csv", "xlsx", "html", "teks"]
)
def test_no_name_is_shown(family: str, write: Callable[..., Path], tmp_path: Path) -> None:
    for place, make in PLACES.items():
        hasil = audit(write(make(FAMILIES[family]), tmp_path))
        assert not leaks(hasil, FAMILIES[family]), (place, hasil.to_text())
        assert hasil.akun


@pytest.mark.parametrize("family", ["jawa", "bali", "gelar"])
@pytest.mark.parametrize("form", ["word", "salin", "pdf-tanpa-garis"])
def test_no_name_is_shown_of_a_document(family: str, form: str, tmp_path: Path) -> None:
    if form.startswith("pdf"):
        pytest.importorskip("typst")
        pytest.importorskip("pdfplumber")
    hasil = audit(WRITERS[form]([*heads(FAMILIES[family]), *captions(FAMILIES[family])], tmp_path))
    assert not leaks(hasil, FAMILIES[family]), hasil.to_text()


@pytest.mark.parametrize("family", FAMILIES)
def test_no_sheet_names_a_person(family: str, tmp_path: Path) -> None:
    hasil = audit(sheets(FAMILIES[family], tmp_path))
    assert not leaks(hasil, FAMILIES[family]), hasil.to_text()
    assert len(hasil.bagian) == 3


@pytest.mark.parametrize("name", [
    "Kartu Keluarga", "KTP-el", "Akta Kelahiran", "SKCK", "Poli Gigi", "KIA", "RSUD dr. Hartono", "Kelurahan Sukamaju",
    "Puskesmas Timur", "Dinas Sosial Kab. Bantul", "Loket 1", "Semester I 2024", "Perizinan Berusaha", "Rawat Inap",
    "Bank Jatim Cabang Wonoasih", "Uji KIR", "Legalisir Ijazah", "Sambungan Baru", "SDN 1 Wonoasih", "Bidang Perumahan",
    "Pegawai Negeri Sipil", "Ibu Rumah Tangga", "SMA/Sederajat", "D1/D2/D3", "Petani/Nelayan", "Dekan Fakultas Hukum",
    "Izin Mendirikan Bangunan", "Nilai Rata-rata Tertimbang", "Laki-laki", "Grand Total", "Sangat Puas",
    "PATEN", "OSS", "Satpol PP", "Bea Cukai", "Kartu Kuning", "Tumbuh Kembang", "Front Office", "RTLH", "BPNT", "Responsivitas",
])  # fmt: skip
def test_services_units_and_levels_keep_their_names(name: str) -> None:
    assert shown(name) == name
    assert shown(name.upper()) == name.upper()


def test_places_below_their_head_keep_their_names(tmp_path: Path) -> None:
    """A village is no person: its column says so, or a title of the same document."""
    places = ("Mekarsari", "Kademangan", "Wonoasih")
    told = audit(table(rows("Kelurahan")(places), tmp_path)).to_text()
    assert all(place in told for place in places)
    book = sheets(("Mekarsari", "Kademangan"), tmp_path)
    import openpyxl

    opened = openpyxl.load_workbook(book)
    for sheet in opened:
        sheet.insert_rows(1)
        sheet["A1"] = f"HASIL SURVEI KELURAHAN {sheet.title.upper()}"
    opened.save(book)
    assert "Kademangan" in audit(book).to_text()


def test_common_names_are_no_common_words() -> None:
    """Names that nobody wrote the list of words for; some people are named after months and other words."""
    names = (
        "Ade Aditya Agung Aji Ambar Andi Anggi Arif Asih Ayu Bagus Bintang Bunga Cahya Candra Citra Damai Dewa Dewi Dian Dwi Edi "
        "Eka Endah Evi Fajar Febri Galih Gita Guntur Hadi Ida Iin Imam Indah Indra Intan Ira Jaya Joko Kartini Kasih Kurnia Lia "
        "Lili Lina Made Maya Mega Melati Mulia Murni Mutiara Nia Nita Nur Oki Pandu Permata Puji Putra Putri Rama Ratna Rini Rita "
        "Rizki Sakti Santi Sari Satria Sekar Septi Setia Sinta Siti Slamet Sri Suci Surya Tika Tina Titik Tono Tri Tuti Udin Umi "
        "Untung Utomo Vivi Wahyu Wati Wayan Wulan Yani Yuni Zaki Lubis Koto Karo Tanjung Gede Luh Lie Tan Ong Paing Legi Pon"
    )
    assert [name for name in names.split() if shown(name) == name] == []
    assert [name for name in names.upper().split() if name in shown(f"Loket 1 {name} Utama")] == []
