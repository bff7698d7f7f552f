"""Layouts that offices have, each made by code: recognised by content and read without loss."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import skm
from skm.counts.hitungan import Hitungan
from skm.errors import DataError, EmptyDataError, InvalidAnswerError, MissingColumnError, OptionError, SKMWarning
from skm.io.read import LAYOUTS, PrintedTable

CODES = [f"U{i}" for i in range(1, 10)]
NAMES = [
    "Persyaratan",
    "Sistem, Mekanisme, dan Prosedur",
    "Waktu Penyelesaian",
    "Biaya/Tarif",
    "Produk Spesifikasi Jenis Pelayanan",
    "Kompetensi Pelaksana",
    "Perilaku Pelaksana",
    "Sarana dan Prasarana",
    "Penanganan Pengaduan, Saran dan Masukan",
]
QUESTIONS = [
    "1. Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
    "2. Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?",
    "3. Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?",
    "4. Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan? ",
    "5. Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang tercantum dalam standar pelayanan dengan hasil yang diberikan?",
    "6. Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?",
    "7. Bagaimana pendapat saudara perilaku petugas dalam pelayanan terkait kesopanan dan keramahan?",
    "8. Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?",
    "9. Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?",
]
ENGLISH = [
    "What do you think of the service requirements?",
    "What do you think of the ease of the procedure?",
    "What do you think of the speed of the service?",
    "What do you think of the reasonableness of the fee?",
    "Does the product of the service meet the standard?",
    "What do you think of the competence of the staff?",
    "What do you think of the politeness and friendliness of the staff?",
    "What do you think of the quality of the facilities?",
    "What do you think of the handling of complaints?",
]
LABELS = [
    ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
    ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"),
    ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
    ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    ("Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"),
    ("Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah"),
    ("Buruk", "Cukup", "Baik", "Sangat Baik"),
    ("Tidak ada", "Ada tetapi tidak berfungsi", "Berfungsi kurang maksimal", "Dikelola dengan baik"),
]
UNSUR = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "sarana", "pengaduan")

Rows = list[list[Any]]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "tata-letak.md"


def answers(n: int = 20, seed: int = 1, low: int = 1) -> list[list[int]]:
    chance = random.Random(seed)
    return [[chance.randint(low, 4) for _ in range(9)] for _ in range(n)]


def exact(rows: Sequence[Sequence[int | None]]) -> Fraction:
    """The index worked out here, from the regulation's rule alone."""
    means = []
    for column in zip(*rows, strict=True):
        filled = [v for v in column if v is not None]
        means.append(Fraction(sum(filled), len(filled)))
    return sum(means, Fraction(0)) / len(means) * 25


def book(path: Path, *sheets: tuple[str, Rows], merge: Sequence[str] = ()) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cells in merge:
            sheet.merge_cells(cells)
    made.save(path)
    return path


def csv_text(rows: Rows, separator: str = ",") -> str:
    def cell(value: Any) -> str:
        text = "" if value is None else str(value)
        return f'"{text}"' if separator in text or "\n" in text else text

    return "\n".join(separator.join(map(cell, row)) for row in rows) + "\n"


def worksheet(
    rows: Sequence[Sequence[Any]],
    weight: float | None = 0.111,
    *,
    legend: bool = True,
    block: Callable[[int, list[float]], list[float]] | None = None,
    names: Sequence[str] = NAMES,
) -> Rows:
    """The ministry-style sheet: titles, a two-row header, respondents, the block of sums, legend and names."""
    n = max(len(rows), 1)
    sums = [sum(float(r[j]) for r in rows) for j in range(9)]
    means = [s / n for s in sums]
    used = weight if weight is not None else 1 / 9
    weighted = [m * used for m in means]
    sheet: Rows = [
        ["PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT PER RESPONDEN DAN PER UNSUR PELAYANAN"],
        ["UNIT PELAYANAN : CONTOH"],
        [],
        ["NO. RESP", "NILAI UNSUR PELAYANAN"],
        [None, *CODES, "KET"],
        [*range(1, 11)],
    ]
    sheet += [[i, *row] for i, row in enumerate(rows, start=1)]
    sheet += [[None]] * 3
    if block is not None:
        sums = block(0, sums)
    sheet += [["ΣNilai/Unsur", *sums], ["NRR/Unsur", *means]]
    sheet += [["NRR tertbg/unsur", *weighted, sum(weighted), "*)"]]
    sheet += [["IKM Unit pelayanan", *[None] * 8, None, sum(weighted) * 25, "**)"], []]
    sheet += [["Keterangan :"], [f"NRR tertimbang per unsur = NRR per unsur x {str(used)[:5].replace('.', ',')}"]]
    if legend:
        sheet += [["No.", "UNSUR PELAYANAN", "NILAI RATA-RATA"]]
        sheet += [[code, name, mean] for code, name, mean in zip(CODES, names, means, strict=True)]
    return sheet


def notes(survei: Any) -> dict[str, Any]:
    return {note.kode: note for note in survei.catatan}


# --- the ministry's worksheet ---------------------------------------------------------------------------------------


