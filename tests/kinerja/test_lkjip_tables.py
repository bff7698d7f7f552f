"""The performance chapter: every printed figure of a real report, the form there and back, what cannot be is told."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import skm
from skm import kinerja, report
from skm.errors import DataError, EmptyDataError, OptionError, SKMError

# Names of our own; figures of the printed report: programme -> (ceiling, spent, printed %) by kegiatan and line.
PROGRAMS = {
    "Penunjang": (9638366951, 9283957862),
    "Pelayanan": (1933956597, 1899105723),
    "Pemberdayaan": (2361487698, 2108256909),
    "Pemerintahan umum": (481211500, 479200652),
}
INDICATORS: list[dict[str, Any]] = [
    {
        "nama": "IKM",
        "target_renstra": "88,60",
        "target": "94,14",
        "realisasi": "94,17",
        "awal": "84,50",
        "program": ["Pelayanan", "Pemerintahan umum"],
    },
    {
        "nama": "Administrasi",
        "satuan": "%",
        "target_renstra": "-",
        "target": "100 %",
        "realisasi": "100 %",
        "program": "Penunjang",
    },
    {
        "nama": "Lembaga",
        "satuan": "%",
        "target_renstra": "40 %",
        "target": "80",
        "realisasi": "85,71 %",
        "program": "Pemberdayaan",
    },
]
YEARLY = [
    *({"indikator": 1, "tahun": y, "target": t} for y, t in [(2020, "84,60"), (2021, "85,60"), (2022, "94,12")]),
    {"indikator": "ikm", "tahun": 2023, "target": "94,13", "realisasi": "94,15"},
    {"indikator": 2, "tahun": 2023, "target": "100", "realisasi": "100"},
    {"indikator": 3, "tahun": 2023, "realisasi": "35"},
]


def budget(**changed: int) -> list[dict[str, Any]]:
    lines = [
        {"program": name, "kegiatan": f"K {name}", "sub_kegiatan": f"S {name}", "pagu": p, "realisasi": r}
        for name, (p, r) in PROGRAMS.items()
    ]
    total = {"program": "Jumlah", "pagu": 14415022746, "realisasi": 13770521146, "persen": "95,53"}
    return [*lines, {**total, **changed}]


def chapter(**more: Any) -> kinerja.Lkjip:
    values = {"unit": "Kecamatan", "tahun": 2024, "akhir_renstra": 2024, "indikator": INDICATORS, "tahunan": YEARLY}
    return kinerja.lkjip({**values, "anggaran": budget(), **more})


@pytest.mark.parametrize(
    ("position", "figures"),
    [
        (0, ("100.03", "106.29", "98.47", "98.44", "16.75", "Sangat Baik")),
        (1, ("100.00", None, "96.32", "96.32", "66.86", "Baik")),
        (2, ("107.14", "214.28", "89.28", "83.33", "16.38", "Sangat Baik")),
    ],
)
def test_every_figure_of_the_printed_tables(position: int, figures: tuple[str | None, ...]) -> None:
    """Capaian, progress on both bases, serapan, efisiensi, share and word of each indicator (tables 3.2 to 3.25)."""
    i = chapter().indikator[position]
    assert i.anggaran is not None
    progress = None if i.kemajuan_renstra is None else f"{i.kemajuan_renstra:.2f}"
    got = (i.capaian.persen, progress, i.anggaran.serapan, i.anggaran.efisiensi, i.anggaran.porsi)
    assert tuple(None if x is None else str(x) for x in got) == figures[:5]
    assert i.capaian.predikat.word("id") == figures[5]
    assert f"{i.kemajuan_target:.2f}" == figures[0]


def test_years_and_the_way_from_the_baseline() -> None:
    """Five years of targets, two with a realisation; 9.67 of the 4.10 points from 84.50 to 88.60."""
    k = chapter()
    one = k.indikator[0]
    assert (one.tahunan[0].tahun, str(one.tahunan[0].target)) == (2020, "84.60")
    assert [str(y.capaian.persen) for y in one.tahunan if y.capaian] == ["100.02", "100.03"]
    assert one.kemajuan_awal is not None
    assert f"{one.kemajuan_awal:.2f}" == "235.85"
    assert k.total is not None
    assert (k.total.serapan, k.total.sisa) == (Decimal("95.53"), Decimal(644501600))
    assert not k.catatan
    assert len(kinerja.tables_of(k, one)) == 7


def rows_of(shared: Path, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((shared / "lkjip-2024" / name).read_text(encoding="utf-8"))))[1:]


def test_the_whole_budget_table(shared_data: Path) -> None:
    """All 45 lines with their printed percentages, 13 kegiatan, both totals (table 3.26)."""
    keys = ("nomor", "program", "kegiatan", "sub_kegiatan", "pagu", "realisasi", "persen")
    b = kinerja.belanja([dict(zip(keys, row, strict=True)) for row in rows_of(shared_data, "anggaran.csv")])
    assert (len(b.baris), len(b.program), b.pagu, b.realisasi) == (45, 4, Decimal(14415022746), Decimal(13770521146))
    assert not b.catatan
    levels = [level for level, _ in b.tree()]
    assert (levels.count(0), levels.count(1), levels.count(2)) == (4, 13, 45)
    sums = {line.nama: line for level, line in b.tree() if level == 0}
    assert sorted((line.pagu, line.realisasi) for line in sums.values()) == sorted(PROGRAMS.values())


def test_the_printed_quarters(shared_data: Path) -> None:
    """Quarters I and II add up to their printed totals; programmes that the others lack and a misspelt one are told."""
    lines: list[dict[str, Any]] = []
    for row in rows_of(shared_data, "triwulan.csv"):
        if not row[4].startswith("PROGRAM") and "Rp1" not in row[9]:
            continue
        place = {"program": "Jumlah"} if "Rp1" in row[9] else {"program": row[4], "satuan": row[6], "target": row[7]}
        lines.append({"triwulan": row[0], **place, "pagu": row[9], "realisasi_anggaran": row[10]})
    t = kinerja.triwulan(lines)
    assert [t.total(q)[0] for q in (1, 2)] == [Decimal(13629977788)] * 2
    assert [t.total(q)[1] for q in (1, 2)] == [Decimal(2478524239), Decimal(6786730518)]
    codes = [f.kode for f in t.catatan]
    assert "triwulan-total" not in codes
    assert codes.count("triwulan-program-kurang") == 2  # III and IV are printed in part
    assert "triwulan-ejaan" in codes
    assert "triwulan-pagu-berubah" in codes


QUARTER = {"program": "P", "satuan": "laporan", "target": "12 laporan", "pagu": "1.000", "indikator": "x"}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([{**QUARTER, "triwulan": 1, "realisasi": 6}, {**QUARTER, "triwulan": 2, "realisasi": 3}], "triwulan-turun"),
        (
            [
                {**QUARTER, "triwulan": "TW I", "realisasi_anggaran": 900},
                {**QUARTER, "triwulan": "Triwulan II", "realisasi_anggaran": 800},
            ],
            "triwulan-turun",
        ),
        ([{**QUARTER, "triwulan": 1}, {"triwulan": 1, "kegiatan": "K", "pagu": 2000}], "triwulan-anak-melebihi"),
        (
            [{**QUARTER, "triwulan": 1}, *({"triwulan": 1, "kegiatan": f"K{i}", "pagu": 300} for i in range(3))],
            "triwulan-jumlah",
        ),
        ([{**QUARTER, "triwulan": 1}, {"triwulan": 1, "program": "Total", "pagu": 900}], "triwulan-total"),
        ([{**QUARTER, "triwulan": 1, "realisasi_anggaran": 1001}], "triwulan-lebih"),
        ([{**QUARTER, "triwulan": 1}, {**QUARTER, "triwulan": 3, "pagu": 1200}], "triwulan-pagu-berubah"),
        (
            [{"triwulan": 1, "program": "Pelayanan Ummum"}, {"triwulan": 2, "program": "Pelayanan Umum"}],
            "triwulan-ejaan",
        ),
        ([{**QUARTER, "triwulan": 1}, {**QUARTER, "triwulan": 1}], "triwulan-kembar"),
    ],
)
def test_quarters_that_cannot_be(lines: list[dict[str, Any]], code: str) -> None:
    """Each is told by its code, in both languages, and nothing else is."""
    found = kinerja.triwulan(lines).catatan
    assert [f.kode for f in found] == [code]
    assert found[0].text("id") != found[0].text("en")


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=4))
def test_a_cumulative_figure_is_told_exactly_where_it_falls(spent: list[int]) -> None:
    """As many findings as steps downward."""
    lines = [
        {"triwulan": q, "program": "P", "pagu": 10**9, "realisasi_anggaran": v} for q, v in enumerate(spent, start=1)
    ]
    falls = [f for f in kinerja.triwulan(lines).catatan if f.kode == "triwulan-turun"]
    assert len(falls) == sum(b < a for a, b in pairwise(spent))


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(1, 10**12)), min_size=1, max_size=12),
    st.data(),
)
def test_subtotals_of_any_tree(lines: list[tuple[int, int, int]], data: st.DataObject) -> None:
    """Printed subtotals that are right are silent; one that is off by a rupiah is told."""
    rows: list[dict[str, Any]] = [
        {"program": f"P{p}", "kegiatan": f"K{k}", "sub_kegiatan": f"S{i}", "pagu": v, "realisasi": v // 3}
        for i, (p, k, v) in enumerate(lines)
    ]
    sums = [
        {
            "program": f"P{p}",
            "pagu": sum(v for q, _, v in lines if q == p),
            "realisasi": sum(v // 3 for q, _, v in lines if q == p),
        }
        for p in sorted({p for p, _, _ in lines})
    ]
    assert not [f for f in kinerja.belanja([*rows, *sums]).catatan if f.kode == "belanja-jumlah"]
    wrong = data.draw(st.integers(0, len(sums) - 1))
    sums[wrong] = {**sums[wrong], "pagu": int(sums[wrong]["pagu"]) + 1}
    told = [f for f in kinerja.belanja([*rows, *sums]).catatan if f.kode == "belanja-jumlah"]
    assert len(told) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"anggaran": budget(pagu=14415022745)}, "belanja-jumlah"),
        ({"anggaran": budget(persen="95,54")}, "belanja-persen"),
        ({"anggaran": [*budget()[:4], {**budget()[0], "nomor": 9}]}, "belanja-kembar"),
        (
            {"indikator": [{**INDICATORS[0], "pagu": 1, "realisasi_anggaran": 1}, *INDICATORS[1:]]},
            "lkjip-anggaran-beda",
        ),
        ({"indikator": INDICATORS[:2], "tahunan": []}, "lkjip-program-sisa"),
        ({"indikator": [*INDICATORS, {**INDICATORS[2], "nama": "Lain"}]}, "lkjip-program-dua-kali"),
        ({"indikator": [*INDICATORS, {**INDICATORS[2], "program": "", "nama": "lembaga"}]}, "lkjip-indikator-ganda"),
        ({"indikator": [{**INDICATORS[0], "target": "-"}, *INDICATORS[1:]]}, "lkjip-target-renstra"),
        ({"triwulan": [{"triwulan": 4, "iku": "IKM", "realisasi": "94,71"}]}, "lkjip-triwulan-tahun"),
        (
            {
                "triwulan": [
                    {"triwulan": 4, "program": p, "pagu": v, "realisasi_anggaran": 1} for p, (v, _) in PROGRAMS.items()
                ]
            },
            "lkjip-triwulan-anggaran",
        ),
    ],
)
def test_what_does_not_agree_is_told(change: dict[str, Any], code: str) -> None:
    """The figure stands, the contradiction is said."""
    assert code in [f.kode for f in chapter(**change).catatan]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"tahun": None}, "kinerja-kurang"),
        ({"tahun": "dua ribu"}, "lkjip-tahun"),
        ({"indikator": []}, "kinerja-kosong"),
        ({"indikator": [{"nama": "x", "target": "-", "realisasi": 1}]}, "kinerja-kurang"),
        ({"indikator": [{"nama": "x", "target": 1, "realisasi": "-"}]}, "kinerja-kurang"),
        ({"indikator": [{"nama": "x", "target": 1, "realisasi": 1, "program": "Pelayannan"}]}, "lkjip-program"),
        ({"indikator": [{"nama": "x", "target": 1, "realisasi": 1, "pagu": 1}]}, "kinerja-kurang"),
        ({"indikator": [{"nama": "x", "target": 1, "realisasi": 1, "arah": "turun"}]}, "kinerja-arah"),
        ({"indikator": [{"nama": "x", "target": 1, "realisasi": 0, "arah": "turun-banding"}]}, "kinerja-banding-nol"),
        ({"indikator": [{"nama": "x", "target": 1, "realisasi": "tak.json"}]}, "berkas-tidak-ada"),
        ({"tahunan": [{"indikator": "tak ada", "tahun": 2020}]}, "lkjip-indikator"),
        ({"tahunan": [{"indikator": 1, "tahun": 2020}] * 2}, "lkjip-tahun-ganda"),
        ({"tahunan": [{"indikator": 1, "tahun": 2024, "target": "94,15"}]}, "lkjip-tahun-beda"),
        ({"anggaran": [{"program": "P", "kegiatan": "K", "sub_kegiatan": "S", "pagu": 1}]}, "lkjip-angka-kosong"),
        ({"anggaran": [{"pagu": 1, "realisasi": 1}]}, "lkjip-tanpa-nama"),
        ({"triwulan": [{"program": "P"}]}, "lkjip-tanpa-triwulan"),
        ({"triwulan": [{"triwulan": 5, "program": "P"}]}, "opsi-tidak-dikenal"),
        ({"angaran": []}, "kinerja-kunci"),
    ],
)
def test_bad_input_is_refused_with_its_place(change: dict[str, Any], code: str) -> None:
    """Own code, both languages."""
    with pytest.raises(SKMError) as caught:
        chapter(**({"tahunan": []} if "indikator" in change else {}), **change)
    assert caught.value.code == code
    assert caught.value.render("id") != caught.value.render("en")
    assert isinstance(caught.value, (OptionError, DataError, EmptyDataError))


@pytest.mark.parametrize(
    ("arah", "realisasi", "persen", "met"),
    [
        ("turun-selisih", 8, "120.00", True),
        ("turun-selisih", 15, "50.00", False),
        ("turun-selisih", 25, "-50.00", False),
        ("turun-banding", 8, "125.00", True),
        ("turun-banding", 15, "66.67", False),
    ],
)
def test_less_is_better_by_a_formula_that_is_named(arah: str, realisasi: int, persen: str, met: bool) -> None:
    """Both formulas in use; below zero is the lowest word."""
    c = kinerja.capaian(10, realisasi, arah=arah)
    assert (str(c.persen), c.tercapai) == (persen, met)
    assert c.predikat.word("id") in ("Sangat Baik", "Kurang", "Cukup")


@pytest.mark.parametrize(
    ("realisasi", "word", "told"),
    [
        ("90,49", "Tinggi", True),
        ("90,50", "Sangat Tinggi", True),
        ("91", "Sangat Tinggi", False),
        ("50,5", "Rendah", True),
    ],
)
def test_a_scale_of_whole_percents(realisasi: str, word: str, told: bool) -> None:
    """Two decimals are printed, the scale is read after rounding to whole percent, and that is said."""
    c = kinerja.capaian(100, realisasi, skala="lima-tingkat")
    assert c.predikat.word("id") == word
    assert c.persen == Decimal(realisasi.replace(",", "."))
    assert [f.kode for f in c.catatan] == (["capaian-skala-dibulatkan"] if told else [])


def test_a_result_and_a_stored_result_are_the_published_figure(tmp_path: Path) -> None:
    """A result, its JSON, and what the command prints: all give 89.31."""
    hasil = skm.score(skm.read(skm.contoh()))
    (tmp_path / "hasil.json").write_text(json.dumps({"keseluruhan": hasil.to_dict()}), encoding="utf-8")
    (tmp_path / "k.json").write_text(
        json.dumps({"tahun": 2024, "indikator": [{"nama": "IKM", "target": "94,14", "realisasi": "hasil.json"}]}),
        encoding="utf-8",
    )
    stored = kinerja.lkjip(tmp_path / "k.json").indikator[0]
    live = chapter(indikator=[{"nama": "IKM", "target": "94,14", "realisasi": hasil}], tahunan=[]).indikator[0]
    assert str(stored.realisasi) == str(live.realisasi) == "89.31"
    assert stored.sumber == "hasil.json"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_form_there_and_back(tmp_path: Path, lang: str) -> None:
    """The form filled in by hand gives the same chapter; the empty form says that there is no indicator."""
    from openpyxl import load_workbook

    path = kinerja.write_form(tmp_path / "k.xlsx", lang=lang)
    with pytest.raises(EmptyDataError):
        kinerja.lkjip({**_with_year(path)})
    book = load_workbook(path)
    sheets = book.worksheets
    for row, value in enumerate(("Kecamatan", 2024, 2024), start=5):
        sheets[0].cell(row, 2, value)
    fields = ("nama", "sasaran", "satuan", "arah", "target_renstra", "target", "realisasi", "awal", "program")
    for row, one in enumerate(INDICATORS, start=5):
        for column, key in enumerate(fields, start=1):
            value = one.get(key)
            sheets[1].cell(row, column, "; ".join(value) if isinstance(value, list) else value)
    for row, year in enumerate(YEARLY, start=5):
        for column, key in enumerate(("indikator", "tahun", "target", "realisasi"), start=1):
            sheets[2].cell(row, column, year.get(key))
    for row, line in enumerate(budget(), start=5):
        for column, key in enumerate(("program", "kegiatan", "sub_kegiatan", "pagu", "realisasi", "persen"), start=1):
            sheets[3].cell(row, column, line.get(key))
    book.save(path)
    filled, direct = kinerja.lkjip(path), chapter()
    assert filled.to_dict() == direct.to_dict()


def _with_year(path: Path) -> dict[str, Any]:
    from skm.kinerja._form import read_form

    return {"tahun": 2024, **read_form(path.read_bytes(), path.name)}


def test_documents_print_the_same_figures(tmp_path: Path) -> None:
    """Word, page and workbook have every figure of the overview; the workbook's formulas have their values stored."""
    from docx import Document
    from openpyxl import load_workbook

    k = chapter()
    cells = {cell for row in k.table("id").cells() for cell in row if any(c.isdigit() for c in cell)}
    word = Document(str(report.write_kinerja(k, tmp_path / "k.docx", lang="id", nomor_halaman=False)))
    printed = {c.text for t in word.tables for r in t.rows for c in r.cells}
    assert cells - {"1", "2", "3"} <= printed
    page = report.write_kinerja(k, tmp_path / "k.html", lang="id").read_text(encoding="utf-8")
    assert all(f">{cell}<" in page for cell in cells)
    path = report.write_kinerja(k, tmp_path / "k.xlsx", lang="id")
    values, formulas = load_workbook(path, data_only=True).worksheets[0], load_workbook(path).worksheets[0]
    for row, one in enumerate(k.indikator, start=5):
        assert one.anggaran is not None
        got = [values.cell(row, c).value for c in (7, 8, 10, 11, 12, 13, 14)]
        a = one.anggaran
        want = [
            one.capaian.persen,
            one.capaian.predikat.word("id"),
            a.pagu,
            a.realisasi,
            a.serapan,
            a.efisiensi,
            a.porsi,
        ]
        assert [float(x) if not isinstance(x, str) else x for x in want] == got
        assert all(str(formulas.cell(row, c).value).startswith("=") for c in (7, 8, 10, 12, 13, 14))
    with pytest.raises(DataError) as caught:
        report.write_kinerja(k, path)
    assert caught.value.code == "berkas-sudah-ada"


