"""The form as offices fill it in: dashes, totals under any name, notes and signatures, several indicators a line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from skm import kinerja
from skm.errors import SKMError
from skm.kinerja import Lkjip
from skm.report import write_kinerja
from skm.report.chapters.blocks import TableBlock
from skm.report.chapters.column_widths import widths
from skm.report.lkjip.document import document_of

INDICATOR = ["IKM", "S", "indeks", None, "88,60", "90", "89,31"]
LINE = ["Program A", "Kegiatan", "Sub 1", 100, 90]


def filled(path: Path, **sheets: list[list[Any]]) -> Path:
    """Write the form with rows below the headers of its sheets; an empty row leaves a row blank."""
    kinerja.write_form(path)
    book = load_workbook(path)
    book["Umum"].cell(6, 2, 2026)
    for name, rows in {"Indikator": [INDICATOR], **sheets}.items():
        for number, row in enumerate(rows, start=5):
            for column, value in enumerate(row, start=1):
                book[name].cell(number, column, value)
    book.save(path)
    return path


def built(tmp_path: Path, **sheets: list[list[Any]]) -> Lkjip:
    return kinerja.lkjip(filled(tmp_path / "kinerja.xlsx", **sheets))


@pytest.mark.parametrize("label", [
    "Total Belanja Kecamatan", "Jumlah Seluruh Program", "JUMLAH TOTAL", "Jumlah (A+B)", "Jumlah 1+2", "Total :",
    "Total Anggaran dan Realisasi Tahun 2026", "Grand Total", "Jumlah Belanja Wonoasih",
])  # fmt: skip
@pytest.mark.parametrize("column", ["program", "sub_kegiatan"])
def test_a_total_under_any_name_is_no_line(label: str, column: str) -> None:
    keys = ("program", "kegiatan", "sub_kegiatan", "pagu", "realisasi")
    lines = [dict(zip(keys, row, strict=True)) for row in (LINE, ["Program B", "K", "S", 50, 50])]
    b = kinerja.belanja([*lines, {column: label, "pagu": 150, "realisasi": 140}])
    assert (b.pagu, b.realisasi, len(b.baris), b.catatan) == (150, 140, 2, ())
    t = kinerja.triwulan([
        {"triwulan": "I", "program": "Program A", "pagu": 100, "realisasi_anggaran": 90},
        {"triwulan": "I", "program": "Program B", "pagu": 50, "realisasi_anggaran": 50},
        {"triwulan": "I", column: label, "pagu": 150, "realisasi_anggaran": 140},
    ])  # fmt: skip
    assert (t.total(1), t.catatan) == ((150, 140), ())


def test_a_name_that_only_begins_like_a_total_is_a_line_and_told() -> None:
    rows = [dict(zip(("program", "kegiatan", "sub_kegiatan", "pagu", "realisasi"), LINE, strict=True))]
    b = kinerja.belanja([*rows, {"sub_kegiatan": "Jumlah Belanja Wonoasih", "pagu": 7, "realisasi": 6}])
    assert (b.pagu, [f.kode for f in b.catatan]) == (107, ["belanja-mirip-jumlah"])
    t = kinerja.triwulan([
        {"triwulan": 1, "program": "A", "pagu": 100, "realisasi_anggaran": 10},
        {"program": "Jumlah lembaga aktif", "pagu": 7, "realisasi_anggaran": 6},
    ])  # fmt: skip
    assert (t.total(1), [f.kode for f in t.catatan]) == ((107, 16), ["belanja-mirip-jumlah"])


@pytest.mark.parametrize("wrong", [0, 1])
def test_totals_of_a_quarter_are_held_against_what_they_name(wrong: int) -> None:
    rows: list[dict[str, Any]] = [
        {"triwulan": "I", "program": "Program A", "pagu": 100, "realisasi_anggaran": 20},
        {"kegiatan": "K", "pagu": 60, "realisasi_anggaran": 15},
        {"kegiatan": "L", "pagu": 40, "realisasi_anggaran": 5},
        {"program": "Jumlah Program A", "pagu": 100 + wrong, "realisasi_anggaran": 20},
        {"program": "Program B", "pagu": 50, "realisasi_anggaran": 5},
        {"program": "Sub total", "pagu": 50, "realisasi_anggaran": 5},
        {"indikator": "JUMLAH", "pagu": 150, "realisasi_anggaran": 25 + wrong},
    ]
    t = kinerja.triwulan(rows)
    assert t.total(1) == (150, 25)
    assert [f.kode for f in t.catatan] == ["triwulan-total"] * (2 * wrong)


@pytest.mark.parametrize("row", [
    [1, 2, 3, 4, 5, 6, 7], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(5)/(4)", "(7)"], ["1", "2", "3", "4", "5"],
    ["Program", "Kegiatan", "Sub kegiatan", "Pagu", "Realisasi"],
])  # fmt: skip
def test_numbers_of_columns_and_repeated_headers_are_no_lines(row: list[Any], tmp_path: Path) -> None:
    k = built(tmp_path, Anggaran=[row, LINE, row, [None, None, "Sub 2", 50, 40]])
    assert k.belanja is not None
    assert (k.belanja.pagu, k.belanja.realisasi, k.catatan) == (150, 130, ())


SIGNED = [[], ["Sumber: Subbagian Keuangan"], [], [None] * 4 + ["Contoh, 14 Januari 2027"], [None] * 4 + ["CAMAT"],
          [None] * 4 + ["NAMA RAHASIA, S.Sos."], [None] * 4 + ["NIP. 19700101 199503 1 002"]]  # fmt: skip


@pytest.mark.parametrize(("sheet", "rows"), [
    ("Anggaran", [LINE]), ("Anggaran", [LINE, ["Jumlah", None, None, 100, 90]]),
    ("Triwulan", [["I", None, "A", None, None, "x", "%", 90, 10, 100, 20]]),
    ("Tahunan", [[1, 2025, "89", "88,75"]]), ("Indikator", [INDICATOR]),
])  # fmt: skip
def test_notes_and_signatures_below_are_passed_by_and_told(sheet: str, rows: list[list[Any]], tmp_path: Path) -> None:
    bare = built(tmp_path / "a", **{sheet: rows})
    k = built(tmp_path / "b", **{sheet: [*rows, *SIGNED]})
    assert {f.kode for f in k.catatan} - {f.kode for f in bare.catatan} == {"lkjip-baris-dilewati"}
    assert k.table().rows == bare.table().rows
    write_kinerja(k, tmp_path / "out" / "kinerja.html")
    shown = "".join(p.read_text(encoding="utf-8") for p in (tmp_path / "out").iterdir()) + str(k)
    assert "RAHASIA" not in shown
    assert "19700101" not in shown


def test_a_line_without_figures_directly_below_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SKMError) as caught:
        built(tmp_path, Anggaran=[LINE, [None, None, "Sub 2"]])
    assert (caught.value.code, caught.value.context["baris"]) == ("lkjip-angka-kosong", 6)


@pytest.mark.parametrize("dash", ["-", "Rp -", "–", "Rp0,-"])
def test_a_dash_among_amounts_is_zero(dash: str, tmp_path: Path) -> None:
    k = built(tmp_path, Anggaran=[LINE, [None, None, "Sub 2", "Rp 1.234.567,00", dash, "-"]])
    assert k.belanja is not None
    assert (k.belanja.pagu, k.belanja.realisasi) == (1234667, 90)


@pytest.mark.parametrize(("share", "told"), [(0.9, 0), (0.95, 1), (90, 0), ("90,00%", 0), ("0,9", 1)])
def test_a_share_kept_as_a_fraction_is_the_same_share(share: Any, told: int, tmp_path: Path) -> None:
    """A percent cell holds 0.9; text that prints 0,9 prints another share."""
    k = built(tmp_path, Anggaran=[[*LINE, share]])
    assert len([f for f in k.catatan if f.kode == "belanja-persen"]) == told


def test_several_indicators_of_one_line_have_its_money_once() -> None:
    def rows(tw: str, first: int, second: int, spent: int, *, named: bool) -> list[dict[str, Any]]:
        name = {"triwulan": tw, "program": "A", "kegiatan": "K"}
        money = {"pagu": 100, "realisasi_anggaran": spent}
        return [
            {**name, "indikator": "dokumen", "target": 4, "realisasi": first, **money},
            {**(name if named else {"triwulan": tw}), "indikator": "orang", "target": 90, "realisasi": second,
             **(money if named else {})},
        ]  # fmt: skip

    for named in (True, False):
        t = kinerja.triwulan([*rows("I", 1, 30, 20, named=named), *rows("II", 2, 29, 60, named=named)])
        assert [t.total(q) for q in (1, 2)] == [(100, 20), (100, 60)]
        falls = [f for f in t.catatan if f.kode == "triwulan-turun"]
        assert [(f.bukti["lama"], f.bukti["baru"]) for f in falls] == [("30", "29")]
        assert ("triwulan-pagu-sekali" in {f.kode for f in t.catatan}) is named
    twice = kinerja.triwulan([*rows("I", 1, 1, 20, named=True)[:1] * 2])
    assert (twice.total(1), [f.kode for f in twice.catatan]) == ((200, 40), ["triwulan-kembar"])


def test_lines_given_to_an_indicator_are_its_money(tmp_path: Path) -> None:
    k = built(
        tmp_path,
        Indikator=[INDICATOR, ["Kedua", *INDICATOR[1:]]],
        Anggaran=[
            [*LINE, None, 1],
            ["Program B", "K", "S", 10, 9, None, "Kedua"],
            ["Program B", "K", "T", 30, 20, None, 1],
        ],
    )
    assert [(i.anggaran.pagu, i.anggaran.realisasi) for i in k.indikator if i.anggaran] == [(130, 110), (10, 9)]
    assert not [f for f in k.catatan if f.kode.startswith("lkjip")]
    shares = {table.title: table for table in kinerja.tables_of(k, k.indikator[0])}
    supporting = next(t for title, t in shares.items() if title.startswith("Program yang mendukung"))
    assert [row[2:4] for row in supporting.rows] == [(100, 90), (30, 20)]
    with pytest.raises(SKMError) as caught:
        built(tmp_path / "c", Anggaran=[[*LINE, None, "Ketiga"]])
    assert (caught.value.code, caught.value.context["lembar"]) == ("lkjip-indikator", "Anggaran")


@pytest.mark.parametrize(("text", "unit", "value"), [
    ("≥ 88,31", "indeks", "88.31"), ("82,50 (A)", "nilai", "82.50"), ("12 Dok", "Dokumen", "12"),
    ("300 Orang/Bulan", "orang", "300"), ("1.250", "orang", "1250"), ("1.250", "indeks", "1.250"), ("n/a", "%", None),
    ("min. 75 %", "%", "75"), ("980", "orang", "980"), ("belum ada", "unit", None),
])  # fmt: skip
def test_numbers_as_targets_are_written(text: str, unit: str, value: str | None) -> None:
    t = kinerja.triwulan([{"triwulan": "s.d. TW IV", "program": "A", "satuan": unit, "target": text}])
    assert t.baris[0].triwulan == 4
    assert t.baris[0].target == (None if value is None else Decimal(value))


def test_what_may_be_a_fraction_of_a_percent_is_told() -> None:
    k = kinerja.lkjip({"tahun": 2026, "indikator": [{"nama": "A", "satuan": "%", "target": "90%", "realisasi": 0.9}]})
    assert [f.kode for f in k.catatan] == ["lkjip-pecahan"]


def test_an_indicator_without_money_stays(tmp_path: Path) -> None:
    k = built(tmp_path, Indikator=[[*INDICATOR, None, None, "0", "Rp -"], [*INDICATOR[:1], "x", *INDICATOR[2:]]])
    assert [f.kode for f in k.catatan][:1] == ["lkjip-tanpa-pagu"]
    assert k.indikator[0].anggaran is None


def test_a_quarter_prints_every_amount_and_the_workbook_holds_the_same(tmp_path: Path) -> None:
    """Performance and money of a quarter are two tables; a dash beside a target is no error in the workbook."""
    rows = [
        {"triwulan": "I", "program": "P", "kegiatan": "K", "sub_kegiatan": "S1", "satuan": "orang", "target": "1.250",
         "realisasi": "-", "pagu": 12_415_022_746, "realisasi_anggaran": 10},
        {"sub_kegiatan": "S2", "target": 4, "realisasi": 1, "pagu": 50, "realisasi_anggaran": 5},
        {"indikator": "lain", "target": 2, "realisasi": 2},
    ]  # fmt: skip
    typed = {"program": "P", "pagu": 500, "realisasi_anggaran": 400}
    budget = [{"program": "P", "kegiatan": "K", "sub_kegiatan": "S", "pagu": 900, "realisasi": 90}]
    indicator = {"nama": "A", "target": 1, "realisasi": 1, **typed}
    k = kinerja.lkjip({"tahun": 2026, "indikator": [indicator], "anggaran": budget, "triwulan": rows})
    write_kinerja(k, tmp_path / "k.xlsx")
    book = load_workbook(tmp_path / "k.xlsx")
    quarter = book["Triwulan I"]
    total = [quarter.cell(8, column).value for column in (8, 9)]
    assert total == ["=SUM(H5:H6)", "=SUM(I5:I6)"]
    assert "ISNUMBER(F5)" in quarter.cell(5, 7).value
    assert [book["Indikator"].cell(5, column).value for column in (10, 11)] == [500, 400]  # typed, not the sum of P
    tables = [b.isi for b in document_of(k).blok if isinstance(b, TableBlock)]
    assert [[c.key for c in t.columns] for t in tables[-2:]] == [
        ["nama", "indikator", "target", "realisasi", "capaian"], ["nama", "pagu", "anggaran", "serapan"],
    ]  # fmt: skip
    assert [len(t.rows) for t in tables[-2:]] == [3, 3]  # three indicators; two lines with money and their total
    for table in tables:
        # Of about ninety digits that a page holds side by side every number has its own, and its cell's margins.
        for share, column, cells in zip(widths(table), table.columns, zip(*table.cells(), strict=True), strict=True):
            numbers = [cell for cell in cells if column.kind != "text"]
            longest = max((sum(1 if c.isdigit() else 0.5 for c in cell) for cell in numbers), default=0)
            assert share * 90 / 1000 >= longest + 2, (table.title, column.key)