def test_worksheet_filled(tmp_path: Path) -> None:
    """Titles, merged header, number row, block and legend are seen for what they are; the names decide U8 and U9."""
    rows = answers(25)
    path = book(tmp_path / "olah.xlsx", ("Sheet1", worksheet(rows)), merge=["A4:A5", "B4:J4"])
    survei = skm.read(path)
    hasil = skm.score(survei)
    assert (survei.n, survei.sumber.tata_letak) == (25, "olah-data")
    assert hasil.ikm_tepat == exact(rows)
    assert hasil.unsur["sarana"].total == sum(r[7] for r in rows)
    assert hasil.provenance.u8 == "bernama"
    agreed = notes(survei)["blok-cocok"]
    assert agreed.bukti["bobot"] == "0,111"
    assert not {n.kode for n in hasil.catatan} & {"u8-dianggap", "blok-beda"}


@pytest.mark.parametrize(("weight", "said"), [(0.111, "0,111"), (0.11, "0,11"), (None, "1/9")])
def test_worksheet_tells_its_weight(tmp_path: Path, weight: float | None, said: str) -> None:
    """0.111, 0.11 and 1/9 are told apart by the figures in the block."""
    survei = skm.read(book(tmp_path / "a.xlsx", ("Data", worksheet(answers(40, 3), weight))))
    assert notes(survei)["blok-cocok"].bukti["bobot"] == said


def test_worksheet_whose_sums_are_wrong(tmp_path: Path) -> None:
    """A sum that leaves out the last row is told with both values; the answers are used."""
    rows = answers(12, 4)
    wrong = book(tmp_path / "a.xlsx", ("Data", worksheet(rows, block=lambda _, s: [s[0] - rows[-1][0], *s[1:]])))
    survei = skm.read(wrong)
    found = notes(survei)["blok-beda"]
    assert any(text.startswith("jumlah U1") for text in found.bukti["beda"])
    assert skm.score(survei).ikm_tepat == exact(rows)


def test_worksheet_not_calculated(tmp_path: Path) -> None:
    """Formulas without values, or with the 0 that some programs write, are not compared."""
    rows = worksheet(answers(8))
    for row in rows:
        if row and row[0] in ("ΣNilai/Unsur", "NRR/Unsur", "NRR tertbg/unsur"):
            row[1:10] = [f"=SUM({c}7:{c}14)" for c in "BCDEFGHIJ"]
        if row and row[0] == "IKM Unit pelayanan":
            row[10] = "=K20*25"
    survei = skm.read(book(tmp_path / "a.xlsx", ("Data", rows)))
    assert not {"blok-beda", "blok-cocok"} & set(notes(survei))
    zeros = worksheet(answers(8))
    for row in zeros:
        if row and row[0] in ("ΣNilai/Unsur", "NRR/Unsur", "NRR tertbg/unsur"):
            row[1:11] = [0] * 10
        if row and row[0] == "IKM Unit pelayanan":
            row[10] = 0
    survei = skm.read(book(tmp_path / "b.xlsx", ("Data", zeros)))
    assert "blok-belum-dihitung" in notes(survei)


def test_worksheet_blank(tmp_path: Path) -> None:
    """An empty template is an empty template, with or without numbered rows."""
    for numbered in (False, True):
        rows = worksheet([])
        if numbered:
            rows[6:6] = [[i] for i in range(1, 26)]
        with pytest.raises(EmptyDataError) as problem:
            skm.read(book(tmp_path / f"{numbered}.xlsx", ("Sheet1", rows)))
        assert problem.value.code == "templat-kosong"


def test_worksheet_with_numbered_rows_left_over(tmp_path: Path) -> None:
    """Rows that hold only a number, and a formula's 0, are no respondents, and told."""
    rows = worksheet(answers(6))
    rows[12:12] = [[i, *[None] * 9, 0] for i in range(7, 20)]
    survei = skm.read(book(tmp_path / "a.xlsx", ("Sheet1", rows)))
    assert survei.n == 6
    assert notes(survei)["baris-tanpa-isi"].bukti["banyak"] == 13


def test_worksheet_with_numbers_as_text(tmp_path: Path) -> None:
    """Green corners: answers as text, "3,0", spaces and hard spaces."""
    rows = answers(10)
    typed = [[f" {v}\u00a0" if j % 2 else f"{v},0" for j, v in enumerate(r)] for r in rows]
    sheet = worksheet(rows)
    sheet[6:16] = [[i, *r] for i, r in enumerate(typed, start=1)]
    assert skm.score(skm.read(book(tmp_path / "a.xlsx", ("Sheet1", sheet)))).ikm_tepat == exact(rows)


def test_worksheet_with_a_replaced_unsur(tmp_path: Path) -> None:
    """A name in the list that the regulation does not know is the office's own unsur, not pengaduan."""
    names = [*NAMES[:8], "Pengelolaan Arsip"]
    rows = answers(10)
    hasil = skm.score(skm.read(book(tmp_path / "a.xlsx", ("Sheet1", worksheet(rows, names=names)))))
    assert "pengaduan" not in hasil.unsur
    assert hasil.unsur["pengelolaan_arsip"].total == sum(r[8] for r in rows)
    assert hasil.ikm_tepat == exact(rows)