TWO = [
    {"program": "Program Pelayanan", "kegiatan": "K1", "sub_kegiatan": "S1", "pagu": 100, "realisasi": 90},
    {"sub_kegiatan": "S2", "pagu": 50, "realisasi": 40},
    {"program": "Program Pemerintahan", "kegiatan": "K2", "sub_kegiatan": "S3", "pagu": 70, "realisasi": 60},
]


@pytest.mark.parametrize(
    "label", ["Jumlah", "Sub Total", "Subtotal", "JUMLAH PROGRAM PELAYANAN", "Total Pelayanan", "Jumlah program"]
)
@pytest.mark.parametrize("column", ["program", "kegiatan", "sub_kegiatan"])
def test_a_total_between_the_lines_is_no_line(label: str, column: str) -> None:
    """A subtotal below its programme is compared with that programme and never counted, wherever its label stands."""
    good = {column: label, "pagu": 150, "realisasi": 130}
    last = {"program": "Jumlah", "pagu": 220, "realisasi": 190}
    made = kinerja.belanja([*TWO[:2], good, TWO[2], {**last, "program": "TOTAL BELANJA"}])
    assert (made.pagu, made.realisasi, made.program) == (220, 190, ("Program Pelayanan", "Program Pemerintahan"))
    assert not made.catatan
    wrong = kinerja.belanja([*TWO[:2], {**good, "pagu": 151}, TWO[2], last])
    assert [(f.kode, f.bukti["nomor"]) for f in wrong.catatan] == [("belanja-jumlah", 3)]
    assert "150" in wrong.catatan[0].text("id")


