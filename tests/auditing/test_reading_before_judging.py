"""What stands in a document is placed before it is judged: no false accusation, no silent pass, by kinds of mistake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

import skm
from skm.auditing.audit import audit

NAMES = ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Pengaduan", "Sarana"]
VALUES = ["3,47", "3,35", "3,63", "3,72", "3,46", "3,48", "3,58", "3,74", "3,72"]
RIGHT, WRONG = "89,31", "94,17"


def table(folder: Path, *rows: str) -> Path:
    path = folder / "tabel.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def nine(**more: Any) -> dict[str, Any]:
    return {"unsur": dict(zip(NAMES, VALUES, strict=True)), **more}


# --- rows -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [0, 2, 4, 7, 8])
@pytest.mark.parametrize(
    "name", ["Maklumat pelayanan", "Kualitas edukasi", "Kenyamanan", "Fasilitas", "Keramahan petugas"]
)
@pytest.mark.parametrize("ikm", ["87,50", "90,00"])
def test_a_row_with_an_unknown_name_counts(tmp_path: Path, place: int, name: str, ikm: str) -> None:
    """Eight times 3.6 and once 2.7: 87.50 with the row, 90.00 without it."""
    rows = [f"{i + 1};{name if i == place else NAMES[i]};{'2,700' if i == place else '3,600'}" for i in range(9)]
    hasil = audit(table(tmp_path, "No;Unsur;Nilai", *rows, f";IKM;{ikm}"))
    assert len(hasil.publikasi.unsur) == 9
    assert hasil.putusan == ("cocok" if ikm == "87,50" else "mustahil"), hasil.to_text()


def test_an_own_unsur_keeps_its_name(tmp_path: Path) -> None:
    rows = [f"{i + 1};{NAMES[i] if i != 3 else 'Kualitas Edukasi'};3,50" for i in range(9)]
    hasil = audit(table(tmp_path, "No;Unsur;Nilai", *rows, ";IKM;87,50"))
    assert hasil.publikasi.unsur[3].label == "Kualitas Edukasi"
    assert any("Kualitas Edukasi" in line for line in hasil.account("id"))


def test_a_row_whose_role_is_open_is_asked_about(tmp_path: Path) -> None:
    """Nothing closes the list and the row has no number: nine or ten unsur, so the figure cannot be decided."""
    rows = [f"{name};{value}" for name, value in zip(NAMES, VALUES, strict=True)]
    hasil = audit(table(tmp_path, "Unsur;Nilai", *rows, "Kenyamanan;2,00"))
    assert "baca-baris-ragu" in hasil.codes()
    assert not hasil.terbaca


@pytest.mark.parametrize(
    "values",
    [
        {"regulasi": "kepmenpan-25-2004", "unsur": {"U1": "3,24"}, "ikm": "72,4"},
        {"unsur": {"U1": "3,47", "U2": "3,35"}, "ikm": "80,00"},
        {"unsur": {f"U{i}": "3,50" for i in (1, 2, 3, 4, 6, 7, 8, 9)}, "ikm": "86,00"},
        {"unsur": dict.fromkeys(NAMES[:7], "3,50"), "ikm": "85,00"},
    ],
)
def test_fewer_unsur_than_the_regulation_decide_nothing(values: dict[str, Any]) -> None:
    hasil = audit(values)
    assert hasil.putusan == "tidak-dapat-diputuskan"
    assert "ikm-jumlah-unsur" in hasil.codes()
    assert not hasil.codes("kesalahan")


def test_a_figure_that_no_number_of_unsur_gives_is_impossible() -> None:
    hasil = audit({"unsur": {f"U{i}": "4,00" for i in range(1, 8)}, "ikm": "40,00"})
    assert hasil.codes("kesalahan") == ("ikm-mustahil-berapa-pun",)


def test_the_number_of_unsur_is_proven_by_codes_up_to_a_total(tmp_path: Path) -> None:
    rows = [f"U{i};Butir {i};3,50" for i in range(1, 7)]
    assert audit(table(tmp_path, "Kode;Unsur;Nilai", *rows, ";Nilai IKM;95,00")).putusan == "mustahil"
    assert audit(table(tmp_path, "Kode;Unsur;Nilai", *rows, ";Nilai IKM;87,50")).putusan == "cocok"


def test_sub_questions_belong_to_their_unsur(tmp_path: Path) -> None:
    rows = []
    for i, (name, value) in enumerate(zip(NAMES, VALUES, strict=True), start=1):
        rows += [f"{i};{name};{value}", f"{i}.1;Kemudahan {i};{value}", f"{i}.2;Kejelasan {i};{value}"]
    hasil = audit(table(tmp_path, "No;Unsur;Nilai", *rows, f";IKM;{RIGHT}"))
    assert (len(hasil.publikasi.unsur), hasil.putusan) == (9, "cocok")
    twice = [f"{name};{value}" for name, value in zip(NAMES, VALUES, strict=True) for _ in range(2)]
    assert audit(table(tmp_path, "Unsur;Nilai", *twice, f"IKM;{RIGHT}")).putusan == "cocok"
    assert audit(table(tmp_path, "Unsur;Nilai", *twice, f"IKM;{WRONG}")).putusan == "mustahil"


# --- figures that could not be placed ---------------------------------------------------------------------------------


def test_one_row_of_unsur_with_its_figure(tmp_path: Path) -> None:
    head = ";".join([*(f"U{i}" for i in range(1, 10)), "IKM", "Mutu"])
    hasil = audit(table(tmp_path, head, ";".join([*VALUES, WRONG, "D"])))
    assert {"ikm-di-atas-unsur-tertinggi", "mutu-tabel"} <= set(hasil.codes("kesalahan"))


def test_rows_of_services_with_an_index_only(tmp_path: Path) -> None:
    hasil = audit(table(tmp_path, "Jenis Layanan;IKM", "KTP;88,10", "KK;99,99", "Akta;12,00", "Rata-rata;66,70"))
    assert hasil.codes("kesalahan") == ("klaim-bagian-di-luar-skala",)
    assert len(hasil.publikasi.bagian) == 3


@pytest.mark.parametrize("second", ["Semester II 2024", "2025", "Triwulan 4", "Layanan KK"])
def test_a_second_column_is_a_result_of_its_own(tmp_path: Path, second: str) -> None:
    rows = [f"{i + 1};{name};{value};3,50" for i, (name, value) in enumerate(zip(NAMES, VALUES, strict=True))]
    first = "Layanan KTP" if "Layanan" in second else "Semester I 2024"
    hasil = audit(table(tmp_path, f"No;Unsur;{first};{second}", *rows, f";IKM;{RIGHT};95,00"))
    assert [part.putusan for part in hasil.bagian] == ["cocok", "mustahil"]
    assert second in next(f.text("id") for f in hasil.temuan if f.tingkat == "kesalahan")


def test_blocks_of_services_below_each_other(tmp_path: Path) -> None:
    rows = [f"{name};{value}" for name, value in zip(NAMES, VALUES, strict=True)]
    block = ["Unsur;Nilai", *rows]
    text = ["Layanan KTP;", *block, f"IKM;{RIGHT}", ";", "Layanan KK;", *block, "IKM;95,00"]
    hasil = audit(table(tmp_path, *text))
    assert [(part.publikasi.nama, part.putusan) for part in hasil.bagian] == [
        ("Layanan KTP", "cocok"),
        ("Layanan KK", "mustahil"),
    ]


def test_a_second_sheet_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, ikm in (("KTP", RIGHT), ("KK", WRONG)):
        sheet = book.create_sheet(name)
        sheet.append(["No", "Unsur", f"Nilai {name}"])
        for i, (unsur, value) in enumerate(zip(NAMES, VALUES, strict=True), start=1):
            sheet.append([i, unsur, value])
        sheet.append([None, "IKM", ikm])
    path = tmp_path / "buku.xlsx"
    book.save(path)
    assert "ikm-berlainan" in audit(path).codes()


def test_a_sheet_for_every_service_is_a_result_of_its_own(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet_name, values, ikm in (("KTP", VALUES, RIGHT), ("KK", ["3,00"] * 9, WRONG)):
        sheet = book.create_sheet(sheet_name)
        sheet.append(["No", "Unsur", "Nilai"])
        for i, (unsur, value) in enumerate(zip(NAMES, values, strict=True), start=1):
            sheet.append([i, unsur, value])
        sheet.append([None, "IKM", ikm])
    path = tmp_path / "lembar.xlsx"
    book.save(path)
    assert [(p.publikasi.nama, p.putusan) for p in audit(path).bagian] == [("KTP", "cocok"), ("KK", "mustahil")]


def test_the_figure_in_a_sentence_of_a_word_file(tmp_path: Path) -> None:
    document = docx.Document()
    shown = document.add_table(rows=10, cols=2)
    for i, (a, b) in enumerate([("Unsur", "Nilai"), *zip(NAMES, VALUES, strict=True)]):
        shown.cell(i, 0).text, shown.cell(i, 1).text = a, b
    document.add_paragraph(f"Dengan demikian Indeks Kepuasan Masyarakat sebesar {WRONG} (Sangat Baik).")
    path = tmp_path / "kalimat.docx"
    document.save(str(path))
    hasil = audit(path)
    assert hasil.codes("kesalahan") == ("ikm-di-atas-unsur-tertinggi",)
    assert hasil.publikasi.kinerja == "Sangat Baik"


def test_what_was_not_placed_is_said(tmp_path: Path) -> None:
    rows = [f"{name};{value}" for name, value in zip(NAMES, VALUES, strict=True)]
    hasil = audit(table(tmp_path, "Unsur;Nilai", *rows, f"IKM;{RIGHT}", ";", "Kode rahasia;77,77;66,66;55,55"))
    assert not hasil.terbaca
    assert any("tidak ditempatkan" in line for line in hasil.account("id"))
    assert "not placed" in " ".join(hasil.account("en"))


# --- columns by meaning ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head", ["Nilai Harapan;Nilai Kinerja", "Kepentingan;Kenyataan", "Harapan;Persepsi", "Importance;Performance"]
)
def test_performance_is_judged_and_expectation_is_not(tmp_path: Path, head: str) -> None:
    rows = [f"{name};3,95;{value}" for name, value in zip(NAMES, VALUES, strict=True)]
    hasil = audit(table(tmp_path, f"Unsur;{head}", *rows, f"IKM;;{RIGHT}"))
    assert hasil.putusan == "cocok", hasil.to_text()
    assert any(head.split(";", maxsplit=1)[0] in line for line in hasil.account("id"))


def test_two_columns_that_could_both_be_the_value_are_a_question(tmp_path: Path) -> None:
    rows = [f"{name};{3.05 + i / 20:.2f};{value}" for i, (name, value) in enumerate(zip(NAMES, VALUES, strict=True))]
    hasil = audit(table(tmp_path, "Unsur;Nilai;Skor", *rows, f"IKM;;{WRONG}"))
    assert "baca-kolom-mendua" in hasil.codes()
    assert not hasil.codes("kesalahan")
    assert hasil.putusan == "tidak-dapat-diputuskan"


@pytest.mark.parametrize("total", ["Total", "Rata-rata", "Kota Contoh"])
def test_units_in_rows_are_judged_one_by_one(tmp_path: Path, total: str) -> None:
    head = ";".join(["Unit", *(f"U{i}" for i in range(1, 10)), "IKM", "Mutu"])
    rows = [f"Dinas A;{';'.join(VALUES)};96,81;A", f"Dinas B;{';'.join(['3,00'] * 9)};75,00;A"]
    rows.append(f"{total};{';'.join(['3,24'] * 9)};81,00;B")
    hasil = audit(table(tmp_path, head, *rows))
    verdicts = {part.publikasi.nama: part.codes("kesalahan") for part in hasil.bagian}
    assert verdicts["Dinas A"] == ("ikm-di-atas-unsur-tertinggi",)
    assert verdicts["Dinas B"] == ("mutu-tabel",)


def test_answers_of_respondents_are_refused_by_name(tmp_path: Path) -> None:
    head = ";".join(f"U{i}" for i in range(1, 10))
    with pytest.raises(skm.errors.DataError) as caught:
        audit(table(tmp_path, head, *["3;4;3;4;3;4;3;4;4"] * 12))
    assert caught.value.code == "publikasi-jawaban"


# --- rounding ----------------------------------------------------------------------------------------------------------


def test_one_round_value_gives_no_slack() -> None:
    """85,0 is a multiple of 2.5, its neighbours are not: none of them was made of a mean with one decimal."""
    values = ["85,0", "86,1", "87,3", "88,2", "84,9", "83,7", "90,1", "91,3", "89,2"]
    assert audit({"unsur": dict(zip(NAMES, values, strict=True)), "ikm": "87,3"}).putusan == "cocok"
    assert audit({"unsur": dict(zip(NAMES, values, strict=True)), "ikm": "88,0"}).putusan == "mustahil"


def test_a_table_of_round_values_keeps_its_slack() -> None:
    """Every value is a multiple of 2.5: the means had one decimal, and each hides 1.25 either way."""
    values = ["85,0", "87,5", "90,0", "82,5", "85,0", "87,5", "90,0", "92,5", "85,0"]
    assert audit({"unsur": dict(zip(NAMES, values, strict=True)), "ikm": "87,9"}).putusan != "mustahil"


def test_what_is_cut_off_is_less_than_a_unit() -> None:
    """The mean of these is 82.00 at the most; cut off it is 82.0, never 81.9."""
    values = ["3,42", "3,28", "3,05", "3,66", "3,31", "3,40", "3,52", "2,94", "2,78"]
    assert audit({"unsur": dict(zip(NAMES, values, strict=True)), "ikm": "81,9"}).putusan == "mustahil"


@pytest.mark.parametrize(("ikm", "putusan"), [("100", "cocok"), ("95", "mustahil")])
def test_one_respondent_decides_exactly(ikm: str, putusan: str) -> None:
    values = {"unsur": dict.fromkeys(NAMES, "4"), "ikm": ikm, "n": 1, "pertanyaan_per_unsur": 1}
    assert audit(values).putusan == putusan


def test_one_respondent_with_several_questions_is_only_unusual() -> None:
    hasil = audit({"unsur": dict.fromkeys(NAMES, "4"), "ikm": "95", "n": 1})
    assert (hasil.putusan, hasil.codes("kesalahan")) == ("tidak-lazim", ())


# --- kesalahan keeps its definition -------------------------------------------------------------------------------------


def trend(arah: str, **values: str) -> dict[str, Any]:
    series = [{"periode": p.replace("_", " ").strip(), "ikm": v} for p, v in values.items()]
    return {"ikm": "88,00", "klaim": {"tren": {"arah": arah, "nilai": series}}}


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        (trend("naik", _2022="80,00", _2023="79,00", _2024="82,00", _2025="88,00"), ("klaim-tren-lekuk",)),
        (trend("terus naik", _2022="80,00", _2023="79,00", _2024="88,00"), ("klaim-tren-arah",)),
        (trend("naik", _2022="88,00", _2023="90,00", _2024="80,00"), ("klaim-tren-arah",)),
        (trend("terus naik", Februari="81,00", Januari="80,00", Maret="82,00"), ()),
        (trend("terus naik", Maret="81,00", Januari="80,00", Februari="82,00"), ("klaim-tren-arah",)),
        (trend("terus naik", Semester_II_2024="82,00", Semester_I_2025="83,00", Semester_I_2024="81,00"), ()),
    ],
)  # fmt: skip
def test_trends_by_time_and_by_what_is_claimed(values: dict[str, Any], codes: tuple[str, ...]) -> None:
    found = tuple(c for c in audit(values).codes() if c.startswith("klaim-tren-"))
    assert tuple(c for c in found if c != "klaim-tren-angka") == codes


@pytest.mark.parametrize("values", [
    nine(n=100, ikm=RIGHT, profil=[{"karakteristik": "layanan", "judul": "Layanan yang dipakai",
                                    "baris": [{"tingkat": "KTP", "jumlah": 80}, {"tingkat": "KK", "jumlah": 60}]}]),
    nine(ikm="92,00", mutu="A", kinerja="Memuaskan", unsur=dict.fromkeys(NAMES, "3,68")),
    nine(ikm="85,00", bagian=[{"nama": "a", "ikm": "80,00"}, {"nama": "b", "ikm": "90,00"}]),
    {"unsur": dict(zip(NAMES, ["4,2", "4,3", "4,1", "4,4", "4,0", "4,5", "4,2", "3,9", "4,1"], strict=True)), "ikm": "83,8"},
    {"unsur": dict(zip(NAMES, ["8,2", "8,3", "8,1", "8,4", "8,0", "8,5", "8,2", "7,9", "8,1"], strict=True)), "ikm": "82,0"},
])  # fmt: skip
def test_an_innocent_reading_is_no_error(values: dict[str, Any]) -> None:
    hasil = audit(values)
    assert not hasil.codes("kesalahan"), hasil.to_text()


def test_another_scale_is_one_finding() -> None:
    values = ["4,2", "4,3", "4,1", "4,4", "4,0", "4,5", "4,2", "3,9", "4,1"]
    hasil = audit({"unsur": dict(zip(NAMES, values, strict=True)), "ikm": "83,8"})
    assert hasil.codes() == ("mutu-skala-lain",)


@pytest.mark.parametrize(
    ("periode", "regulasi"),
    [("2010", "kepmenpan-25-2004"), ("2015", "permenpanrb-16-2014"), ("2023-S1", "permenpanrb-14-2017"), ("", "permenpanrb-14-2017")],
)  # fmt: skip
def test_years_choose_the_regulation_in_force(periode: str, regulasi: str) -> None:
    assert audit({"ikm": "80,00", "periode": periode}).regulasi.id == regulasi


def test_a_list_of_results_gives_one_verdict_a_row(tmp_path: Path) -> None:
    """Rows with all unsur, with some, and with the figure alone: none is dropped, each says what it could be held to."""
    head = ";".join(["id", "unit", "tahun", *(f"u{i}" for i in range(1, 10)), "ikm", "mutu"])
    rows = [
        f"1;Dinas A;2023;{';'.join(VALUES)};{RIGHT};A",
        f"2;Dinas B;2023;{';'.join(VALUES)};{WRONG};A",
        f"3;Dinas C;2023;3,47;3,35;;;;;;;;{RIGHT};A",
        f"4;Dinas D;2023;{';' * 8};85,00;A",
    ]
    parts = {part.publikasi.nama: part for part in audit(table(tmp_path, head, *rows)).bagian}
    assert {name: part.putusan for name, part in parts.items()} == {
        "Dinas A": "cocok",
        "Dinas B": "mustahil",
        "Dinas C": "tidak-dapat-diputuskan",
        "Dinas D": "tidak-diperiksa",
    }
    assert parts["Dinas D"].codes("kesalahan") == ("mutu-tabel-lain",)


@pytest.mark.parametrize(
    ("text", "ikm"),
    [
        ("Hasil survei tahun 2024.\nNilai IKM tahun 2024 sebesar 88,20 dengan mutu B (Baik).", "88,20"),
        ("Nilai IKM sebesar 88,20 (Baik).\nJumlah responden 120 orang.", "88,20"),
        ("Indeks Kepuasan Masyarakat mencapai 3,53 atau B.\nTerima kasih.", None),
    ],
)
def test_a_figure_in_pasted_sentences(text: str, ikm: str | None) -> None:
    """Decimal commas in sentences separate no columns."""
    hasil = audit(text)
    assert (None if hasil.publikasi.ikm is None else str(hasil.publikasi.ikm)) == ikm
    assert not hasil.terbaca


def test_levels_named_by_the_words_of_the_regulation(tmp_path: Path) -> None:
    rows = [f"{name};1;2;30;67;3,63" for name in NAMES]
    hasil = audit(table(tmp_path, "Unsur;Tidak Baik;Kurang Baik;Baik;Sangat Baik;NRR", *rows, "IKM;;;;;90,75"))
    assert hasil.publikasi.unsur[0].frekuensi == (1, 2, 30, 67)
    assert hasil.putusan == "cocok"


def test_a_table_of_years_alone_is_a_trend(tmp_path: Path) -> None:
    series = audit(table(tmp_path, "Tahun;IKM", "2021;80,10", "2022;81,20", "2023;79,90")).publikasi.klaim.tren.nilai
    assert [(entry.periode, str(entry.ikm)) for entry in series] == [
        ("2021", "80,10"),
        ("2022", "81,20"),
        ("2023", "79,90"),
    ]


def test_decimal_commas_without_quotes_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "koma.csv"
    path.write_text(
        "Unsur,Nilai\n" + "\n".join(f"{n},{v}" for n, v in zip(NAMES, VALUES, strict=True)), encoding="utf-8"
    )
    with pytest.raises(skm.errors.UnreadableFileError) as caught:
        audit(path)
    assert caught.value.code == "publikasi-koma-desimal"
    assert "baris 2" in caught.value.render("id")


def test_fourteen_unsur_are_held_against_their_own_table(tmp_path: Path) -> None:
    rule = skm.regulasi.load("kepmenpan-25-2004")
    rows = [f"{i};{u.name('id')};3,28" for i, u in enumerate(rule.unsur, start=1)]
    hasil = audit(table(tmp_path, "No;Unsur;Nilai", *rows, ";Nilai IKM;82,00", ";Mutu;A"))
    assert (hasil.regulasi.id, hasil.putusan) == ("kepmenpan-25-2004", "cocok")
    assert not hasil.codes("kesalahan"), "82 is an A by the table of 2004, a B by that of 2017"


SECRETS = ("Wening Rahayu", "Bagus Prakoso", "3573012345678901", "081234567890", "1234567890123")


@pytest.mark.parametrize(
    "lines",
    [
        ["Nama;NIK;" + ";".join(f"U{i}" for i in range(1, 10)),
         "Wening Rahayu;3573012345678901;3;4;3;4;3;4;3;4;4",
         "Bagus Prakoso;081234567890;3;4;3;4;3573012345678901;4;3;4;4"],
        ["Pertanyaan;Wening Rahayu;Bagus Prakoso", *[f"{name};3;4" for name in NAMES]],
        ["No;Unsur;Wening Rahayu;Bagus Prakoso", *[f"{i};{name};4;3" for i, name in enumerate(NAMES, 1)]],
        ["Persyaratan;Prosedur;Waktu;Biaya", "3;1234567890123;3;4", "3;3573012345678901;4;4", "4;4;4;4"],
        [";".join(f"U{i}" for i in range(1, 5)), "081234567890;3573012345678901;3;4", "3;3;4;4"],
    ],
)  # fmt: skip
def test_persons_in_a_file_of_answers_are_never_quoted(tmp_path: Path, lines: list[str]) -> None:
    """A file of respondents handed to the audit by mistake: refused or not judged, no name and no number of a person."""
    try:
        hasil = audit(table(tmp_path, *lines))
    except skm.errors.SKMError as problem:
        shown = problem.render("id") + problem.render("en")
    else:
        assert not hasil.codes("kesalahan"), hasil.to_text()
        shown = hasil.to_text() + hasil.to_html() + str(hasil.to_dict())
    assert not [secret for secret in SECRETS if secret in shown], shown


@pytest.mark.parametrize(("whole", "wrong"), [("3,24", False), ("3,00", False), ("3,90", True), ("2,80", True)])
def test_the_unsur_of_the_whole_lie_between_those_of_its_parts(tmp_path: Path, whole: str, wrong: bool) -> None:
    """Pooled, simple or weighted: between 3.00 and 3.50; outside of both nothing gives it."""
    head = ";".join(["Unit", *(f"U{i}" for i in range(1, 10)), "IKM"])
    rows = [f"Dinas {x};{';'.join([v] * 9)};{ikm}" for x, v, ikm in (("A", "3,50", "87,50"), ("B", "3,00", "75,00"))]
    ikm = f"{float(whole.replace(',', '.')) * 25:.2f}".replace(".", ",")
    hasil = audit(table(tmp_path, head, *rows, f"Total;{';'.join([whole] * 9)};{ikm}"))
    assert ("klaim-gabungan-unsur" in hasil.codes("kesalahan")) == wrong


@pytest.mark.parametrize(("ikm", "putusan"), [(RIGHT, "cocok"), (WRONG, "mustahil")])
def test_a_mean_of_the_unsur_is_the_figure_where_no_other_is_printed(tmp_path: Path, ikm: str, putusan: str) -> None:
    rows = [
        f"{i};{name};{value};{float(value.replace(',', '.')) * 25:.2f}".replace(".", ",")
        for i, (name, value) in enumerate(zip(NAMES, VALUES, strict=True), start=1)
    ]
    assert audit(table(tmp_path, "No;Unsur;NRR;Konversi", *rows, f";Rata-rata;3,57;{ikm}")).putusan == putusan