def test_worksheet_with_names_under_codes(tmp_path: Path) -> None:
    """Names in the row below the codes decide like any names."""
    rows = answers(9)
    sheet: Rows = [["REKAP"], ["NO", *CODES], [None, *NAMES], *[[i, *r] for i, r in enumerate(rows, 1)]]
    hasil = skm.score(skm.read(book(tmp_path / "a.xlsx", ("Sheet1", sheet))))
    assert hasil.provenance.u8 == "bernama"
    assert hasil.unsur["sarana"].total == sum(r[7] for r in rows)


def test_right_sheet_by_content(tmp_path: Path) -> None:
    """Sheets of notes and of results do not hide the answers; two sheets of answers are never chosen between."""
    rows = answers(7)
    recap: Rows = [["Unit", *CODES], ["Loket", *[sum(c) / 7 for c in zip(*rows, strict=True)]]]
    path = book(tmp_path / "a.xlsx", ("Petunjuk", [["Isi lembar Data"]]), ("Rekap", recap), ("Data", worksheet(rows)))
    assert skm.read(path).sumber.lembar == "Data"
    months = [("Januari", worksheet(rows)), ("Februari", worksheet(answers(5, 9)))]
    several = book(tmp_path / "b.xlsx", *months)
    with pytest.raises(DataError) as problem:
        skm.read(several)
    assert problem.value.code == "lembar-mendua"
    assert skm.read(several, sheet="Februari").n == 5
    joined = skm.read(several, unit="lembar")
    assert {k: h.n for k, h in skm.score_by(joined, "unit").items()} == {"Januari": 7, "Februari": 5}


def test_rows_below_the_sums_are_not_lost(tmp_path: Path) -> None:
    """Respondents added under the block of sums are an error, never silently left out."""
    sheet = worksheet(answers(6), legend=False)
    sheet += [[7, *[3] * 9], [8, *[4] * 9]]
    with pytest.raises(DataError) as problem:
        skm.read(book(tmp_path / "a.xlsx", ("Sheet1", sheet)))
    assert problem.value.code == "data-di-bawah-jumlah"
    assert problem.value.context["banyak"] == 2


# --- data sheets and upload templates -------------------------------------------------------------------------------


def test_data_sheet_with_codes(tmp_path: Path) -> None:
    """A1..A9 beside age groups as codes, with sums below."""
    rows = answers(15)
    head = ["Kecamatan", "Nomor Responden", "Nama", "Kelompok Umur", "Jenis Kelamin", "Pendidikan Terakhir", "Pekerjaan Utama", "Jenis Pelayanan yang Diminta"]  # fmt: skip
    people = [["Contoh", i, f"Orang {i}", 1 + i % 5, "LP"[i % 2], "SLTA", "Swasta", "KTP"] for i in range(15)]
    sheet: Rows = [["DATA SURVEI"], [*head, *[f"A{i}" for i in range(1, 10)]]]
    sheet += [[*p, *r] for p, r in zip(people, rows, strict=True)]
    sums = [sum(c) for c in zip(*rows, strict=True)]
    sheet += [["Jumlah", *[None] * 7, *sums], ["Rata-rata", *[None] * 7, *[s / 15 for s in sums]]]
    survei = skm.read(book(tmp_path / "a.xlsx", ("Data", sheet)))
    assert survei.sumber.tata_letak == "lembar-data"
    assert skm.score(survei).ikm_tepat == exact(rows)
    assert set(skm.score_by(survei, "usia")) == {"< 20 th", "20-29 th", "30-39 th", "40-49 th", ">= 50 th"}
    assert "Nama" in survei.bacaan.khusus.pribadi
    assert "Orang 1" not in repr(survei.kolom()) + survei.to_frame().to_csv()


def test_upload_template_with_merged_profile(tmp_path: Path) -> None:
    """Row 1 PROFIL and NILAI UNSUR PELAYANAN, row 2 the columns, U10 empty."""
    rows = answers(8)
    sheet: Rows = [
        ["NO. RESPONDEN", "PROFIL", *[None] * 5, "NILAI UNSUR PELAYANAN"],
        [None, "NAMA", "JENIS KELAMIN", "USIA", "PENDIDIKAN", "PEKERJAAN", "JENIS LAYANAN", *CODES, "U10"],
    ]
    sheet += [[i, f"X{i}", "L", 20 + i, "S1", "PNS", "Akta", *r] for i, r in enumerate(rows)]
    survei = skm.read(book(tmp_path / "a.xlsx", ("Data", sheet), merge=["A1:A2", "B1:G1", "H1:P1"]))
    assert survei.sumber.tata_letak == "templat-unggah"
    assert set(survei.bacaan.profil) == {"jenis_kelamin", "usia", "pendidikan", "pekerjaan", "layanan"}
    assert skm.score(survei).ikm_tepat == exact(rows)