def test_a_line_whose_name_begins_like_a_total_is_a_line() -> None:
    """ "Jumlah dokumen" names no programme and no total: it is counted."""
    made = kinerja.belanja([*TWO, {"sub_kegiatan": "Jumlah dokumen perencanaan", "pagu": 5, "realisasi": 5}])
    assert made.pagu == 225


def test_what_is_wrong_names_file_sheet_and_row(tmp_path: Path) -> None:
    """Every refusal of a filled-in form says where in the form it is."""
    path = tmp_path / "kinerja.xlsx"
    kinerja.write_form(path)
    book = load_workbook(path)
    general, indicators, yearly = book.worksheets[:3]
    general.cell(6, 2, 2024)
    for column, value in ((1, "IKM"), (6, "94,14"), (7, "94,17")):
        indicators.cell(5, column, value)
    for column, value in ((1, "Indeks lain"), (2, 2023), (3, "90"), (4, "91")):
        yearly.cell(7, column, value)
    book.save(path)
    with pytest.raises(DataError) as caught:
        kinerja.lkjip(path)
    assert {k: caught.value.context[k] for k in ("berkas", "lembar", "baris")} == {
        "berkas": "kinerja.xlsx", "lembar": "Tahunan", "baris": 7,
    }  # fmt: skip
    assert "IKM" in caught.value.message("id")
    yearly.cell(7, 1, "IKM")
    indicators.cell(5, 10, "100 ribu")
    book.save(path)
    with pytest.raises(SKMError) as caught:
        kinerja.lkjip(path)
    assert (caught.value.context["lembar"], caught.value.context["baris"]) == ("Indikator", 5)


