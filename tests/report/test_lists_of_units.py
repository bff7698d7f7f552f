"""A sheet that lists units with an index each says something of each of them, and its mean row is no unit."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

import skm
from skm.basics.numbers import round_half_up
from skm.publikasi import load
from skm.report import collect, write_recap

UNITS = ["Satuan Polisi Pamong Praja", "Disperinaker", "Mayangan", "Dinas Sosial"]
NAMES = ("Unit", "Nama OPD", "Unit Layanan", "Perangkat Daerah")
UNSUR = ["Persyaratan", "Prosedur", "Waktu Penyelesaian", "Biaya/Tarif", "Produk Spesifikasi Jenis Pelayanan",
         "Kompetensi Pelaksana", "Perilaku Pelaksana", "Penanganan Pengaduan", "Sarana dan Prasarana"]  # fmt: skip


def sheet(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def listing(path: Path, head: str, columns: list[str], units: list[str], *, mean: bool, title: bool) -> Path:
    """Write a list: unit i has index 80.5 + i and 40 + i respondents."""
    rows: list[list[Any]] = [["REKAPITULASI NILAI IKM OPD"], []] if title else []
    rows.append(["No", head, *columns])
    for i, unit in enumerate(units):
        cells = {"IKM": 80.5 + i, "Nilai SKM": 80.5 + i, "Jumlah Responden": 40 + i, "Mutu": "B"}
        rows.append([i + 1, unit, *(cells[c] for c in columns)])
    if mean:
        cells = {"IKM": 81.0, "Nilai SKM": 81.0, "Mutu": "B"}
        rows.append([None, "Rata-rata", *(cells.get(c) for c in columns)])
    return sheet(path, *rows)


@pytest.mark.parametrize("title", [False, True])
@pytest.mark.parametrize("mean", [False, True])
@pytest.mark.parametrize("k", [1, 2, 4])
@pytest.mark.parametrize("columns", [["IKM"], ["Jumlah Responden", "IKM"], ["Nilai SKM", "Mutu"]], ids=" ".join)
def test_each_line_is_a_unit(tmp_path: Path, columns: list[str], k: int, *, mean: bool, title: bool) -> None:
    for head in NAMES:
        path = listing(tmp_path / f"{head} {k}.xlsx", head, columns, UNITS[:k], mean=mean, title=title)
        made = [row for row in collect(path, units=UNITS).baris if row.status != "belum"]
        assert [(row.unit, row.ikm, row.status) for row in made] == [
            (unit, Decimal(f"{80.5 + i:.2f}"), "dihitung") for i, unit in enumerate(UNITS[:k])
        ]
        if "Jumlah Responden" in columns:
            assert [row.n for row in made] == [40 + i for i in range(k)]
        # Without a list of units the mean row counts for nobody either; a name that nobody declared may be hidden.
        alone = collect(path).baris
        assert sorted(row.ikm for row in alone) == [Decimal(f"{80.5 + i:.2f}") for i in range(k)]


def test_a_unit_that_is_listed_twice_is_not_counted_twice(tmp_path: Path) -> None:
    rows = [["Unit", "IKM"], ["Dinas Sosial", 80.5], ["Dinas Sosial", 82.5], ["Dinas Kesehatan", 81]]
    made = collect(sheet(tmp_path / "a.xlsx", *rows), units=["Dinas Sosial", "Dinas Kesehatan"]).baris
    assert [row.unit for row in made if row.dihitung] == ["Dinas Kesehatan"]
    assert sum(row.unit == "Dinas Sosial" for row in made) == 2


def test_services_of_one_unit_are_no_units(tmp_path: Path) -> None:
    rows = [["Jenis Layanan", "IKM"], ["KTP", 80.5], ["Akta", 82.5], ["Rata-rata", 81.5]]
    made = collect(sheet(tmp_path / "Dinas Dukcapil.xlsx", *rows)).baris
    assert [(row.unit, row.ikm) for row in made] == [("Dinas Dukcapil", Decimal("81.50"))]
    means = [[f"U{i}" for i in range(1, 10)], [3.2] * 9, [3.4] * 9]
    wide = [[*row[:1], *more, *row[1:]] for row, more in zip(rows, means, strict=False)]
    for number, table in enumerate((rows[:-1], wide)):
        path = sheet(tmp_path / f"Dinas Arsip {number}.xlsx", *table)
        without = collect(path).baris[0]
        assert without.status == "rusak"
        assert without.catatan[0].bukti["sebab"].code == "rekap-layanan"
        # Services that report on their own stand on the list, and are units then.
        listed = collect(path, units=["KTP", "Akta"]).baris
        assert [(r.unit, r.dihitung) for r in listed] == [("KTP", True), ("Akta", True)]


def test_towns_are_parts_and_no_whole_of_each_other(tmp_path: Path) -> None:
    rows = [["Daerah", "IKM"], ["Kota Batu", 80], ["Kabupaten Malang", 82], ["Kota Malang", 84], ["Rata-rata", 82]]
    units = ["Kota Batu", "Kabupaten Malang", "Kota Malang"]
    made = collect(sheet(tmp_path / "a.xlsx", *rows), units=units).baris
    assert [(row.unit, row.dihitung) for row in made] == [(unit, True) for unit in units]


def test_names_stay_hidden_where_nobody_declared_them(tmp_path: Path) -> None:
    rows = [["Unit", "IKM"], ["Sumarni Lestari", 80.5], ["Dinas Sosial", 82.5]]
    path = sheet(tmp_path / "a.xlsx", *rows)
    assert "Sumarni" not in str([(part.nama) for part in load(path).bagian])
    assert "Sumarni Lestari" in [part.nama for part in load(path, units=["SUMARNI LESTARI"]).bagian]


@pytest.mark.parametrize("above", [True, False])
def test_what_stands_around_the_table_of_means_is_read(tmp_path: Path, *, above: bool) -> None:
    table = [["No", "Unsur", "NRR"], *([f"U{i + 1}", name, 3.25] for i, name in enumerate(UNSUR))]
    around = [["Unit Layanan", "Dinas Sosial"], ["Periode", "Semester I 2025"], ["Jumlah Responden", 128]]
    rows = [*around, [], *table] if above else [*table, [], *around]
    row = collect(sheet(tmp_path / "kiriman.xlsx", *rows), units=["Dinas Sosial"]).baris[0]
    assert (row.unit, row.n, row.ikm, row.periode, row.status) == (
        "Dinas Sosial", 128, Decimal("81.25"), "2025-S1", "dihitung",
    )  # fmt: skip


def test_a_list_without_means_is_told_by_an_audit(tmp_path: Path) -> None:
    """One unit and a mean row: there is nothing to recompute the figure from, and that is said."""
    rows = [["Unit", "IKM"], ["Dinas Sosial", 80.5], ["Rata-rata", 80.5]]
    found = skm.audit(sheet(tmp_path / "a.xlsx", *rows))
    assert [f.kode for f in found.temuan] == ["ikm-tanpa-unsur"]


SPELT = ["Dinas Sosial"] * 12 + ["DINAS  SOSIAL"] * 9 + ["Dinas Arsip"] * 9 + [None] * 4 + ["Din. Sosial"] * 6


@pytest.mark.parametrize("kept", ["answers", "counts"])
def test_spellings_of_a_unit_in_one_file_are_one_unit(tmp_path: Path, kept: str) -> None:
    """Nobody is lost, and nobody counts for a unit that the file does not name."""
    answers = np.random.default_rng(2).choice([2, 3, 4], (len(SPELT), 9))
    data = pd.DataFrame(answers, columns=UNSUR).assign(unit=SPELT)
    path = tmp_path / ("Dinas Arsip.xlsx" if kept == "answers" else "Dinas Arsip.hitungan")
    if kept == "answers":
        data.rename(columns={"unit": "Unit Layanan"}).to_excel(path, index=False)
    else:
        skm.tally(data, by="unit").save(path)

    def right(*names: str | None) -> tuple[Decimal, int]:
        own = answers[[name in names for name in SPELT]]
        exact = Fraction(int(own.sum()) * 25, own.size)
        return round_half_up(exact, 2), len(own)

    made = collect(path, units=["Dinas Sosial", "Dinas Arsip"]).baris
    assert [(r.unit, (r.ikm, r.n), r.status) for r in made] == [
        ("Dinas Sosial", right("Dinas Sosial", "DINAS  SOSIAL", "Din. Sosial"), "dihitung"),
        ("Dinas Arsip", right("Dinas Arsip"), "dihitung"),
        (f"{path.name} (?)", right(None), "di-luar-daftar"),
    ]
    assert [f.kode for f in made[2].catatan if f.kode != "rekap-n-kecil"] == ["rekap-tanpa-unit"]
    assert [f.bukti["dari"] for f in made[0].catatan if f.kode == "rekap-ejaan"] == ["Din. Sosial"]
    # Without a list what differs in capitals and spaces only is one; who names no unit counts for none.
    alone = [(r.ikm, r.n) for r in collect(path).baris if r.dihitung]
    assert sorted(alone) == sorted([right("Dinas Sosial", "DINAS  SOSIAL"), right("Din. Sosial"), right("Dinas Arsip")])


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with answers, printed means whose U8 and U9 have no names, an index, a copy, two figures, another period."""
    folder = tmp_path_factory.mktemp("masuk")
    draw = np.random.default_rng(4)

    def answers(n: int) -> pd.DataFrame:
        return pd.DataFrame(draw.choice([2, 3, 4], (n, 9)), columns=UNSUR)

    answers(40).to_csv(folder / "Dinas A.csv", index=False)
    (folder / "Dinas A (1).csv").write_bytes((folder / "Dinas A.csv").read_bytes())
    # The printed index knows its means better than two decimals do.
    means = ["3.75", "3.51", "3.63", "3.55", "3.45", "3.57", "3.54", "3.40", "3.36"]
    printed = {"unit": "Dinas B", "n": 67, "ikm": "88.18", "unsur": {f"U{i + 1}": m for i, m in enumerate(means)}}
    (folder / "Dinas B.json").write_text(json.dumps(printed), encoding="utf-8")
    sheet(folder / "nilai.xlsx", ["OPD", "IKM"], ["Dinas C", 81.5], ["Dinas Jauh", 70])
    answers(20).to_csv(folder / "Dinas D.csv", index=False)
    answers(21).to_csv(folder / "Dinas D revisi.csv", index=False)
    answers(30).to_csv(folder / "Dinas E semester 1 2024.csv", index=False)
    fourteen = pd.DataFrame(draw.choice([2, 3, 4], (35, 14)), columns=[f"U{i}" for i in range(1, 15)])
    fourteen.to_csv(folder / "Dinas F.csv", index=False)
    return folder