def test_headers_with_code_and_name(tmp_path: Path) -> None:
    """U8 (Sarana & Prasarana), Unsur 9, Saran / Masukan (Teks)."""
    rows = answers(5)
    head = [f"{c} ({n})" for c, n in zip(CODES, ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Sarana & Prasarana", "Pengaduan"], strict=True)]  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_text(csv_text([["Pilar", "Nama", "No HP", *head, "Saran / Masukan (Teks)"], *[["P", "x", "08", *r, "ok"] for r in rows], [""] * 13]))  # fmt: skip
    survei = skm.read(path)
    assert skm.score(survei).unsur["sarana"].total == sum(r[7] for r in rows)
    assert survei.bacaan.khusus.saran == "Saran / Masukan (Teks)"
    assert set(survei.bacaan.khusus.pribadi) == {"Nama", "No HP"}


# --- forms ----------------------------------------------------------------------------------------------------------


def google(rows: Sequence[Sequence[Any]], head: Sequence[str] = QUESTIONS, stamp: str = "Cap waktu") -> Rows:
    sheet: Rows = [[stamp, "Nama Lengkap", "Jenis Kelamin Anda", "Usia Anda (tahun)", "Pendidikan terakhir Anda", *head, "Saran dan masukan"]]  # fmt: skip
    for i, row in enumerate(rows):
        sheet.append([f"{1 + i % 28:02d}/07/2026 9:{i % 60:02d}:00", f"Orang {i}", "Laki-laki", 20 + i, "SMA", *row, "Semoga lebih baik"])  # fmt: skip
    return sheet


def words(rows: Sequence[Sequence[int]]) -> Rows:
    styles: list[Callable[[str], str]] = [
        str,
        str.upper,
        lambda s: f"  {s.lower()} ",
        lambda s: s.replace(" ", "\u00a0"),
    ]
    return [[styles[(i + j) % 4](LABELS[j][v - 1]) for j, v in enumerate(r)] for i, r in enumerate(rows)]


@pytest.mark.parametrize("stamp", ["Timestamp", "Cap waktu", "Stempel waktu"])
def test_google_forms_in_words(tmp_path: Path, stamp: str) -> None:
    """Full sentences matched by meaning, answers as words in any case and spacing, the names kept out."""
    rows = answers(30)
    path = tmp_path / "respons.csv"
    path.write_text(csv_text(google(words(rows), stamp=stamp)), encoding="utf-8")
    survei = skm.read(path)
    assert survei.sumber.tata_letak == "formulir-google"
    hasil = skm.score(survei)
    assert hasil.ikm_tepat == exact(rows)
    assert {u: hasil.unsur[u].total for u in UNSUR} == {u: sum(r[j] for r in rows) for j, u in enumerate(UNSUR)}
    assert set(survei.bacaan.profil) == {"jenis_kelamin", "usia", "pendidikan"}
    assert survei.bacaan.khusus.tanggal == stamp
    assert "Orang" not in survei.to_frame().to_csv()


def test_google_forms_in_english_and_another_order(tmp_path: Path) -> None:
    """English questions in the office's own order, numbered as it likes."""
    rows = answers(20)
    order = [8, 0, 3, 1, 2, 7, 6, 5, 4]
    head = [f"{k}. {ENGLISH[j]}" for k, j in enumerate(order, start=1)]
    path = tmp_path / "a.csv"
    path.write_text(csv_text([["Timestamp", *head], *[["2026-07-01 10:00:00", *[r[j] for j in order]] for r in rows]]))
    hasil = skm.score(skm.read(path))
    assert {u: hasil.unsur[u].total for u in UNSUR} == {u: sum(r[j] for r in rows) for j, u in enumerate(UNSUR)}


@pytest.mark.parametrize(
    "style",
    [
        lambda v, _: str(v),
        lambda v, _: "abcd"[v - 1].upper(),
        lambda v, j: f"{v} - {LABELS[j][v - 1]}",
        lambda v, j: f"({v}) {LABELS[j][v - 1]}",
        lambda v, j: f"{LABELS[j][v - 1]} ({v})",
        lambda v, j: f"{'abcd'[v - 1]}. {LABELS[j][v - 1]}",
        lambda v, _: "⭐" * v,
        lambda v, _: "★" * v + "☆" * (4 - v),
        lambda v, _: f"{v} bintang",
        lambda v, _: chr(0x660 + v),
        lambda v, _: ["Tidak baik", "Kurang baik", "Baik", "Sangat baik"][v - 1],
    ],
)
def test_answers_as_offices_write_them(tmp_path: Path, style: Callable[[int, int], str]) -> None:
    """Numbers, letters, numbers with labels, stars, other digits, the general meaning."""
    rows = answers(12)
    path = tmp_path / "a.csv"
    path.write_text(csv_text([["Timestamp", *QUESTIONS], *[["2026-01-05", *[style(v, j) for j, v in enumerate(r)]] for r in rows]]), encoding="utf-8")  # fmt: skip
    assert skm.score(skm.read(path)).ikm_tepat == exact(rows)


@pytest.mark.parametrize(
    "cell", ["4 - Tidak sesuai", "a. Sangat sesuai", "d. Lumayan", "⭐⭐⭐⭐⭐", "Lumayan", "4.5", "TRUE"]
)
def test_answers_that_contradict_themselves(tmp_path: Path, cell: str) -> None:
    """A number with another level's label, a letter with an unknown label, too many stars: all refused."""
    path = tmp_path / "a.csv"
    path.write_text(csv_text([["Timestamp", *QUESTIONS], *[["2026-01-05", *[3] * 9]] * 5, ["2026-01-05", cell, *[3] * 8]]), encoding="utf-8")  # fmt: skip
    with pytest.raises(InvalidAnswerError):
        skm.score(skm.read(path))


def test_form_as_downloaded_zip(tmp_path: Path) -> None:
    """The .zip that the Forms page hands out holds one CSV."""
    rows = answers(10)
    packed = tmp_path / "Survei Kepuasan.csv.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Survei Kepuasan.csv", csv_text(google(words(rows))))
        archive.writestr("__MACOSX/._Survei Kepuasan.csv", b"\x00\x05")
    assert skm.score(skm.read(packed)).ikm_tepat == exact(rows)


def test_form_sheet_among_the_users_own(tmp_path: Path) -> None:
    """ "Form Responses 1" is read though a copy stands beside it, and that is told."""
    rows = answers(10)
    copy = google(words(rows[:4]))
    path = book(tmp_path / "a.xlsx", ("Bersih", copy), ("Form Responses 1", google(words(rows))), ("Grafik", [["x"]]))
    survei = skm.read(path)
    assert (survei.n, survei.sumber.lembar) == (10, "Form Responses 1")
    assert notes(survei)["lembar-lain"].bukti["lain"] == ("Bersih",) or notes(survei)["lembar-lain"].bukti["lain"] == [
        "Bersih"
    ]


def test_grid_question(tmp_path: Path) -> None:
    """Pertanyaan [baris]: the row of the grid names the unsur."""
    rows = answers(10)
    head = [f"Berikan penilaian Anda terhadap pelayanan kami [{n}]" for n in NAMES]
    path = tmp_path / "a.csv"
    path.write_text(csv_text([["Timestamp", *head], *[["2026-01-05", *[f"{v}" for v in r]] for r in rows]]))
    hasil = skm.score(skm.read(path))
    assert hasil.unsur["pengaduan"].total == sum(r[8] for r in rows)


def test_quiz_columns_are_not_answers(tmp_path: Path) -> None:
    """Points and feedback that a quiz adds to every question are put aside."""
    rows = answers(10)
    head = [h for q in QUESTIONS for h in (q, f"{q} [Skor]", f"{q} [Masukan]")]
    lines = [["2026-01-05", "36 / 36", *[c for v in r for c in (v, "1.00 / 1", "")]] for r in rows]
    path = tmp_path / "a.csv"
    path.write_text(csv_text([["Cap waktu", "Skor", *head], *lines]))
    survei = skm.read(path)
    assert skm.score(survei).ikm_tepat == exact(rows)
    assert len(survei.bacaan.khusus.kuis) == 19
    points = [h for q in ENGLISH for h in (q, f"Points - {q}", f"Feedback - {q}")]
    other = book(tmp_path / "b.xlsx", ("Form1", [["ID", "Start time", "Completion time", "Email", "Name", "Total points", *points], *[[i, datetime(2026, 1, 5, 8), datetime(2026, 1, 5, 9), "anonymous", None, 9, *[c for v in r for c in (v, 1, None)]] for i, r in enumerate(rows)]]))  # fmt: skip
    assert skm.score(skm.read(other)).ikm_tepat == exact(rows)


def test_microsoft_forms(tmp_path: Path) -> None:
    """Indonesian Microsoft Forms: the completion time is no unsur, though it is called waktu penyelesaian."""
    rows = answers(10)
    head = ["ID", "Waktu mulai", "Waktu penyelesaian", "Email", "Nama", "Jenis kelamin", *QUESTIONS]
    lines = [[i, datetime(2026, 7, 1, 8, i), datetime(2026, 7, 1, 9, i), "anonymous", None, "Perempuan", *w] for i, w in enumerate(words(rows))]  # fmt: skip
    survei = skm.read(book(tmp_path / "Survei(1-10).xlsx", ("Sheet1", [head, *lines])))
    assert survei.sumber.tata_letak == "formulir-microsoft"
    assert survei.bacaan.khusus.tanggal == "Waktu penyelesaian"
    hasil = skm.score(survei)
    assert hasil.ikm_tepat == exact(rows)
    assert hasil.unsur["waktu"].total == sum(r[2] for r in rows)


@pytest.mark.parametrize("second", [QUESTIONS[2], "3. Bagaimana kecepatan pelayanan kami?"])
def test_edited_question_is_proposed_and_never_merged_silently(tmp_path: Path, second: str) -> None:
    """One question in two columns with disjoint answers: an error until confirmed, then the right figure."""
    rows = answers(20)
    head = ["Timestamp", *QUESTIONS, second]
    lines = []
    for i, r in enumerate(rows):
        first = [*r[:2], None, *r[3:]] if i >= 12 else r
        lines.append(["2026-01-05", *first, r[2] if i >= 12 else None])
    path = tmp_path / "a.csv"
    path.write_text(csv_text([head, *lines]))
    survei = skm.read(path)
    assert list(survei.usulan) == ["waktu"]
    with pytest.raises(MissingColumnError) as problem:
        skm.score(survei)
    assert problem.value.code == "kolom-terbelah"
    merged = survei.merge_columns("waktu")
    hasil = skm.score(merged)
    assert hasil.ikm_tepat == exact(rows)
    assert len(hasil.provenance.perbaikan) == 1
    assert list(survei.usulan) == ["waktu"]


def test_two_real_questions_of_one_unsur_are_refused(tmp_path: Path) -> None:
    """Overlapping answers: never silently two questions of one unsur; a map of the office settles it."""
    rows = answers(10)
    head = ["Timestamp", *QUESTIONS, "10. Bagaimana kecepatan pelayanan loket?"]
    path = tmp_path / "a.csv"
    path.write_text(csv_text([head, *[["2026-01-05", *r, 4] for r in rows]]))
    with pytest.raises(MissingColumnError) as problem:
        skm.read(path)
    assert problem.value.code == "kolom-ganda"
    peta = {u: q for u, q in zip(UNSUR, QUESTIONS, strict=True) if u != "waktu"} | {"waktu": [QUESTIONS[2], head[-1]]}
    hasil = skm.score(skm.read(path, kuesioner=peta))
    assert hasil.unsur["waktu"].nrr == (Fraction(sum(r[2] for r in rows), 10) + 4) / 2


def test_question_that_fits_two_unsur_is_an_error_with_a_map(tmp_path: Path) -> None:
    """Wording that points at two unsur is never guessed."""
    rows = answers(10)
    head = ["Timestamp", *QUESTIONS[:8], "Bagaimana kecepatan pelayanan dalam penanganan pengaduan?"]
    path = tmp_path / "a.csv"
    path.write_text(csv_text([head, *[["2026-01-05", *r] for r in rows]]))
    with pytest.raises(MissingColumnError) as problem:
        skm.read(path)
    # Speed has a column already, so what remains open is complaints; a yes takes it.
    assert problem.value.code == "kolom-lemah"
    assert problem.value.context["terima"] == "pengaduan"
    assert skm.read(path, terima="pengaduan").bacaan.kolom["pengaduan"].endswith("pengaduan?")
    path.write_text(csv_text([head[:3] + head[4:], *[["2026-01-05", *r[:2], *r[3:]] for r in rows]]))
    with pytest.raises(MissingColumnError) as problem:
        skm.read(path)
    assert problem.value.code == "kolom-ragu"
    # The labels of the regulation for complaints settle it.
    labelled = [[*r[:8], LABELS[8][r[8] - 1]] for r in rows]
    path.write_text(csv_text([head, *[["2026-01-05", *r] for r in labelled]]))
    assert skm.score(skm.read(path)).ikm_tepat == exact(rows)


def test_own_labels(tmp_path: Path) -> None:
    """Unknown words are an error that counts them; the office's own set, by argument or TOML, settles it."""
    rows = answers(40, low=1)
    own = ("Lama sekali", "Agak lama", "Tepat waktu", "Selalu tepat waktu")
    lines = [["2026-01-05", *r[:2], own[r[2] - 1], *r[3:]] for r in rows]
    path = tmp_path / "a.csv"
    path.write_text(csv_text([["Timestamp", *QUESTIONS], *lines]))
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(skm.read(path))
    assert problem.value.code == "jawaban-label"
    assert "Agak lama" not in str(problem.value)
    assert skm.score(skm.read(path, label={"waktu": own})).ikm_tepat == exact(rows)
    toml = tmp_path / "label.toml"
    toml.write_text("[label.waktu]\n" + "".join(f'"{t}" = {i}\n' for i, t in enumerate(own, 1)))
    assert skm.score(skm.read(path, label=toml)).ikm_tepat == exact(rows)
    table = book(tmp_path / "label.xlsx", ("Label", [["unsur", "label", "nilai"], *[["waktu", t, i] for i, t in enumerate(own, 1)]]))  # fmt: skip
    assert skm.score(skm.read(path, label=table)).ikm_tepat == exact(rows)


@pytest.mark.parametrize("label", [{"waktu": ["a", "b"]}, {"waktu": {"Cepat": 9}}, {"waktu": ["x", "x", "y", "z"]}])
def test_wrong_label_sets(tmp_path: Path, label: Any) -> None:
    """Too few labels, a level off the scale, one text for two levels."""
    path = tmp_path / "a.csv"
    path.write_text(csv_text([CODES, *answers(3)]))
    with pytest.raises(DataError):
        skm.read(path, label=label)


# --- dumps ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["u", "q", "n", "unsur_", "pertanyaan", "U_"])
def test_wide_dumps(tmp_path: Path, prefix: str) -> None:
    """u1.., q1.., unsur_1 with ids and time stamps around."""
    rows = answers(10)
    head = ["id", "waktu", *[f"{prefix}{i}" for i in range(1, 10)], "created_at"]
    path = tmp_path / "a.csv"
    path.write_text(csv_text([head, *[[i, "2026-07-01 10:00", *r, "2026-07-01"] for i, r in enumerate(rows)]], ";"))
    assert skm.score(skm.read(path)).ikm_tepat == exact(rows)


def test_long_dump(tmp_path: Path) -> None:
    """One row per answer, with the row's own id, letters, and an answer repeated exactly."""
    rows = answers(10)
    lines = [
        [k * 9 + j, f"r{k}", f"U{j + 1}", "abcd"[v - 1], "Loket 1"] for k, r in enumerate(rows) for j, v in enumerate(r)
    ]
    lines.append([999, *lines[0][1:]])
    path = tmp_path / "a.csv"
    path.write_text(csv_text([["id", "id_responden", "id_soal", "jawaban", "loket"], *lines]))
    survei = skm.read(path)
    assert (survei.n, survei.sumber.tata_letak) == (10, "panjang")
    assert skm.score(survei).ikm_tepat == exact(rows)
    assert "jawaban-kembar" in notes(survei)
    lines[-1][3] = "a" if lines[-1][3] != "a" else "b"
    path.write_text(csv_text([["id", "id_responden", "id_soal", "jawaban", "loket"], *lines]))
    with pytest.raises(DataError) as problem:
        skm.read(path)
    assert problem.value.code == "jawaban-ganda"


def test_long_dump_with_numbered_questions(tmp_path: Path) -> None:
    """Questions numbered 1..9."""
    rows = answers(6)
    lines = [[k, j + 1, v] for k, r in enumerate(rows) for j, v in enumerate(r)]
    path = book(tmp_path / "a.xlsx", ("Data", [["responden", "pertanyaan", "nilai"], *lines]))
    assert skm.score(skm.read(path)).ikm_tepat == exact(rows)


@pytest.mark.parametrize("separator", [",", "|", ";"])
def test_packed_dump(tmp_path: Path, separator: str) -> None:
    """All answers in one cell, with a blank inside."""
    rows: list[list[int | None]] = [list(r) for r in answers(10)]
    rows[3][4] = None
    lines = [[i, separator.join("" if v is None else str(v) for v in r)] for i, r in enumerate(rows)]
    path = book(tmp_path / "a.xlsx", ("Data", [["id", "jawaban"], *lines]))
    survei = skm.read(path)
    assert survei.sumber.tata_letak == "padat"
    assert skm.score(survei).ikm_tepat == exact(rows)
    lines[2][1] = "4,4"
    lines[2][1] = separator.join(["4"] * 8)
    with pytest.raises(DataError) as problem:
        skm.read(book(tmp_path / "b.xlsx", ("Data", [["id", "jawaban"], *lines])))
    assert problem.value.code == "padat-tidak-sama"


# --- processed figures ----------------------------------------------------------------------------------------------


def test_recap_of_units(tmp_path: Path) -> None:
    """One row a unit with means, sample, population and index: printed results, no survey."""
    head = ["NO", "OPD", *CODES, "POPULASI", "SAMPEL", "NRR TERTIMBANG", "NILAI IKM", "KATEGORI"]
    unit = [1, "Dinas A", 3.47, 3.35, 3.63, 3.72, 3.46, 3.48, 3.58, 3.72, 3.74, 3441, 341, 3.57, 89.31, "A"]
    other = [2, "Dinas B", 3.1, 3, 3.25, 4, 3.02, 3.4, 3.3, 3.2, 3.9, 500, 217, 3.35, 83.81, "B"]
    sheet: Rows = [["REKAPITULASI SKM 2025"], [], head, unit, other, ["Jumlah", None, *[None] * 9, 3941, 558]]
    recap = skm.read(book(tmp_path / "a.xlsx", ("Rekap", sheet)))
    assert isinstance(recap, PrintedTable)
    assert list(recap) == ["Dinas A", "Dinas B"]
    assert (recap["Dinas A"].n, recap["Dinas A"].populasi) == (341, 3441)
    assert str(recap["Dinas A"].ikm.nilai) == "89.31"


def test_table_of_means(tmp_path: Path) -> None:
    """One row an unsur with its mean, the index below."""
    means = [3.47, 3.35, 3.63, 3.72, 3.46, 3.48, 3.58, 3.72, 3.74]
    sheet: Rows = [["No", "Unsur Pelayanan", "Nilai Rata-rata", "Mutu"], *[[i, n, m, "A"] for i, (n, m) in enumerate(zip(NAMES, means, strict=True), 1)], ["NILAI IKM", None, 89.31]]  # fmt: skip
    table = skm.read(book(tmp_path / "a.xlsx", ("Hasil", sheet)))
    assert isinstance(table, PrintedTable)
    printed = table["Hasil"]
    assert {u.id for u in printed.unsur} == set(UNSUR)
    assert str(printed.ikm.nilai) == "89.31"


def test_table_of_counts(tmp_path: Path) -> None:
    """One row an unsur with how often each level was chosen: counts, checked against the sums beside them."""
    rows = answers(30)
    lines = []
    for name, column in zip(NAMES, zip(*rows, strict=True), strict=True):
        lines.append([name, *[column.count(v) for v in (1, 2, 3, 4)], sum(column), 30])
    head = ["Unsur", "1", "2", "3", "4", "Jumlah", "n"]
    path = tmp_path / "a.csv"
    path.write_text(csv_text([head, *lines]))
    counts = skm.read(path)
    assert isinstance(counts, Hitungan)
    assert skm.score(counts).ikm_tepat == exact(rows)
    lines[2][5] += 1
    path.write_text(csv_text([head, *lines]))
    with pytest.raises(DataError) as problem:
        skm.read(path)
    assert problem.value.code == "cacah-tidak-cocok"


# --- choices --------------------------------------------------------------------------------------------------------


def test_five_point_scale_only_by_a_named_conversion(tmp_path: Path) -> None:
    """Answers up to 5 are refused with the names of the conversions; each gives what it says."""
    rows = [[5, 4, 3, 2, 1, 5, 5, 4, 3], [4] * 9, [5] * 9]
    path = tmp_path / "a.csv"
    path.write_text(csv_text([CODES, *rows]))
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(skm.read(path))
    assert problem.value.code == "jawaban-skala-lain"
    with pytest.warns(SKMWarning, match="5-linear"):
        linear = skm.score(skm.read(path, skala="5-linear"))
    value = {v: 1 + Fraction(3, 4) * (v - 1) for v in range(1, 6)}
    assert linear.ikm_tepat == sum(sum(value[r[j]] for r in rows) / 3 for j in range(9)) / 9 * 25
    assert "skala-diubah" in {n.kode for n in linear.catatan}
    with pytest.raises(OptionError):
        skm.read(path, skala="5")


def test_layout_can_be_said(tmp_path: Path) -> None:
    """A layout that the file does not have is refused; an unknown one lists the known."""
    path = tmp_path / "a.csv"
    path.write_text(csv_text([CODES, *answers(3)]))
    assert skm.read(path, layout="tabel-rapi").n == 3
    for layout, code in (("padat", "tata-letak-tidak-cocok"), ("xyz", "opsi-tidak-dikenal")):
        with pytest.raises(OptionError) as problem:
            skm.read(path, layout=layout)
        assert problem.value.code == code


def test_sixteen_questions_over_nine_unsur(tmp_path: Path) -> None:
    """The online survey's sixteen questions: an unsur is the mean of its questions."""
    rows = [[1 + (i + j) % 4 for j in range(16)] for i in range(10)]
    path = tmp_path / "a.csv"
    path.write_text(csv_text([[f"q{i}" for i in range(1, 17)], *rows]))
    hasil = skm.score(skm.read(path, kuesioner="daring-16"))
    assert len(hasil.unsur) == 9
    assert hasil.unsur["persyaratan"].nrr == Fraction(sum(r[0] + r[1] for r in rows), 20)
    from skm.regulasi import _kuesioner as kuesioner

    assert kuesioner.load("daring-16").status == "belum-dilihat"


def test_binary_file_object(tmp_path: Path) -> None:
    """An open file is read like one on disk."""
    content = csv_text([CODES, *answers(3)]).encode("utf-16")
    assert skm.read(io.BytesIO(content)).n == 3


def examples() -> list[tuple[str, Rows]]:
    """The sections of docs/tata-letak.md that describe a layout, each with its first table."""
    found: list[tuple[str, Rows]] = []
    for section in PAGE.read_text("utf-8").split("\n### ")[1:]:
        title, _, body = section.partition("\n")
        table = [line for line in body.split("\n## ")[0].splitlines() if line.startswith("|")]
        end = next((i for i, line in enumerate(table) if i and set(line) <= set("|- ") and i != 1), len(table))
        rows: Rows = []
        for line in [table[0], *table[2:end]]:
            cells = [c.strip() for c in line.strip("|").split("|")]
            rows.append([None if not c else int(c) if c.isdigit() else c for c in cells])
        found.append((title, rows))
    return found


@pytest.mark.parametrize(("title", "rows"), examples(), ids=[t.split("`")[1] for t, _ in examples()])
def test_documented_examples_are_recognised(tmp_path: Path, title: str, rows: Rows) -> None:
    """Every layout has a section, and the table shown there is read as that layout."""
    named = re.findall(r"`([a-z-]+)`", title)
    assert set(named) <= set(LAYOUTS)
    read = skm.read(book(tmp_path / "contoh.xlsx", ("Contoh", rows)))
    layout = "tabel-cacah" if isinstance(read, Hitungan) else read.sumber.tata_letak
    assert layout in named
    if layout == "olah-data":
        assert notes(read)["blok-cocok"].bukti["bobot"] == "0,333"


def test_every_layout_is_documented() -> None:
    """The page leaves none out."""
    assert {name for title, _ in examples() for name in re.findall(r"`([a-z-]+)`", title)} == set(LAYOUTS)