def test_budgets_of_indicators_above_the_whole_are_told() -> None:
    """Shares that sum to more than 100 % are an error of the papers, not of the reader."""
    made = kinerja.lkjip({"tahun": 2024, "anggaran": TWO, "indikator": [
        {"nama": "A", "target": 1, "realisasi": 1, "program": "Program Pelayanan"},
        {"nama": "B", "target": 1, "realisasi": 1, "pagu": 71, "realisasi_anggaran": 60},
    ]})  # fmt: skip
    assert [f.kode for f in made.catatan if f.tingkat == "kesalahan"] == ["lkjip-pagu-lebih"]


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_quarter_sums_what_stands_highest(depth: int) -> None:
    """Programmes, or kegiatan where no programme has money, or sub kegiatan: none is counted twice, none is 0."""
    rows: list[dict[str, Any]] = []
    for program, pagu in (("P", 100), ("Q", 50)):
        names = {"triwulan": "I", "program": program, "kegiatan": f"K{program}", "sub_kegiatan": f"S{program}"}
        for level in range(depth, 4):
            keys = ("triwulan", "program", "kegiatan", "sub_kegiatan")[: level + 1]
            rows.append({**{key: names[key] for key in keys}, "pagu": pagu, "realisasi_anggaran": pagu // 2})
    made = kinerja.triwulan(rows)
    assert made.total(1) == (150, 75)
    assert made.table(1).rows[-1][-3:-1] == (150, 75)


def test_the_chapter_states_and_the_notes_ask(tmp_path: Path) -> None:
    """What must be settled first stands in notes for the writer; the chapter that is signed does not print it."""
    broken = [*TWO, {"program": "Jumlah", "pagu": 221, "realisasi": 190}]
    value = {"tahun": 2024, "anggaran": broken, "indikator": [{"nama": "A", "target": 1, "realisasi": 1}]}
    k = kinerja.lkjip(value)
    report.write_set(tmp_path / "set", report.kinerja_files(k, ["kinerja.html"]))
    page = (tmp_path / "set" / "kinerja.html").read_text(encoding="utf-8")
    notes = (tmp_path / "set" / "catatan_penyusun.txt").read_text(encoding="utf-8-sig")
    [told] = [f.text("id") for f in k.catatan if f.kode == "belanja-jumlah"]
    assert told in notes
    assert told not in page