@pytest.mark.parametrize("kind", ["xlsx", "json"])
def test_a_recap_that_is_read_back_says_what_it_said(mixed: Path, tmp_path: Path, kind: str) -> None:
    """As a source and as the period before: the same units count, with the same figures, and nobody is accused."""
    units = [f"Dinas {letter}" for letter in "ABCDEFG"]
    first = collect(mixed, units=units, periode="2025-S2", method="simple")
    counted = {r.unit: (r.ikm, r.n) for r in first.baris if r.dihitung}
    assert sorted(counted) == ["Dinas A", "Dinas B", "Dinas C", "Dinas F"]
    stored = write_recap(first, tmp_path / f"rekap.{kind}")
    for given in (units, None):
        again = collect(stored, units=given, method="simple")
        assert {r.unit: (r.ikm, r.n) for r in again.baris if r.dihitung} == counted
        assert again.gabungan is not None
        assert first.gabungan is not None
        assert again.gabungan.ikm == first.gabungan.ikm
        assert "rekap-ikm-tidak-cocok" not in {f.kode for r in again.baris for f in r.catatan}
    later = collect(mixed, units=units, periode="2025-S2", previous=stored)
    assert {r.unit: r.lalu for r in later.baris if r.dihitung} == {unit: ikm for unit, (ikm, _) in counted.items()}
